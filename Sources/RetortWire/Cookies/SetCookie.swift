// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A cookie that a server asks a client to keep.
///
///     var cookie = SetCookie(name: "__Host-session", value: token)
///     cookie.isSecure = true
///     cookie.isHTTPOnly = true
///     cookie.sameSite = .lax
///     try cookie.validate()
///
/// Source: RFC 6265bis.
public struct SetCookie: HeaderValue, Hashable {
    /// With which requests from other sites a cookie is sent.
    public enum SameSite: String, Hashable, Sendable, CaseIterable {
        /// With none.
        case strict = "Strict"
        /// With links that are followed.
        case lax = "Lax"
        /// With all; the cookie must then be secure.
        case none = "None"
    }

    /// The name.
    public var name: String

    /// The value as it stands in the field, perhaps in quotes.
    public internal(set) var encodedValue: String

    /// How long the client shall keep the cookie, in whole seconds.
    ///
    /// Zero or less deletes it.
    public var maxAge: Duration?

    /// Until when the client shall keep the cookie.
    ///
    /// `maxAge` wins over it.
    public var expires: HTTPDate?

    /// The host that the cookie is for, with all its subdomains.
    ///
    /// With nil it is for the host that sends it, alone.
    ///
    /// A port and a leading dot are left out, and a name that is not ASCII is written as punycode.
    public var domain: String?

    /// The path that the cookie is for, with all below it.
    public var path: String?

    /// Whether the cookie is sent over HTTPS only.
    public var isSecure: Bool

    /// Whether scripts of the page cannot read the cookie.
    public var isHTTPOnly: Bool

    /// With which requests from other sites the cookie is sent.
    public var sameSite: SameSite?

    /// Whether each site that embeds the page has a cookie of its own.
    ///
    /// Such a cookie is always written as secure.
    public var isPartitioned: Bool

    /// Creates a cookie.
    ///
    /// - Parameters:
    ///   - name: The name, a token.
    ///   - value: The value. It is put in quotes and escaped where it has bytes that a cookie may not have.
    ///   - maxAge: How long the client shall keep it, in whole seconds. With neither this nor `expires` it goes when
    ///     the browser is closed.
    ///   - expires: Until when the client shall keep it.
    ///   - domain: The host that it is for, with all its subdomains; nil for the host that sends it, alone.
    ///   - path: The path that it is for, with all below it; nil for the folder of the request.
    ///   - isSecure: Whether it is sent over HTTPS only.
    ///   - isHTTPOnly: Whether scripts of the page cannot read it.
    ///   - sameSite: With which requests from other sites it is sent.
    ///   - isPartitioned: Whether each site that embeds the page has a cookie of its own.
    public init(
        name: String, value: String, maxAge: Duration? = nil, expires: HTTPDate? = nil, domain: String? = nil,
        path: String? = "/", isSecure: Bool = false, isHTTPOnly: Bool = false, sameSite: SameSite? = nil,
        isPartitioned: Bool = false
    ) {
        self.name = name
        self.encodedValue = CookieText.encoded(value)
        self.maxAge = maxAge
        self.expires = expires
        self.domain = domain
        self.path = path
        self.isSecure = isSecure
        self.isHTTPOnly = isHTTPOnly
        self.sameSite = sameSite
        self.isPartitioned = isPartitioned
    }

    /// A cookie that makes the client forget one.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - domain: The same as when it was set.
    ///   - path: The same as when it was set.
    ///   - isSecure: The same as when it was set; names that begin with `__Secure-` or `__Host-` need it.
    ///   - isPartitioned: The same as when it was set.
    /// - Returns: A cookie without a value that has expired long ago.
    public static func deletion(
        of name: String, domain: String? = nil, path: String? = "/", isSecure: Bool = false,
        isPartitioned: Bool = false
    ) -> SetCookie {
        SetCookie(
            name: name, value: "", maxAge: .zero, expires: .epoch, domain: domain, path: path, isSecure: isSecure,
            isPartitioned: isPartitioned)
    }

    /// The value without quotes and escapes.
    public var value: String {
        get { CookieText.decoded(FieldSlice(encodedValue.utf8)) }
        set { encodedValue = CookieText.encoded(newValue) }
    }

    /// The number of bytes past which browsers may drop a cookie without a word.
    public static let safeSize = 4093

    /// The number of bytes of the whole field.
    public var size: Int { headerValue.utf8.count }

    /// Whether browsers may drop the cookie because it is too large.
    public var isTooLarge: Bool { size > Self.safeSize }
}
