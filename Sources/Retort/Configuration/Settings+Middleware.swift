// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

extension Settings {
    /// Routes behind the middlewares that the settings ask for: what is set from outside must not wait for code.
    ///
    /// An app may add the same middlewares itself; asking twice gives the same answer.
    func guarding(_ routes: Routes) -> Routes {
        var routes = routes
        if !trustedHosts.isEmpty { routes.middleware.insert(.trustedHosts(trustedHosts), at: 0) }
        if proxies != .init(for: 0, proto: 0) { routes.middleware.insert(TrustedProxiesMiddleware(proxies), at: 0) }
        return routes
    }
}

extension Middleware where Self == SessionMiddleware {
    /// Sessions in a cookie, with the secret, the cookie and the lifetime of the settings.
    ///
    ///     app.use(.sessions(try app.readSettings()))
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - format: How the session is written.
    /// - Returns: The middleware. Without a secret key the app does not start.
    public static func sessions(_ settings: Settings, format: SessionFormat = .encrypted) -> SessionMiddleware {
        guard let secret = settings.secretKey else {
            let missing = SetupError(
                "Sessions need a secret key. Set RETORT_SECRET_KEY in the environment or in .env to a long random text."
            )
            return SessionMiddleware(.failure(missing), settings.session, .system)
        }
        return .sessions(
            secret: secret.text, fallbacks: settings.secretKeyFallbacks.map(\.text), format: format,
            options: settings.session)
    }
}

extension App {
    /// The settings as the configuration leaves them, for code that sets the app up.
    ///
    /// - Returns: What ``settings`` says, and over it what the configuration says.
    /// - Throws: ``ConfigurationError`` with a sentence for each bad value.
    public func readSettings() throws -> Settings { try configured().app.settings }
}
