// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The entity tags of `If-Match` and `If-None-Match`.
///
/// Source: RFC 9110 §13.1.1, §13.1.2.
public enum ETagSet: HeaderValue, Hashable {
    /// `*`: whatever state there is.
    case any

    /// These tags.
    case tags([ETag])

    /// Parses tags separated by commas.
    ///
    /// What is no tag is skipped up to the next comma.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes; a longer one has no tags.
    public init(headerValue: String) {
        guard let slice = headerValue.fieldSlice() else {
            self = .tags([])
            return
        }
        self = slice.elementsEqual("*".utf8) ? .any : .tags(Self.tags(slice))
    }

    /// `*`, or the tags separated by commas.
    public var headerValue: String {
        switch self {
        case .any: "*"
        case .tags(let tags): tags.map(\.headerValue).joined(separator: ", ")
        }
    }

    /// Whether there is no tag.
    public var isEmpty: Bool { self == .tags([]) }

    /// Whether one of the tags is the same by the strong comparison.
    ///
    /// - Parameter tag: The tag of the current state.
    /// - Returns: Whether the state is one of these; true for `*`.
    public func stronglyContains(_ tag: ETag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.stronglyMatches(tag) }
        }
    }

    /// Whether one of the tags is the same by the weak comparison.
    ///
    /// - Parameter tag: The tag of the current state.
    /// - Returns: Whether the state is as good as one of these; true for `*`.
    public func weaklyContains(_ tag: ETag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.weaklyMatches(tag) }
        }
    }

    private static func tags(_ slice: FieldSlice) -> [ETag] {
        var result: [ETag] = []
        var index = slice.startIndex
        while index < slice.endIndex {
            if let (tag, end) = tag(slice[index...]) {
                result.append(tag)
                index = end
            } else {
                index = slice[index...].firstIndex(of: UInt8(ascii: ",")).map { $0 + 1 } ?? slice.endIndex
            }
        }
        return result
    }

    /// The tag at the beginning and the place behind its comma, or nil where there is none.
    ///
    /// The search for a closing quote ends before the next tag begins, so that all tags take linear time.
    private static func tag(_ slice: FieldSlice) -> (ETag, Int)? {
        var rest = slice.drop(while: \.isHTTPWhitespace)
        var isWeak = false
        if rest.count > 2, rest.prefix(2).fieldEquals("w/"), rest[rest.startIndex + 2] != UInt8(ascii: ",") {
            isWeak = true
            rest = rest.dropFirst(2)
        }
        let text: FieldSlice
        if rest.first == UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            text = rest[..<end]
            rest = rest[(end + 1)...]
        } else {
            text = rest.prefix { !$0.isHTTPWhitespace && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") }
            guard !text.isEmpty else { return nil }
            rest = rest[text.endIndex...]
        }
        rest = rest.drop(while: \.isHTTPWhitespace)
        guard rest.isEmpty || rest.first == UInt8(ascii: ","), let tag = try? ETag(text.fieldText, isWeak: isWeak)
        else { return nil }
        return (tag, rest.isEmpty ? rest.endIndex : rest.startIndex + 1)
    }
}
