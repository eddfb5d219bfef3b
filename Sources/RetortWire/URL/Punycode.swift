// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The spelling of any text in letters, digits and hyphens, without the prefix `xn--`.
///
/// The decoder inserts into the middle of its output, so it is meant for text of the length of a host name's label.
///
/// Source: RFC 3492.
enum Punycode {
    /// The most characters that are encoded or decoded; a label of a host name has fewer.
    static let maximumLength = 256

    private static let base = 36
    private static let minimumThreshold = 1
    private static let maximumThreshold = 26

    /// Encodes a text.
    ///
    /// - Parameter text: At most 256 characters.
    /// - Returns: ASCII text, or nil when the text is too long.
    ///
    /// Source: RFC 3492 §6.3.
    static func encode(_ text: [Unicode.Scalar]) -> String? {
        guard text.count <= maximumLength else { return nil }
        var output = text.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var handled = basicCount
        var bias = 72
        var delta = 0
        var smallest = 128
        // Values stay below 256 × 0x110000, far from overflow.
        while handled < text.count {
            let next = text.lazy.map { Int($0.value) }.filter { $0 >= smallest }.min() ?? smallest
            delta += (next - smallest) * (handled + 1)
            smallest = next
            for scalar in text {
                if scalar.value < smallest { delta += 1 }
                guard scalar.value == smallest else { continue }
                append(delta, bias: bias, to: &output)
                bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            smallest += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Decodes a text.
    ///
    /// - Parameter text: At most 256 ASCII bytes.
    /// - Returns: The characters, or nil when the text is malformed or too long.
    ///
    /// Source: RFC 3492 §6.2.
    static func decode(_ text: some Collection<UInt8>) -> [Unicode.Scalar]? {
        let bytes = Array(text)
        guard bytes.count <= maximumLength, bytes.allSatisfy({ $0 < 128 }) else { return nil }
        let hyphen = bytes.lastIndex(of: UInt8(ascii: "-")) ?? 0
        var output = bytes[..<hyphen].map { Unicode.Scalar($0) }
        var index = hyphen > 0 ? hyphen + 1 : 0
        var value = 128
        var position = 0
        var bias = 72
        while index < bytes.count {
            guard let delta = readNumber(bytes, at: &index, bias: bias) else { return nil }
            let count = output.count + 1
            bias = adapted(delta, count: count, isFirst: output.count == hyphen)
            let (sum, overflow) = position.addingReportingOverflow(delta)
            guard !overflow else { return nil }
            let (newValue, valueOverflow) = value.addingReportingOverflow(sum / count)
            guard !valueOverflow, newValue <= 0x10FFFF else { return nil }
            value = newValue
            position = sum % count
            guard let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
            output.insert(scalar, at: position)
            position += 1
        }
        return output
    }

    private static func threshold(_ digitBase: Int, bias: Int) -> Int {
        min(max(digitBase - bias, minimumThreshold), maximumThreshold)
    }

    /// Writes a number with digits whose weights depend on the bias.
    ///
    /// Source: RFC 3492 §3.3.
    private static func append(_ number: Int, bias: Int, to output: inout [UInt8]) {
        var rest = number
        var digitBase = base
        while true {
            let threshold = threshold(digitBase, bias: bias)
            guard rest >= threshold else { break }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            digitBase += base
        }
        output.append(digit(rest))
    }

    private static func readNumber(_ bytes: [UInt8], at index: inout Int, bias: Int) -> Int? {
        var number = 0
        var weight = 1
        var digitBase = base
        while index < bytes.count, let digit = digitValue(bytes[index]) {
            index += 1
            let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
            let (sum, sumOverflow) = number.addingReportingOverflow(product)
            guard !overflow, !sumOverflow else { return nil }
            number = sum
            let threshold = threshold(digitBase, bias: bias)
            if digit < threshold { return number }
            let (newWeight, weightOverflow) = weight.multipliedReportingOverflow(by: base - threshold)
            guard !weightOverflow else { return nil }
            weight = newWeight
            digitBase += base
        }
        return nil
    }

    /// The next bias.
    ///
    /// Source: RFC 3492 §6.1.
    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps = 0
        while delta > ((base - minimumThreshold) * maximumThreshold) / 2 {
            delta /= base - minimumThreshold
            steps += base
        }
        return steps + (base - minimumThreshold + 1) * delta / (delta + 38)
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x30 + value - 26)
    }

    private static func digitValue(_ byte: UInt8) -> Int? {
        if byte.isASCIILetter { return Int((byte | 0x20) - 0x61) }
        return byte.isASCIIDigit ? Int(byte - 0x30) + 26 : nil
    }
}
