// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Values of every type from a tape.
extension JSONInput {
    /// Reads the value at an index.
    ///
    /// The caller has noted where it is.
    @inline(__always)
    func read<T: Decodable>(_ type: T.Type, _ index: Int) throws -> T {
        let kind = JSONTypeKind.of(type)
        if kind == .plain { return try T(from: JSONTapeDecoder(input: self, index: index)) }
        return try readKnown(type, index, kind)
    }

    /// Reads a value whose type this library knows.
    ///
    /// The kind says which type `T` is. So the bits are reinterpreted, which is quicker than a cast.
    func readKnown<T: Decodable>(_ type: T.Type, _ index: Int, _ kind: JSONTypeKind) throws -> T {
        switch kind {
        case .strings: return unsafeBitCast(try String.readAll(self, index), to: type)
        case .integers: return unsafeBitCast(try Int.readAll(self, index), to: type)
        case .doubles: return unsafeBitCast(try Double.readAll(self, index), to: type)
        case .floats: return unsafeBitCast(try Float.readAll(self, index), to: type)
        case .date: return unsafeBitCast(try Date.read(self, index), to: type)
        case .uuid: return unsafeBitCast(try UUID.read(self, index), to: type)
        case .url: return unsafeBitCast(try URL.read(self, index), to: type)
        case .data: return unsafeBitCast(try Data.read(self, index), to: type)
        case .decimal: return unsafeBitCast(try Decimal.read(self, index), to: type)
        case .value: return unsafeBitCast(try JSONValue.read(self, index), to: type)
        case .scalar:
            if let value: Any = try (type as? any JSONScalar.Type)?.read(self, index), let value = value as? T {
                return value
            }
        case .collection:
            // What only encodes as a collection of ours is not among these.
            if let value: Any = try (type as? any JSONReadCollection.Type)?.read(self, index), let value = value as? T {
                return value
            }
        case .plain: break
        }
        return try T(from: JSONTapeDecoder(input: self, index: index))
    }

    @inline(__always)
    func isNull(_ index: Int) -> Bool { peek(index).isKind(.null) }

    func readBool(_ index: Int) throws -> Bool {
        switch try entry(index).kind {
        case .true: return true
        case .false: return false
        default: throw mismatch(index, Bool.self, expected: "`true` or `false`")
        }
    }

    @inline(__always)
    func readString(_ index: Int) throws -> String {
        let entry = try entry(index)
        if entry.isKind(.string) { return String(decoding: bytes(entry.start, entry.low), as: UTF8.self) }
        return try readRareString(index, entry)
    }

    @inline(never)
    private func readRareString(_ index: Int, _ entry: JSONTapeEntry) throws -> String {
        guard entry.isKind(.escapedString) else { throw mismatch(index, String.self, expected: "a string") }
        return JSONEscapes.string(bytes(entry.start, entry.low))
    }

    @inline(__always)
    func readInteger<T: FixedWidthInteger>(_ index: Int, _ type: T.Type = T.self) throws -> T {
        let entry = try entry(index)
        if entry.isKind(.integer), let value = T(exactly: Int64(bitPattern: entry.payload)) { return value }
        return try readRareInteger(index, entry)
    }

    @inline(never)
    private func readRareInteger<T: FixedWidthInteger>(_ index: Int, _ entry: JSONTapeEntry) throws -> T {
        var result: T?
        if entry.isKind(.unsigned) {
            result = T(exactly: entry.payload)
        } else if entry.isKind(.double), let digits = numberBytes(index), let whole = JSONNumbers.whole(digits) {
            if !whole.isNegative {
                result = T(exactly: whole.magnitude)
            } else if whole.magnitude <= UInt128(1) << 127 {
                result = T(exactly: Int128(truncatingIfNeeded: 0 &- whole.magnitude))
            }
        }
        guard let result else {
            throw mismatch(index, T.self, expected: "a whole number from \(T.min) to \(T.max)")
        }
        return result
    }

    @inline(__always)
    func readDouble(_ index: Int) throws -> Double {
        let entry = try entry(index)
        if entry.isKind(.double) {
            let value = Double(bitPattern: entry.payload)
            if value.isFinite { return value }
        }
        if entry.isKind(.integer) { return Double(Int64(bitPattern: entry.payload)) }
        if entry.isKind(.unsigned) { return Double(entry.payload) }
        throw mismatch(index, Double.self, expected: "a number that fits Double")
    }

