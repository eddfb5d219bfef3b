# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Sends files that are wrong in every way to a running Lab, and watches its memory and its processor time.

    rubbish_peer.py http://127.0.0.1:8000 PID PHOTO

Each gets the right answer or one of 400 to 499, within 100 ms of processor time and 64 MB of memory beyond what the
process had. Prints what failed, and "N passed, M failed".
"""

import http.client
import io
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile
import urllib.parse
import zlib

address, pid, photo = urllib.parse.urlsplit(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
MOST_SECONDS, MOST_MEGABYTES = float(os.environ.get("RUBBISH_SECONDS", "0.1")), 64
made = pathlib.Path(tempfile.mkdtemp(prefix="retort-rubbish-"))
subprocess.run([sys.executable, pathlib.Path(__file__).with_name("pictures_peer.py"), photo, made], check=True)
files = {path.name: path.read_bytes() for path in made.iterdir() if path.suffix != ".rgb"}


def status(key):
    return int(re.search(rf"{key}:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def processor_time():
    """Seconds of all threads, to the nanosecond: the ticks of /proc/PID/stat are a tenth of what is allowed."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except OSError:
            pass
    return total / 1e9


def send(path, body, kind="application/octet-stream"):
    """The status, the body, the processor time in seconds, the memory in megabytes."""
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")
    memory, time = status("VmRSS"), processor_time()
    client = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    client.request("POST", path, body, {"Content-Type": kind, "Accept": "*/*"})
    answer = client.getresponse()
    text = answer.read()
    client.close()
    return answer.status, text, processor_time() - time, status("VmHWM") - memory


def bomb(width, height, kind=2, bits=8, squeeze=True):
    """A PNG of one colour, which packs to a thousandth."""
    row = bytes(1 + (width * bits * {0: 1, 2: 3, 3: 1, 6: 4}[kind] + 7) // 8)
    packer = zlib.compressobj(9)
    data = packer.compress(row * 8) + packer.flush(zlib.Z_FULL_FLUSH)
    # A block after a full flush stands alone, so that it can be repeated instead of packing a gigabyte.
    block = packer.compress(row * 8) + packer.flush(zlib.Z_FULL_FLUSH)
    data += block * (height // 8 - 1) + b"\x03\x00" + struct.pack(">I", 1)
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    palette = chunk(b"PLTE", bytes(6)) if kind == 3 else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)) + palette
            + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def resized_header(name, width, height):
    """A file whose header claims another size."""
    data = bytearray(files[name])
    if name.endswith(".jpg"):
        place = next(data.index(marker) for marker in (b"\xff\xc0", b"\xff\xc2") if marker in data)
        data[place + 5:place + 9] = struct.pack(">HH", height & 0xFFFF, width & 0xFFFF)
    elif name.endswith(".png"):
        data[16:24] = struct.pack(">II", width, height)
        data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    elif name.endswith(".gif"):
        data[6:10] = struct.pack("<HH", width & 0xFFFF, height & 0xFFFF)
    elif name.endswith(".bmp"):
        data[18:26] = struct.pack("<ii", width, height)
    elif name.endswith(".tiff"):
        little = data[:2] == b"II"
        order = "<" if little else ">"
        start = struct.unpack_from(order + "I", data, 4)[0]
        for index in range(struct.unpack_from(order + "H", data, start)[0]):
            entry = start + 2 + 12 * index
            tag = struct.unpack_from(order + "H", data, entry)[0]
            if tag in (256, 257):
                struct.pack_into(order + "HII", data, entry + 2, 4, 1, width if tag == 256 else height)
    elif name.endswith(".webp"):
        place = data.index(b"VP8 ") if b"VP8 " in data else None
        if place is not None:
            data[place + 14:place + 18] = struct.pack("<HH", width & 0x3FFF, height & 0x3FFF)
    return bytes(data)


def many_scans(side, scans):
    """A progressive JPEG of one colour that goes over its picture again and again."""
    from PIL import Image
    file = io.BytesIO()
    Image.new("L", (side, side), "gray").save(file, "JPEG", quality=50, progressive=True)
    data = file.getvalue()
    starts = [match.start() for match in re.finditer(b"\xff\xda", data)]
    last = data[starts[-1]:-2]
    return data[:-2] + last * scans + b"\xff\xd9"


