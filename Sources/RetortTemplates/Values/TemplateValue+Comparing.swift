// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension TemplateValue {
    private static let mostDepth = 100

    /// Whether two values are equal as Python has it: numbers by their value, texts by their bytes, containers by what
    /// they hold.
    func equals(_ other: TemplateValue, depth: Int = 0) throws -> Bool {
        guard depth < Self.mostDepth else {
            throw TemplateError(.limit, "The values are nested too deeply to compare.")
        }
        switch (self, other) {
        case (.int(let left), .int(let right)): return left == right
        case (.string(let left), .string(let right)): return left.hasSameUTF8(as: right)
        case (.none, .none): return true
        case (.undefined(let left), .undefined(let right)):
            if left.behavior == .strict { throw left.error() }
            if right.behavior == .strict { throw right.error() }
            return true
        case (.undefined(let one), _), (_, .undefined(let one)):
            if one.behavior == .strict { throw one.error() }
            return false
        case (.list(let left), .list(let right)):
            return try left === right || Self.equal(left.values, right.values, depth)
        case (.tuple(let left), .tuple(let right)): return try Self.equal(left, right, depth)
        case (.dict(let left), .dict(let right)): return try Self.equal(left, right, depth)
        case (.function(let left), .function(let right)): return left === right
        case (.object(let left), _):
            if let answer = left.isEqual(to: other) { return answer }
            if case .object(let right) = other { return right.isEqual(to: self) ?? false }
            return false
        case (_, .object(let right)): return right.isEqual(to: self) ?? false
        default:
            if let left = text, let right = other.text { return left.hasSameUTF8(as: right) }
            if let left = integer, let right = other.integer { return left == right }
            if let left = number, let right = other.number { return left == right }
            return false
        }
    }

    private static func equal(_ left: [TemplateValue], _ right: [TemplateValue], _ depth: Int) throws -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left, right) {
            guard try left.equals(right, depth: depth + 1) else { return false }
        }
        return true
    }

    private static func equal(_ left: TemplateDict, _ right: TemplateDict, _ depth: Int) throws -> Bool {
        if left === right { return true }
        let pairs = left.pairs
        guard pairs.count == right.count else { return false }
        for (key, value) in pairs {
            guard let other = right[try DictKey(key)], try value.equals(other, depth: depth + 1) else { return false }
        }
        return true
    }

    /// Whether this value comes before another.
    ///
    /// - Parameters:
    ///   - other: The other value.
    ///   - sign: The operator, for the message.
    ///   - depth: How deep the values lie inside of others.
    /// - Returns: Whether it is smaller.
    /// - Throws: ``TemplateError`` with `.type` for values of which neither comes first.
    func precedes(_ other: TemplateValue, _ sign: String = "<", depth: Int = 0) throws -> Bool {
        guard depth < Self.mostDepth else {
            throw TemplateError(.limit, "The values are nested too deeply to compare.")
        }
        switch (self, other) {
        case (.int(let left), .int(let right)): return left < right
        case (.undefined(let one), _), (_, .undefined(let one)): throw one.error()
        case (.list(let left), .list(let right)):
            return try Self.precedes(left.values, right.values, sign, depth)
        case (.tuple(let left), .tuple(let right)): return try Self.precedes(left, right, sign, depth)
        default:
            if let left = text, let right = other.text {
                return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
            }
            if let left = integer, let right = other.integer { return left < right }
            if let left = number, let right = other.number { return left < right }
            if let left = BigInteger.of(self), let right = BigInteger.of(other) { return left.precedes(right) }
            if let left = BigInteger.of(self), let right = other.number { return left.double < right }
            if let left = number, let right = BigInteger.of(other) { return left < right.double }
            throw TemplateError(
                .type, "'\(sign)' not supported between instances of '\(typeName)' and '\(other.typeName)'")
        }
    }

    private static func precedes(
        _ left: [TemplateValue], _ right: [TemplateValue], _ sign: String, _ depth: Int
    ) throws -> Bool {
        for (left, right) in zip(left, right) where try !left.equals(right, depth: depth + 1) {
            return try left.precedes(right, sign, depth: depth + 1)
        }
        return left.count < right.count
    }

    /// Whether a container holds a value, as `in` asks.
    ///
    /// - Throws: ``TemplateError`` with `.type` for what is no container.
    func holds(_ value: TemplateValue) throws -> Bool {
        switch self {
        case .string, .markup:
            guard let part = value.text else {
                if case .undefined(let undefined) = value { throw undefined.error() }
                throw TemplateError(
                    .type, "'in <string>' requires string as left operand, not \(value.typeName)")
            }
            return TextSearch.find(Array(part.utf8), in: Array((text ?? "").utf8), from: 0) != nil
        case .list(let list): return try list.values.contains { try $0.equals(value) }
        case .tuple(let values): return try values.contains { try $0.equals(value) }
        case .dict(let dict): return dict[try DictKey(value)] != nil
        case .undefined(let undefined):
            if undefined.behavior == .strict { throw undefined.error() }
            return false
        case .object(let object):
            if let range = object as? TemplateRange { return try range.holds(value) }
            if let elements = try object.elements() { return try elements.contains { try $0.equals(value) } }
            throw TemplateError(.type, "argument of type '\(typeName)' is not iterable")
        default: throw TemplateError(.type, "argument of type '\(typeName)' is not iterable")
        }
    }
}

/// Finds bytes in bytes.
enum TextSearch {
    /// The first place of a part at or behind a place.
    ///
    /// The first byte is looked for alone; parts of templates are short.
    static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return start <= bytes.count ? start : nil }
        guard bytes.count >= part.count else { return nil }
        var index = start
        let last = bytes.count - part.count
        while index <= last {
            if bytes[index] == first {
                var length = 1
                while length < part.count, bytes[index + length] == part[length] { length += 1 }
                if length == part.count { return index }
            }
            index += 1
        }
        return nil
    }
}
