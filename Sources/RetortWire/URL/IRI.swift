// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// URLs with characters outside ASCII, and their form in ASCII.
///
/// The two directions are inverse as far as that is possible: what is reserved stays encoded, so that neither changes
/// where a URL leads. As in browsers, tabs and line ends are skipped, and controls and spaces in front. An empty
/// query or fragment is left out, and a port without digits too.
///
/// Source: RFC 3987; WHATWG URL §1.3.
public enum IRI {
    /// The URL in ASCII, as a `Location` header wants it.
    ///
    /// Characters outside ASCII, spaces and other unsafe bytes are percent-encoded, and the host is written in ASCII.
    /// Escapes that are there stay as they are.
    ///
    /// - Parameter iri: A URL or relative reference.
    /// - Returns: The same in ASCII.
    /// - Throws: ``WireError`` with `.invalidURL` or `.invalidDomain` when host or port cannot be ones.
    public static func toURI(_ iri: String) throws -> String {
        try URLReference(splitting: asBrowsersRead(iri)).mapped(
            host: IDNA.toASCII, user: { PercentCoding.encode($0.utf8, safe: "%!$&'()*+,;=") },
            path: { PercentCoding.encode($0.utf8, safe: "%!$&'()*+,/:;=@") },
            query: { PercentCoding.encode($0.utf8, safe: "%!$&'()*+,/:;=?@") },
            fragment: { PercentCoding.encode($0.utf8, safe: "%!#$&'()*+,/:;=?@") }
        ).description
    }

    /// The URL as people read it.
    ///
    /// Escapes of valid UTF-8 are decoded, unless the character would mean something else when it stands alone:
    /// controls, spaces, `%` and the delimiters of the part stay encoded. The host is decoded.
    ///
    /// - Parameter uri: A URL or relative reference.
    /// - Returns: The same for reading. ``toURI(_:)`` gives back a URL that leads to the same place.
    /// - Throws: ``WireError`` with `.invalidURL` when host or port cannot be ones.
    public static func fromURI(_ uri: String) throws -> String {
        try URLReference(splitting: asBrowsersRead(uri)).mapped(
            host: { IDNA.toUnicode($0) }, user: { PercentCoding.decodeForDisplay($0, keeping: keptInUser) },
            path: { PercentCoding.decodeForDisplay($0, keeping: keptInPath) },
            query: { PercentCoding.decodeForDisplay($0, keeping: keptInQuery) },
            fragment: { PercentCoding.decodeForDisplay($0, keeping: alwaysKept) }
        ).description
    }

    /// The text without what browsers skip: controls and spaces in front, tabs and line ends everywhere.
    private static func asBrowsersRead(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 <= 0x20 }) else { return text }
        let skipped: [UInt8] = [0x09, 0x0A, 0x0D]
        return String(decoding: text.utf8.drop { $0 <= 0x20 }.filter { !skipped.contains($0) }, as: UTF8.self)
    }

    private static let controls = Array(0...0x20) + [UInt8(ascii: "%"), 0x7F]
    private static let alwaysKept = PercentCoding.SafeSet.only(controls)
    private static let keptInQuery = PercentCoding.SafeSet.only(controls + Array("&=+#".utf8))
    private static let keptInPath = PercentCoding.SafeSet.only(controls + Array("/?#".utf8))
    private static let keptInUser = PercentCoding.SafeSet.only(controls + Array(":@/?#".utf8))
}

extension URLReference {
    /// The reference with each of its parts changed, and without an empty query and an empty fragment.
    fileprivate func mapped(
        host mapHost: (String) throws -> String, user mapUser: (String) -> String, path mapPath: (String) -> String,
        query mapQuery: (String) -> String, fragment mapFragment: (String) -> String
    ) rethrows -> URLReference {
        var result = self
        result.userinfo = userinfo.map { userinfo in
            guard let colon = userinfo.utf8.firstIndex(of: UInt8(ascii: ":")) else { return mapUser(userinfo) }
            let password = userinfo.utf8[userinfo.utf8.index(after: colon)...]
            return mapUser(String(userinfo[..<colon])) + ":" + mapUser(String(Substring(password)))
        }
        result.host = try host.map { $0.utf8.contains(UInt8(ascii: ":")) ? $0 : try mapHost($0) }
        result.path = mapPath(path)
        result.query = query.flatMap { $0.isEmpty ? nil : mapQuery($0) }
        result.fragment = fragment.flatMap { $0.isEmpty ? nil : mapFragment($0) }
        return result
    }
}
