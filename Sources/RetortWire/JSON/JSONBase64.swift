// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes as base64 text with padding.
///
/// Source: RFC 4648 §4.
enum JSONBase64 {
    private static var alphabet: StaticString { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" }

    /// Writes the bytes as a string of base64.
    static func write(_ bytes: UnsafeRawBufferPointer, to output: JSONOutput) {
        let length = (bytes.count + 2) / 3 * 4
        output.reserve(length + 2)
        output.append(0x22)
        if let source = bytes.baseAddress { encode(source, bytes.count, into: output.base + output.count) }
        output.advance(length)
        output.append(0x22)
    }

    private static func encode(_ source: UnsafeRawPointer, _ count: Int, into target: UnsafeMutablePointer<UInt8>) {
        alphabet.withUTF8Buffer { alphabet in
            var to = target
            var index = 0
            @inline(__always) func put(_ bits: UInt32) {
                to.pointee = alphabet[Int(bits & 63)]
                to += 1
            }
            @inline(__always) func byte(_ position: Int) -> UInt32 {
                UInt32(source.load(fromByteOffset: position, as: UInt8.self))
            }
            while count - index >= 3 {
                let bits = byte(index) << 16 | byte(index + 1) << 8 | byte(index + 2)
                put(bits >> 18)
                put(bits >> 12)
                put(bits >> 6)
                put(bits)
                index += 3
            }
            guard index < count else { return }
            let hasTwo = count - index == 2
            let bits = byte(index) << 16 | (hasTwo ? byte(index + 1) << 8 : 0)
            put(bits >> 18)
            put(bits >> 12)
            if hasTwo { put(bits >> 6) } else { to.pointee = 0x3D }
            if !hasTwo { to += 1 }
            to.pointee = 0x3D
        }
    }

    /// The bytes that base64 text stands for, or nil.
    ///
    /// The text may leave out its padding. Line breaks, spaces, and bits that no byte takes are refused.
    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var count = text.count
        if count % 4 == 0 {
            // Two marks of padding at the most, and only where the text is padded to whole groups.
            if count > 0, text[count - 1] == 0x3D { count -= 1 }
            if count > 0, count % 4 == 3, text[count - 1] == 0x3D { count -= 1 }
        }
        guard count % 4 != 1 else { return nil }
        var isValid = true
        let result = [UInt8](unsafeUninitializedCapacity: count / 4 * 3 + 3) { target, written in
            values.withUnsafeBufferPointer { values in
                @inline(__always) func value(_ index: Int) -> UInt32 { values[Int(text[index])] }
                var index = 0
                while count - index >= 4 {
                    let high = value(index) << 18 | value(index + 1) << 12
                    let bits = high | value(index + 2) << 6 | value(index + 3)
                    // What is no digit has higher bits than six digits can have.
                    guard bits >> 24 == 0 else {
                        isValid = false
                        return
                    }
                    target[written] = UInt8(truncatingIfNeeded: bits >> 16)
                    target[written + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                    target[written + 2] = UInt8(truncatingIfNeeded: bits)
                    written += 3
                    index += 4
                }
                guard index < count else { return }
                let hasThree = count - index == 3
                let high = value(index) << 18 | value(index + 1) << 12
                let bits = high | (hasThree ? value(index + 2) << 6 : 0)
                target[written] = UInt8(truncatingIfNeeded: bits >> 16)
                if hasThree { target[written + 1] = UInt8(truncatingIfNeeded: bits >> 8) }
                written += hasThree ? 2 : 1
                isValid = bits >> 24 == 0 && bits & (hasThree ? 0xFF : 0xFFFF) == 0
            }
        }
        return isValid ? result : nil
    }

    /// The value of each byte as a digit.
    ///
    /// What is no digit has all bits but the lowest six, some of which stay above the 24 bits of a group however it is
    /// shifted.
    private static let values: [UInt32] = (0..<256).map { byte in
        switch UInt8(truncatingIfNeeded: byte) {
        case let byte where byte.isASCIIDigit: UInt32(byte) + 4
        case 0x41...0x5A: UInt32(byte) - 0x41
        case 0x61...0x7A: UInt32(byte) - 0x47
        case 0x2B: 62
        case 0x2F: 63
        default: 0xFFFF_FFC0
        }
    }
}
