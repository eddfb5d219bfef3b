// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Decimal digits as numbers.
enum JSONNumbers {
    private static let exactPowers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The value of eight digits, or nil when they are not eight digits.
    @inline(__always)
    static func eightDigits(_ text: UnsafePointer<UInt8>) -> UInt64? {
        let word = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
        // Each byte has to be 0x30 to 0x39: its upper half is 3, and stays 3 when 6 is added.
        guard word & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030,
            (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
        else { return nil }
        // Neighbours are joined to numbers of two, four and eight digits.
        var value = word & 0x0F0F_0F0F_0F0F_0F0F
        value = (value &* 10 &+ (value >> 8)) & 0x00FF_00FF_00FF_00FF
        value = (value &* 100 &+ (value >> 16)) & 0x0000_FFFF_0000_FFFF
        return (value &* 10_000 &+ (value >> 32)) & 0xFFFF_FFFF
    }

    /// The `Double` nearest to `value` × 10 to the power of `exponent`, or nil where this fast way does not reach.
    ///
    /// Source: Clinger, How to Read Floating Point Numbers Accurately, 1990; Lemire, Number Parsing at a Gigabyte per
    /// Second, arXiv:2101.11408 §5.
    @inline(__always)
    static func double(_ value: UInt64, _ exponent: Int) -> Double? {
        if value <= 1 << 53, exponent >= -22, exponent <= 22 {
            // Both factors are exact, so the one operation rounds correctly.
            let number = Double(value)
            return exponent < 0 ? number / exactPowers[0 &- exponent] : number * exactPowers[exponent]
        }
        if value == 0 { return 0 }
        guard exponent >= -JSONPowersOfFive.range, exponent <= JSONPowersOfFive.range else { return nil }
        return scaled(value, exponent)
    }

    private static func scaled(_ value: UInt64, _ exponent: Int) -> Double? {
        let zeros = value.leadingZeroBitCount
        let aligned = value << UInt64(zeros)
        let row = (exponent &+ JSONPowersOfFive.range) &* 2
        var product = aligned.multipliedFullWidth(by: JSONPowersOfFive.words[row])
        if product.high & 0x1FF == 0x1FF {
            // The bits that decide the rounding may still change, so the lower half of the power counts too.
            let more = aligned.multipliedFullWidth(by: JSONPowersOfFive.words[row + 1]).high
            let (low, carries) = product.low.addingReportingOverflow(more)
            product = (product.high &+ (carries ? 1 : 0), low)
            if low == .max, exponent < -27 || exponent > 55 { return nil }
        }
        let upper = Int(product.high >> 63)
        let shift = UInt64(upper + 9)
        var mantissa = product.high >> shift
        // 217706 / 2^16 is the binary logarithm of ten, rounded.
        var power = ((217_706 * exponent) >> 16) + 63 + upper - zeros + 1023
        guard power > 0 else { return nil }
        // Exactly half way between two numbers: the even one is meant.
        if product.low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1, mantissa << shift == product.high {
            mantissa &= ~1
        }
        mantissa = (mantissa + (mantissa & 1)) >> 1
        if mantissa >= 1 << 53 {
            mantissa = 1 << 52
            power += 1
        }
        guard power < 0x7FF else { return nil }
        return Double(bitPattern: mantissa & ~(1 << 52) | UInt64(power) << 52)
    }

    /// The `Double` nearest to a number of JSON, which is infinite when it is too large.
    static func parse(_ digits: UnsafeBufferPointer<UInt8>) -> Double {
        Double(String(decoding: digits, as: UTF8.self)) ?? .nan
    }

    /// The whole number that a number of JSON stands for, or nil when it has a fraction or does not fit 128 bits.
    ///
    /// `1.0` and `1e2` are whole numbers. The digits are taken as they are, so none is lost to rounding.
    static func whole(_ text: UnsafeBufferPointer<UInt8>) -> (isNegative: Bool, magnitude: UInt128)? {
        var value: UInt128 = 0
        var exponent = 0
        var zeros = 0
        var isFraction = false
        var isNegative = false
        for (index, byte) in text.enumerated() {
            switch byte {
            case 0x2D: isNegative = true
            case 0x2E: isFraction = true
            case 0x30...0x39:
                if isFraction { exponent -= 1 }
                zeros += 1
                if byte != 0x30 {
                    // Zeros wait until another digit follows them, for those at the end may belong to a fraction.
                    guard let grown = scale(value, zeros, plus: UInt128(byte - 0x30)) else { return nil }
                    value = grown
                    zeros = 0
                }
            default:
                let digits = String(decoding: text[(text.startIndex + index + 1)...], as: UTF8.self)
                // An exponent beyond Int only leaves zero a whole number.
                guard let given = Int(digits) else { return value == 0 ? (isNegative, 0) : nil }
                exponent = exponent.addingReportingOverflow(given).partialValue
                return finish(isNegative, value, zeros, exponent)
            }
        }
        return finish(isNegative, value, zeros, exponent)
    }

    private static func finish(
        _ isNegative: Bool, _ value: UInt128, _ zeros: Int, _ exponent: Int
    ) -> (isNegative: Bool, magnitude: UInt128)? {
        if value == 0 { return (isNegative, 0) }
        let (power, overflows) = zeros.addingReportingOverflow(exponent)
        guard !overflows, power >= 0, let result = scale(value, power, plus: 0) else { return nil }
        return (isNegative, result)
    }

    /// `value` × 10 to the power of `power`, plus a digit, or nil when it does not fit.
    private static func scale(_ value: UInt128, _ power: Int, plus digit: UInt128) -> UInt128? {
        guard value != 0 else { return digit }
        guard power <= 38 else { return nil }
        var result = value
        for _ in 0..<power {
            let (product, overflows) = result.multipliedReportingOverflow(by: 10)
            if overflows { return nil }
            result = product
        }
        let (sum, overflows) = result.addingReportingOverflow(digit)
        return overflows ? nil : sum
    }
}
