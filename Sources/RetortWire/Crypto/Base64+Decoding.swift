// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension Base64 {
    /// The bytes that a text stands for, read strictly.
    ///
    /// There is one text for each value: another character, wrong padding, a stray last character and unused bits
    /// that are not zero are all refused.
    ///
    /// - Parameters:
    ///   - text: ASCII bytes, such as the `utf8` of a string.
    ///   - alphabet: The only characters that are taken.
    ///   - padding: What is asked of the `=` at the end.
    /// - Returns: The bytes, or nil.
    public static func decode(
        _ text: some Collection<UInt8>, alphabet: Alphabet = .standard, padding: Padding = .required
    ) -> [UInt8]? {
        text.withContiguousBytes { input in
            var count = input.count
            if padding != .forbidden, count & 3 == 0, count > 0, input[count - 1] == UInt8(ascii: "=") {
                count -= input[count - 2] == UInt8(ascii: "=") ? 2 : 1
            } else if padding == .required, count & 3 != 0 {
                return nil
            }
            return read(UnsafeBufferPointer(rebasing: input[..<count]), alphabet)
        }
    }

    /// The bytes that a text stands for, read as forgivingly as Python and browsers do.
    ///
    /// Both alphabets count, other characters are skipped, reading stops at the first `=`, and unused bits may have
    /// any value. Do not compare such texts; compare the bytes.
    ///
    /// - Parameter text: ASCII bytes, such as the `utf8` of a string.
    /// - Returns: The bytes, or nil when a single character is left over.
    public static func decodeLeniently(_ text: some Collection<UInt8>) -> [UInt8]? {
        let kept = text.withContiguousBytes { input in
            [UInt8](unsafeUninitializedCapacity: input.count) { output, count in
                standardValues.withUnsafeBufferPointer { values in
                    for byte in input {
                        if byte == UInt8(ascii: "=") { break }
                        let folded = folded(byte)
                        output[count] = folded
                        count &+= values[Int(folded)] < 64 ? 1 : 0
                    }
                }
            }
        }
        return kept.withUnsafeBufferPointer { read($0, .standard, allowsUnusedBits: true) }
    }

    /// The character of the standard alphabet with the same value.
    private static func folded(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: byte
        }
    }

    private static func read(
        _ input: UnsafeBufferPointer<UInt8>, _ alphabet: Alphabet, allowsUnusedBits: Bool = false
    ) -> [UInt8]? {
        let rest = input.count & 3
        guard rest != 1 else { return nil }
        let count = input.count / 4 * 3 + (rest == 0 ? 0 : rest - 1)
        var isValid = true
        let values = alphabet == .standard ? standardValues : urlSafeValues
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { output, filled in
            // All values are joined, so that one look at the end finds a character outside the alphabet.
            var joined: UInt8 = 0
            var next = 0
            values.withUnsafeBufferPointer { values in
                func value(_ index: Int) -> UInt32 {
                    let value = values[Int(input[index])]
                    joined |= value
                    return UInt32(value)
                }
                var index = 0
                while index &+ 3 < input.count {
                    let group =
                        value(index) << 18 | value(index &+ 1) << 12 | value(index &+ 2) << 6 | value(index &+ 3)
                    output[next] = UInt8(truncatingIfNeeded: group >> 16)
                    output[next &+ 1] = UInt8(truncatingIfNeeded: group >> 8)
                    output[next &+ 2] = UInt8(truncatingIfNeeded: group)
                    next &+= 3
                    index &+= 4
                }
                guard rest > 0 else { return }
                let group = value(index) << 18 | value(index + 1) << 12 | (rest == 3 ? value(index + 2) << 6 : 0)
                output[next] = UInt8(truncatingIfNeeded: group >> 16)
                if rest == 3 { output[next + 1] = UInt8(truncatingIfNeeded: group >> 8) }
                if !allowsUnusedBits { isValid = group & (rest == 3 ? 0xFF : 0xFFFF) == 0 }
            }
            if joined & 0x80 != 0 { isValid = false }
            filled = count
        }
        return isValid ? bytes : nil
    }
}

/// The value of each byte, or 0x80 for those outside the alphabet.
private func values(of last: [UInt8]) -> [UInt8] {
    var table = [UInt8](repeating: 0x80, count: 256)
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + last
    for (value, byte) in digits.enumerated() { table[Int(byte)] = UInt8(value) }
    return table
}

private let standardValues = values(of: Array("+/".utf8))
private let urlSafeValues = values(of: Array("-_".utf8))
