// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Media types with their parameters, and ranges of them such as `text/*`.
///
/// For `Accept`.
///
/// Source: RFC 9110 §12.5.1.
public enum MediaRangeRule: AcceptRule {
    /// A media range in lower case, with its parameters sorted and without space.
    public static func key(of text: ArraySlice<UInt8>) -> AcceptKey {
        let bytes = text.map(\.asciiLowercased)
        guard bytes.contains(UInt8(ascii: ";")) else { return plainKey(bytes) }
        var parts = split(bytes[...])
        let specificity = specificity(of: parts)
        let firstCount = parts[0].count
        let mediaCount = parts.count > 1 ? firstCount + 1 + parts[1].count : firstCount
        if parts.count > 3 { parts[2...].sort { $0.lexicographicallyPrecedes($1) } }
        var written = Array(parts[0])
        for (place, part) in parts.enumerated().dropFirst() {
            written.append(place == 1 ? UInt8(ascii: "/") : UInt8(ascii: ";"))
            written += part
        }
        return AcceptKey(written, specificity: specificity, firstCount: firstCount, mediaCount: mediaCount)
    }

    /// Whether the range holds the offer.
    ///
    /// Where neither has a `*`, the parameters must be the same. An offer may be a range too, such as `image/*`. A text
    /// without a slash is about nothing.
    public static func matches(item: AcceptKey, offer: AcceptKey) -> Bool {
        guard item.isMediaRange, offer.isMediaRange else { return false }
        if item.isAnyType || offer.isAnyType { return true }
        guard item.type == offer.type else { return false }
        return item.isAnySubtype || offer.isAnySubtype || item.bytes == offer.bytes
    }

    /// Knows what command-line clients and the browsers of today send for a page.
    public static func knownItems(of headerValue: String) -> [AcceptItem]? {
        // Texts that Swift holds for equal to an ASCII one have more bytes, so that this compares bytes, and fast.
        known.first { $0.text.utf8.count == headerValue.utf8.count && $0.text == headerValue }?.items
    }

    private static let known: [(text: String, items: [AcceptItem])] = [
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
            + "application/signed-exchange;v=b3;q=0.7",
        "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
        "application/json, text/plain, */*",
    ].map { ($0, AcceptItem.sorted(AcceptItem.parse($0, key: key))) }

    /// The key of a range without parameters, which needs no list of parts.
    private static func plainKey(_ bytes: [UInt8]) -> AcceptKey {
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { return AcceptKey(bytes) }
        let rest = bytes[(slash + 1)...]
        guard !rest.contains(UInt8(ascii: "/")) else {
            let parts = split(bytes[...])
            return AcceptKey(
                bytes, specificity: specificity(of: parts), firstCount: slash, mediaCount: slash + 1 + parts[1].count)
        }
        return AcceptKey(
            bytes, specificity: specificity(of: [bytes[..<slash], rest]), firstCount: slash, mediaCount: bytes.count)
    }

    /// More than 32 parts are not told apart.
    private static func specificity(of parts: [FieldSlice]) -> UInt64 {
        var result: UInt64 = 0
        for place in 0..<min(parts.count, 32) {
            let isAny = parts[place].count == 1 && parts[place].first == UInt8(ascii: "*")
            result |= (isAny ? 1 : 2) << UInt64(62 - 2 * place)
        }
        return result
    }

    /// The parts between slashes and semicolons, without space around the semicolons.
    private static func split(_ bytes: FieldSlice) -> [FieldSlice] {
        bytes.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ";") }
            .map(\.fieldTrimmed)
    }
}

extension AcceptKey {
    fileprivate var type: ArraySlice<UInt8> { bytes[..<firstCount] }

    fileprivate var isAnyType: Bool { firstCount == 1 && bytes[0] == UInt8(ascii: "*") }

    fileprivate var isAnySubtype: Bool {
        mediaCount == firstCount + 2 && bytes[firstCount + 1] == UInt8(ascii: "*")
    }

    /// Whether there is a slash, and no `*` before it but in `*/*`.
    fileprivate var isMediaRange: Bool { mediaCount > firstCount && (!isAnyType || isAnySubtype) }
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
