// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The text `--boundary` with what a fast search for it needs.
struct MultipartDelimiter: Sendable {
    /// The two hyphens and the boundary: 3 to 72 bytes, none of which ends a line.
    let bytes: [UInt8]

    /// For each byte, how far the search may move when that byte stands under the end of the delimiter.
    let shifts: [UInt8]

    init(_ boundary: MultipartBoundary) {
        bytes = Array("--".utf8) + Array(boundary.description.utf8)
        var shifts = [UInt8](repeating: UInt8(truncatingIfNeeded: bytes.count), count: 256)
        for (index, byte) in bytes.dropLast().enumerated() {
            shifts[Int(byte)] = UInt8(truncatingIfNeeded: bytes.count - 1 - index)
        }
        self.shifts = shifts
    }
}

/// What stands between the boundary and the end of its line, one byte at a time.
///
/// It is `--` for the last boundary, and otherwise spaces and tabs, then CR or LF. Anything else means that the line
/// only looked like a boundary.
struct DelimiterTail {
    enum Verdict { case undecided, refused, nextPart, lastPart }

    /// More padding than this is data.
    ///
    /// The number has to be the same however the body is cut.
    static let maximumPadding = 256

    private var padding = 0
    private var hasDash = false

    mutating func consume(_ byte: UInt8) -> Verdict {
        switch byte {
        case UInt8(ascii: "-") where padding == 0:
            if hasDash { return .lastPart }
            hasDash = true
            return .undecided
        case 0x0D, 0x0A:
            return hasDash ? .refused : .nextPart
        case 0x20, 0x09:
            guard !hasDash, padding < Self.maximumPadding else { return .refused }
            padding += 1
            return .undecided
        default:
            return .refused
        }
    }
}

/// The beginning of what may become a boundary, where the bytes that arrived so far end.
struct DelimiterCandidate {
    /// The bytes held back: the line end and what followed it.
    ///
    /// They are data if the candidate fails.
    var held: [UInt8] = []
    /// How many bytes of the delimiter have come.
    var matched = 0
    var tail = DelimiterTail()
}
