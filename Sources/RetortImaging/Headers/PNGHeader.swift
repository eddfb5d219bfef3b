// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ImageHeader {
    /// Reads IHDR and the chunks up to the pixels (ISO/IEC 15948, 11.2 and 11.3).
    init(png reader: ByteReader) throws(ImagingError) {
        guard try reader.big32(8) == 13, reader.has("IHDR", at: 12) else {
            throw ImagingError(.corrupt, "The PNG does not begin with IHDR.")
        }
        let (width, height) = (try reader.big32(16), try reader.big32(20))
        let (bits, kind) = (try reader.byte(24), try reader.byte(25))
        let allowed: [Int: [Int]] = [
            0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
        ]
        guard allowed[kind]?.contains(bits) == true, try reader.byte(26) == 0, try reader.byte(27) == 0,
            try reader.byte(28) <= 1, width <= 0x7FFF_FFFF, height <= 0x7FFF_FFFF
        else { throw ImagingError(.corrupt, "The PNG's header has values that no PNG has.") }
        self.init(
            format: .png, size: Size(width: width, height: height),
            channels: kind == 0 ? 1 : kind == 4 || kind == 6 ? 4 : 3,
            bitDepth: kind == 3 ? 8 : bits)
        hasAlpha = kind == 4 || kind == 6
        isProgressive = try reader.byte(28) == 1
        var place = 33
        var steps = 0
        while steps < ByteReader.mostSteps, let length = try? reader.big32(place), !reader.has("IDAT", at: place + 4),
            !reader.has("IEND", at: place + 4)
        {
            if reader.has("tRNS", at: place + 4) {
                hasAlpha = true
                channels = 4
            } else if reader.has("iCCP", at: place + 4) {
                hasProfile = true
            } else if reader.has("acTL", at: place + 4) {
                frames = min(10_000, max(1, (try? reader.big32(place + 8)) ?? 1))
            } else if reader.has("eXIf", at: place + 4), let block = try? reader.part(place + 8, length) {
                orientation = exifOrientation(block)
            }
            place += 12 + length
            steps += 1
        }
    }
}
