// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Writes a message of Protocol Buffers.
///
/// Long runs of bytes are kept as the arrays that they came in, so that a tensor is copied once: into the memory from
/// which it is sent. Fields with the default of their type are left out, as version 3 wants it.
///
/// Source: Protocol Buffers, "Encoding".
package struct MessageWriter: Sendable {
    /// Arrays below this many bytes are copied at once.
    private static let shortBytes = 512

    /// What was written, in order.
    private var pieces: [[UInt8]] = []
    /// What is written behind them.
    private var end: [UInt8] = []

    /// Begins an empty message.
    package init() {}

    /// The bytes of the message.
    package private(set) var count = 0

    /// Copies the message to memory of exactly ``count`` bytes.
    package func copy(to memory: UnsafeMutableRawBufferPointer) {
        var position = 0
        for piece in pieces + [end] {
            guard position + piece.count <= memory.count else { return }
            UnsafeMutableRawBufferPointer(rebasing: memory[position...]).copyBytes(from: piece)
            position += piece.count
        }
    }

    /// The message as one array.
    package var bytes: [UInt8] { pieces.reduce(into: []) { $0 += $1 } + end }

    /// A text; none when it is empty.
    mutating func text(_ number: Int, _ text: String) {
        if !text.isEmpty { bytes(number, Array(text.utf8)) }
    }

    /// Bytes, also when there are none.
    mutating func bytes(_ number: Int, _ bytes: [UInt8]) {
        tag(number, 2)
        varint(UInt64(bytes.count))
        append(bytes)
    }

    /// A whole number; none when it is zero.
    mutating func number(_ number: Int, _ value: some BinaryInteger) {
        if value == 0 { return }
        tag(number, 0)
        varint(UInt64(truncatingIfNeeded: value))
    }

    /// A truth; none when it is false.
    mutating func flag(_ number: Int, _ value: Bool) { self.number(number, value ? 1 : 0) }

    /// Whole numbers in one field; none when there are none.
    mutating func numbers(_ number: Int, _ values: [Int]) {
        if values.isEmpty { return }
        var packed = MessageWriter()
        for value in values { packed.varint(UInt64(bitPattern: Int64(value))) }
        bytes(number, packed.end)
    }

    /// A message in this one, also when it is empty.
    mutating func message(_ number: Int, _ message: MessageWriter) {
        tag(number, 2)
        varint(UInt64(message.count))
        for piece in message.pieces { append(piece) }
        append(message.end)
    }

    /// A message in this one.
    mutating func message(_ number: Int, _ write: (inout MessageWriter) -> Void) {
        var message = MessageWriter()
        write(&message)
        self.message(number, message)
    }

    private mutating func tag(_ number: Int, _ kind: Int) { varint(UInt64(number << 3 | kind)) }

    private mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            append(byte: UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        append(byte: UInt8(value))
    }

    private mutating func append(byte: UInt8) {
        end.append(byte)
        count += 1
    }

    private mutating func append(_ bytes: [UInt8]) {
        count += bytes.count
        if bytes.count < Self.shortBytes {
            end += bytes
        } else {
            if !end.isEmpty { pieces.append(end) }
            end = []
            pieces.append(bytes)
        }
    }
}
