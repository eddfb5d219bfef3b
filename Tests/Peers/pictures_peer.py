# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of every kind, made by Pillow from a photograph, with the pixels that Pillow reads out of each.

usage: pictures_peer.py PHOTO FOLDER

Writes FOLDER/NAME and FOLDER/NAME.rgb (upright RGB of 8 bits, transparent parts over white), and files that no decoder
may choke on.
"""

import pathlib
import struct
import sys
import zlib

from PIL import Image, ImageCms, ImageOps

photo, folder = sys.argv[1], pathlib.Path(sys.argv[2])
image = Image.open(photo).convert("RGB").resize((120, 90), Image.LANCZOS)


def save(name, picture, reference=None, **options):
    picture.save(folder / name, **options)
    seen = reference or Image.open(folder / name)
    if reference is None:
        seen = ImageOps.exif_transpose(seen)
        if seen.mode in ("RGBA", "LA", "PA") or "transparency" in seen.info:
            seen = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen.convert("RGBA"))
    seen = seen.convert("RGB")
    (folder / f"{name}.rgb").write_bytes(struct.pack("<II", *seen.size) + seen.tobytes())


alpha = image.copy()
alpha.putalpha(Image.linear_gradient("L").resize(image.size))
gray = image.convert("L")
palette = image.quantize(64)
save("plain.jpg", image, quality=90)
save("progressive.jpg", image, quality=90, progressive=True)
save("gray.jpg", gray, quality=90)
save("444.jpg", image, quality=90, subsampling=0)
save("cmyk.jpg", image.convert("CMYK"), quality=95)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    save(f"orientation-{orientation}.jpg", image, quality=90, exif=exif)
    save(f"orientation-{orientation}.png", image, exif=exif)
    save(f"orientation-{orientation}.webp", image, lossless=True, exif=exif)
save("plain.png", image)
save("gray.png", gray)
save("alpha.png", alpha)
save("gray-alpha.png", alpha.convert("LA"))
save("palette.png", palette)
save("palette-transparent.png", palette, transparency=3)
save("bits.png", image.convert("1"))
deep = Image.frombytes("I;16", image.size, b"".join(struct.pack("<H", value * 257) for value in gray.tobytes()))
save("deep-gray.png", deep, reference=gray)
save("plain.webp", image, quality=90)
save("lossless.webp", image, lossless=True)
save("alpha.webp", alpha, lossless=True)
save("plain.tiff", image)
save("lzw.tiff", image, compression="tiff_lzw")
save("deflate.tiff", image, compression="tiff_adobe_deflate")
save("gray.tiff", gray)
save("plain.bmp", image)
save("gray.bmp", gray)
save("palette.bmp", palette)
save("plain.gif", palette)
save("transparent.gif", palette, transparency=3)
save("interlaced.gif", palette, interlace=1)
frames = [Image.new("RGB", (40, 30), color) for color in ("red", "lime", "blue")]
save("animated.gif", frames[0], reference=frames[0], save_all=True, append_images=frames[1:], duration=100)
save("animated.webp", frames[0], reference=frames[0], save_all=True, append_images=frames[1:], lossless=True)
save("animated.png", frames[0], reference=frames[0], save_all=True, append_images=frames[1:])
save("pages.tiff", frames[0], reference=frames[0], save_all=True, append_images=frames[1:])
save("one.jpg", image.resize((1, 1)))
save("one.png", image.resize((1, 1)))
save("one.webp", image.resize((1, 1)), lossless=True)
save("one.gif", image.resize((1, 1)))
save("one.tiff", image.resize((1, 1)))
save("one.bmp", image.resize((1, 1)))
save("wide.jpg", Image.new("RGB", (20_000, 3), "gray"))

# A profile that swaps red and green: whoever heeds it sees other colours.
srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
swapped = bytearray(srgb)
count = struct.unpack(">I", srgb[128:132])[0]
tags = {srgb[132 + 12 * index:136 + 12 * index]: 132 + 12 * index for index in range(count)}
red, green = srgb[tags[b"rXYZ"] + 4:tags[b"rXYZ"] + 12], srgb[tags[b"gXYZ"] + 4:tags[b"gXYZ"] + 12]
swapped[tags[b"rXYZ"] + 4:tags[b"rXYZ"] + 12] = green
swapped[tags[b"gXYZ"] + 4:tags[b"gXYZ"] + 12] = red
# Its name says sRGB, which would be taken at its word.
swapped = bytes(swapped).replace(b"sRGB", b"odd!").replace("sRGB".encode("utf-16-be"), "odd!".encode("utf-16-be"))
other = Image.merge("RGB", [image.getchannel(channel) for channel in "GRB"])
for name in ("profile.png", "profile.jpg", "profile.webp"):
    save(name, image, reference=other, icc_profile=swapped, **({"quality": 95} if name != "profile.png" else {}))
save("srgb-profile.png", image, icc_profile=srgb)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height):
    squeezed = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(squeezed.compress(row) for _ in range(min(height, 4_000))) + squeezed.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


(folder / "bomb.png").write_bytes(bomb(60_000, 60_000))
(folder / "side.png").write_bytes(bomb(65_535, 1))
(folder / "empty").write_bytes(b"")
(folder / "text").write_bytes(b"this is no picture\n" * 40)
(folder / "html").write_bytes(b"<html><body><img></body></html>")
(folder / "svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"/>')


def png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


# One grey pixel, behind a profile that claims a gigabyte and behind texts that unpack to 8 MB each.
head, pixel = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0), zlib.compress(b"\0\x80\x80\x80")
claim = struct.pack(">I", 1 << 30) + b"lcms\x02\x10\0\0mntrRGB XYZ " + bytes(16) + b"acsp" + bytes(84)
claim = claim[:128] + struct.pack(">I", 1) + b"desc" + struct.pack(">II", 144, 1 << 29) + bytes(4 << 20)
(folder / "profile-bomb.png").write_bytes(
    png((b"IHDR", head), (b"iCCP", b"a\0\0" + zlib.compress(claim)), (b"IDAT", pixel), (b"IEND", b"")))
text = (b"zTXt", b"a\0\0" + zlib.compress(bytes(8_000_000)))
(folder / "text-bomb.png").write_bytes(png((b"IHDR", head), *[text] * 100, (b"IDAT", pixel), (b"IEND", b"")))


def tiff(*entries, data=b""):
    """A TIFF of one directory behind the header, and data behind it; entries are tag, kind (3, 4), value."""
    directory = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + directory + bytes(4) + data


# Width and height twice: the first of each counts.
start = 8 + 2 + 12 * 9 + 4
(folder / "doubled-tag.tiff").write_bytes(tiff(
    (256, 3, 40), (256, 3, 1), (257, 3, 30), (257, 3, 1), (258, 3, 8), (262, 3, 1), (273, 4, start), (278, 3, 30),
    (279, 4, 1200), data=bytes(1200)))

# A progressive picture that goes over itself again and again.
image.save(folder / "scans.jpg", quality=90, progressive=True)
scans = (folder / "scans.jpg").read_bytes()
last = scans[scans.rindex(b"\xff\xda"):-2]
(folder / "scans.jpg").write_bytes(scans[:-2] + last * 60 + b"\xff\xd9")

# Small frames on canvases of 49 million pixels.
film = bytearray((folder / "animated.gif").read_bytes())
film[6:10] = struct.pack("<HH", 7_000, 7_000)
(folder / "canvas.gif").write_bytes(film)
film = bytearray((folder / "animated.webp").read_bytes())
film[24:30] = struct.pack("<I", 6_999)[:3] * 2
(folder / "canvas.webp").write_bytes(film)
