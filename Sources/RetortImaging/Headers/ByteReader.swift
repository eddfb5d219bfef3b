// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads numbers at places of a file; a place outside gives an error, never a trap.
struct ByteReader {
    private let bytes: [UInt8]
    private let range: Range<Int>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        range = 0..<bytes.count
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        self.range = range
    }

    /// How many bytes there are.
    var count: Int { range.count }

    /// The most steps of a walk through segments, chunks or blocks.
    ///
    /// A file of 32 MB in GIF's blocks has 130,000; whoever
    /// makes millions of empty ones gets no further.
    static let mostSteps = 200_000

    /// The error of a file that ends too early.
    static let end = ImagingError(.corrupt, "The file ends in the middle of its header.")

    /// A part of the bytes with places of its own.
    func part(_ start: Int, _ length: Int) throws(ImagingError) -> ByteReader {
        guard start >= 0, length >= 0, start <= count, length <= count - start else { throw ByteReader.end }
        return ByteReader(bytes, range.lowerBound + start..<range.lowerBound + start + length)
    }

    func byte(_ place: Int) throws(ImagingError) -> Int {
        guard place >= 0, place < count else { throw ByteReader.end }
        return Int(bytes[range.lowerBound + place])
    }

    func big16(_ place: Int) throws(ImagingError) -> Int { try byte(place) << 8 | byte(place + 1) }
    func little16(_ place: Int) throws(ImagingError) -> Int { try byte(place) | byte(place + 1) << 8 }
    func big32(_ place: Int) throws(ImagingError) -> Int { try big16(place) << 16 | big16(place + 2) }
    func little32(_ place: Int) throws(ImagingError) -> Int { try little16(place) | little16(place + 2) << 16 }
    func little24(_ place: Int) throws(ImagingError) -> Int { try little16(place) | byte(place + 2) << 16 }

    /// Whether these characters stand at a place.
    func has(_ text: StaticString, at place: Int) -> Bool {
        guard place >= 0, count - place >= text.utf8CodeUnitCount, place <= count else { return false }
        return text.withUTF8Buffer { letters in
            bytes[(range.lowerBound + place)...].starts(with: letters)
        }
    }
}
