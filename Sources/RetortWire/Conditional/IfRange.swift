// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The state that a requested range belongs to: a tag or a date.
///
/// Source: RFC 9110 §13.1.5.
public enum IfRange: HeaderValue, Hashable {
    /// The entity tag of the state.
    case tag(ETag)

    /// When the state was last changed.
    case date(HTTPDate)

    /// Parses a date or an entity tag, or returns nil where the text is neither.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        if let date = HTTPDate(headerValue: headerValue) {
            self = .date(date)
        } else if let tag = ETag(headerValue: headerValue) {
            self = .tag(tag)
        } else {
            return nil
        }
    }

    /// The date or the tag as the text of the header field.
    public var headerValue: String {
        switch self {
        case .tag(let tag): tag.headerValue
        case .date(let date): date.headerValue
        }
    }

    /// Whether the state is the current one, so that a part of it may be sent.
    ///
    /// A weak tag never counts, and a date must be the very same.
    ///
    /// - Parameters:
    ///   - tag: The tag of the current state.
    ///   - lastModified: When the current state was last changed.
    /// - Returns: Whether the range is to be used.
    public func matches(_ tag: ETag?, lastModified: HTTPDate?) -> Bool {
        switch self {
        case .tag(let expected): tag.map { $0.stronglyMatches(expected) } ?? false
        case .date(let expected): lastModified == expected
        }
    }
}
