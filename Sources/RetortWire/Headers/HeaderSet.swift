// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Words that differ without regard to ASCII case, in their order, as in `Allow` and `Content-Language`.
public struct HeaderSet: HeaderValue, Hashable {
    /// The words as they are spelled, in their order.
    public private(set) var items: [String] = []

    private var keys: Set<HeaderKey> = []

    /// Creates an empty set.
    public init() {}

    /// Creates a set.
    ///
    /// Of several spellings of a word the first stays.
    ///
    /// - Parameter items: The words.
    public init(_ items: some Sequence<String>) {
        for item in items { insert(item) }
    }

    /// Parses words separated by commas.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init(headerValue: String) { self.init(HeaderText.parseList(headerValue)) }

    /// The words, separated by commas.
    public var headerValue: String { HeaderText.printList(items) }

    /// Whether there is no word.
    public var isEmpty: Bool { items.isEmpty }

    /// The number of words.
    public var count: Int { items.count }

    /// Whether a word is in the set.
    ///
    /// - Parameter item: The word, compared without regard to ASCII case.
    /// - Returns: Whether it is there in any spelling.
    public func contains(_ item: String) -> Bool { keys.contains(HeaderKey(item, ignoringCase: true)) }

    /// Adds a word behind the others, unless it is there.
    ///
    /// - Parameter item: The word.
    public mutating func insert(_ item: String) {
        if keys.insert(HeaderKey(item, ignoringCase: true)).inserted { items.append(item) }
    }

    /// Removes a word.
    ///
    /// - Parameter item: The word, compared without regard to ASCII case.
    public mutating func remove(_ item: String) {
        guard keys.remove(HeaderKey(item, ignoringCase: true)) != nil else { return }
        items.removeAll { $0.equalsIgnoringASCIICase(item) }
    }

    /// Whether both have the same words in the same order and spelling.
    public static func == (left: HeaderSet, right: HeaderSet) -> Bool { left.items == right.items }

    /// Hashes the words.
    public func hash(into hasher: inout Hasher) { hasher.combine(items) }
}

extension HeaderSet: ExpressibleByArrayLiteral, Sequence {
    /// Creates a set from a literal.
    ///
    /// - Parameter elements: The words.
    public init(arrayLiteral elements: String...) { self.init(elements) }

    /// Iterates over the words in their order.
    public func makeIterator() -> IndexingIterator<[String]> { items.makeIterator() }
}
