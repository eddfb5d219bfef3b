// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers with a fixed count of decimals.
enum DecimalText {
    /// The most decimals; what asks for more gets the number as it is.
    static let mostPlaces = 200

    /// A number with exactly so many decimals, rounded half up on its shortest decimal form.
    ///
    /// 2.675 is printed with two decimals as 2.68, though the binary number lies a little below: people see the decimal.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - places: The decimals, `0...200`.
    /// - Returns: The digits, with a minus sign unless everything is zero; `nan`, `inf` or `-inf` for those.
    static func fixed(_ number: Double, places: Int) -> String {
        guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
        let (digits, exponent) = decimal(number.magnitude)
        return fixed(digits: digits, exponent: exponent, isNegative: number < 0, places: places)
    }

    /// The same for the text of a decimal number.
    ///
    /// - Parameters:
    ///   - digits: The digits without a point, `0...9`.
    ///   - exponent: Where the point stands: behind so many digits; may be negative or beyond the digits.
    ///   - isNegative: Whether the number is below zero.
    ///   - places: The decimals, `0...200`.
    /// - Returns: The number with so many decimals.
    static func fixed(digits: [UInt8], exponent: Int, isNegative: Bool, places: Int) -> String {
        let places = min(max(places, 0), mostPlaces)
        // The digits that are kept: those before the point and so many behind it.
        let kept = min(exponent, 400) + places
        var result: [UInt8] = []
        if kept >= 0 {
            result = (0..<kept).map { $0 < digits.count ? digits[$0] : 0 }
            let next = kept < digits.count ? digits[kept] : 0
            if next >= 5 { increment(&result) }
        }
        // An increment may have added a digit in front: those behind the point are counted from the end.
        while result.count < places + 1 { result.insert(0, at: 0) }
        let isZero = result.allSatisfy { $0 == 0 }
        var text = result.map { $0 + 0x30 }
        if places > 0 { text.insert(UInt8(ascii: "."), at: text.count - places) }
        while text.count > 1, text[0] == 0x30, text[1] != UInt8(ascii: ".") { text.removeFirst() }
        return (isNegative && !isZero ? "-" : "") + String(decoding: text, as: UTF8.self)
    }

    private static func increment(_ digits: inout [UInt8]) {
        for index in digits.indices.reversed() {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
        }
        digits.insert(1, at: 0)
    }

    /// The digits of the shortest decimal that gives the number back, and where its point stands.
    static func decimal(_ magnitude: Double) -> (digits: [UInt8], exponent: Int) {
        let parts = "\(magnitude)".utf8.split(separator: UInt8(ascii: "e"))
        let power = parts.count == 2 ? Int(Substring(parts[1])) ?? 0 : 0
        let point = parts[0].firstIndex(of: UInt8(ascii: ".")) ?? parts[0].endIndex
        let exponent = parts[0].distance(from: parts[0].startIndex, to: point)
        let digits = parts[0].filter { $0 != UInt8(ascii: ".") }.map { $0 - 0x30 }
        return (digits, exponent + power)
    }
}
