// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Decompresses the messages of one connection.
///
/// Source: RFC 7692 §7.2.2.
struct WebSocketMessageInflater: ~Copyable {
    private let keepsContext: Bool
    private let windowBits: Int
    // Made for the first compressed message: many connections never send one.
    private var inflater: Inflater?

    /// The end of each message that the sender leaves out: an empty block of no compression, without its first byte.
    static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

    init(_ agreement: PermessageDeflate, peer: WebSocketRole) {
        keepsContext = !(peer == .client ? agreement.clientNoContextTakeover : agreement.serverNoContextTakeover)
        // A sender that cannot do 8 does 9 and keeps its references short, and the larger window reads both.
        windowBits = max(9, peer == .client ? agreement.clientMaxWindowBits : agreement.serverMaxWindowBits)
    }

    /// Decompresses the next bytes of a message.
    ///
    /// - Parameters:
    ///   - piece: The next compressed bytes.
    ///   - limit: The most bytes that `message` may hold.
    ///   - message: The bytes to append to.
    /// - Throws: ``WireError`` with `webSocketTooLarge` past the limit and `webSocketInvalidData` for damaged bytes.
    mutating func inflate(_ piece: [UInt8], limit: Int, into message: inout [UInt8]) throws(WireError) {
        do {
            let inflater = try inflater ?? Inflater(format: .raw, windowBits: windowBits)
            self.inflater = inflater
            var rest = piece[...]
            while !rest.isEmpty {
                message += try inflater.decompress(rest, limit: max(0, limit - message.count))
                guard inflater.isFinished else { return }
                // A block marked as the last one does not end the message: another stream may follow.
                rest = rest.suffix(inflater.unusedCount)
                inflater.reset()
            }
        } catch let error as WireError {
            throw Self.translated(error, limit)
        } catch {
            throw WireError(.webSocketInvalidData, "The compressed message cannot be decompressed.")
        }
    }

    /// Decompresses what the sender left out, and forgets the message where that was agreed.
    mutating func endMessage(limit: Int, into message: inout [UInt8]) throws(WireError) {
        try inflate(Self.tail, limit: limit, into: &message)
        if !keepsContext { inflater?.reset() }
    }

    private static func translated(_ error: WireError, _ limit: Int) -> WireError {
        switch error.code {
        case .decompressedTooLarge:
            WireError(.webSocketTooLarge, "The message inflates to more than \(limit) bytes.", status: 413)
        case .invalidCompressedData:
            WireError(.webSocketInvalidData, "The compressed message cannot be decompressed.")
        default: error
        }
    }
}
