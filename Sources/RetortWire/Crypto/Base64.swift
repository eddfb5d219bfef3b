// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes as text of 64 characters.
///
/// Source: RFC 4648 §4 and §5.
public enum Base64 {
    /// Which characters stand for 62 and 63.
    public enum Alphabet: Hashable, Sendable {
        /// `+` and `/`.
        case standard
        /// `-` and `_`, which mean nothing in URLs and file names.
        case urlSafe
    }

    /// What a strict reader asks of the `=` at the end.
    public enum Padding: Hashable, Sendable {
        /// The length of the text is a multiple of four.
        case required
        /// There is none.
        case forbidden
        /// There is none, or as much as required.
        case optional
    }

    /// The text of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes to write.
    ///   - alphabet: The characters to use.
    ///   - padding: Whether to fill up to a multiple of four with `=`.
    /// - Returns: ASCII text.
    public static func encode(
        _ bytes: some Collection<UInt8>, alphabet: Alphabet = .standard, padding: Bool = true
    ) -> String {
        bytes.withContiguousBytes { input in
            let length = encodedLength(input.count, padding: padding)
            return String(unsafeUninitializedCapacity: length) { output in
                write(input, to: output, alphabet, padding)
                return length
            }
        }
    }

    /// The text of some bytes, as bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes to write.
    ///   - alphabet: The characters to use.
    ///   - padding: Whether to fill up to a multiple of four with `=`.
    /// - Returns: ASCII bytes.
    public static func encodedBytes(
        _ bytes: some Collection<UInt8>, alphabet: Alphabet = .standard, padding: Bool = true
    ) -> [UInt8] {
        bytes.withContiguousBytes { input in
            let length = encodedLength(input.count, padding: padding)
            return [UInt8](unsafeUninitializedCapacity: length) { output, count in
                write(input, to: output, alphabet, padding)
                count = length
            }
        }
    }

    private static func encodedLength(_ count: Int, padding: Bool) -> Int {
        let rest = count % 3
        return count / 3 * 4 + (rest == 0 ? 0 : padding ? 4 : rest + 1)
    }

    private static func write(
        _ input: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>, _ alphabet: Alphabet,
        _ padding: Bool
    ) {
        let digits = alphabet == .standard ? standardDigits : urlSafeDigits
        digits.withUnsafeBufferPointer { digits in
            var read = 0
            var next = 0
            func put(_ value: UInt32) {
                output[next] = digits[Int(value & 63)]
                next &+= 1
            }
            while read &+ 2 < input.count {
                let group = UInt32(input[read]) << 16 | UInt32(input[read &+ 1]) << 8 | UInt32(input[read &+ 2])
                put(group >> 18)
                put(group >> 12)
                put(group >> 6)
                put(group)
                read &+= 3
            }
            let rest = input.count - read
            guard rest > 0 else { return }
            let group = UInt32(input[read]) << 16 | (rest == 2 ? UInt32(input[read &+ 1]) << 8 : 0)
            put(group >> 18)
            put(group >> 12)
            if rest == 2 { put(group >> 6) }
            while padding, next < output.count, next & 3 != 0 {
                output[next] = UInt8(ascii: "=")
                next &+= 1
            }
        }
    }
}

private let standardDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
private let urlSafeDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
