// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ImageHeader {
    /// Looks for the size of the largest item of an AVIF (ISO/IEC 23008-12, `ispe`).
    init(avif reader: ByteReader) throws(ImagingError) {
        var size = Size(width: 0, height: 0)
        var alpha = false
        var place = 0
        // The properties lie in meta → iprp → ipco; every box is looked at, containers are stepped into.
        var steps = 0
        while place + 8 <= reader.count, steps < 4_096 {
            steps += 1
            let length = try reader.big32(place)
            if reader.has("meta", at: place + 4) {
                place += 12
            } else if reader.has("iprp", at: place + 4) || reader.has("ipco", at: place + 4) {
                place += 8
            } else {
                if reader.has("ispe", at: place + 4) {
                    let found = Size(width: try reader.big32(place + 12), height: try reader.big32(place + 16))
                    if found.pixels > size.pixels { size = found }
                }
                if reader.has("auxC", at: place + 4) { alpha = true }
                guard length >= 8 else { break }
                place += length
            }
        }
        self.init(format: .avif, size: size, channels: alpha ? 4 : 3, bitDepth: 8)
        hasAlpha = alpha
    }
}
