// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Strings, numbers and the three words of JSON.
extension JSONOutput {
    @inline(__always)
    func writeNull() {
        reserve(8)
        UnsafeMutableRawPointer(base + count).storeBytes(of: UInt32(littleEndian: 0x6C6C_756E), as: UInt32.self)
        advance(4)
    }

    @inline(__always)
    func write(_ value: Bool) {
        reserve(8)
        let word: UInt64 = value ? 0x65_7572_74 : 0x65_736C_6166
        UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
        advance(value ? 4 : 5)
    }

    // MARK: Integers

    @inline(__always)
    func write(_ value: Int64) {
        if value < 0 {
            append(0x2D)
            write(value.magnitude)
        } else {
            write(UInt64(truncatingIfNeeded: value))
        }
    }

    @inline(__always)
    func write(_ value: UInt64) {
        reserve(20)
        if value < 10 {
            base[count] = 0x30 &+ UInt8(truncatingIfNeeded: value)
            advance(1)
        } else {
            writeDigits(value)
        }
    }

    /// Writes at least two digits, two at a time from the end.
    ///
    /// There is room for twenty.
    private func writeDigits(_ value: UInt64) {
        let length = Self.digitCount(value)
        let target = UnsafeMutableRawPointer(base + count)
        var position = length
        var rest = value
        Self.digitPairs.withUTF8Buffer { pairs in
            guard let pairs = UnsafeRawPointer(pairs.baseAddress) else { return }
            while rest >= 100 {
                let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
                rest = quotient
                position &-= 2
                let digits = pairs.loadUnaligned(fromByteOffset: Int(pair &* 2), as: UInt16.self)
                target.storeBytes(of: digits, toByteOffset: position, as: UInt16.self)
            }
            if rest >= 10 {
                let digits = pairs.loadUnaligned(fromByteOffset: Int(rest &* 2), as: UInt16.self)
                target.storeBytes(of: digits, as: UInt16.self)
            } else {
                target.storeBytes(of: 0x30 &+ UInt8(truncatingIfNeeded: rest), as: UInt8.self)
            }
        }
        advance(length)
    }

    private static func digitCount(_ value: UInt64) -> Int {
        var length = 1
        var rest = value
        while rest >= 10_000 {
            rest /= 10_000
            length &+= 4
        }
        return length &+ (rest >= 1000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0)
    }

    /// `00` to `99`, one behind the other.
    private static var digitPairs: StaticString {
        """
        0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
        5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
        """
    }

    // MARK: Floating point

    /// Writes the shortest digits that read back as the same number, with a fraction or an exponent.
    func write(_ value: Double) throws {
        guard value.isFinite else { return try writeNonFinite(value.description) }
        let scaled = value.magnitude * 10_000
        // Numbers of up to 15 digits are all different as `Double`. So if the digits before the fifth decimal place
        // read back as this number, they are the shortest that do.
        if scaled < 1e15, scaled > 0 {
            let digits = UInt64(scaled + 0.5)
            if Double(digits) / 10_000 == value.magnitude { return writeTenThousandths(digits, value.sign) }
        }
        var sink = Sink(output: self)
        value.write(to: &sink)
    }

    /// Writes the shortest digits that read back as the same `Float`.
    func write(_ value: Float) throws {
        guard value.isFinite else { return try writeNonFinite(value.description) }
        let scaled = Double(value.magnitude) * 10_000
        // The same for up to 6 digits.
        if scaled < 1e6, scaled > 0 {
            let digits = UInt64(scaled + 0.5)
            if Float(Double(digits) / 10_000) == value.magnitude { return writeTenThousandths(digits, value.sign) }
        }
        var sink = Sink(output: self)
        value.write(to: &sink)
    }

    /// Writes a number that has up to four decimal places.
    private func writeTenThousandths(_ value: UInt64, _ sign: FloatingPointSign) {
        if sign == .minus { append(0x2D) }
        let (whole, fraction) = value.quotientAndRemainder(dividingBy: 10_000)
        write(whole)
        append(0x2E)
        var rest = fraction
        var unit: UInt64 = 1000
        repeat {
            append(0x30 &+ UInt8(truncatingIfNeeded: rest / unit))
            rest %= unit
            unit /= 10
        } while rest > 0
    }

    private func writeNonFinite(_ name: String) throws {
        guard options.nonFiniteNumbers == .null else {
            throw WireError(
                .jsonUnencodable,
                "JSON has no number for \(name). Leave the value out, or set `nonFiniteNumbers` to `.null`.",
                status: 500)
        }
        writeNull()
    }

    /// Receives the digits of a number without a `String` between.
    private struct Sink: TextOutputStream {
        let output: JSONOutput

        mutating func write(_ string: String) { output.writeASCII(string) }

