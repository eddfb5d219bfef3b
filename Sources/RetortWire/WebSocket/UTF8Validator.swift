// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A check of text that arrives in pieces: it knows at each byte whether the text can still become valid UTF-8.
///
/// Overlong forms, surrogates and everything above U+10FFFF are refused at the first byte that gives them away.
///
/// Source: RFC 3629 §4.
struct UTF8Validator: Hashable, Sendable {
    // The state is the number of bits by which the row of the next byte is shifted: each row holds, in six bits for
    // each state, the state that follows. That makes a step one load and one shift, with no branch.
    private var state = State.boundary

    private enum State {
        // Zero, so that no row needs to write it, and so that nothing leads out of it.
        static let rejected: UInt64 = 0
        static let boundary: UInt64 = 6
        // So many bytes 80...BF have to follow.
        static let one: UInt64 = 12
        static let two: UInt64 = 18
        static let three: UInt64 = 24
        // The byte that follows has a narrower range.
        static let afterE0: UInt64 = 30
        static let afterED: UInt64 = 36
        static let afterF0: UInt64 = 42
        static let afterF4: UInt64 = 48
    }

    /// For each byte the states that follow.
    private static let rows: [UInt64] = (0..<256).map { row(of: UInt8(truncatingIfNeeded: $0)) }

    private static func row(of byte: UInt8) -> UInt64 {
        switch byte {
        case 0x00...0x7F: return State.boundary << State.boundary
        case 0x80...0xBF: return continuationRow(of: byte)
        case 0xC2...0xDF: return State.one << State.boundary
        case 0xE0: return State.afterE0 << State.boundary
        case 0xED: return State.afterED << State.boundary
        case 0xE1...0xEF: return State.two << State.boundary
        case 0xF0: return State.afterF0 << State.boundary
        case 0xF1...0xF3: return State.three << State.boundary
        case 0xF4: return State.afterF4 << State.boundary
        default: return 0
        }
    }

    private static func continuationRow(of byte: UInt8) -> UInt64 {
        var row = State.boundary << State.one | State.one << State.two | State.two << State.three
        row |= byte >= 0xA0 ? State.one << State.afterE0 : State.one << State.afterED
        row |= byte >= 0x90 ? State.two << State.afterF0 : State.two << State.afterF4
        return row
    }

    /// Whether the text so far ends with a whole character, and is valid.
    var isAtBoundary: Bool { state == State.boundary }

    /// Reads the next bytes of the text.
    ///
    /// - Parameter bytes: The next bytes.
    /// - Returns: Whether the text can still become valid.
    mutating func consume(_ bytes: Span<UInt8>) -> Bool {
        var current = state
        Self.rows.withUnsafeBufferPointer { rows in
            // A byte cannot be an index outside of 256 rows.
            for index in bytes.indices { current = rows[Int(bytes[index])] &>> current }
        }
        state = current & 63
        return state != State.rejected
    }
}
