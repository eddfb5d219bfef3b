// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The code and the reason in a Close frame.
///
/// Source: RFC 6455 §5.5.1 and §7.4.
enum WebSocketClosePayload {
    /// The most bytes of a reason: 125 without the code.
    static let maximumReasonLength = 123

    /// Reads the payload.
    ///
    /// - Parameter bytes: The whole payload, unmasked.
    /// - Returns: The code, `noStatus` when there is none, and the reason, which may be empty.
    /// - Throws: ``WireError`` with `webSocketProtocol` for half a code or a reserved one, `webSocketInvalidText` for a
    ///   reason that is not UTF-8.
    static func parse(_ bytes: [UInt8]) throws(WireError) -> (code: WebSocketCloseCode, reason: String) {
        guard !bytes.isEmpty else { return (.noStatus, "") }
        guard bytes.count >= 2 else {
            throw WireError(.webSocketProtocol, "A Close carries no code or one of two bytes.")
        }
        let code = WebSocketCloseCode(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
        guard code.canBeSent else {
            throw WireError(.webSocketProtocol, "The Close carries the reserved code \(code).")
        }
        guard let reason = String(validating: bytes.dropFirst(2), as: UTF8.self) else {
            throw WireError(.webSocketInvalidText, "The reason of the Close is not UTF-8.")
        }
        return (code, reason)
    }

    /// Writes a payload, and cuts the reason between characters where it is too long.
    static func bytes(_ code: WebSocketCloseCode, reason: String) -> [UInt8] {
        var result = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
        var room = maximumReasonLength
        for scalar in reason.unicodeScalars {
            let encoded = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            room -= encoded.count
            guard room >= 0 else { break }
            result.append(contentsOf: encoded)
        }
        return result
    }
}