        // The standard library hands the digits of numbers to this requirement, and to `write` should it cease to.
        mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) { output.append(buffer) }
    }

    /// Writes text that is known to need no escape, without quotation marks.
    func writeASCII(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    // MARK: Strings

    @inline(__always)
    func write(_ text: String) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { writeQuoted($0) }
        if done == nil { writeForeign(text) }
    }

    private func writeForeign(_ text: String) {
        Array(text.utf8).withUnsafeBufferPointer { writeQuoted($0) }
    }

    /// Writes UTF-8 between quotation marks, escaping what JSON requires.
    @inline(__always)
    func writeQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
        // Room for the text, the marks, and the whole words that are stored at its end.
        reserve(bytes.count &+ 18)
        let source = bytes.baseAddress ?? UnsafePointer(base)
        if writeShort(source, bytes.count) { return }
        base[count] = 0x22
        advance(1)
        writeEscaped(source, bytes.count)
        append(0x22)
    }

    /// Writes up to sixteen bytes at once and answers true, unless there are more or one needs an escape.
    @inline(__always)
    private func writeShort(_ source: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        guard length <= 16 else { return false }
        let target = UnsafeMutableRawPointer(base + count)
        let word = JSONWord.load(source, length)
        if length > 8 {
            // The last eight bytes may overlap the first.
            let last = JSONWord.load(source + (length &- 8), 8)
            guard JSONWord.needsEscape(word, isASCIIOnly) | JSONWord.needsEscape(last, isASCIIOnly) == 0 else {
                return false
            }
            target.storeBytes(of: word.littleEndian, toByteOffset: 1, as: UInt64.self)
            target.storeBytes(of: last.littleEndian, toByteOffset: length &- 7, as: UInt64.self)
        } else {
            guard JSONWord.needsEscape(word, isASCIIOnly) == 0 else { return false }
            target.storeBytes(of: word.littleEndian, toByteOffset: 1, as: UInt64.self)
        }
        target.storeBytes(of: 0x22, as: UInt8.self)
        target.storeBytes(of: 0x22, toByteOffset: length &+ 1, as: UInt8.self)
        advance(length &+ 2)
        return true
    }

    /// Copies words of eight bytes as long as they need no escape.
    private func writeEscaped(_ source: UnsafePointer<UInt8>, _ length: Int) {
        var index = 0
        while true {
            let raw = UnsafeRawPointer(source)
            var target = UnsafeMutableRawPointer(base + count)
            while length &- index >= 8 {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                if JSONWord.needsEscape(word, isASCIIOnly) != 0 { break }
                target.storeBytes(of: word.littleEndian, as: UInt64.self)
                target += 8
                index &+= 8
                advance(8)
            }
            if index == length { return }
            let step = min(8, length &- index)
            let word = JSONWord.load(source + index, step)
            let hits = JSONWord.needsEscape(word, isASCIIOnly)
            let plain = hits == 0 ? step : min(step, hits.trailingZeroBitCount >> 3)
            UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
            advance(plain)
            index &+= plain
            if plain < step {
                index = writeEscape(source, index, length)
                reserve(length &- index &+ 18)
            }
        }
    }

    /// Writes one character as an escape and answers the index behind it.
    @inline(never)
    private func writeEscape(_ source: UnsafePointer<UInt8>, _ index: Int, _ length: Int) -> Int {
        reserve(12)
        let byte = source[index]
        if byte >= 0x80 { return writeScalarEscape(source, index, length) }
        append(0x5C)
        switch byte {
        case 0x22, 0x5C: append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default: writeHex(UInt16(byte))
        }
        return index + 1
    }

    private func writeScalarEscape(_ source: UnsafePointer<UInt8>, _ index: Int, _ length: Int) -> Int {
        let lead = source[index]
        let size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        // A String is valid UTF-8. The check keeps other callers from reading beyond the end.
        guard index + size <= length else { return length }
        var value = UInt32(lead) & (0xFF >> UInt32(size + 1))
        for offset in 1..<size { value = value << 6 | UInt32(source[index + offset] & 0x3F) }
        if value > 0xFFFF {
            append(0x5C)
            writeHex(UInt16(truncatingIfNeeded: 0xD800 + ((value - 0x10000) >> 10)))
            append(0x5C)
            writeHex(UInt16(truncatingIfNeeded: 0xDC00 + (value & 0x3FF)))
        } else {
            append(0x5C)
            writeHex(UInt16(truncatingIfNeeded: value))
        }
        return index + size
    }

    private func writeHex(_ unit: UInt16) {
        append(UInt8(ascii: "u"))
        for shift in [UInt16(12), 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: (unit >> shift) & 15)
            append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}

/// Questions about eight bytes at once, the first byte lowest.
enum JSONWord {
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var tops: UInt64 { 0x8080_8080_8080_8080 }

    /// Reads up to eight bytes and fills the rest with spaces.
    @inline(__always)
    static func load(_ source: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
        let raw = UnsafeRawPointer(source)
        if length >= 8 { return UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) }
        var word: UInt64 = 0
        var position = 0
        if length & 4 != 0 {
            word = UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
            position = 4
        }
        if length & 2 != 0 {
            let pair = UInt64(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt16.self)))
            word |= pair &<< UInt64(position &* 8)
            position &+= 2
        }
        if length & 1 != 0 { word |= UInt64(source[position]) &<< UInt64(position &* 8) }
        return word | (0x2020_2020_2020_2020 &<< UInt64(length &* 8))
    }

    /// Whether both places hold the same bytes.
    @inline(__always)
    static func isEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if count < 8 { return load(left, count) == load(right, count) }
        var index = 0
        while index < count &- 8 {
            if load(left + index, 8) != load(right + index, 8) { return false }
            index &+= 8
        }
        // The last eight bytes may overlap those before them.
        return load(left + (count &- 8), 8) == load(right + (count &- 8), 8)
    }

    /// The top bit of each byte that is a control character, a quotation mark or a backslash.
    ///
    /// The lowest bit that is set is exact; those above it may be false.
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 {
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5C)
        let controls = (word &- ones &* 0x20) & ~word
        return (controls | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)) & tops
    }

    /// The top bit of each byte outside ASCII.
    @inline(__always)
    static func nonASCII(_ word: UInt64) -> UInt64 { word & tops }

    /// The top bit of each byte that cannot be copied into a string as it is.
    ///
    /// The lowest bit is exact.
    @inline(__always)
    static func needsEscape(_ word: UInt64, _ isASCIIOnly: Bool) -> UInt64 {
        isASCIIOnly ? special(word) | nonASCII(word) : special(word)
    }
}
