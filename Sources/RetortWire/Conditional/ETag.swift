// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A text that stands for one state of a resource: `"33a64df5"`, or `W/"33a64df5"` where it is weak.
///
/// Source: RFC 9110 §8.8.3.
public struct ETag: HeaderValue, Hashable {
    /// The text between the quotes.
    public let tag: String

    /// Whether two states with this text may differ in details that do not matter.
    public let isWeak: Bool

    /// Creates an entity tag.
    ///
    /// - Parameters:
    ///   - tag: The text without quotes: no double quote and no control byte.
    ///   - isWeak: Whether two states with this text may differ in details that do not matter.
    /// - Throws: ``WireError`` with `.invalidEntityTag` where the text cannot stand between quotes.
    public init(_ tag: String, isWeak: Bool = false) throws {
        guard tag.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") }) else {
            throw WireError(
                .invalidEntityTag, "An entity tag holds a double quote or a control byte; leave it out or encode it.",
                status: 500)
        }
        self.init(unchecked: tag, isWeak: isWeak)
    }

    init(unchecked tag: String, isWeak: Bool) {
        self.tag = tag
        self.isWeak = isWeak
    }

    /// Parses an entity tag, or returns nil where the text is empty or holds a quote in the wrong place.
    ///
    /// A tag without quotes is accepted, because some clients send it so.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard var slice = headerValue.fieldSlice()?.fieldTrimmed, !slice.isEmpty else { return nil }
        let isWeak = slice.count >= 2 && slice.prefix(2).fieldEquals("w/")
        if isWeak { slice = slice.dropFirst(2) }
        if HeaderText.isQuoted(slice) { slice = slice.dropFirst().dropLast() }
        guard let tag = try? ETag(slice.fieldText, isWeak: isWeak) else { return nil }
        self = tag
    }

    /// The tag in quotes, behind `W/` where it is weak.
    public var headerValue: String { (isWeak ? "W/\"" : "\"") + tag + "\"" }

    /// Whether both are strong and have the same text: the content is the same byte by byte.
    ///
    /// - Parameter other: The other tag.
    /// - Returns: Whether parts of the two states may be put together.
    ///
    /// Source: RFC 9110 §8.8.3.2.
    public func stronglyMatches(_ other: ETag) -> Bool { !isWeak && !other.isWeak && tag.hasSameBytes(as: other.tag) }

    /// Whether both have the same text, weak or not: the content is as good as the same.
    ///
    /// - Parameter other: The other tag.
    /// - Returns: Whether one state may be used instead of the other.
    ///
    /// Source: RFC 9110 §8.8.3.2.
    public func weaklyMatches(_ other: ETag) -> Bool { tag.hasSameBytes(as: other.tag) }

    /// Whether both have the same bytes and are equally strong.
    public static func == (left: ETag, right: ETag) -> Bool {
        left.isWeak == right.isWeak && left.tag.hasSameBytes(as: right.tag)
    }

    /// Hashes the bytes and the strength.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(isWeak)
        hasher.combine(HeaderKey(tag, ignoringCase: false))
    }

    /// The same tag as a weak one, as a compressed copy of the content needs it.
    public var weakened: ETag { ETag(unchecked: tag, isWeak: true) }
}

extension WireError.Code {
    /// An entity tag cannot be written between quotes.
    public static let invalidEntityTag = WireError.Code("invalid-entity-tag")
}
