// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding of bytes in URLs and in the header values that borrow it.
///
/// Source: RFC 3986 §2.1.
public enum PercentCoding {
    /// Replaces each `%XY` by its byte. A `%` without two hexadecimal digits behind it stays as it is.
    ///
    /// - Parameters:
    ///   - bytes: The encoded bytes.
    ///   - plusIsSpace: Whether `+` means a space, as in forms and query strings.
    /// - Returns: The decoded bytes, which need not be valid UTF-8.
    public static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = false) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            guard byte == UInt8(ascii: "%") else {
                result.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
                continue
            }
            guard index != bytes.endIndex, let high = bytes[index].hexDigitValue else {
                result.append(byte)
                continue
            }
            let second = bytes.index(after: index)
            guard second != bytes.endIndex, let low = bytes[second].hexDigitValue else {
                result.append(byte)
                continue
            }
            result.append(high << 4 | low)
            index = bytes.index(after: second)
        }
        return result
    }

    /// Replaces every byte that is not unreserved by `%XY` in capitals.
    ///
    /// - Parameters:
    ///   - bytes: The bytes to encode.
    ///   - safe: ASCII bytes that stay as they are beside letters, digits and `-._~`.
    /// - Returns: ASCII text.
    public static func encode(_ bytes: some Sequence<UInt8>, safe: StaticString = "") -> String {
        let digits: [UInt8] = Array("0123456789ABCDEF".utf8)
        let allowed = safe.withUTF8Buffer { Array($0) }
        var result: [UInt8] = []
        for byte in bytes {
            let unreserved =
                byte.isASCIIDigit || byte.isASCIILetter || byte == 0x2D || byte == 0x2E || byte == 0x5F
                || byte == 0x7E
            if unreserved || allowed.contains(byte) {
                result.append(byte)
            } else {
                result.append(UInt8(ascii: "%"))
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
