// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// How the cookie of a session is written, and how long a session lives.
public struct SessionOptions: Sendable {
    /// The name of the cookie.
    public var cookieName = "session"

    /// The host that the cookie is for, with all its subdomains; nil for the host that answers, alone.
    public var domain: String?

    /// The path that the cookie is for, with all below it.
    public var path = "/"

    /// Whether scripts of the page cannot read the cookie.
    public var isHTTPOnly = true

    /// Whether the cookie is sent over HTTPS only.
    public var security = CookieSecurity.automatic

    /// With which requests from other sites the cookie is sent.
    public var sameSite: SetCookie.SameSite? = .lax

    /// Whether each site that embeds the page has a session of its own.
    public var isPartitioned = false

    /// How long a session is good after it was written.
    ///
    /// A permanent session also keeps its cookie for so long.
    public var lifetime: Duration = .seconds(31 * 86_400)

    /// Whether a permanent session begins its lifetime again with each request that looks at it.
    public var refreshesEachRequest = true

    /// Creates the default options.
    public init() {}
}

/// Whether a cookie is sent over HTTPS only.
public enum CookieSecurity: Hashable, Sendable {
    /// Where the request came over HTTPS. Behind a proxy that needs `.trustedProxies()`.
    case automatic

    /// Always.
    case always

    /// Never. Anybody on the way can read the cookie.
    case never

    /// The decision for one request.
    func isSecure(_ request: Request) -> Bool {
        switch self {
        case .automatic: request.origin.isSecure
        case .always: true
        case .never: false
        }
    }
}

/// How a session is written into its cookie.
public enum SessionFormat: Hashable, Sendable {
    /// Sealed: visitors can neither read nor change it.
    case encrypted

    /// Signed and readable, byte for byte as Flask writes it, so that both can share their visitors' sessions.
    case flaskCompatible
}

extension SessionOptions {
    /// The cookie of a session.
    func cookie(_ value: String, isPermanent: Bool, isSecure: Bool, now: Int64) -> SetCookie {
        var cookie = SetCookie(
            name: cookieName, value: value, domain: domain, path: path, isSecure: isSecure,
            isHTTPOnly: isHTTPOnly, sameSite: sameSite, isPartitioned: isPartitioned)
        if isPermanent {
            let (end, overflow) = now.addingReportingOverflow(lifetime.components.seconds)
            cookie.maxAge = lifetime
            cookie.expires = HTTPDate(secondsSince1970: overflow ? .max : end)
        }
        return cookie
    }

    /// What makes the client forget the session.
    func deletion(isSecure: Bool) -> SetCookie {
        var cookie = SetCookie.deletion(
            of: cookieName, domain: domain, path: path, isSecure: isSecure, isPartitioned: isPartitioned)
        cookie.isHTTPOnly = isHTTPOnly
        cookie.sameSite = sameSite
        return cookie
    }

    /// Finds what browsers would punish by dropping the cookie.
    func check() throws {
        let cookie = SetCookie(
            name: cookieName, value: "", domain: domain, path: path, isSecure: security != .never,
            sameSite: sameSite, isPartitioned: isPartitioned)
        do {
            try cookie.validate()
        } catch let error as WireError {
            throw SetupError("The options of .sessions() cannot work. \(error.message)")
        }
        guard lifetime > .zero else {
            throw SetupError("The lifetime of sessions is not positive. Set SessionOptions.lifetime to some seconds.")
        }
    }
}
