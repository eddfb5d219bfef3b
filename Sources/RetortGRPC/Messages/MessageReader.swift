// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes that are not the message that they should be.
package struct MessageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence that says what is wrong.
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Reads the fields of a message of Protocol Buffers one after another.
///
/// It reads memory of somebody else and copies nothing, so it and what it gives must not be used after the function that
/// the memory belongs to. Every read is checked against the end, and no arithmetic can overflow: lengths are compared with
/// what is left before anything is added.
///
/// Source: Protocol Buffers, "Encoding".
struct MessageReader {
    /// What a field has.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        case bytes(UnsafeRawBufferPointer)
    }

    /// How deep groups, which nobody sends any more, may lie in one another to be passed over.
    static let groupDepth = 16

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Begins at the first of some bytes.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The bytes that have not been read.
    var rest: Int { bytes.count - position }

    /// The next field and its number; nil at the end.
    ///
    /// Groups are passed over, as no message of ours has any.
    mutating func next() throws(MessageError) -> (number: Int, value: Value)? {
        while rest > 0 {
            let (number, kind) = try tag()
            switch kind {
            case 0: return (number, .varint(try varint()))
            case 1: return (number, .fixed64(try fixed64()))
            case 2: return (number, .bytes(try lengthDelimited()))
            case 3: try skipGroup(number, depth: 1)
            case 5: return (number, .fixed32(try fixed32()))
            default: throw MessageError("Field \(number) of the message has the wire type \(kind), which is none.")
            }
        }
        return nil
    }

    /// A whole number of seven bits a byte, the lowest first.
    mutating func varint() throws(MessageError) -> UInt64 {
        var result: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard position < bytes.count else { throw MessageError("The message ends within a number.") }
            let byte = bytes[position]
            position += 1
            // The tenth byte has room for one bit.
            if shift == 63, byte > 1 { break }
            result |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return result }
        }
        throw MessageError("A number of the message has more than 64 bits.")
    }

    /// Four bytes, the lowest first.
    mutating func fixed32() throws(MessageError) -> UInt32 {
        guard rest >= 4 else { throw MessageError("The message ends within a number.") }
        defer { position += 4 }
        return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    }

    /// Eight bytes, the lowest first.
    mutating func fixed64() throws(MessageError) -> UInt64 {
        guard rest >= 8 else { throw MessageError("The message ends within a number.") }
        defer { position += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    private mutating func tag() throws(MessageError) -> (number: Int, kind: Int) {
        let tag = try varint()
        // Field numbers have 29 bits.
        guard tag >= 8, tag <= UInt64(UInt32.max) else {
            throw MessageError("The message has a field with a number that is none.")
        }
        return (Int(tag >> 3), Int(tag & 7))
    }

    private mutating func lengthDelimited() throws(MessageError) -> UnsafeRawBufferPointer {
        let length = try varint()
        guard length <= UInt64(rest) else {
            throw MessageError("The message ends within a field of \(length) bytes.")
        }
        let start = position
        position += Int(length)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    private mutating func skipGroup(_ group: Int, depth: Int) throws(MessageError) {
        guard depth <= Self.groupDepth else {
            throw MessageError("The message has groups more than \(Self.groupDepth) deep.")
        }
        while rest > 0 {
            let (number, kind) = try tag()
            switch kind {
            case 0: _ = try varint()
            case 1: _ = try fixed64()
            case 2: _ = try lengthDelimited()
            case 3: try skipGroup(number, depth: depth + 1)
            case 4:
                guard number == group else { throw MessageError("A group of the message ends as another one.") }
                return
            case 5: _ = try fixed32()
            default: throw MessageError("Field \(number) of the message has the wire type \(kind), which is none.")
            }
        }
        throw MessageError("The message ends within a group.")
    }
}

extension MessageReader.Value {
    /// The bytes, for a field that has a text, bytes or a message.
    func bytes(_ name: String) throws(MessageError) -> UnsafeRawBufferPointer {
        if case .bytes(let bytes) = self { return bytes }
        throw MessageError("The field '\(name)' of the message has another wire type.")
    }

    /// The text, which has to be UTF-8.
    func text(_ name: String) throws(MessageError) -> String {
        guard let text = String(validating: try bytes(name), as: UTF8.self) else {
            throw MessageError("The field '\(name)' of the message is not UTF-8.")
        }
        return text
    }

    /// The whole number.
    func varint(_ name: String) throws(MessageError) -> UInt64 {
        if case .varint(let number) = self { return number }
        throw MessageError("The field '\(name)' of the message has another wire type.")
    }
}
