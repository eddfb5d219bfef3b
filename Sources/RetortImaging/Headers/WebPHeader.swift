// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ImageHeader {
    /// Reads the first chunk of a WebP, and where it is an extended one the others too (RFC 9649, section 2).
    init(webp reader: ByteReader) throws(ImagingError) {
        if reader.has("VP8 ", at: 12) {
            guard try reader.little24(23) == 0x2A_019D else {
                throw ImagingError(.corrupt, "The WebP has no VP8 frame.")
            }
            self.init(
                format: .webp,
                size: Size(width: try reader.little16(26) & 0x3FFF, height: try reader.little16(28) & 0x3FFF),
                channels: 3,
                bitDepth: 8)
        } else if reader.has("VP8L", at: 12) {
            guard try reader.byte(20) == 0x2F else { throw ImagingError(.corrupt, "The WebP has no VP8L frame.") }
            let bits = try reader.little32(21)
            let alpha = bits >> 28 & 1 == 1
            self.init(
                format: .webp, size: Size(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1),
                channels: alpha ? 4 : 3, bitDepth: 8)
            hasAlpha = alpha
        } else if reader.has("VP8X", at: 12) {
            let flags = try reader.byte(20)
            let alpha = flags & 0x10 != 0
            self.init(
                format: .webp, size: Size(width: try reader.little24(24) + 1, height: try reader.little24(27) + 1),
                channels: alpha ? 4 : 3, bitDepth: 8)
            hasAlpha = alpha
            hasProfile = flags & 0x20 != 0
            readChunks(of: reader, animated: flags & 0x02 != 0)
        } else {
            throw ImagingError(.corrupt, "The WebP begins with an unknown chunk.")
        }
    }

    private mutating func readChunks(of reader: ByteReader, animated: Bool) {
        var place = 30
        var found = 0
        var steps = 0
        while steps < ByteReader.mostSteps, let length = try? reader.little32(place + 4), found < 10_000 {
            steps += 1
            if reader.has("ANMF", at: place) { found += 1 }
            if reader.has("EXIF", at: place), var block = try? reader.part(place + 8, length) {
                // Some writers put JPEG's preamble before the block.
                if block.has("Exif\0\0", at: 0), let rest = try? block.part(6, length - 6) { block = rest }
                orientation = exifOrientation(block)
            }
            place += 8 + length + length % 2
        }
        if animated { frames = max(1, found) }
    }
}
