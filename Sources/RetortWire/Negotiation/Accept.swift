// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a client asks for, with the quality of each item: `text/html, application/json;q=0.8`.
///
/// Source: RFC 9110 §12.4.2, §12.5.
public struct Accept<Rule: AcceptRule>: HeaderValue, Hashable {
    /// The items: the more specific ones first, of equal ones those with the higher quality, then as they came.
    public let items: [AcceptItem]

    /// Creates a value from items in any order.
    ///
    /// - Parameter items: Items with their qualities, from 0, not at all, to 1.
    public init(_ items: [(value: String, quality: Double)]) {
        let items = items.map { AcceptItem($0.value, $0.quality, Rule.key(of: ArraySlice($0.value.utf8))) }
        self.items = AcceptItem.sorted(items)
    }

    /// Parses items separated by commas.
    ///
    /// An item whose quality is no number from 0 to 1 is skipped.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes; a longer one has no items.
    ///
    /// - Complexity: n log n in the number of items.
    public init(headerValue: String) {
        items = Rule.knownItems(of: headerValue) ?? AcceptItem.sorted(AcceptItem.parse(headerValue, key: Rule.key))
    }

    /// The items, separated by commas, with the qualities below 1.
    public var headerValue: String {
        items.map { HeaderText.printable($0.value) + ($0.quality == 1 ? "" : ";q=\($0.quality)") }
            .joined(separator: ",")
    }

    /// Whether there is no item.
    public var isEmpty: Bool { items.isEmpty }

    /// The item that comes first, or nil where there is none.
    public var best: String? { items.first?.value }

    /// How much the client likes an offer.
    ///
    /// - Parameter offer: What the server could send.
    /// - Returns: The quality of the first item that is about it; 0 where there is none.
    public func quality(of offer: String) -> Double { item(for: offer)?.quality ?? 0 }

    /// Whether an item is about an offer, whatever its quality.
    ///
    /// - Parameter offer: What the server could send.
    /// - Returns: Whether there is such an item.
    public func contains(_ offer: String) -> Bool { item(for: offer) != nil }

    /// Finds the offer that the client likes best.
    ///
    /// - Parameter offers: The offers, the server's favourite first.
    /// - Returns: One of the offers, or nil where the client wants none of them.
    public func best(of offers: [String]) -> String? { Rule.best(of: offers, in: self) }

    func plainBest(of offers: [String]) -> String? {
        var result: String?
        var best: (quality: Double, specificity: UInt64) = (0, 0)
        for offer in offers {
            guard let item = item(for: offer), item.quality > 0 else { continue }
            if (item.quality, item.key.specificity) > best {
                result = offer
                best = (item.quality, item.key.specificity)
            }
        }
        return result
    }

    private func item(for offer: String) -> AcceptItem? {
        let key = Rule.key(of: ArraySlice(offer.utf8))
        return items.first { Rule.matches(item: $0.key, offer: key) }
    }
}
