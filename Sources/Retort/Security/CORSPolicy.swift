// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// Which pages of other origins may use an app from their scripts.
///
///     app.use(.cors(CORSPolicy(origins: .only(["https://app.example.com"]), allowsCredentials: true)))
///
/// Source: Fetch Standard §3.2.
public struct CORSPolicy: Sendable {
    /// The pages that are let in.
    public enum Origins: Sendable {
        /// All pages of the web.
        case any

        /// Pages of these origins, such as `https://example.com`, or `https://*.example.com` for all subdomains.
        case only([String])

        /// Pages of origins that a function accepts. It gets the origin as the browser sent it.
        case matching(@Sendable (String) -> Bool)
    }

    /// The headers that pages may send.
    public enum RequestHeaders: Sendable {
        /// Whatever the page asks for.
        case any

        /// These.
        case only([String])
    }

    /// The pages that are let in.
    public var origins: Origins

    /// The methods that pages may use.
    public var methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]

    /// The headers that pages may send beside those that need no permission.
    public var requestHeaders = RequestHeaders.only(["Authorization", "Content-Type"])

    /// The headers of answers that pages may read beside those that need no permission.
    public var exposedHeaders: [String] = []

    /// Whether requests of these pages carry cookies and other credentials.
    public var allowsCredentials: Bool

    /// How long a browser may remember the permission; nil leaves that to the browser.
    public var maxAge: Duration? = .seconds(600)

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - origins: The pages that are let in.
    ///   - allowsCredentials: Whether their requests carry cookies. All pages of the web with credentials are refused
    ///     when the app starts: every site could then act for its visitors.
    public init(origins: Origins = .any, allowsCredentials: Bool = false) {
        self.origins = origins
        self.allowsCredentials = allowsCredentials
    }
}
