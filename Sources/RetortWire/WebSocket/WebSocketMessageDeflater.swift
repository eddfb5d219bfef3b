// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Compresses the messages of one connection.
///
/// Source: RFC 7692 §7.2.1.
struct WebSocketMessageDeflater: ~Copyable {
    private let keepsContext: Bool
    private let windowBits: Int
    private let level: Int
    private let threshold: Int
    // Made for the first message that is worth it: it takes a quarter of a megabyte.
    private var deflater: Deflater?

    init(_ agreement: PermessageDeflate, role: WebSocketRole) {
        keepsContext = !(role == .client ? agreement.clientNoContextTakeover : agreement.serverNoContextTakeover)
        // zlib has no window of 8 bits. With one of 9 it refers back at most 512 - 262 = 250 bytes, because it keeps
        // room for the longest match in its window, and that is within the 256 bytes that the peer holds.
        windowBits = max(9, role == .client ? agreement.clientMaxWindowBits : agreement.serverMaxWindowBits)
        level = agreement.level
        threshold = agreement.threshold
    }

    /// Whether a message of so many bytes is worth compressing.
    func isWorthwhile(_ count: Int) -> Bool { count > 0 && count >= threshold }

    /// Compresses a message.
    ///
    /// - Parameter message: The whole payload, not empty.
    /// - Returns: The payload of a frame whose first reserved bit is set.
    /// - Throws: ``WireError`` with `compressionFailed` when memory is short.
    mutating func deflate(_ message: [UInt8]) throws -> [UInt8] {
        let deflater = try deflater ?? Deflater(format: .raw, level: level, windowBits: windowBits)
        self.deflater = deflater
        var result = try deflater.compress(message, flush: .sync)
        if result.suffix(4).elementsEqual(WebSocketMessageInflater.tail) { result.removeLast(4) }
        if !keepsContext { deflater.reset() }
        return result
    }
}
