// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The compression of messages: what an endpoint wants before the handshake, and what both agreed on after it.
///
/// Source: RFC 7692 §7.
public struct PermessageDeflate: Hashable, Sendable {
    /// Whether the server compresses each message by itself, which costs size and lets the client forget the last.
    public var serverNoContextTakeover: Bool

    /// Whether the client compresses each message by itself.
    public var clientNoContextTakeover: Bool

    /// Base-2 logarithm of how many bytes the server's messages refer back, 8 to 15.
    public var serverMaxWindowBits: Int

    /// Base-2 logarithm of how many bytes the client's messages refer back, 8 to 15.
    public var clientMaxWindowBits: Int

    /// Effort of this end's compressor: 1 is fastest, 9 is smallest, -1 is the library's choice.
    ///
    /// Not negotiated.
    public var level: Int

    /// The shortest message in bytes that this end compresses; shorter ones go as they are.
    ///
    /// Not negotiated.
    public var threshold: Int

    /// The name of the extension on the wire.
    static let name = "permessage-deflate"

    /// Creates wishes for a handshake.
    ///
    /// - Parameters:
    ///   - serverNoContextTakeover: Whether the server compresses each message by itself.
    ///   - clientNoContextTakeover: Whether the client compresses each message by itself.
    ///   - serverMaxWindowBits: The window of the server's messages, 8 to 15 bits.
    ///   - clientMaxWindowBits: The window of the client's messages, 8 to 15 bits; a client that cannot choose its
    ///     window keeps 15.
    ///   - level: Effort of this end's compressor, -1 to 9.
    ///   - threshold: The shortest message in bytes that this end compresses.
    public init(
        serverNoContextTakeover: Bool = false, clientNoContextTakeover: Bool = false, serverMaxWindowBits: Int = 15,
        clientMaxWindowBits: Int = 15, level: Int = -1, threshold: Int = 256
    ) {
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
        self.serverMaxWindowBits = min(15, max(8, serverMaxWindowBits))
        self.clientMaxWindowBits = min(15, max(8, clientMaxWindowBits))
        self.level = min(9, max(-1, level))
        self.threshold = threshold
    }

    /// What one entry of the field says, when it says it correctly.
    private struct Parameters {
        var serverNoContextTakeover = false
        var clientNoContextTakeover = false
        var serverMaxWindowBits: Int?
        var clientMaxWindowBits: Int?
        var mentionsClientMaxWindowBits = false

        /// Fails for unknown names, repeated names and wrong values.
        init?(_ entry: WebSocketExtension, inAnswer: Bool) {
            guard entry.name == PermessageDeflate.name else { return nil }
            var seen: Set<String> = []
            for parameter in entry.parameters {
                guard seen.insert(parameter.name).inserted else { return nil }
                switch parameter.name {
                case "server_no_context_takeover":
                    guard parameter.value == nil else { return nil }
                    serverNoContextTakeover = true
                case "client_no_context_takeover":
                    guard parameter.value == nil else { return nil }
                    clientNoContextTakeover = true
                case "server_max_window_bits":
                    guard let bits = Self.windowBits(parameter.value) else { return nil }
                    serverMaxWindowBits = bits
                case "client_max_window_bits":
                    mentionsClientMaxWindowBits = true
                    // Only an offer may leave the number out.
                    if parameter.value == nil, !inAnswer { continue }
                    guard let bits = Self.windowBits(parameter.value) else { return nil }
                    clientMaxWindowBits = bits
                default: return nil
                }
            }
        }

        /// A number from 8 to 15 without leading zeros.
        private static func windowBits(_ text: String?) -> Int? {
            guard let text else { return nil }
            return (8...15).first { String($0).hasSameBytes(as: text) }
        }
    }
}

extension PermessageDeflate {
    /// Chooses the first offer that can be met, as a server.
    ///
    /// - Parameter offers: What the client offers, in its order of preference.
    /// - Returns: The agreement and its entry for the answer, or nil when no offer can be met.
    func accept(_ offers: [WebSocketExtension]) -> (agreement: PermessageDeflate, entry: String)? {
        for offer in offers {
            guard let offered = Parameters(offer, inAnswer: false) else { continue }
            var agreement = self
            agreement.serverNoContextTakeover = serverNoContextTakeover || offered.serverNoContextTakeover
            agreement.clientNoContextTakeover = clientNoContextTakeover || offered.clientNoContextTakeover
            agreement.serverMaxWindowBits = min(serverMaxWindowBits, offered.serverMaxWindowBits ?? 15)
            // A client that does not mention its window cannot choose it.
            agreement.clientMaxWindowBits =
                offered.mentionsClientMaxWindowBits ? min(clientMaxWindowBits, offered.clientMaxWindowBits ?? 15) : 15
            var entry = Self.name
            if agreement.serverNoContextTakeover { entry += "; server_no_context_takeover" }
            if agreement.clientNoContextTakeover { entry += "; client_no_context_takeover" }
            if offered.serverMaxWindowBits != nil || agreement.serverMaxWindowBits < 15 {
                entry += "; server_max_window_bits=\(agreement.serverMaxWindowBits)"
            }
            if agreement.clientMaxWindowBits < 15 {
                entry += "; client_max_window_bits=\(agreement.clientMaxWindowBits)"
            }
            return (agreement, entry)
        }
        return nil
    }

    /// The entry that a client sends.
    var offer: String {
        var entry = Self.name
        if serverNoContextTakeover { entry += "; server_no_context_takeover" }
        if clientNoContextTakeover { entry += "; client_no_context_takeover" }
        if serverMaxWindowBits < 15 { entry += "; server_max_window_bits=\(serverMaxWindowBits)" }
        entry += "; client_max_window_bits"
        if clientMaxWindowBits < 15 { entry += "=\(clientMaxWindowBits)" }
        return entry
    }

    /// Reads the server's answer to ``offer``, as a client.
    ///
    /// - Parameter entry: The entry of the answer.
    /// - Returns: The agreement, or nil when the answer does not fit the offer.
    func agree(_ entry: WebSocketExtension) -> PermessageDeflate? {
        guard let answered = Parameters(entry, inAnswer: true) else { return nil }
        guard answered.serverNoContextTakeover || !serverNoContextTakeover else { return nil }
        let serverBits = answered.serverMaxWindowBits ?? 15
        guard serverBits <= serverMaxWindowBits else { return nil }
        var agreement = self
        agreement.serverNoContextTakeover = answered.serverNoContextTakeover
        agreement.clientNoContextTakeover = clientNoContextTakeover || answered.clientNoContextTakeover
        agreement.serverMaxWindowBits = serverBits
        agreement.clientMaxWindowBits = min(clientMaxWindowBits, answered.clientMaxWindowBits ?? 15)
        return agreement
    }
}
