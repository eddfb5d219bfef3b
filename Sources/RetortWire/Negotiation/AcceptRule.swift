// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How the items of one of the `Accept` fields are compared with what a server offers.
public protocol AcceptRule: Sendable {
    /// Brings an item or an offer into the form that is compared.
    ///
    /// - Parameter text: The bytes of the item or offer.
    /// - Returns: The form.
    static func key(of text: ArraySlice<UInt8>) -> AcceptKey

    /// Whether an offer is what an item asks for.
    ///
    /// - Parameters:
    ///   - item: The form of the client's item.
    ///   - offer: The form of the server's offer.
    /// - Returns: Whether the item is about the offer.
    static func matches(item: AcceptKey, offer: AcceptKey) -> Bool

    /// The sorted items of a header value that very many clients send, made once; nil for every other value.
    ///
    /// - Parameter headerValue: The header value.
    /// - Returns: The items, or nil.
    static func knownItems(of headerValue: String) -> [AcceptItem]?

    /// Finds the offer that the client likes best.
    ///
    /// - Parameters:
    ///   - offers: The offers, the server's favourite first.
    ///   - accept: What the client asked for.
    /// - Returns: One of the offers, or nil where the client wants none of them.
    static func best(of offers: [String], in accept: Accept<Self>) -> String?
}

extension AcceptRule {
    /// Whether the item is `*` or the offer.
    public static func matches(item: AcceptKey, offer: AcceptKey) -> Bool {
        item.isAny || item.bytes == offer.bytes
    }

    /// Knows no header value.
    public static func knownItems(of headerValue: String) -> [AcceptItem]? { nil }

    /// Finds the offer with the highest quality; of equal ones the more specific, then the first.
    ///
    /// - Parameters:
    ///   - offers: The offers, the server's favourite first.
    ///   - accept: What the client asked for.
    /// - Returns: One of the offers, or nil where the client wants none of them.
    public static func best(of offers: [String], in accept: Accept<Self>) -> String? { accept.plainBest(of: offers) }
}

/// An item or an offer in the form that is compared.
public struct AcceptKey: Hashable, Sendable {
    /// The bytes of the form.
    public let bytes: [UInt8]

    /// How much an item says; the greater number goes first.
    ///
    /// Two bits for each part: whether it is there, and whether it is more than `*`.
    public let specificity: UInt64

    /// The length of the first part; that of all bytes where there is one part only.
    let firstCount: Int

    /// The length of the first two parts and the slash between them.
    let mediaCount: Int

    /// Creates a form of one part.
    ///
    /// - Parameter bytes: The bytes that are compared. `*` stands for everything.
    public init(_ bytes: [UInt8]) {
        let isAny = bytes.count == 1 && bytes[0] == UInt8(ascii: "*")
        self.init(bytes, specificity: isAny ? 1 << 62 : 2 << 62, firstCount: bytes.count, mediaCount: bytes.count)
    }

    init(_ bytes: [UInt8], specificity: UInt64, firstCount: Int, mediaCount: Int) {
        self.bytes = bytes
        self.specificity = specificity
        self.firstCount = firstCount
        self.mediaCount = mediaCount
    }

    /// Whether the form is `*`.
    var isAny: Bool { bytes.count == 1 && bytes[0] == UInt8(ascii: "*") }
}

/// Items without parts, compared without regard to ASCII case; `*` is about everything.
///
/// For `Accept-Encoding`.
public enum TokenRule: AcceptRule {
    /// The bytes with `A`–`Z` turned into `a`–`z`.
    public static func key(of text: ArraySlice<UInt8>) -> AcceptKey { AcceptKey(text.map(\.asciiLowercased)) }
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
        let identity = items.first { $0.value.equalsIgnoringASCIICase("identity") }?.quality ?? 0
        return quality(of: best) >= identity ? best : nil
    }
}
