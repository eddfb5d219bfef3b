// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers of a JSON text. Source: RFC 8259 §6.
extension JSONTapeBuilder {
    /// Reads a number and puts its value on the tape.
    mutating func parseNumber() throws {
        let start = index
        let isNegative = text[index] == 0x2D
        if isNegative { index &+= 1 }
        let digits = index
        var value: UInt64 = 0
        skipDigits(&value)
        guard index > digits else { throw syntax("a digit") }
        if text[digits] == 0x30, index &- digits > 1 {
            index = digits + 1
            throw syntax("no digit behind a leading zero")
        }
        let wholeCount = index &- digits
        if index < end, text[index] == 0x2E || text[index] | 0x20 == 0x65 {
            try parseFraction(start, digits, value, isNegative)
        } else {
            appendWhole(start, digits, value, wholeCount, isNegative)
        }
    }

    /// Skips digits, and appends them to a value that wraps around after nineteen of them.
    @inline(__always)
    private mutating func skipDigits(_ value: inout UInt64) {
        while index < end {
            let digit = text[index] &- 0x30
            if digit > 9 { return }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
    }

    @inline(__always)
    private mutating func append(_ kind: JSONTapeEntry.Kind, _ start: Int, _ payload: UInt64) {
        let length = UInt32(truncatingIfNeeded: min(index &- start, 0xFF_FFFF))
        tape.append(JSONTapeEntry(kind, detail: length, offset: start, payload: payload))
    }

    @inline(__always)
    private mutating func appendWhole(
        _ start: Int, _ digits: Int, _ value: UInt64, _ count: Int, _ isNegative: Bool
    ) {
        if count <= 18, !(isNegative && value == 0) {
            let signed = Int64(bitPattern: value)
            append(.integer, start, UInt64(bitPattern: isNegative ? 0 &- signed : signed))
        } else {
            appendLongWhole(start, digits, isNegative)
        }
    }

    /// A whole number of more than eighteen digits, or minus zero.
    private mutating func appendLongWhole(_ start: Int, _ digits: Int, _ isNegative: Bool) {
        var value: UInt64 = 0
        var overflows = false
        for byte in UnsafeBufferPointer(start: text + digits, count: index - digits) where !overflows {
            let (product, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(UInt64(byte &- 0x30))
            overflows = first || second
            value = sum
        }
        if overflows || (isNegative && (value == 0 || value > 1 << 63)) {
            append(.double, start, slowDouble(start).bitPattern)
        } else if isNegative {
            append(.integer, start, 0 &- value)
        } else {
            append(value > UInt64(Int64.max) ? .unsigned : .integer, start, value)
        }
    }

    /// Reads the fraction and the exponent, from the point or the `e` on.
    @inline(__always)
    private mutating func parseFraction(_ start: Int, _ digits: Int, _ whole: UInt64, _ isNegative: Bool) throws {
        var value = whole
        var exponent = 0
        var digitCount = index &- digits
        if text[index] == 0x2E {
            index &+= 1
            let fraction = index
            while end &- index >= 8, let eight = JSONNumbers.eightDigits(text + index) {
                value = value &* 100_000_000 &+ eight
                index &+= 8
            }
            skipDigits(&value)
            guard index > fraction else { throw syntax("a digit behind the point") }
            exponent = fraction &- index
            digitCount &-= exponent
        }
        if index < end, text[index] | 0x20 == 0x65 { exponent += try parseExponent() }
        // Leading zeros make a value of more than nineteen digits look too long. That is rare enough to be slow.
        if digitCount <= 19, let number = JSONNumbers.double(value, exponent) {
            append(.double, start, (isNegative ? -number : number).bitPattern)
        } else {
            append(.double, start, slowDouble(start).bitPattern)
        }
    }

    /// Reads the exponent from its `e` on.
    ///
    /// Beyond a million it counts as a million, which is out of any range.
    private mutating func parseExponent() throws -> Int {
        index &+= 1
        var isNegative = false
        if index < end, text[index] == 0x2B || text[index] == 0x2D {
            isNegative = text[index] == 0x2D
            index &+= 1
        }
        let digits = index
        var exponent = 0
        while index < end, text[index].isASCIIDigit {
            if exponent < 1_000_000 { exponent = exponent &* 10 &+ Int(text[index] &- 0x30) }
            index &+= 1
        }
        guard index > digits else { throw syntax("a digit of the exponent") }
        return isNegative ? -exponent : exponent
    }

    /// The nearest `Double` of the number that was just read, however long it is.
    @inline(never)
    private func slowDouble(_ start: Int) -> Double {
        JSONNumbers.parse(UnsafeBufferPointer(start: text + start, count: index - start))
    }
}
