// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Elements of BYTES as they are exchanged: each behind its length, a little-endian `UInt32`.
enum TextElements {
    /// Where the elements lie.
    ///
    /// There must be exactly as many as are wanted, and nothing behind them.
    static func ranges(in bytes: [UInt8], count: Int) throws -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        // Each has four bytes at least, so no small input asks for much memory.
        ranges.reserveCapacity(min(count, bytes.count / 4))
        var place = 0
        while ranges.count < count {
            guard bytes.count - place >= 4 else {
                throw InferenceError(
                    .invalidData, "BYTES end after \(ranges.count) of \(count) elements.")
            }
            var length = 0
            for index in 0..<4 { length |= Int(bytes[place + index]) << (8 * index) }
            place += 4
            guard length <= bytes.count - place else {
                throw InferenceError(
                    .invalidData,
                    "Element \(ranges.count) of BYTES should have \(length) bytes, and \(bytes.count - place) are left."
                )
            }
            ranges.append(place..<place + length)
            place += length
        }
        guard place == bytes.count else {
            throw InferenceError(
                .invalidData, "\(bytes.count - place) bytes follow the last of \(count) elements of BYTES.")
        }
        return ranges
    }
}
