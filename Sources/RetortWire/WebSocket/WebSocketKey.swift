// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CCrypto

/// The nonce of a handshake and the proof that the server has read it.
///
/// Source: RFC 6455 §1.3 and §4.
enum WebSocketKey {
    /// Sixteen random bytes in base64.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            let word: UInt64 = generator.next()
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return base64(bytes)
    }

    /// Whether the text is base64 of sixteen bytes: 22 characters and two `=`.
    static func isValid(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        guard bytes.count == 24, bytes[22] == UInt8(ascii: "="), bytes[23] == UInt8(ascii: "=") else { return false }
        return bytes.prefix(22).allSatisfy {
            $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
        }
    }

    /// The value of `Sec-WebSocket-Accept`: SHA-1 of the key and a fixed text, in base64.
    ///
    /// SHA-1 is no protection here and need not be one. It only shows that the server speaks the protocol.
    static func accept(for key: String) throws -> String {
        let input = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
        var digest = [UInt8](repeating: 0, count: 20)
        var length = digest.count
        guard EVP_Q_digest(nil, "SHA1", nil, input, input.count, &digest, &length) == 1, length == 20 else {
            throw WireError(.webSocketHandshake, "This machine's OpenSSL offers no SHA-1.", status: 500)
        }
        return base64(digest)
    }

    /// Base64 with padding.
    ///
    /// Source: RFC 4648 §4.
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let digit = alphabet[Int(bits >> UInt32(18 - 6 * position) & 63)]
                result.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
