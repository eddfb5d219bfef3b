// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Names with values in the order in which they came, each name once: `a=1, b="two words", c`.
///
/// Names are compared without regard to ASCII case and keep their spelling. A later value of a name replaces the
/// earlier one in its place.
public struct HeaderParameters: HeaderValue, Hashable {
    /// A name and its value, which is nil where the name stands alone.
    public struct Element: Hashable, Sendable {
        /// The name as it is spelled.
        public var name: String

        /// The value without quotes, or nil where the name stands alone.
        public var value: String?

        /// Creates a pair.
        ///
        /// - Parameters:
        ///   - name: The name.
        ///   - value: The value without quotes, or nil for a name that stands alone.
        public init(name: String, value: String?) {
            self.name = name
            self.value = value
        }
    }

    /// The pairs in their order.
    public private(set) var elements: [Element] = []

    /// Creates an empty list.
    public init() {}

    /// Creates a list from pairs.
    ///
    /// A later value of a name replaces the earlier one in its place.
    ///
    /// - Parameter elements: The pairs.
    ///
    /// - Complexity: Linear in the length of all names.
    public init(_ elements: some Sequence<Element>) {
        var places: [HeaderKey: Int] = [:]
        for element in elements {
            // A search is faster than a table while there are few, and nearly always there are few.
            let place = places.isEmpty ? place(of: element.name) : places[HeaderKey(element.name, ignoringCase: true)]
            if let place {
                self.elements[place].value = element.value
                continue
            }
            self.elements.append(element)
            if self.elements.count == 16 {
                for (place, known) in self.elements.enumerated() {
                    places[HeaderKey(known.name, ignoringCase: true)] = place
                }
            } else if self.elements.count > 16 {
                places[HeaderKey(element.name, ignoringCase: true)] = self.elements.count - 1
            }
        }
    }

    /// Whether there is no pair.
    public var isEmpty: Bool { elements.isEmpty }

    /// The number of pairs.
    public var count: Int { elements.count }

    /// The names in their order.
    public var names: [String] { elements.map(\.name) }

    /// The value of a name, or nil where the name is absent or stands alone.
    ///
    /// Setting a text adds or replaces the value; setting nil removes the name.
    ///
    /// - Parameter name: The name, compared without regard to ASCII case.
    public subscript(name: String) -> String? {
        get { place(of: name).flatMap { elements[$0].value } }
        set {
            if let newValue { set(name, to: newValue) } else { remove(name) }
        }
    }

    /// Whether the name is there, with a value or alone.
    ///
    /// - Parameter name: The name, compared without regard to ASCII case.
    /// - Returns: Whether the name is there.
    public func contains(_ name: String) -> Bool { place(of: name) != nil }

    /// Adds a name or replaces its value.
    ///
    /// - Parameters:
    ///   - name: The name. One that is there keeps its spelling and place.
    ///   - value: The value without quotes, or nil for a name that stands alone.
    public mutating func set(_ name: String, to value: String?) {
        if let place = place(of: name) {
            elements[place].value = value
        } else {
            elements.append(Element(name: name, value: value))
        }
    }

    /// Removes a name.
    ///
    /// - Parameter name: The name, compared without regard to ASCII case.
    public mutating func remove(_ name: String) { elements.removeAll { $0.name.equalsIgnoringASCIICase(name) } }

    private func place(of name: String) -> Int? {
        elements.firstIndex { $0.name.equalsIgnoringASCIICase(name) }
    }
}

extension HeaderParameters: ExpressibleByDictionaryLiteral {
    /// Creates a list from a literal, in which nil means that the name stands alone.
    ///
    /// - Parameter elements: The pairs.
    public init(dictionaryLiteral elements: (String, String?)...) {
        self.init(elements.map { Element(name: $0.0, value: $0.1) })
    }
}

extension HeaderParameters {
    /// Parses pairs separated by commas.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init(headerValue: String) { self.init(headerValue: headerValue, limit: HeaderText.defaultLimit) }

    /// Parses pairs separated by commas.
    ///
    /// `name*=UTF-8''text` is decoded and stands under `name`. An item without a name is left out.
    ///
    /// - Parameters:
    ///   - headerValue: The header value.
    ///   - limit: The greatest length in bytes. A longer value gives no pairs, and so does an open quote.
    ///
    /// Source: RFC 9110 §5.6.1, RFC 8187 §3.2.
    public init(headerValue: String, limit: Int) {
        let items = headerValue.fieldSlice(limit: limit).map { HeaderText.items(of: $0) } ?? []
        self.init(items.compactMap { Self.element(HeaderText.unquoted($0)) })
    }

    /// The text of the pairs, separated by commas.
    ///
    /// Values that are no tokens are quoted.
    ///
    /// A value under a name that ends with `*` is written as it is, because it is encoded already.
    public var headerValue: String { text(separator: ", ") }

    func text(separator: String) -> String {
        elements.map { element in
            guard let value = element.value else { return HeaderText.printable(element.name) }
            let isEncoded = element.name.utf8.last == UInt8(ascii: "*")
            return HeaderText.printable(element.name) + "="
                + (isEncoded ? HeaderText.printable(value) : HeaderText.quoted(value))
        }.joined(separator: separator)
    }

    private static func element(_ item: FieldSlice) -> Element? {
        let (head, tail) = item.fieldSplit(UInt8(ascii: "="))
        let name = head.fieldTrimmed
        guard !name.isEmpty else { return nil }
        guard let tail else { return Element(name: name.fieldText, value: nil) }
        let value = tail.fieldTrimmed
        guard name.last == UInt8(ascii: "*") else {
            return Element(name: name.fieldText, value: HeaderText.unquoted(value).fieldText)
        }
        let decoded = ExtendedValue(value)?.decoded()
        return Element(
            name: name.dropLast().fieldText,
            value: HeaderText.unquoted(ArraySlice((decoded ?? value.fieldText).utf8)).fieldText)
    }
}
