// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A whole number of more than 64 bits, as arithmetic in a template may give it.
///
/// It has at most ``mostWords`` words of 32 bits; what needs more is a template error.
final class BigInteger: TemplateObject {
    /// The most words of 32 bits: about 1,200 decimal digits.
    static let mostWords = 128

    /// The words of the magnitude, the least significant first, without zeros at the end.
    let words: [UInt32]
    let isNegative: Bool

    private init(_ words: [UInt32], isNegative: Bool) {
        self.words = words
        self.isNegative = isNegative
    }

    convenience init(_ number: Int) {
        let magnitude = UInt64(number.magnitude)
        let words = [UInt32(truncatingIfNeeded: magnitude), UInt32(truncatingIfNeeded: magnitude >> 32)]
        self.init(Self.trimmed(words), isNegative: number < 0)
    }

    /// A number as a value: one of 64 bits where that is enough.
    ///
    /// - Throws: ``TemplateError`` with `.overflow` for one that is too large.
    private static func value(_ words: [UInt32], isNegative: Bool) throws -> TemplateValue {
        let words = trimmed(words)
        guard words.count <= mostWords else {
            throw TemplateError(.overflow, "A whole number has more than \(mostWords * 32) bits.")
        }
        let number = BigInteger(words, isNegative: isNegative && !words.isEmpty)
        return number.small.map { .int($0) } ?? .object(number)
    }

