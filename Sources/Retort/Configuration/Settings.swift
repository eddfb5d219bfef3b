// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import RetortServer
public import RetortWire

/// Retort's own settings, with safe defaults.
///
/// An app may set them in code. What its configuration says counts more: see ``AppConfiguration``. The command
/// `config` lists every key with its value and where that came from.
public struct Settings: Sendable {
    /// How the app listens, and its limits.
    public var server = ServerConfiguration()

    /// Whether answers to failures may tell how the app works inside, and slow handlers are named.
    public var isDebug = false

    /// The least important level that is logged; nil for what the logger itself says.
    public var logLevel: Logger.Level?

    /// The domain that subdomains belong to, such as `example.com`; nil where no route names a subdomain.
    public var serverName: String?

    /// The secret that signs and seals cookies and tokens: 32 random bytes or more, as text.
    public var secretKey: Secret?

    /// Secrets that ``secretKey`` has replaced, oldest first.
    ///
    /// What they signed is still believed.
    public var secretKeyFallbacks: [Secret] = []

    /// The hosts that the app answers for, such as `example.com`, or `.example.com` with all below it; all where none is
    /// listed.
    public var trustedHosts: [String] = []

    /// How many proxies stand in front of the app and which headers they set; none by default.
    public var proxies = TrustedProxies(for: 0, proto: 0)

    /// The cookie that holds a session, and its lifetime, for `.sessions(settings)`.
    public var session = SessionOptions()

    /// How much of a form is read.
    public var forms = FormLimits()

    /// How long browsers may keep static files without asking again; nil to ask each time.
    public var staticMaxAge: Duration?

    /// Creates the default settings.
    public init() {}

    /// All secrets together; nil without ``secretKey``.
    public var secretKeys: SecretKeys? {
        secretKey.map { SecretKeys($0.text, fallbacks: secretKeyFallbacks.map(\.text)) }
    }
}
