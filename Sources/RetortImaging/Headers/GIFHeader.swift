// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ImageHeader {
    /// Reads the screen of a GIF and counts its frames (GIF89a, sections 17 to 23).
    init(gif reader: ByteReader) throws(ImagingError) {
        self.init(
            format: .gif, size: Size(width: try reader.little16(6), height: try reader.little16(8)), channels: 3,
            bitDepth: 8)
        func table(_ flags: Int) -> Int { flags & 0x80 != 0 ? 6 << (flags & 7) : 0 }
        var place = 13 + table(try reader.byte(10))
        var found = 0
        var steps = 0
        walk: while found < 10_000, let kind = try? reader.byte(place) {
            switch kind {
            case 0x21:
                if (try? reader.byte(place + 1)) == 0xF9, let flags = try? reader.byte(place + 3), flags & 1 == 1 {
                    hasAlpha = true
                    channels = 4
                }
                place += 2
            case 0x2C:
                guard let flags = try? reader.byte(place + 9) else { break walk }
                found += 1
                if flags & 0x40 != 0, found == 1 { isProgressive = true }
                place += 11 + table(flags)
            default: break walk
            }
            while let length = try? reader.byte(place) {
                steps += 1
                guard steps < ByteReader.mostSteps else { break walk }
                place += 1 + length
                if length == 0 { break }
            }
        }
        frames = max(1, found)
    }
}
