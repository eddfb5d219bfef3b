// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension SetCookie {
    /// The cookie as the text of the header field.
    ///
    /// The text is safe whatever the parts hold: bytes that would begin another attribute are left out of the name and
    /// percent-encoded in the path. ``validate()`` says what is wrong with a cookie.
    public var headerValue: String {
        var result = Self.safeName(name) + "=" + HeaderText.printable(encodedValue)
        if let domain, let ascii = CookieDomain.ascii(domain), !ascii.isEmpty { result += "; Domain=" + ascii }
        if let expires { result += "; Expires=" + expires.headerValue }
        if let maxAge { result += "; Max-Age=" + DeltaSeconds.print(maxAge) }
        if isSecure || isPartitioned { result += "; Secure" }
        if isHTTPOnly { result += "; HttpOnly" }
        if let path { result += "; Path=" + PercentCoding.encode(path.utf8, safe: "%!$&'()*+,/:=@") }
        if let sameSite { result += "; SameSite=" + sameSite.rawValue }
        if isPartitioned { result += "; Partitioned" }
        return result
    }

    /// Checks the rules that a browser would enforce by dropping the cookie without a word.
    ///
    /// - Throws: ``WireError`` with `.invalidCookie` for a name that is no token, a domain that is no host name, a
    ///   `SameSite=None` that is not secure, and names beginning with `__Secure-` or `__Host-` without what they
    ///   promise. A cookie that is too large is no error: see ``isTooLarge``.
    ///
    /// Source: RFC 6265bis §4.1.
    public func validate() throws {
        let isSecure = isSecure || isPartitioned
        try Self.require(
            !name.utf8.isEmpty && name.utf8.allSatisfy(\.isTokenByte),
            "The cookie name '\(name)' is not a token; use letters, digits and -_. only.")
        if let domain {
            let ascii = CookieDomain.ascii(domain)
            try Self.require(
                ascii.map { CookieDomain.isHostName($0) } ?? false, "The cookie domain '\(domain)' is not a host name.")
        }
        try Self.require(
            sameSite != SameSite.none || isSecure,
            "The cookie '\(name)' has SameSite=None and is not secure; browsers drop it. Set isSecure.")
        let prefix = name.asciiLowercased
        if prefix.utf8.starts(with: "__secure-".utf8) || prefix.utf8.starts(with: "__host-".utf8) {
            try Self.require(
                isSecure, "The cookie '\(name)' is not secure, which its name promises; browsers drop it. Set isSecure."
            )
        }
        if prefix.utf8.starts(with: "__host-".utf8) {
            try Self.require(
                domain == nil && path == "/",
                "The cookie '\(name)' has a domain or a path other than '/', which its name rules out.")
        }
    }

    private static func require(_ condition: Bool, _ message: String) throws {
        guard condition else { throw WireError(.invalidCookie, message, status: 500) }
    }

    /// The name without the bytes that would end it.
    static func safeName(_ name: String) -> String {
        let isSafe: (UInt8) -> Bool = { $0 > 0x20 && $0 != 0x7F && $0 != 0x3B && $0 != 0x3D }
        return name.utf8.allSatisfy(isSafe) ? name : String(decoding: name.utf8.filter(isSafe), as: UTF8.self)
    }
}

extension WireError.Code {
    /// A cookie breaks a rule for which browsers drop it.
    public static let invalidCookie = WireError.Code("invalid-cookie")
}