    @inline(__always)
    func readFloat(_ index: Int) throws -> Float {
        let entry = try entry(index)
        var value = Float.infinity
        if entry.isKind(.integer) {
            value = Float(Int64(bitPattern: entry.payload))
        } else if entry.isKind(.unsigned) {
            value = Float(entry.payload)
        } else if entry.isKind(.double) {
            value = try readFraction(index, entry)
        }
        guard value.isFinite else { throw mismatch(index, Float.self, expected: "a number that fits Float") }
        return value
    }

    @inline(__always)
    private func readFraction(_ index: Int, _ entry: JSONTapeEntry) throws -> Float {
        let double = Double(bitPattern: entry.payload)
        // Rounding twice goes wrong only where the first rounding hits the middle between two values of Float exactly.
        let isMiddle = entry.payload & 0x1FFF_FFFF == 0x1000_0000
        if isMiddle || double.magnitude < Double(Float.leastNormalMagnitude), let digits = numberText(index) {
            return Float(digits) ?? .infinity
        }
        return Float(double)
    }
}

extension JSONScalar {
    static func readAll(_ input: JSONInput, _ index: Int) throws -> [Self] {
        let array = try input.entry(index)
        guard array.isKind(.array) else { throw input.mismatch(index, [Self].self, expected: "an array") }
        var result: [Self] = []
        result.reserveCapacity(array.low)
        // Each element of a scalar type takes one entry. A container among them is refused before the next is read.
        for element in (index + 1)..<(index + 1 + array.low) { result.append(try read(input, element)) }
        return result
    }
}

extension JSONScalar where Self: FixedWidthInteger {
    @inline(__always)
    static func read(_ input: JSONInput, _ index: Int) throws -> Self { try input.readInteger(index) }
}

extension Bool {
    static func read(_ input: JSONInput, _ index: Int) throws -> Bool { try input.readBool(index) }
}

extension Double {
    @inline(__always)
    static func read(_ input: JSONInput, _ index: Int) throws -> Double { try input.readDouble(index) }
}

extension Float {
    @inline(__always)
    static func read(_ input: JSONInput, _ index: Int) throws -> Float { try input.readFloat(index) }
}

extension String {
    @inline(__always)
    static func read(_ input: JSONInput, _ index: Int) throws -> String { try input.readString(index) }
}

/// An array or dictionary of decodable values, which is read without a container.
protocol JSONReadCollection {
    /// Reads the elements of the container at an index of a tape.
    static func read(_ input: JSONInput, _ index: Int) throws -> Self
}

extension Array: JSONReadCollection where Element: Decodable {
    static func read(_ input: JSONInput, _ index: Int) throws -> [Element] {
        let kind = JSONTypeKind.of(Element.self)
        if kind == .scalar, let type = Element.self as? any JSONScalar.Type {
            return try readScalars(type, input, index)
        }
        let array = try input.entry(index)
        guard array.isKind(.array) else { throw input.mismatch(index, Self.self, expected: "an array") }
        var result: [Element] = []
        result.reserveCapacity(array.low)
        var element = index + 1
        for position in 0..<array.low {
            input.enter(index, child: element, position: position)
            defer { input.leave() }
            if kind == .plain {
                result.append(try Element(from: JSONTapeDecoder(input: input, index: element)))
            } else {
                result.append(try input.readKnown(Element.self, element, kind))
            }
            element = input.tape.next(element)
        }
        return result
    }

    /// Reads scalars of the type of the elements, which the caller has as a scalar type.
    private static func readScalars<Scalar: JSONScalar>(
        _ type: Scalar.Type, _ input: JSONInput, _ index: Int
    ) throws -> [Element] {
        // Both types are one and the same. A conditional cast would visit each element.
        unsafeBitCast(try Scalar.readAll(input, index), to: [Element].self)
    }
}

extension Dictionary: JSONReadCollection where Key == String, Value: Decodable {
    static func read(_ input: JSONInput, _ index: Int) throws -> [String: Value] {
        let object = try input.entry(index)
        guard object.isKind(.object) else { throw input.mismatch(index, Self.self, expected: "an object") }
        var result: [String: Value] = [:]
        result.reserveCapacity(Int(object.detail))
        let kind = JSONTypeKind.of(Value.self)
        try input.forEachKey(index) { key in
            input.enter(index, child: key, position: 0)
            defer { input.leave() }
            if kind == .plain {
                result[input.keyText(key)] = try Value(from: JSONTapeDecoder(input: input, index: key + 1))
            } else {
                result[input.keyText(key)] = try input.readKnown(Value.self, key + 1, kind)
            }
        }
        return result
    }
}
