// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortServer
public import RetortWire

extension Response {
    /// Asks the client to keep a cookie.
    ///
    /// A cookie of the same name, domain and path that was set before is replaced.
    ///
    /// Browsers drop a cookie that breaks the rules without a word; `cookie.validate()` says what is wrong.
    ///
    /// - Parameter cookie: The cookie.
    ///
    /// Source: RFC 6265bis §4.1.
    public mutating func setCookie(_ cookie: SetCookie) {
        if fields[.setCookie] != nil {
            let others = fields[fields: .setCookie].filter { field in
                guard let other = SetCookie(headerValue: field.value) else { return true }
                return
                    !(other.name.hasSameBytes(as: cookie.name) && other.domain == cookie.domain
                    && other.path == cookie.path)
            }
            fields[fields: .setCookie] = others
        }
        fields.append(HTTPField(name: .setCookie, value: cookie.headerValue))
    }

    /// Asks the client to keep a cookie for the whole site, out of the reach of scripts.
    ///
    /// - Parameters:
    ///   - name: The name, a token.
    ///   - value: The value; it is quoted where it has to be.
    ///   - maxAge: How long the client keeps it, in whole seconds; nil until the browser is closed.
    ///   - domain: The host that it is for, with all its subdomains; nil for the host that answers, alone.
    ///   - path: The path that it is for, with all below it.
    ///   - isSecure: Whether it is sent over HTTPS only.
    ///   - isHTTPOnly: Whether scripts of the page cannot read it.
    ///   - sameSite: With which requests from other sites it is sent.
    ///   - isPartitioned: Whether each site that embeds the page has a cookie of its own.
    public mutating func setCookie(
        _ name: String, _ value: String, maxAge: Duration? = nil, domain: String? = nil, path: String = "/",
        isSecure: Bool = false, isHTTPOnly: Bool = true, sameSite: SetCookie.SameSite? = .lax,
        isPartitioned: Bool = false
    ) {
        setCookie(
            SetCookie(
                name: name, value: value, maxAge: maxAge, domain: domain, path: path, isSecure: isSecure,
                isHTTPOnly: isHTTPOnly, sameSite: sameSite, isPartitioned: isPartitioned))
    }

    /// Asks the client to forget a cookie.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - domain: The same as when it was set.
    ///   - path: The same as when it was set.
    ///   - isSecure: The same as when it was set; names that begin with `__Secure-` or `__Host-` need it.
    ///   - isPartitioned: The same as when it was set.
    public mutating func deleteCookie(
        _ name: String, domain: String? = nil, path: String = "/", isSecure: Bool = false, isPartitioned: Bool = false
    ) {
        setCookie(
            .deletion(of: name, domain: domain, path: path, isSecure: isSecure, isPartitioned: isPartitioned))
    }
}
