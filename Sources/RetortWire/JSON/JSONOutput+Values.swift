// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Values of any type, and the keys of members.
extension JSONOutput {
    /// Writes a value where an element or the value of a member is due.
    @inline(__always)
    func write<T: Encodable>(any value: T) throws {
        let kind = JSONTypeKind.of(T.self)
        if kind == .plain { try write(plain: value) } else { try write(known: value, kind) }
    }

    /// Lets a value write itself through an encoder.
    @inline(__always)
    func write<T: Encodable>(plain value: T) throws {
        let level = depth
        let serial = beginSlot()
        try value.encode(to: JSONStreamEncoder(output: self, level: UInt32(truncatingIfNeeded: level), serial: serial))
        endSlot(depth: level)
    }

    /// Writes a value whose type this library knows.
    ///
    /// The kind says which type `T` is. So the bits are reinterpreted, which is quicker than a cast.
    func write<T: Encodable>(known value: T, _ kind: JSONTypeKind) throws {
        switch kind {
        case .plain: try write(plain: value)
        case .scalar: try (value as? any JSONScalar)?.write(to: self)
        case .collection: try (value as? any JSONStreamedCollection)?.write(to: self)
        case .strings: try unsafeBitCast(value, to: [String].self).writeScalars(to: self)
        case .integers: try unsafeBitCast(value, to: [Int].self).writeScalars(to: self)
        case .doubles: try unsafeBitCast(value, to: [Double].self).writeScalars(to: self)
        case .floats: try unsafeBitCast(value, to: [Float].self).writeScalars(to: self)
        case .date: try unsafeBitCast(value, to: Date.self).write(to: self)
        case .uuid: unsafeBitCast(value, to: UUID.self).write(to: self)
        case .url: write(unsafeBitCast(value, to: URL.self).absoluteString)
        case .data: unsafeBitCast(value, to: Data.self).write(to: self)
        case .decimal: try unsafeBitCast(value, to: Decimal.self).write(to: self)
        case .value: try unsafeBitCast(value, to: JSONValue.self).write(to: self)
        }
    }

    /// Writes the name of a property as a key.
    @inline(__always)
    func writeKey(_ name: String) {
        if convertsKeys { write(JSONKeyStyle.snakeCase(name)) } else { write(name) }
        writeColon()
    }

    /// Writes the key of a dictionary, which no option changes.
    @inline(__always)
    func writeRawKey(_ name: String) {
        write(name)
        writeColon()
    }

    @inline(__always)
    private func writeColon() {
        append(0x3A)
        if isIndented { append(0x20) }
    }
}

/// A scalar of the standard library, which needs no encoder.
protocol JSONScalar: Codable {
    /// Writes the value.
    func write(to output: JSONOutput) throws

    /// Writes these values as the elements of an array that is open.
    static func write(all values: UnsafeBufferPointer<Self>, to output: JSONOutput) throws

    /// Reads the value at an index of a tape.
    static func read(_ input: JSONInput, _ index: Int) throws -> Self

    /// Reads the elements of the array at an index of a tape.
    static func readAll(_ input: JSONInput, _ index: Int) throws -> [Self]
}

extension JSONScalar {
    static func write(all values: UnsafeBufferPointer<Self>, to output: JSONOutput) throws {
        for value in values {
            output.separate()
            try value.write(to: output)
        }
    }
}

extension JSONScalar where Self: FixedWidthInteger & SignedInteger {
    @inline(__always)
    func write(to output: JSONOutput) { output.write(Int64(truncatingIfNeeded: self)) }
}

extension JSONScalar where Self: FixedWidthInteger & UnsignedInteger {
    @inline(__always)
    func write(to output: JSONOutput) { output.write(UInt64(truncatingIfNeeded: self)) }
}

extension Int: JSONScalar {}
extension Int8: JSONScalar {}
extension Int16: JSONScalar {}
extension Int32: JSONScalar {}
extension Int64: JSONScalar {}
extension UInt: JSONScalar {}
extension UInt8: JSONScalar {}
extension UInt16: JSONScalar {}
extension UInt32: JSONScalar {}
extension UInt64: JSONScalar {}

extension Bool: JSONScalar {
    func write(to output: JSONOutput) { output.write(self) }
}

extension Double: JSONScalar {
    func write(to output: JSONOutput) throws { try output.write(self) }
}

extension Float: JSONScalar {
    func write(to output: JSONOutput) throws { try output.write(self) }
}

extension String: JSONScalar {
    func write(to output: JSONOutput) { output.write(self) }
}

/// An array or dictionary of encodable values, which is written and read without a container for each element.
protocol JSONStreamedCollection {
    /// Writes the elements.
    func write(to output: JSONOutput) throws
}

extension Array: JSONStreamedCollection where Element: Encodable {
    func write(to output: JSONOutput) throws {
        let handle = output.open(isObject: false)
        try output.prepare(handle)
        switch JSONTypeKind.of(Element.self) {
        case .scalar:
            if let type = Element.self as? any JSONScalar.Type {
                try withUnsafeBufferPointer { try type.write(allRaw: UnsafeRawBufferPointer($0), to: output) }
            }
        case let kind:
            for element in self {
                output.separate()
                if kind == .plain { try output.write(plain: element) } else { try output.write(known: element, kind) }
            }
        }
        output.closeInnermost()
    }
}

extension Array where Element: JSONScalar {
    /// Writes the elements as an array.
    @inline(__always)
    func writeScalars(to output: JSONOutput) throws {
        try output.prepare(output.open(isObject: false))
        try withUnsafeBufferPointer { try Element.write(all: $0, to: output) }
        output.closeInnermost()
    }
}

extension JSONScalar {
    /// Writes the values that lie in this memory, which must hold values of this type and nothing else.
    fileprivate static func write(allRaw memory: UnsafeRawBufferPointer, to output: JSONOutput) throws {
        try write(all: memory.assumingMemoryBound(to: Self.self), to: output)
    }
}

extension Dictionary: JSONStreamedCollection where Key == String, Value: Encodable {
    func write(to output: JSONOutput) throws {
        let handle = output.open(isObject: true)
        try output.prepare(handle)
        let kind = JSONTypeKind.of(Value.self)
        for (key, value) in self {
            output.separate()
            output.writeRawKey(key)
            if kind == .plain { try output.write(plain: value) } else { try output.write(known: value, kind) }
        }
        output.closeInnermost()
    }
}
