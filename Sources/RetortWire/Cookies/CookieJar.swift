// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The cookies of a client, such as one that tests an application.
///
/// Source: RFC 6265bis §5.7, §5.8.
public struct CookieJar: Sendable {
    /// Where a request goes.
    public struct Target: Hashable, Sendable {
        /// The name of the host in lower case, without a port.
        public var host: String

        /// The path without the query; the empty one is `/`.
        public var path: String

        /// Whether nobody on the way can read the request: HTTPS, or a host that is this machine.
        public var isSecure: Bool

        /// Creates a target.
        ///
        /// - Parameters:
        ///   - host: The name of the host, without a port.
        ///   - path: The path without the query.
        ///   - isSecure: Whether nobody on the way can read the request.
        public init(host: String, path: String = "/", isSecure: Bool = false) {
            self.host = host.asciiLowercased
            self.path = path.utf8.first == UInt8(ascii: "/") ? path : "/"
            self.isSecure = isSecure
        }
    }

    /// A cookie that is kept.
    public struct Cookie: Hashable, Sendable {
        /// The cookie as it came, with its domain and path filled in.
        public let setCookie: SetCookie

        /// The host that it is for.
        public let domain: String

        /// Whether it is for that host alone, without subdomains.
        public let isHostOnly: Bool

        /// The path that it is for, with all below it.
        public let path: String

        /// When it goes; nil when the client is closed.
        public let expires: HTTPDate?

        /// The name.
        public var name: String { setCookie.name }

        /// The value without quotes and escapes.
        public var value: String { setCookie.value }

        /// Cookies are ordered by the time of their creation, which a replacement keeps.
        let creation: Int

        func isSameAs(_ other: Cookie) -> Bool {
            name.hasSameBytes(as: other.name) && domain.hasSameBytes(as: other.domain)
                && path.hasSameBytes(as: other.path) && isHostOnly == other.isHostOnly
        }
    }

    /// The cookies in the order in which they were first set.
    ///
    /// Some may have expired since.
    public private(set) var cookies: [Cookie] = []

    /// The greatest number of cookies; the oldest makes room.
    public var limit: Int

    private var nextCreation = 0

    /// Creates an empty jar.
    ///
    /// - Parameter limit: The greatest number of cookies.
    public init(limit: Int = 3000) { self.limit = max(1, limit) }

    /// Keeps a cookie of a response, or forgets one, as a browser would.
    ///
    /// - Parameters:
    ///   - headerValue: One `Set-Cookie` field.
    ///   - target: Where the request went.
    ///   - now: The current time.
    /// - Returns: Whether the cookie was accepted. One that deletes another is.
    @discardableResult
    public mutating func store(_ headerValue: String, from target: Target, now: HTTPDate) -> Bool {
        guard let cookie = SetCookie(headerValue: headerValue) else { return false }
        return store(cookie, from: target, now: now)
    }

    /// Keeps a cookie, or forgets one, as a browser would.
    ///
    /// Refused are cookies for other hosts and for whole top-level domains, secure ones over a connection that is not,
    /// and those that break the rule of their name's prefix.
    ///
    /// - Parameters:
    ///   - setCookie: The cookie.
    ///   - target: Where the request went.
    ///   - now: The current time.
    /// - Returns: Whether the cookie was accepted. One that deletes another is.
    @discardableResult
    public mutating func store(_ setCookie: SetCookie, from target: Target, now: HTTPDate) -> Bool {
        guard let cookie = accepted(setCookie, from: target, now: now) else { return false }
        cookies.removeAll { $0.expires.map { $0 <= now } ?? false }
        let place = cookies.firstIndex { $0.isSameAs(cookie) }
        if let expires = cookie.expires, expires <= now {
            if let place { cookies.remove(at: place) }
        } else if let place {
            cookies[place] = cookie.created(at: cookies[place].creation)
        } else {
            if cookies.count >= limit { cookies.removeFirst() }
            cookies.append(cookie.created(at: nextCreation))
            nextCreation += 1
        }
        return true
    }

    /// The cookies for a request, those with longer paths first and older ones before younger ones.
    ///
    /// - Parameters:
    ///   - target: Where the request goes.
    ///   - now: The current time.
    /// - Returns: The cookies.
    public func cookies(for target: Target, now: HTTPDate) -> [Cookie] {
        cookies.filter { cookie in
            let isHost =
                cookie.isHostOnly
                ? cookie.domain.hasSameBytes(as: target.host)
                : CookieDomain.matches(host: target.host, domain: cookie.domain)
            return isHost && CookieDomain.pathMatches(request: target.path, cookie: cookie.path)
                && (!cookie.setCookie.isSecure || target.isSecure) && cookie.expires.map { $0 > now } ?? true
        }.sorted { left, right in
            let (first, second) = (left.path.utf8.count, right.path.utf8.count)
            return first == second ? left.creation < right.creation : first > second
        }
    }

    /// The text of the `Cookie` field for a request, or nil where there is no cookie for it.
    ///
    /// - Parameters:
    ///   - target: Where the request goes.
    ///   - now: The current time.
    /// - Returns: Names and values as they came.
    public func headerValue(for target: Target, now: HTTPDate) -> String? {
        let pairs = cookies(for: target, now: now).map { cookie in
            cookie.name.isEmpty ? cookie.setCookie.encodedValue : cookie.name + "=" + cookie.setCookie.encodedValue
        }
        return pairs.isEmpty ? nil : pairs.joined(separator: "; ")
    }

    /// Forgets all cookies.
    public mutating func removeAll() { cookies = [] }

    /// Forgets the cookies of a name.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - domain: The host that they are for; nil for all.
    public mutating func remove(_ name: String, domain: String? = nil) {
        cookies.removeAll { cookie in
            cookie.name.hasSameBytes(as: name) && domain.map { cookie.domain.equalsIgnoringASCIICase($0) } ?? true
        }
    }
}
