// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Floating-point numbers as Python prints them.
///
/// Python and Swift choose the same shortest digits; they differ in when they go over to an exponent.
enum PythonNumber {
    /// Appends a number: `1.0`, `1e+16`, `1e-05`, `NaN`, `-Infinity`.
    static func append(_ number: Double, to output: inout [UInt8]) {
        guard number.isFinite else {
            output.append(contentsOf: (number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity").utf8)
            return
        }
        if number.sign == .minus { output.append(UInt8(ascii: "-")) }
        let (digits, point) = parts(of: number.magnitude)
        switch point {
        case -3...0:
            output.append(contentsOf: "0.".utf8)
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            output.append(contentsOf: digits)
        case 1...16:
            output.append(contentsOf: digits.prefix(point))
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, point - digits.count)))
            output.append(UInt8(ascii: "."))
            output.append(contentsOf: digits.count > point ? digits[point...] : [UInt8(ascii: "0")])
        default:
            output.append(contentsOf: digits.prefix(1))
            if digits.count > 1 {
                output.append(UInt8(ascii: "."))
                output.append(contentsOf: digits[1...])
            }
            let exponent = point - 1
            output.append(contentsOf: (exponent < 0 ? "e-" : "e+").utf8)
            let magnitude = String(exponent.magnitude)
            if magnitude.utf8.count == 1 { output.append(UInt8(ascii: "0")) }
            output.append(contentsOf: magnitude.utf8)
        }
    }

    /// The significant digits of a number that is not negative, and how many of them stand before the point.
    private static func parts(of number: Double) -> (digits: [UInt8], point: Int) {
        let text = number.description.utf8
        let mantissa = text.prefix { $0 != UInt8(ascii: "e") }
        let exponent = Int(String(decoding: text.dropFirst(mantissa.count + 1), as: UTF8.self)) ?? 0
        let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
        let all = mantissa.filter(\.isASCIIDigit)
        let leadingZeros = all.prefix { $0 == UInt8(ascii: "0") }.count
        var digits = Array(all.dropFirst(leadingZeros))
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        // Zero has no significant digit, and is printed as 0.0.
        guard !digits.isEmpty else { return ([UInt8(ascii: "0")], 1) }
        return (digits, whole.count - leadingZeros + exponent)
    }
}
