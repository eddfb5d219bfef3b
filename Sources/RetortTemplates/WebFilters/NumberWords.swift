// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers as people write them.
///
/// Source: Django, built-in template filters and `django.contrib.humanize`.
enum NumberWords {
    /// The longest number that is rewritten, in digits; longer ones stay as they are.
    static let mostDigits = 200

    /// The number with commas between groups of three digits: `1,234,567.5`.
    ///
    /// - Parameter text: A number as text; other texts are returned as they are.
    /// - Returns: The text with commas in front of the decimal point.
    static func intcomma(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let signs = bytes.prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }.count
        let digits = bytes.dropFirst(signs).prefix { (0x30...0x39).contains($0) }
        guard (4...mostDigits).contains(digits.count) else { return text }
        var result = Array(bytes.prefix(signs))
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
            result.append(digit)
        }
        result += bytes[digits.endIndex...]
        return String(decoding: result, as: UTF8.self)
    }

    /// The names of the powers of ten from a million on.
    private static let powers: [(exponent: Int, name: String)] = [
        (6, "million"), (9, "billion"), (12, "trillion"), (15, "quadrillion"), (18, "quintillion"),
    ]

    /// A large number in words: `1.2 million`.
    ///
    /// - Parameter number: The number.
    /// - Returns: The words, or nil for numbers below a million.
    static func intword(_ number: Int) -> String? {
        let size = Double(number.magnitude)
        guard size >= 1e6 else { return nil }
        for (index, power) in powers.enumerated() {
            let scaled = size / pow10(power.exponent)
            // What rounds to a thousand belongs to the next name.
            let isLast = index == powers.count - 1
            guard scaled < 999.95 || isLast else { continue }
            let rounded = (scaled * 10).rounded() / 10
            return (number < 0 ? "-" : "") + DecimalText.fixed(rounded, places: 1) + " " + power.name
        }
        return nil
    }

    private static func pow10(_ exponent: Int) -> Double { (0..<exponent).reduce(1.0) { value, _ in value * 10 } }

    private static let small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

    /// The numbers from 1 to 9 as words, as the Associated Press writes them; others as digits.
    static func apnumber(_ number: Int) -> String { (1...9).contains(number) ? small[number] : "\(number)" }

    /// `1st`, `2nd`, `3rd`; a negative number stays as it is.
    static func ordinal(_ number: Int) -> String {
        number < 0 ? "\(number)" : "\(number)\(DatePattern.ordinalSuffix(number))"
    }

    /// One digit of a whole number, counted from the right.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - place: Which digit, from 1.
    /// - Returns: The digit; the number itself when the place is below 1, 0 when it has no such digit.
    static func digit(_ number: Int, _ place: Int) -> Int {
        guard place >= 1 else { return number }
        let digits = Array("\(number.magnitude)".utf8)
        return place > digits.count ? 0 : Int(digits[digits.count - place] & 15)
    }

    /// A word's ending for a count: nothing for one, `s` or what is given for others.
    ///
    /// - Parameters:
    ///   - isOne: Whether there is exactly one.
    ///   - endings: The ending for many, or those for one and many with a comma between them.
    /// - Returns: The ending; nothing when more than two are given.
    static func pluralize(isOne: Bool, _ endings: String = "s") -> String {
        let parts = endings.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return isOne ? "" : endings
        case 2: return String(Substring(parts[isOne ? 0 : 1]))
        default: return ""
        }
    }

    /// The number of a telephone on whose keys letters stand.
    static func phone2numeric(_ text: String) -> String {
        let keys: [UInt8] = Array("22233344455566677778889999".utf8)
        let bytes = text.utf8.map { byte in
            let lower = byte | 0x20
            return (0x61...0x7A).contains(lower) && byte >= 0x41 ? keys[Int(lower - 0x61)] : byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
