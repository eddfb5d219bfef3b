// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Filters of numbers.
enum NumberFilters {
    static let all: [TemplateFilter] = [
        TemplateFilter(plain: "abs") { value in
            if let number = value.integer {
                return number == .min ? BigInteger(number).negated : .int(abs(number))
            }
            if case .float(let number) = value { return .float(abs(number)) }
            if let number = BigInteger.of(value) { return number.isNegative ? number.negated : value }
            if case .undefined(let undefined) = value { throw undefined.error() }
            throw TemplateError(.type, "bad operand type for abs(): '\(value.typeName)'")
        },
        TemplateFilter("round", ParameterNames.precisionMethod) { value, parameters, _ in
            guard let method = try parameters[1].map({ RoundingMethod(rawValue: try $0.filterText()) }) ?? .common
            else { throw TemplateError(.argument, "method must be common, ceil or floor") }
            return try round(value, try parameters[0].integer("round", default: 0), method)
        },
        TemplateFilter("int") { value, call in
            let parameters = try call.parameters(ParameterNames.defaultBase)
            let base = try parameters[1].integer("int", default: 10)
            return try whole(value, base) ?? parameters[0] ?? .int(0)
        },
        TemplateFilter("float") { value, call in
            let missing = try call.parameters(ParameterNames.default)[0]
            if let number = value.number { return .float(number) }
            if let text = value.text, let number = NumberText.double(text) { return .float(number) }
            return missing ?? .float(0)
        },
    ]

    private static func whole(_ value: TemplateValue, _ base: Int) throws -> TemplateValue? {
        if let number = value.integer { return .int(number) }
        if BigInteger.of(value) != nil { return value }
        if case .float(let number) = value {
            return Int(exactly: number.rounded(.towardZero)).map { .int($0) }
        }
        guard let text = value.text else { return nil }
        if let number = NumberText.integer(text, base: base) { return .int(number) }
        let digits = TextCutting.strip(text, nil).utf8
        if base == 10, !digits.isEmpty,
            let number = try BigInteger.parse(
                digits.first == 0x2D ? digits.dropFirst() : digits[...], isNegative: digits.first == 0x2D)
        {
            return number
        }
        guard let number = NumberText.double(text) else { return nil }
        return Int(exactly: number.rounded(.towardZero)).map { .int($0) }
    }

    private enum RoundingMethod: String { case common, ceil, floor }

    private static func round(
        _ value: TemplateValue, _ precision: Int, _ method: RoundingMethod
    ) throws -> TemplateValue {
        if let number = value.integer, method == .common {
            guard precision < 0 else { return .int(number) }
            return .int(Int(clampingValue: rounded(Double(number), precision, .common)))
        }
        guard let number = value.number else {
            if case .undefined(let undefined) = value { throw undefined.error() }
            throw TemplateError(.type, "type \(value.typeName) doesn't define __round__ method")
        }
        return .float(rounded(number, precision, method))
    }

    private static let powers = (0...9).map { FloatPower.power(10, Double($0)) }

    private static func rounded(_ number: Double, _ precision: Int, _ method: RoundingMethod) -> Double {
        guard number.isFinite, precision < 300 else { return number }
        if method == .common {
            // The C library rounds the exact binary number, half to even, as Python does.
            if (0...9).contains(precision), number.magnitude < 1e6 {
                let scale = powers[precision]
                let scaled = number * scale
                let nearest = scaled.rounded()
                // Far from the middle of two numbers the product is exact enough to tell which is nearer.
                if (scaled - nearest).magnitude < 0.499_999 { return nearest / scale }
            }
            if precision >= 0 { return Double(CFormat.text(number, "f", precision)) ?? number }
            let scale = FloatPower.power(10, Double(-max(precision, -300)))
            return (number / scale).rounded(.toNearestOrEven) * scale
        }
        let scale = FloatPower.power(10, Double(max(precision, -300)))
        return (number * scale).rounded(method == .ceil ? .up : .down) / scale
    }
}

/// Numbers as people write them.
enum NumberText {
    /// A whole number, with white space around it and underscores inside as Python allows.
    static func integer(_ text: String, base: Int) -> Int? {
        var bytes = Array(TextCutting.strip(text, nil).utf8)[...]
        var sign = ""
        if let first = bytes.first, first == 0x2B || first == 0x2D {
            sign = first == 0x2D ? "-" : ""
            bytes.removeFirst()
        }
        var radix = base
        if bytes.count > 2, bytes.first == 0x30 {
            let mark = bytes[bytes.startIndex + 1] | 0x20
            for (letter, value) in [(UInt8(ascii: "x"), 16), (UInt8(ascii: "o"), 8), (UInt8(ascii: "b"), 2)]
            where mark == letter && (base == value || base == 0) {
                radix = value
                bytes = bytes.dropFirst(2)
            }
        }
        if radix == 0 { radix = 10 }
        guard (2...36).contains(radix), let digits = withoutUnderscores(bytes), digits.first != 0x2B,
            digits.first != 0x2D
        else { return nil }
        return Int(sign + String(decoding: digits, as: UTF8.self), radix: radix)
    }

    static func double(_ text: String) -> Double? {
        let bytes = Array(TextCutting.strip(text, nil).utf8)
        guard let digits = withoutUnderscores(bytes[...]), let first = digits.first,
            (0x30...0x39).contains(first) || [0x2B, 0x2D, 0x2E].contains(first) || "inINfF".utf8.contains(first)
                || first | 0x20 == 0x6E,
            !digits.contains(where: { $0 | 0x20 == UInt8(ascii: "x") || $0 | 0x20 == UInt8(ascii: "p") })
        else { return nil }
        var text = String(decoding: digits, as: UTF8.self)
        if text.hasSuffix(".") { text += "0" }
        return Double(text.hasPrefix(".") ? "0" + text : text)
    }

    private static func withoutUnderscores(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        guard bytes.first != 0x5F, bytes.last != 0x5F, !bytes.isEmpty else { return nil }
        return bytes.filter { $0 != 0x5F }
    }
}
