// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortServer
import RetortWire

/// Sends the client to another URL.
///
///     app.post("/posts") { (draft: Form<Draft>) in
///         Redirect(to: post, try await posts.add(draft.value))      // 303, so that the browser asks with GET
///     }
///
/// Only `http`, `https` and relative URLs are taken, of at most 16,384 bytes and without control characters.
public struct Redirect: ResponseConvertible {
    private enum Target: Sendable {
        case url(String)
        case failure(BuildError)
        case name(RouteName, RouteValues, anchor: String?)
        case back(fallback: String)
    }

    private let target: Target

    /// The status, such as `.seeOther`.
    public var status: HTTPResponse.Status

    private init(_ target: Target, _ status: HTTPResponse.Status) {
        self.target = target
        self.status = status
    }

    /// Redirects to a URL that the app knows to be good.
    ///
    /// For one that comes from outside, such as `?next=`, see ``safe(_:else:status:allowedHosts:)``.
    ///
    /// - Parameters:
    ///   - url: The URL, or a path. Characters outside ASCII are percent-encoded.
    ///   - status: The status; 303 makes the client ask with GET, 307 and 308 keep the method.
    public init(_ url: String, status: HTTPResponse.Status = .seeOther) { self.init(.url(url), status) }

    /// Redirects for good, so that clients and search engines take the new URL: 308.
    ///
    /// - Parameter url: The URL, or a path.
    /// - Returns: The redirect.
    public static func permanent(_ url: String) -> Redirect { Redirect(url, status: .permanentRedirect) }

    /// Redirects to a typed route.
    ///
    /// - Parameters:
    ///   - route: The route.
    ///   - values: One for each variable from left to right.
    ///   - status: The status.
    public init<each Value: PathValue>(
        to route: Route<repeat each Value>, _ values: repeat each Value, status: HTTPResponse.Status = .seeOther
    ) {
        do {
            self.init(.url(try route.url(repeat each values)), status)
        } catch let error as BuildError {
            self.init(.failure(error), status)
        } catch {
            self.init(.failure(BuildError(.unfitValue, "The URL of \(route) cannot be written.")), status)
        }
    }

    /// Redirects to a named route.
    ///
    /// - Parameters:
    ///   - name: The name; `.show` means `show` in the current blueprint.
    ///   - values: The values of the variables; others go to the query.
    ///   - anchor: The fragment behind the `#`.
    ///   - status: The status.
    public init(
        name: RouteName, _ values: RouteValues = [:], anchor: String? = nil,
        status: HTTPResponse.Status = .seeOther
    ) {
        self.init(.name(name, values, anchor: anchor), status)
    }

    /// Redirects to the page that the client comes from, where that is one of the same host.
    ///
    /// - Parameters:
    ///   - fallback: Where to go without such a page.
    ///   - status: The status.
    /// - Returns: The redirect.
    public static func back(else fallback: String = "/", status: HTTPResponse.Status = .seeOther) -> Redirect {
        Redirect(.back(fallback: fallback), status)
    }

    /// Redirects to a URL that came from outside, where it does not lead to another host.
    ///
    ///     app.post("/login") { (query: Query<Next>) in Redirect.safe(query.next, else: "/") }
    ///
    /// - Parameters:
    ///   - url: The URL from outside, or nil.
    ///   - fallback: Where to go without a URL, or with one that is not safe.
    ///   - status: The status.
    ///   - allowedHosts: Other hosts that are safe.
    /// - Returns: The redirect.
    public static func safe(
        _ url: String?, else fallback: String = "/", status: HTTPResponse.Status = .seeOther,
        allowedHosts: some Collection<String> = [String]()
    ) -> Redirect {
        guard let url, !url.isEmpty, isSafeRedirect(to: url, allowedHosts: allowedHosts) else {
            return Redirect(fallback, status: status)
        }
        return Redirect(url, status: status)
    }

    /// Makes the response, with a link in its body for clients that do not follow by themselves.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: ``HTTPError`` with status 400 for a URL that a redirect must not name, ``BuildError`` for a route whose
    ///   URL cannot be written.
    public func response(to request: Request) throws -> Response {
        let location = try Self.checked(try url(request))
        var response = Response(status: status, headers: [.location: location])
        guard request.acceptsHTML else { return response }
        let link = ErrorPage.escaped(location)
        response.contentType = "text/html; charset=utf-8"
        response.body = .text(
            """
            <!doctype html>
            <html lang="en">
            <title>Redirecting</title>
            <p>This page has moved to <a href="\(link)">\(link)</a>.</p>
            </html>

            """)
        return response
    }

    private func url(_ request: Request) throws -> String {
        switch target {
        case .url(let url): return url
        case .failure(let error): throw error
        case .name(let name, let values, let anchor): return try request.url(for: name, values, anchor: anchor)
        case .back(let fallback):
            guard let page = request.header(HTTPField.Name.referer),
                isSafeRedirect(to: page, allowedHosts: [request.origin.host].filter { !$0.isEmpty })
            else { return fallback }
            return page
        }
    }

    private static let mostBytes = 16_384

    /// The URL in ASCII, if a client may be sent there.
    private static func checked(_ url: String) throws -> String {
        guard !url.isEmpty, url.utf8.count <= mostBytes else { throw refusal("is empty or too long") }
        guard !url.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw refusal("holds control characters")
        }
        guard let uri = try? IRI.toURI(url), uri.utf8.count <= mostBytes else {
            throw refusal("is malformed or too long")
        }
        if let scheme = (try? URLReference(uri))?.scheme,
            !["http", "https"].contains(where: { scheme.equalsIgnoringASCIICase($0) })
        {
            throw refusal("has a scheme that is neither http nor https")
        }
        return uri
    }

    private static func refusal(_ reason: String) -> HTTPError {
        HTTPError(.badRequest, "The redirect was refused, because its URL \(reason).", code: "unsafe-redirect")
    }
}

extension HTTPField.Name {
    /// The page that led to the request.
    static let referer = HTTPField.Name("Referer") ?? .location
}

extension Request {
    /// Whether the client names HTML among what it takes, as browsers do.
    var acceptsHTML: Bool {
        guard let accept = header(.accept) else { return false }
        return AcceptedMediaTypes(headerValue: accept).best(of: ["application/json", "text/html"]) == "text/html"
    }
}
