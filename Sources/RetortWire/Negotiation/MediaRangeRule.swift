// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Media types with their parameters, and ranges of them such as `text/*`.
///
/// For `Accept`.
///
/// Source: RFC 9110 §12.5.1.
public enum MediaRangeRule: AcceptRule {
    /// A media range in lower case with sorted parameters.
    public struct Key: Hashable, Sendable {
        /// `type/subtype`, then each parameter behind a semicolon.
        let bytes: [UInt8]

        /// The length of the type.
        let typeCount: Int

        /// The length of the type, the slash and the subtype.
        let mediaCount: Int

        /// Two bits for each part: whether it is there, and whether it is more than `*`.
        let specificity: UInt64

        var type: ArraySlice<UInt8> { bytes[..<typeCount] }
        var isAnyType: Bool { typeCount == 1 && bytes[0] == UInt8(ascii: "*") }
        var isAnySubtype: Bool { mediaCount == typeCount + 2 && bytes[typeCount + 1] == UInt8(ascii: "*") }

        /// Whether there is a slash, and no `*` before it that is not before `*`.
        var isValid: Bool { mediaCount > typeCount && (!isAnyType || isAnySubtype) }
    }

    /// Brings a media range into lower case, with its parameters sorted.
    public static func key(of text: String) -> Key {
        let bytes = text.utf8.map(\.asciiLowercased)
        var parts = split(bytes[...])
        var specificity: UInt64 = 0
        // More than 32 parts are not told apart.
        for place in 0..<min(parts.count, 32) {
            let digit: UInt64 = parts[place].elementsEqual("*".utf8) ? 1 : 2
            specificity |= digit << UInt64(62 - 2 * place)
        }
        let typeCount = parts[0].count
        guard parts.count > 1 else {
            return Key(bytes: bytes, typeCount: typeCount, mediaCount: typeCount, specificity: specificity)
        }
        let mediaCount = typeCount + 1 + parts[1].count
        if parts.count == 2 {
            return Key(bytes: bytes, typeCount: typeCount, mediaCount: mediaCount, specificity: specificity)
        }
        if parts.count > 3 { parts[2...].sort { $0.lexicographicallyPrecedes($1) } }
        var written = Array(parts[0])
        written.append(UInt8(ascii: "/"))
        written += parts[1]
        for parameter in parts[2...] {
            written.append(UInt8(ascii: ";"))
            written += parameter
        }
        return Key(bytes: written, typeCount: typeCount, mediaCount: mediaCount, specificity: specificity)
    }

    /// More for each part that is not `*`: a subtype, then each parameter.
    public static func specificity(of key: Key) -> UInt64 { key.specificity }

    /// Whether the range holds the offer.
    ///
    /// Where neither has a `*`, the parameters must be the same.
    ///
    /// An offer may be a range too, such as `image/*`. A text without a slash is about nothing.
    public static func matches(item: Key, offer: Key) -> Bool {
        guard item.isValid, offer.isValid else { return false }
        if item.isAnyType || offer.isAnyType { return true }
        guard item.type == offer.type else { return false }
        return item.isAnySubtype || offer.isAnySubtype || item.bytes == offer.bytes
    }

    /// The parts between slashes and semicolons.
    ///
    /// Space around a semicolon is left out.
    private static func split(_ bytes: FieldSlice) -> [FieldSlice] {
        var result: [FieldSlice] = []
        var start = bytes.startIndex
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "/") || byte == UInt8(ascii: ";") else { continue }
            result.append(bytes[start..<index])
            start = index + 1
        }
        result.append(bytes[start...])
        return result.count > 2 ? result.map(\.fieldTrimmed) : result
    }
}

/// What a client asks for with `Accept`.
public typealias AcceptedMediaTypes = Accept<MediaRangeRule>

extension Accept<MediaRangeRule> {
    /// Whether the client takes HTML.
    public var acceptsHTML: Bool { contains("text/html") || acceptsXHTML }

    /// Whether the client takes XHTML.
    public var acceptsXHTML: Bool { contains("application/xhtml+xml") || contains("application/xml") }

    /// Whether the client takes JSON.
    public var acceptsJSON: Bool { contains("application/json") }
}
