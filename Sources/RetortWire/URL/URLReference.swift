// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// A text is no URL: a control character, a host or a port that cannot be one, or too long.
    public static let invalidURL = WireError.Code("invalid-url")
}

/// A URL or a relative reference to one, split into its parts.
///
/// The parts are kept as they were written, except that letters of the scheme and the host become small. An absent part
/// is nil; an empty one, such as the query of `/?`, is an empty string. Two references are equal when their bytes are.
///
/// Source: RFC 3986.
public struct URLReference: Sendable {
    /// The scheme without its colon, in small letters, such as `https`.
    public var scheme: String?

    /// What stands before `@` in the authority, still percent-encoded.
    public var userinfo: String?

    /// The host without the brackets of an IPv6 address.
    ///
    /// Empty in `file:///x`; nil where there is no `//`.
    public var host: String?

    /// The port, or nil where none is written.
    public var port: Int?

    /// The path, still percent-encoded.
    ///
    /// It may be empty.
    public var path: String

    /// What stands behind `?`, still percent-encoded.
    public var query: String?

    /// What stands behind `#`, still percent-encoded.
    public var fragment: String?

    /// Creates a reference from its parts.
    ///
    /// - Parameters:
    ///   - scheme: The scheme without its colon.
    ///   - userinfo: What stands before `@`, percent-encoded.
    ///   - host: The host without brackets.
    ///   - port: The port, `0...65535`.
    ///   - path: The path, percent-encoded.
    ///   - query: What stands behind `?`, percent-encoded.
    ///   - fragment: What stands behind `#`, percent-encoded.
    public init(
        scheme: String? = nil, userinfo: String? = nil, host: String? = nil, port: Int? = nil, path: String = "",
        query: String? = nil, fragment: String? = nil
    ) {
        self.scheme = scheme
        self.userinfo = userinfo
        self.host = host
        self.port = port
        self.path = path
        self.query = query
        self.fragment = fragment
    }

    /// Splits a text into the parts of a URL.
    ///
    /// Characters outside ASCII are accepted; ``IRI`` encodes them. Takes time linear in the text.
    ///
    /// - Parameters:
    ///   - text: A URL, or a reference relative to one.
    ///   - maximumBytes: The longest text that is accepted, in bytes.
    /// - Throws: ``WireError`` with `.invalidURL` for control characters, a host that cannot be one, a port that is no
    ///   number up to 65535, and a text that is too long.
    ///
    /// Source: RFC 3986 §3 and appendix B.
    public init(_ text: String, maximumBytes: Int = 16_384) throws {
        guard text.utf8.count <= maximumBytes else {
            throw WireError(.invalidURL, "The URL has more than \(maximumBytes) bytes.")
        }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw WireError(.invalidURL, "The URL has a control character. Percent-encode it.")
        }
        try self.init(splitting: text)
    }

    /// Splits a text whose length and control characters are no concern of the caller.
    init(splitting text: String) throws {
        let parts = URLParts(text)
        self.init(scheme: parts.scheme, path: parts.path, query: parts.query, fragment: parts.fragment)
        guard let authority = parts.authority else { return }
        var rest = authority.utf8[...]
        if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
            userinfo = String(Substring(rest[..<at]))
            rest = rest[rest.index(after: at)...]
        }
        (host, port) = try HostSyntax.split(Substring(rest))
    }
}

extension URLReference: Hashable {
    /// Whether both are written with the same bytes.
    public static func == (left: URLReference, right: URLReference) -> Bool {
        left.description.hasSameBytes(as: right.description)
    }

    /// Feeds the bytes of the written form.
    public func hash(into hasher: inout Hasher) {
        for byte in description.utf8 { hasher.combine(byte) }
    }
}

extension URLReference: CustomStringConvertible {
    /// The host and port as a `Host` header names them, or nil where there is no authority.
    public var authority: String? {
        guard let host else { return nil }
        let bracketed = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port.map { "\(bracketed):\($0)" } ?? bracketed
    }

    /// The reference in its written form.
    ///
    /// Where the parts alone would be read back differently, as with a path `//x` and no host, the form that means the
    /// same is written instead: `/.//x`.
    ///
    /// Source: RFC 3986 §5.3; WHATWG URL §4.5.
    public var description: String {
        var result = scheme.map { $0 + ":" } ?? ""
        if let authority {
            result += "//" + (userinfo.map { $0 + "@" } ?? "") + authority
            if !path.isEmpty, path.utf8.first != UInt8(ascii: "/") { result += "/" }
        } else if path.utf8.starts(with: "//".utf8) {
            result += "/."
        } else if scheme == nil, URLParts(path).scheme != nil {
            result += "./"
        }
        result += path
        if let query { result += "?" + query }
        if let fragment { result += "#" + fragment }
        return result
    }
}

/// The five parts into which every text splits, without a judgement on them.
struct URLParts {
    var scheme: String?
    var authority: String?
    var path: String
    var query: String?
    var fragment: String?

    /// Splits a text.
    ///
    /// Source: RFC 3986 appendix B.
    init(_ text: String) {
        var rest = text.utf8[...]
        if let colon = rest.firstIndex(where: { !$0.isSchemeByte }), rest[colon] == UInt8(ascii: ":"),
            rest.first?.isASCIILetter == true
        {
            scheme = String(Substring(rest[..<colon])).asciiLowercased
            rest = rest[rest.index(after: colon)...]
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex { [0x2F, 0x3F, 0x23].contains($0) } ?? rest.endIndex
            authority = String(Substring(rest[..<end]))
            rest = rest[end...]
        }
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = String(Substring(rest[rest.index(after: hash)...]))
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = String(Substring(rest[rest.index(after: mark)...]))
            rest = rest[..<mark]
        }
        path = String(Substring(rest))
    }
}

extension UInt8 {
    /// Whether the byte may stand in the scheme of a URL.
    ///
    /// Source: RFC 3986 §3.1.
    fileprivate var isSchemeByte: Bool {
        isASCIILetter || isASCIIDigit || self == 0x2B || self == 0x2D || self == 0x2E
    }
}
