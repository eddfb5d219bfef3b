// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the orientation out of an EXIF block, which has the form of a TIFF (EXIF 2.32, 4.6.4).
///
/// - Parameter block: The block, from `II` or `MM` on.
/// - Returns: 1 to 8; 1 when there is none or the block is broken.
func exifOrientation(_ block: ByteReader) -> Int {
    guard let directory = try? TIFFDirectory(block, at: nil), let value = try? directory.number(0x0112),
        (1...8).contains(value)
    else { return 1 }
    return value
}

/// One directory of a TIFF: tags with their values (TIFF 6.0, section 2).
struct TIFFDirectory {
    private let reader: ByteReader
    private let isBig: Bool
    /// Where the first tag is, and how many there are.
    private let first: Int
    private let count: Int
    /// Where the next directory is; 0 where this is the last.
    let next: Int

    /// - Parameters:
    ///   - reader: The whole file.
    ///   - place: Where the directory is, or `nil` for the first.
    /// - Throws: `ImagingError` for a place outside of the file or too many tags.
    init(_ reader: ByteReader, at place: Int?) throws(ImagingError) {
        self.reader = reader
        switch try reader.big16(0) {
        case 0x4949: isBig = false
        case 0x4D4D: isBig = true
        default: throw ImagingError(.corrupt, "The TIFF has no byte order.")
        }
        let isBig = isBig
        func word(_ place: Int) throws(ImagingError) -> Int {
            isBig ? try reader.big16(place) : try reader.little16(place)
        }
        func long(_ place: Int) throws(ImagingError) -> Int {
            isBig ? try reader.big32(place) : try reader.little32(place)
        }
        let start: Int
        if let place { start = place } else { start = try long(4) }
        let count = try word(start)
        guard count <= 4_096 else { throw ImagingError(.corrupt, "The TIFF has more than 4,096 tags.") }
        // The whole directory lies in the file.
        _ = try reader.byte(start + 1 + count * 12)
        (first, self.count) = (start + 2, count)
        next = (try? long(start + 2 + count * 12)) ?? 0
    }

    /// Finds the directory behind another one.
    ///
    /// The tags of the other are not read: directories may lie over each other, so that a small file has ten thousand of
    /// thousands of tags.
    ///
    /// - Parameter place: Where the other directory is.
    /// - Returns: Where the next one is; 0 where there is none.
    /// - Throws: `ImagingError` for a place outside of the file.
    func next(behind place: Int) throws(ImagingError) -> Int {
        let count = isBig ? try reader.big16(place) : try reader.little16(place)
        let end = place + 2 + count * 12
        return isBig ? try reader.big32(end) : try reader.little32(end)
    }

    /// Whether there is such a tag.
    func has(_ tag: Int) -> Bool { entry(of: tag) != nil }

    /// Where a tag is: of one that comes twice the first counts, as it does for decoders.
    ///
    /// There is no table, which would
    /// cost more than the few looks that are taken, and much more where a stranger writes thousands of tags.
    private func entry(of tag: Int) -> Int? {
        for index in 0..<count {
            let entry = first + index * 12
            if (isBig ? try? reader.big16(entry) : try? reader.little16(entry)) == tag { return entry }
        }
        return nil
    }

    /// The first number of a tag, or `nil` when there is no such tag.
    func number(_ tag: Int) throws(ImagingError) -> Int? {
        guard let entry = entry(of: tag) else { return nil }
        let count = isBig ? try reader.big32(entry + 4) : try reader.little32(entry + 4)
        guard count > 0 else { return nil }
        switch isBig ? try reader.big16(entry + 2) : try reader.little16(entry + 2) {
        case 1: return try reader.byte(entry + 8)
        case 3:
            var place = entry + 8
            if count > 2 { place = isBig ? try reader.big32(place) : try reader.little32(place) }
            return isBig ? try reader.big16(place) : try reader.little16(place)
        case 4:
            var place = entry + 8
            if count > 1 { place = isBig ? try reader.big32(place) : try reader.little32(place) }
            return isBig ? try reader.big32(place) : try reader.little32(place)
        default: return nil
        }
    }
}
