// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RawStructuredFieldValues

/// How urgent a response is, and whether a part of it is of use by itself: `u=1, i`.
///
/// Source: RFC 9218 §4.
public struct Priority: HeaderValue, Hashable {
    /// 0, the most urgent, to 7.
    ///
    /// A number outside becomes the nearest.
    public var urgency: Int {
        didSet { urgency = min(max(urgency, 0), 7) }
    }

    /// Whether the client can use parts as they come.
    public var isIncremental: Bool

    /// Creates a priority.
    ///
    /// - Parameters:
    ///   - urgency: 0, the most urgent, to 7.
    ///   - isIncremental: Whether the client can use parts as they come.
    public init(urgency: Int = 3, isIncremental: Bool = false) {
        self.urgency = min(max(urgency, 0), 7)
        self.isIncremental = isIncremental
    }

    /// Parses a priority, or returns nil where the text is no dictionary.
    ///
    /// What is wrong or unknown in it is ignored.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let dictionary = StructuredField.dictionary(headerValue) else { return nil }
        self.init()
        if case .item(let item)? = dictionary["u"], case .integer(let number) = item.rfc9651BareItem,
            (0...7).contains(number)
        {
            urgency = Int(number)
        }
        if case .item(let item)? = dictionary["i"], case .bool(let flag) = item.rfc9651BareItem {
            isIncremental = flag
        }
    }

    /// The members that differ from the usual priority.
    public var headerValue: String {
        var dictionary = StructuredField.Dictionary()
        if urgency != 3 { dictionary["u"] = .item(StructuredField.item(.integer(Int64(urgency)))) }
        if isIncremental { dictionary["i"] = .item(StructuredField.item(.bool(true))) }
        return StructuredField.text(of: dictionary)
    }
}