ENDPOINTS = ["/api/facts", "/api/canny", "/api/find", "/api/histogram"]
FORMATS = {"jpg": "plain.jpg", "png": "plain.png", "webp": "plain.webp", "gif": "plain.gif", "tiff": "plain.tiff",
           "bmp": "plain.bmp"}
REFUSED = range(400, 500)
RIGHT = (200,)
EITHER = (200, *REFUSED)
cases = []


def case(name, data, wanted, kind="application/octet-stream", endpoints=ENDPOINTS):
    cases.extend((f"{name} to {endpoint}", data, wanted, kind, endpoint) for endpoint in endpoints)


case("20,000×20,000 colours, 1.2 GB", bomb(20_000, 20_000), (413,))
case("60,000×60,000 bits", files["bomb.png"], (413,))
case("a palette of 30,000×30,000", bomb(30_000, 30_000, kind=3), (413,))
case("65,535×1", files["side.png"], (413,))
for ending, name in FORMATS.items():
    case(f"{name} that claims 65,535×65,535", resized_header(name, 65_535, 65_535), REFUSED)
    case(f"{name} that claims 7,000×7,000", resized_header(name, 7_000, 7_000), EITHER, endpoints=["/api/find"])
    case(f"{name} as another kind", files[name], RIGHT, "image/png" if ending == "jpg" else "image/jpeg")
    case(f"one pixel of {ending}", files[f"one.{ending}"], RIGHT)
    for part in range(1, 8):
        case(f"{part}/8 of {name}", files[name][:len(files[name]) * part // 8], REFUSED if part < 7 else EITHER,
             endpoints=["/api/canny"])
for name in ("empty", "text", "html", "svg"):
    case(name, files[name], REFUSED)
for name in ("animated.gif", "animated.webp", "animated.png", "pages.tiff", "cmyk.jpg", "deep-gray.png", "palette.png",
             "palette.bmp", "bits.png", "gray-alpha.png", "interlaced.gif", "lzw.tiff", "deflate.tiff", "wide.jpg",
             "progressive.jpg", "profile.webp", "text-bomb.png", "profile-bomb.png", "doubled-tag.tiff"):
    case(name, files[name], RIGHT)
case("190 needless scans of 2,000×2,000", many_scans(2_000, 190), REFUSED, endpoints=["/api/find"])
case("190 needless scans of 7,000×7,000", many_scans(7_000, 190), REFUSED, endpoints=["/api/find"])
case("10,000 needless scans", many_scans(1_000, 10_000), REFUSED, endpoints=["/api/find"])
for name in ("canvas.gif", "canvas.webp"):
    case(name, files[name], REFUSED)
generator = random.Random(7)
for name in [*FORMATS.values(), "progressive.jpg", "cmyk.jpg", "palette.png", "interlaced.gif", "animated.webp",
             "lzw.tiff", "profile.jpg", "profile.png", "alpha.webp"]:
    for number in range(20):
        data = bytearray(files[name])
        for _ in range(generator.randint(1, 8)):
            # Half of the damage is near the head, where it hurts most.
            place = generator.randrange(min(len(data), 200) if generator.random() < 0.5 else len(data))
            data[place] = generator.randrange(256)
        case(f"damaged {name} {number}", bytes(data), EITHER, endpoints=["/api/canny"])

# What is needed once is loaded before.
for endpoint in ENDPOINTS * 3:
    send(endpoint, files["plain.jpg"])
passed = failed = 0
worst_time = worst_memory = (0, "")
for name, data, wanted, kind, endpoint in cases:
    try:
        code, text, time, memory = send(endpoint, data, kind)
    except (OSError, http.client.HTTPException) as error:
        print(f"{name}: no answer: {error!r}")
        failed += 1
        if not pathlib.Path(f"/proc/{pid}").exists():
            print("the server is gone")
            break
        continue
    problems = []
    if code not in wanted:
        problems.append(f"status {code}: {text[:200]!r}")
    if time > MOST_SECONDS:
        problems.append(f"{time * 1e3:.0f} ms of processor time")
    if memory > MOST_MEGABYTES:
        problems.append(f"{memory:.0f} MB more")
    worst_time, worst_memory = max(worst_time, (time, name)), max(worst_memory, (memory, name))
    if problems:
        failed += 1
        print(f"{name} ({len(data)} bytes): {'; '.join(problems)}")
    else:
        passed += 1
print(f"most time: {worst_time[0] * 1e3:.1f} ms, {worst_time[1]}; most memory: {worst_memory[0]:.1f} MB, {worst_memory[1]}")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
