// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ImageHeader {
    /// Reads the header of a Windows bitmap.
    init(bmp reader: ByteReader) throws(ImagingError) {
        let length = try reader.little32(14)
        let width: Int
        let height: Int
        let bits: Int
        if length == 12 {
            (width, height, bits) = (try reader.little16(18), try reader.little16(20), try reader.little16(24))
        } else {
            guard length >= 40 else { throw ImagingError(.corrupt, "The bitmap has a header of \(length) bytes.") }
            width = Int(Int32(truncatingIfNeeded: try reader.little32(18)))
            // A negative height means that the rows run from the top.
            height = abs(Int(Int32(truncatingIfNeeded: try reader.little32(22))))
            bits = try reader.little16(28)
        }
        guard [1, 2, 4, 8, 16, 24, 32].contains(bits) else {
            throw ImagingError(.unsupported, "The bitmap has \(bits) bits a pixel, which is not read.")
        }
        self.init(format: .bmp, size: Size(width: width, height: height), channels: bits == 32 ? 4 : 3, bitDepth: 8)
        hasAlpha = bits == 32
    }
}
