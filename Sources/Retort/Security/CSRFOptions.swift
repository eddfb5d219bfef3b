// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// How requests from other sites are told from those of the app's own pages.
public struct CSRFOptions: Sendable {
    /// The name of the secret in the session.
    static let sessionName = "_csrf"

    /// The form field in which pages send the token.
    public var fieldName = "csrf_token"

    /// The header in which scripts send the token.
    public var headerName: HTTPField.Name

    /// Other origins whose pages may send requests, such as `https://example.com` or `https://*.example.com`.
    ///
    /// Their requests still need a token.
    public var trustedOrigins: [String] = []

    /// Whether a token is needed even where the browser says that the request comes from a page of the same origin.
    public var alwaysRequiresToken = false

    /// The name of the cookie where there are no sessions.
    ///
    /// Over HTTPS it gets the prefix `__Host-`, which keeps subdomains from setting it.
    public var cookieName = "csrf"

    /// The most bytes of a form with files in which the token is looked for.
    ///
    /// It should be one of the first fields.
    public var searchedBytes = 1 << 20

    /// Creates the default options.
    public init() { headerName = HTTPField.Name("X-CSRF-Token") ?? .date }
}
