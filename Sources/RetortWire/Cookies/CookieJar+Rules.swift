// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension CookieJar {
    /// The greatest time that a cookie is kept: 400 days.
    static let greatestAge: Int64 = 400 * 86_400

    /// The cookie with its domain, path and end worked out, or nil where it has to be refused.
    ///
    /// Source: RFC 6265bis §5.7.
    func accepted(_ setCookie: SetCookie, from target: Target, now: HTTPDate) -> Cookie? {
        guard !Self.breaksPrefix(setCookie, target: target) else { return nil }
        let isSecure = setCookie.isSecure
        guard target.isSecure || !isSecure, isSecure || setCookie.sameSite != SetCookie.SameSite.none,
            isSecure || !setCookie.isPartitioned, let (domain, isHostOnly) = Self.domain(of: setCookie, target: target)
        else { return nil }
        let cookie = Cookie(
            setCookie: setCookie, domain: domain, isHostOnly: isHostOnly,
            path: setCookie.path ?? CookieDomain.defaultPath(target.path),
            expires: Self.expiry(of: setCookie, now: now), creation: 0)
        return target.isSecure || !hidesSecureCookie(cookie) ? cookie : nil
    }

    /// The host that a cookie is for, and whether for it alone; nil where the other side may not set it.
    private static func domain(of setCookie: SetCookie, target: Target) -> (String, isHostOnly: Bool)? {
        guard let given = setCookie.domain else { return (target.host, true) }
        guard let domain = CookieDomain.ascii(given)?.asciiLowercased, !domain.isEmpty else { return nil }
        // Without a list of public suffixes: a name of one label is one, unless it is the host itself.
        if !domain.utf8.contains(UInt8(ascii: ".")) {
            return domain.hasSameBytes(as: target.host) ? (target.host, true) : nil
        }
        return CookieDomain.matches(host: target.host, domain: domain) ? (domain, false) : nil
    }

    private static func expiry(of setCookie: SetCookie, now: HTTPDate) -> HTTPDate? {
        let latest = now.secondsSince1970 + greatestAge
        if let maxAge = setCookie.maxAge {
            let seconds = min(maxAge.components.seconds, greatestAge)
            return seconds <= 0 ? .epoch : HTTPDate(secondsSince1970: now.secondsSince1970 + seconds)
        }
        return setCookie.expires.map { HTTPDate(secondsSince1970: min($0.secondsSince1970, latest)) }
    }

    /// Whether the name promises what the cookie does not keep.
    private static func breaksPrefix(_ setCookie: SetCookie, target: Target) -> Bool {
        // A cookie without a name is sent as its value alone, which a server would take for a name.
        let text = (setCookie.name.isEmpty ? setCookie.encodedValue : setCookie.name).asciiLowercased.utf8
        let isHost = text.starts(with: "__host-".utf8)
        guard isHost || text.starts(with: "__secure-".utf8) else { return false }
        if setCookie.name.isEmpty || !setCookie.isSecure { return true }
        return isHost && (setCookie.domain != nil || setCookie.path != "/")
    }

    /// Whether a cookie over a readable connection would stand before a secure one of the same name.
    private func hidesSecureCookie(_ cookie: Cookie) -> Bool {
        cookies.contains { old in
            old.setCookie.isSecure && old.name.hasSameBytes(as: cookie.name)
                && (CookieDomain.matches(host: old.domain, domain: cookie.domain)
                    || CookieDomain.matches(host: cookie.domain, domain: old.domain))
                && CookieDomain.pathMatches(request: cookie.path, cookie: old.path)
        }
    }
}

extension CookieJar.Cookie {
    func created(at creation: Int) -> CookieJar.Cookie {
        CookieJar.Cookie(
            setCookie: setCookie, domain: domain, isHostOnly: isHostOnly, path: path, expires: expires,
            creation: creation)
    }
}
