// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding of bytes in URLs and in the header values that borrow it.
///
/// Source: RFC 3986 §2.1.
public enum PercentCoding {
    /// Replaces each `%XY` by its byte.
    ///
    /// A `%` without two hexadecimal digits behind it stays as it is.
    ///
    /// - Parameters:
    ///   - bytes: The encoded bytes.
    ///   - plusIsSpace: Whether `+` means a space, as in forms and query strings.
    /// - Returns: The decoded bytes, which need not be valid UTF-8.
    public static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = false) -> [UInt8] {
        if let result = bytes.withContiguousStorageIfAvailable({ decode($0, plusIsSpace: plusIsSpace) }) {
            return result
        }
        return Array(bytes).withUnsafeBufferPointer { decode($0, plusIsSpace: plusIsSpace) }
    }

    /// Replaces each `%XY` by its byte and reads the result as UTF-8.
    ///
    /// - Parameters:
    ///   - text: The encoded text.
    ///   - plusIsSpace: Whether `+` means a space, as in forms and query strings.
    /// - Returns: The decoded text, in which bytes that are not UTF-8 became U+FFFD.
    public static func decodedText(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        let done = text.utf8.withContiguousStorageIfAvailable { decodedText($0, plusIsSpace: plusIsSpace) }
        return done ?? String(decoding: decode(Array(text.utf8), plusIsSpace: plusIsSpace), as: UTF8.self)
    }

    /// Replaces every byte that is not safe by `%XY` in capitals.
    ///
    /// - Parameters:
    ///   - bytes: The bytes to encode.
    ///   - safe: ASCII bytes that stay as they are beside letters, digits and `-._~`.
    /// - Returns: ASCII text.
    public static func encode(_ bytes: some Sequence<UInt8>, safe: SafeSet = .unreserved) -> String {
        if let result = bytes.withContiguousStorageIfAvailable({ encode($0, safe: safe, spaceIsPlus: false) }) {
            return result
        }
        return Array(bytes).withUnsafeBufferPointer { encode($0, safe: safe, spaceIsPlus: false) }
    }

    /// Decodes what may be shown and leaves the rest encoded, so that the meaning of the text stays the same.
    ///
    /// Escapes of bytes in `kept` and of bytes that are not valid UTF-8 stay escapes.
    ///
    /// - Parameters:
    ///   - text: The encoded text.
    ///   - kept: ASCII bytes whose escapes stay.
    /// - Returns: The readable text.
    static func decodeForDisplay(_ text: some StringProtocol, keeping kept: SafeSet) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%"), escapedByte(in: bytes, at: index) != nil else {
                result.append(bytes[index])
                index += 1
                continue
            }
            // A character may be spread over several escapes, so a run of them is decoded as a whole.
            var run: [UInt8] = []
            while let byte = escapedByte(in: bytes, at: index), !kept.contains(byte) {
                run.append(byte)
                index += 3
            }
            appendValid(run, to: &result)
            if escapedByte(in: bytes, at: index) != nil {
                result.append(contentsOf: bytes[index..<index + 3])
                index += 3
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension PercentCoding {
    /// The byte that the escape at this place stands for, or nil where there is no escape.
    private static func escapedByte(in bytes: [UInt8], at index: Int) -> UInt8? {
        guard index < bytes.count - 2, bytes[index] == UInt8(ascii: "%"),
            let high = bytes[index + 1].hexDigitValue, let low = bytes[index + 2].hexDigitValue
        else { return nil }
        return high << 4 | low
    }

    /// Appends the UTF-8 characters of these bytes, and escapes of the bytes that belong to none.
    private static func appendValid(_ bytes: [UInt8], to result: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let length = bytes.utf8SequenceLength(at: index)
            if length > 0 {
                result.append(contentsOf: bytes[index..<index + length])
                index += length
            } else {
                result.append(contentsOf: [UInt8(ascii: "%"), upperHex(bytes[index] >> 4), upperHex(bytes[index] & 15)])
                index += 1
            }
        }
    }

    /// Decodes contiguous bytes straight into text.
    static func decodedText(_ bytes: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> String {
        // Most names and values have nothing to decode.
        guard let first = firstCoded(bytes, plusIsSpace: plusIsSpace) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { room in
            let count = decode(bytes, into: room, firstCoded: first, plusIsSpace: plusIsSpace)
            return String(decoding: UnsafeBufferPointer(rebasing: room[..<count]), as: UTF8.self)
        }
    }

    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> [UInt8] {
        guard let first = firstCoded(bytes, plusIsSpace: plusIsSpace) else { return Array(bytes) }
        return Array(unsafeUninitializedCapacity: bytes.count) { room, count in
            count = decode(bytes, into: room, firstCoded: first, plusIsSpace: plusIsSpace)
        }
    }

    private static func firstCoded(_ bytes: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> Int? {
        bytes.firstIndex { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }
    }

    /// Decodes into room for as many bytes as came, which always suffices.
    ///
    /// - Returns: How many bytes were written.
    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>, firstCoded: Int,
        plusIsSpace: Bool
    ) -> Int {
        var read = 0
        var written = 0
        while read < bytes.count {
            var byte = bytes[read]
            if read >= firstCoded {
                if byte == UInt8(ascii: "%"), read + 2 < bytes.count,
                    let high = bytes[read + 1].hexDigitValue, let low = bytes[read + 2].hexDigitValue
                {
                    byte = high << 4 | low
                    read += 2
                } else if plusIsSpace, byte == UInt8(ascii: "+") {
                    byte = 0x20
                }
            }
            room[written] = byte
            written += 1
            read += 1
        }
        return written
    }

    /// Encodes contiguous bytes, with `+` for a space where forms want it.
    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, safe: SafeSet, spaceIsPlus: Bool) -> String {
        let unsafeCount = bytes.reduce(into: 0) { if !safe.contains($1) { $0 += 1 } }
        if unsafeCount == 0 { return String(decoding: bytes, as: UTF8.self) }
        return String(unsafeUninitializedCapacity: bytes.count + 2 * unsafeCount) { room in
            var written = 0
            for byte in bytes {
                if safe.contains(byte) {
                    room[written] = byte
                    written += 1
                } else if spaceIsPlus, byte == 0x20 {
                    room[written] = UInt8(ascii: "+")
                    written += 1
                } else {
                    room[written] = UInt8(ascii: "%")
                    room[written + 1] = upperHex(byte >> 4)
                    room[written + 2] = upperHex(byte & 15)
                    written += 3
                }
            }
            return written
        }
    }

    private static func upperHex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x37 + digit }
}

extension Collection<UInt8> where Index == Int {
    /// The length of the UTF-8 sequence that starts here, or 0 where none does.
    ///
    /// Overlong forms, surrogates and values above U+10FFFF are none. Source: RFC 3629 §4.
    func utf8SequenceLength(at index: Int) -> Int {
        func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + offset < endIndex && range.contains(self[index + offset])
        }
        guard index < endIndex else { return 0 }
        switch self[index] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return follows(1) ? 2 : 0
        case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : 0
        case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : 0
        case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
        case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : 0
        case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : 0
        case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
        default: return 0
        }
    }
}
