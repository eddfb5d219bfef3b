// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a client asks for, with the quality of each item: `text/html, application/json;q=0.8`.
///
/// Source: RFC 9110 §12.4.2, §12.5.
public struct Accept<Rule: AcceptRule>: HeaderValue {
    /// One item.
    public struct Entry: Hashable, Sendable {
        /// The item as it is spelled, with its parameters.
        public let value: String

        /// How much the client likes it: 0, not at all, to 1.
        public let quality: Double

        let key: Rule.Key

        /// Creates an item.
        ///
        /// - Parameters:
        ///   - value: The item with its parameters.
        ///   - quality: How much the client likes it: 0, not at all, to 1.
        public init(_ value: String, quality: Double = 1) {
            self.value = value
            self.quality = quality
            self.key = Rule.key(of: value)
        }
    }

    /// The items: the more specific ones first, of equal ones those with the higher quality, then as they came.
    public let entries: [Entry]

    /// Creates a value from items in any order.
    ///
    /// - Parameter entries: The items.
    public init(_ entries: [Entry]) { self.entries = Self.sorted(entries) }

    /// Parses items separated by commas.
    ///
    /// An item whose quality is no number from 0 to 1 is skipped.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes; a longer one has no items.
    ///
    /// - Complexity: n log n in the number of items.
    public init(headerValue: String) { self.init(AcceptItems.parse(headerValue).map { Entry($0, quality: $1) }) }

    /// The items, separated by commas, with the qualities below 1.
    public var headerValue: String {
        entries.map { $0.value + ($0.quality == 1 ? "" : ";q=\($0.quality)") }.joined(separator: ",")
    }

    /// Whether there is no item.
    public var isEmpty: Bool { entries.isEmpty }

    /// The item that comes first, or nil where there is none.
    public var best: String? { entries.first?.value }

    /// How much the client likes an offer.
    ///
    /// - Parameter offer: What the server could send.
    /// - Returns: The quality of the first item that is about it; 0 where there is none.
    public func quality(of offer: String) -> Double { entry(for: Rule.key(of: offer))?.quality ?? 0 }

    /// Whether an item is about an offer, whatever its quality.
    ///
    /// - Parameter offer: What the server could send.
    /// - Returns: Whether there is such an item.
    public func contains(_ offer: String) -> Bool { entry(for: Rule.key(of: offer)) != nil }

    /// Finds the offer that the client likes best.
    ///
    /// - Parameter offers: The offers, the server's favourite first.
    /// - Returns: One of the offers, or nil where the client wants none of them.
    public func best(of offers: [String]) -> String? { Rule.best(of: offers, in: self) }

    func plainBest(of offers: [String]) -> String? {
        var result: String?
        var best: (quality: Double, specificity: UInt64) = (0, 0)
        for offer in offers {
            guard let entry = entry(for: Rule.key(of: offer)), entry.quality > 0 else { continue }
            let specificity = Rule.specificity(of: entry.key)
            if (entry.quality, specificity) > best {
                result = offer
                best = (entry.quality, specificity)
            }
        }
        return result
    }

    private func entry(for offer: Rule.Key) -> Entry? {
        entries.first { Rule.matches(item: $0.key, offer: offer) }
    }

    private static func sorted(_ entries: [Entry]) -> [Entry] {
        guard entries.count > 1 else { return entries }
        let ranked = entries.enumerated().map { (rank: Rule.specificity(of: $1.key), offset: $0, entry: $1) }
        return ranked.sorted { left, right in
            if left.rank != right.rank { return left.rank > right.rank }
            if left.entry.quality != right.entry.quality { return left.entry.quality > right.entry.quality }
            return left.offset < right.offset
        }.map(\.entry)
    }
}

extension Accept: Hashable {
    /// Whether both have the same items in the same order.
    public static func == (left: Accept, right: Accept) -> Bool { left.entries == right.entries }

    /// Hashes the items.
    public func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}
