// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ImageHeader {
    /// Reads the first directory of a TIFF and counts the others (TIFF 6.0, sections 2 and 8).
    init(tiff reader: ByteReader) throws(ImagingError) {
        let directory = try TIFFDirectory(reader, at: nil)
        guard let width = try directory.number(0x0100), let height = try directory.number(0x0101) else {
            throw ImagingError(.corrupt, "The TIFF does not say how large it is.")
        }
        let bits = try directory.number(0x0102) ?? 1
        let samples = try directory.number(0x0115) ?? 1
        let photometric = try directory.number(0x0106) ?? 1
        guard [1, 2, 4, 8, 10, 12, 14, 16, 32, 64].contains(bits), (1...4).contains(samples) else {
            throw ImagingError(.unsupported, "The TIFF has \(samples) samples of \(bits) bits, which is not read.")
        }
        // A decoder allocates whole tiles and strips, whatever the size of the picture.
        let (across, along) = (try directory.number(0x0142) ?? 0, try directory.number(0x0143) ?? 0)
        guard across <= max(width, 1_024), along <= max(height, 1_024) else {
            throw ImagingError(
                .corrupt, "The TIFF has tiles of \(across)×\(along) pixels, far larger than its picture.")
        }
        self.init(
            format: .tiff, size: Size(width: width, height: height),
            channels: samples >= 4 ? 4 : samples == 1 && photometric != 3 ? 1 : 3, bitDepth: bits)
        isCMYK = photometric == 5
        hasAlpha = samples == 4 && photometric == 2
        hasProfile = directory.has(0x8773)
        if let value = try directory.number(0x0112), (1...8).contains(value) { orientation = value }
        var seen: Set<Int> = []
        var next = directory.next
        while next != 0, seen.count < 9_999, seen.insert(next).inserted,
            let after = try? directory.next(behind: next)
        {
            frames += 1
            next = after
        }
    }
}
