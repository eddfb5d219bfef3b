// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The digits of an integer, with checked arithmetic.
enum IntegerText {
    /// Reads `-?digits`: no `+`, no space, not more digits than the widest value of the type has, no overflow.
    static func value<Integer: FixedWidthInteger>(of bytes: Span<UInt8>, as type: Integer.Type) -> Integer? {
        var index = 0
        let isNegative = Integer.isSigned && bytes.count > 1 && bytes[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        let digits = bytes.count - index
        guard digits > 0, digits <= mostDigits(Integer.bitWidth) else { return nil }
        var value: Integer = 0
        while index < bytes.count {
            let digit = bytes[index] &- 0x30
            guard digit < 10 else { return nil }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative
                ? shifted.subtractingReportingOverflow(Integer(truncatingIfNeeded: digit))
                : shifted.addingReportingOverflow(Integer(truncatingIfNeeded: digit))
            if overflow || carry { return nil }
            value = sum
            index += 1
        }
        return value
    }

    /// The number of decimal digits of the largest value of a width.
    private static func mostDigits(_ bitWidth: Int) -> Int {
        switch bitWidth {
        case ...8: 3
        case ...16: 5
        case ...32: 10
        case ...64: 20
        default: 39
        }
    }
}

extension PathValue where Self: FixedWidthInteger {
    /// Reads digits, for signed types with `-` in front if the number is negative.
    ///
    /// - Parameter pathText: Decimal digits. Anything else, a `+`, and a number that does not fit is no value.
    public init?(pathText: String) {
        guard let value = IntegerText.value(of: pathText.utf8.span, as: Self.self) else { return nil }
        self = value
    }

    /// The number in decimal.
    public var pathText: String { String(self) }

    /// Narrower than floating-point numbers and text.
    public static var pathWeight: Int { 40 }

    /// Whether these are digits that fit the type.
    ///
    /// - Parameter segment: Decoded bytes.
    /// - Returns: Whether they are a number of this type.
    public static func accepts(_ segment: Span<UInt8>) -> Bool {
        IntegerText.value(of: segment, as: Self.self) != nil
    }
}

extension Int: UnfailingPathValue {}
extension Int8: UnfailingPathValue {}
extension Int16: UnfailingPathValue {}
extension Int32: UnfailingPathValue {}
extension Int64: UnfailingPathValue {}
extension Int128: UnfailingPathValue {}
extension UInt: UnfailingPathValue {}
extension UInt8: UnfailingPathValue {}
extension UInt16: UnfailingPathValue {}
extension UInt32: UnfailingPathValue {}
extension UInt64: UnfailingPathValue {}
extension UInt128: UnfailingPathValue {}

/// The digits of a number with a point.
enum DecimalText {
    /// The most bytes of a number.
    ///
    /// With so few digits every number is finite, in `Float` too.
    static let mostBytes = 38

    /// Whether the bytes are `-?digits` or `-?digits.digits`, and not too many.
    static func isDecimal(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= mostBytes else { return false }
        var index = 0
        if bytes.count > 1, bytes[0] == UInt8(ascii: "-") { index = 1 }
        let wholeStart = index
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
        guard index > wholeStart else { return false }
        if index == bytes.count { return true }
        guard bytes[index] == UInt8(ascii: ".") else { return false }
        index += 1
        let fractionStart = index
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
        return index == bytes.count && index > fractionStart
    }

    /// Turns `1.5e-07` into `0.00000015`, because a path knows no exponent.
    static func withoutExponent(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "e")),
            let exponent = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)), abs(exponent) < 10_000
        else { return text }
        let isNegative = bytes.first == UInt8(ascii: "-")
        let mantissa = bytes[(isNegative ? 1 : 0)..<mark]
        let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex
        var digits = mantissa.filter { $0 != UInt8(ascii: ".") }
        var whole = point - mantissa.startIndex + exponent
        if whole <= 0 {
            digits.insert(contentsOf: [UInt8](repeating: 0x30, count: 1 - whole), at: 0)
            whole = 1
        }
        if whole > digits.count { digits += [UInt8](repeating: 0x30, count: whole - digits.count) }
        var result = isNegative ? "-" : ""
        result += String(decoding: digits[..<whole], as: UTF8.self)
        let fraction = digits[whole...]
        if fraction.contains(where: { $0 != 0x30 }) { result += "." + String(decoding: fraction, as: UTF8.self) }
        return result
    }
}

extension PathValue where Self: BinaryFloatingPoint & LosslessStringConvertible {
    /// Reads digits, with a point and more digits or without, and with `-` in front if the number is negative.
    ///
    /// - Parameter pathText: At most 38 bytes. Exponents, `inf` and `nan` are no values.
    public init?(pathText: String) {
        guard DecimalText.isDecimal(pathText.utf8.span), let value = Self(pathText), value.isFinite else { return nil }
        self = value
    }

    /// The number in decimal without an exponent.
    public var pathText: String { DecimalText.withoutExponent(description) }

    /// Wider than integers, narrower than text.
    public static var pathWeight: Int { 50 }

    /// Whether these are digits, with a point or without.
    ///
    /// - Parameter segment: Decoded bytes.
    /// - Returns: Whether they are a number.
    public static func accepts(_ segment: Span<UInt8>) -> Bool { DecimalText.isDecimal(segment) }
}

extension Double: PathValue {}
extension Float: PathValue {}
