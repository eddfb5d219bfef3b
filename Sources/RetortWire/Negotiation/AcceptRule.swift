// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How the items of one of the `Accept` fields are compared with what a server offers.
public protocol AcceptRule: Sendable {
    /// What is compared: a text brought into one form.
    associatedtype Key: Hashable & Sendable

    /// Brings an item or an offer into the form that is compared.
    ///
    /// - Parameter text: The item or offer.
    /// - Returns: The form.
    static func key(of text: String) -> Key

    /// How much an item says. The greater number goes first.
    ///
    /// - Parameter key: The form of the item.
    /// - Returns: A number; the least is that of `*`.
    static func specificity(of key: Key) -> UInt64

    /// Whether an offer is what an item asks for.
    ///
    /// - Parameters:
    ///   - item: The form of the client's item.
    ///   - offer: The form of the server's offer.
    /// - Returns: Whether the item is about the offer.
    static func matches(item: Key, offer: Key) -> Bool

    /// Finds the offer that the client likes best.
    ///
    /// - Parameters:
    ///   - offers: The offers, the server's favourite first.
    ///   - accept: What the client asked for.
    /// - Returns: One of the offers, or nil where the client wants none of them.
    static func best(of offers: [String], in accept: Accept<Self>) -> String?
}

extension AcceptRule {
    /// Finds the offer with the highest quality; of equal ones the more specific, then the first.
    ///
    /// - Parameters:
    ///   - offers: The offers, the server's favourite first.
    ///   - accept: What the client asked for.
    /// - Returns: One of the offers, or nil where the client wants none of them.
    public static func best(of offers: [String], in accept: Accept<Self>) -> String? { accept.plainBest(of: offers) }
}

/// Items without parts, compared without regard to ASCII case; `*` is about everything.
///
/// For `Accept-Encoding`.
public enum TokenRule: AcceptRule {
    /// The bytes with `A`–`Z` turned into `a`–`z`.
    public static func key(of text: String) -> [UInt8] { text.utf8.map(\.asciiLowercased) }

    /// Less for `*` than for every other item.
    public static func specificity(of key: [UInt8]) -> UInt64 { key == [UInt8(ascii: "*")] ? 1 : 2 }

    /// Whether the item is `*` or the offer.
    public static func matches(item: [UInt8], offer: [UInt8]) -> Bool { item == [UInt8(ascii: "*")] || item == offer }
}

/// What a client asks for with `Accept-Encoding`.
public typealias AcceptedEncodings = Accept<TokenRule>

extension Accept<TokenRule> {
    /// Finds the content coding that the client likes best.
    ///
    /// - Parameter codings: The codings that the server can do, its favourite first; without `identity`.
    /// - Returns: One of the codings; nil where the content is to be sent as it is.
    ///
    /// Source: RFC 9110 §12.5.3.
    public func coding(among codings: [String]) -> String? {
        guard let best = best(of: codings) else { return nil }
        // To send the content as it is is acceptable unless ruled out, and here it wins only where it is preferred.
        let identity = entries.first { $0.value.equalsIgnoringASCIICase("identity") }?.quality ?? 0
        return quality(of: best) >= identity ? best : nil
    }
}