    /// The number where it has 64 bits.
    private var small: Int? {
        guard words.count <= 2 else { return nil }
        let magnitude = words.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(32 * $1.offset) }
        if !isNegative { return Int(exactly: magnitude) }
        return magnitude <= UInt64(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- Int64(bitPattern: magnitude)) : nil
    }

    /// The number that decimal digits say; nil for what is none.
    static func parse(_ digits: some Sequence<UInt8>, isNegative: Bool) throws -> TemplateValue? {
        var words: [UInt32] = []
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            var carry = UInt64(digit & 15)
            for index in words.indices {
                let product = UInt64(words[index]) * 10 + carry
                words[index] = UInt32(truncatingIfNeeded: product)
                carry = product >> 32
            }
            if carry > 0 { words.append(UInt32(carry)) }
            guard words.count <= mostWords else {
                throw TemplateError(.overflow, "A whole number has more than \(mostWords * 32) bits.")
            }
        }
        return try value(words, isNegative: isNegative)
    }

    /// The whole number of a value; nil for others.
    static func of(_ value: TemplateValue) -> BigInteger? {
        if let number = value.integer { return BigInteger(number) }
        if case .object(let object) = value { return object as? BigInteger }
        return nil
    }

    static func compute(_ sign: BinaryOperator, _ a: BigInteger, _ b: BigInteger) throws -> TemplateValue {
        switch sign {
        case .add: return try sum(a, b, negatingSecond: false)
        case .subtract: return try sum(a, b, negatingSecond: true)
        case .multiply: return try value(product(a.words, b.words), isNegative: a.isNegative != b.isNegative)
        case .power: return try power(a, b)
        case .divide:
            guard !b.words.isEmpty else { throw TemplateError(.division, "division by zero") }
            return .float(a.double / b.double)
        case .floorDivide, .remainder:
            guard !b.words.isEmpty else { throw TemplateError(.division, "integer division or modulo by zero") }
            let (quotient, rest) = divide(a.words, b.words)
            let isBelow = !rest.isEmpty && a.isNegative != b.isNegative
            if sign == .floorDivide {
                return try value(isBelow ? sum(quotient, [1]) : quotient, isNegative: a.isNegative != b.isNegative)
            }
            return try value(isBelow ? difference(b.words, rest) : rest, isNegative: b.isNegative)
        }
    }

    private static func power(_ base: BigInteger, _ exponent: BigInteger) throws -> TemplateValue {
        guard !exponent.isNegative else { return .float(FloatPower.power(base.double, exponent.double)) }
        guard let count = exponent.small, count <= mostWords * 32 else {
            throw TemplateError(.overflow, "A whole number has more than \(mostWords * 32) bits.")
        }
        var result: [UInt32] = [1]
        for _ in 0..<count {
            result = product(result, base.words)
            guard result.count <= mostWords else {
                throw TemplateError(.overflow, "A whole number has more than \(mostWords * 32) bits.")
            }
        }
        return try value(result, isNegative: base.isNegative && count % 2 == 1)
    }

    private static func sum(_ a: BigInteger, _ b: BigInteger, negatingSecond: Bool) throws -> TemplateValue {
        let second = b.isNegative != negatingSecond
        if a.isNegative == second { return try value(sum(a.words, b.words), isNegative: second) }
        return precedes(a.words, b.words)
            ? try value(difference(b.words, a.words), isNegative: second)
            : try value(difference(a.words, b.words), isNegative: a.isNegative)
    }

    // MARK: Magnitudes

    private static func trimmed(_ words: [UInt32]) -> [UInt32] {
        Array(words[..<(words.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)])
    }

    private static func precedes(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        a.count != b.count ? a.count < b.count : a.reversed().lexicographicallyPrecedes(b.reversed())
    }

    private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(a.count, b.count) {
            carry += UInt64(index < a.count ? a[index] : 0) + UInt64(index < b.count ? b[index] : 0)
            result.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        return carry > 0 ? result + [UInt32(carry)] : result
    }

    /// The difference of a larger and a smaller magnitude.
    private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        var borrow: Int64 = 0
        for index in a.indices {
            var digit = Int64(a[index]) - Int64(index < b.count ? b[index] : 0) - borrow
            borrow = digit < 0 ? 1 : 0
            if digit < 0 { digit += 1 << 32 }
            result.append(UInt32(digit))
        }
        return trimmed(result)
    }

    private static func product(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var result = [UInt32](repeating: 0, count: a.count + b.count)
        for (place, left) in a.enumerated() {
            var carry: UInt64 = 0
            for (offset, right) in b.enumerated() {
                carry += UInt64(left) * UInt64(right) + UInt64(result[place + offset])
                result[place + offset] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            result[place + b.count] = UInt32(carry)
        }
        return trimmed(result)
    }

    /// Divides bit by bit: numbers are short, and this is simple.
    private static func divide(_ a: [UInt32], _ b: [UInt32]) -> (quotient: [UInt32], rest: [UInt32]) {
        var quotient = [UInt32](repeating: 0, count: a.count)
        var rest: [UInt32] = []
        for bit in stride(from: a.count * 32 - 1, through: 0, by: -1) {
            rest = trimmed(sum(rest, rest))
            if a[bit / 32] >> UInt32(bit % 32) & 1 == 1 { rest = trimmed(sum(rest, [1])) }
            if !precedes(rest, b) {
                rest = difference(rest, b)
                quotient[bit / 32] |= 1 << UInt32(bit % 32)
            }
        }
        return (trimmed(quotient), rest)
    }

    // MARK: As a value

    var double: Double { words.reversed().reduce(0) { $0 * 4_294_967_296 + Double($1) } * (isNegative ? -1 : 1) }
    var typeName: String { "int" }
    var isTrue: Bool { true }

    var text: String {
        var words = words
        var groups: [String] = []
        while !words.isEmpty {
            var rest: UInt64 = 0
            for index in words.indices.reversed() {
                rest = rest << 32 | UInt64(words[index])
                words[index] = UInt32(rest / 1_000_000_000)
                rest %= 1_000_000_000
            }
            words = Self.trimmed(words)
            let digits = "\(rest)"
            groups.append(words.isEmpty ? digits : String(repeating: "0", count: 9 - digits.utf8.count) + digits)
        }
        return (isNegative ? "-" : "") + groups.reversed().joined()
    }

    func isEqual(to other: TemplateValue) -> Bool? {
        if case .float(let number) = other { return number == double }
        guard let other = Self.of(other) else { return false }
        return words == other.words && isNegative == other.isNegative
    }

    func precedes(_ other: BigInteger) -> Bool {
        if isNegative != other.isNegative { return isNegative }
        return isNegative ? Self.precedes(other.words, words) : Self.precedes(words, other.words)
    }

    /// The same number with the other sign.
    var negated: TemplateValue { (try? Self.value(words, isNegative: !isNegative)) ?? .object(self) }
}
