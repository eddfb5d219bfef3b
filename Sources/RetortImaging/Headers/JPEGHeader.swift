// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ImageHeader {
    /// Walks the markers of a JPEG up to its frame header (ITU-T T.81, annex B).
    init(jpeg reader: ByteReader) throws(ImagingError) {
        var place = 2
        var orientation = 1
        var profile = false
        for _ in 0..<ByteReader.mostSteps {
            guard try reader.byte(place) == 0xFF else {
                throw ImagingError(.corrupt, "The JPEG has something else where a marker should be.")
            }
            let marker = try reader.byte(place + 1)
            // Any number of bytes of ones may stand before a marker.
            if marker == 0xFF {
                place += 1
                continue
            }
            place += 2
            // Markers without a length.
            if marker == 0x01 || (0xD0...0xD7).contains(marker) { continue }
            guard marker != 0xD9, marker != 0xDA, marker != 0x00 else {
                throw ImagingError(.corrupt, "The JPEG has no frame header.")
            }
            let length = try reader.big16(place)
            guard length >= 2 else { throw ImagingError(.corrupt, "The JPEG has a segment without a length.") }
            switch marker {
            case 0xC0, 0xC1, 0xC2:
                let components = try reader.byte(place + 7)
                guard [1, 3, 4].contains(components) else {
                    throw ImagingError(.unsupported, "The JPEG has \(components) components; 1, 3 or 4 are read.")
                }
                guard try reader.byte(place + 2) == 8 else {
                    throw ImagingError(.unsupported, "Only JPEG with 8 bits a channel is read.")
                }
                self.init(
                    format: .jpeg, size: Size(width: try reader.big16(place + 5), height: try reader.big16(place + 3)),
                    channels: components, bitDepth: 8)
                self.orientation = orientation
                hasProfile = profile
                isCMYK = components == 4
                isProgressive = marker == 0xC2
                return
            case 0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                throw ImagingError(
                    .unsupported, "The JPEG is lossless, hierarchical or arithmetic-coded, which is not read.")
            case 0xE1 where reader.has("Exif\0\0", at: place + 2) && length > 8:
                // A broken EXIF block does not spoil the picture.
                if let block = try? reader.part(place + 8, length - 8) { orientation = exifOrientation(block) }
            case 0xE2 where reader.has("ICC_PROFILE\0", at: place + 2):
                profile = true
            default: break
            }
            place += length
        }
        throw ImagingError(.corrupt, "The JPEG has no frame header within \(ByteReader.mostSteps) segments.")
    }
}
