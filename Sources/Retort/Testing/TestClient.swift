// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire
import Synchronization

/// A client that tests an app: in the same process, or with a server on a real port.
///
///     let client = try TestClient(app)
///     let response = try await client.get("/posts/1")
///     #expect(response.status == .ok)
///
/// The transport is one argument, so that a test can run over both:
///
///     @Test(arguments: TestClient.Transport.allCases)
///     func greets(_ transport: TestClient.Transport) async throws {
///         try await TestClient.run(app, over: transport) { client in
///             let response = try await client.get("/")
///             #expect(response.text == "Hello, World!")
///         }
///     }
///
/// Cookies are kept as a browser keeps them. Copies of a client share them and the server; ``newVisitor()`` does not
/// share the cookies. Every exchange has a deadline.
public struct TestClient: Sendable {
    /// How requests come to the app.
    public enum Transport: String, Sendable, CaseIterable {
        /// The app is called directly. The text of each request passes the parser and the limits of the server.
        case inProcess

        /// A server listens on a free port of this machine, and requests come over connections that are kept open.
        case socket
    }

    /// The address that paths belong to, `http://localhost` or the app's server name unless told.
    ///
    /// Whatever host it names, the app that is tested gets the requests. A path in it is put in front of every path.
    public var baseURL: URLReference

    /// Headers of every request; those of a single request take their place.
    public var headers = HTTPFields()

    /// The credentials of every request; nil for none.
    public var auth: Authorization?

    /// Whether redirects are followed where a request does not say.
    public var followsRedirects = false

    /// Whether cookies are kept and sent.
    public var usesCookies = true

    /// The longest time of an exchange, and of the wait for each piece of a stream.
    ///
    /// The default is 30 seconds.
    public var deadline: Duration = .seconds(30)

    /// The most bytes of an answer that is read as a whole.
    ///
    /// The default is 64 MiB.
    public var responseLimit = 64 * 1_024 * 1_024

    /// The most redirects that are followed for one request.
    ///
    /// The default is 20.
    public var redirectLimit = 20

    /// How requests come to the app.
    public let transport: Transport

    let backend: TestBackend
    private var jar = SharedCookies()

    /// Creates a client of an app.
    ///
    /// A server starts with the first request that needs it, and stops with ``stop()`` or when no copy of the client is
    /// left. ``run(_:over:baseURL:_:)`` stops it at the end of a closure.
    ///
    /// - Parameters:
    ///   - app: The app. What is changed in it afterwards does not count.
    ///   - transport: How requests come to the app.
    ///   - baseURL: The address that paths belong to; nil for `http://` and the app's server name or `localhost`.
    /// - Throws: ``RoutingError`` when the app contradicts itself; `WireError` when the base is no URL.
    public init(_ app: App, over transport: Transport = .inProcess, baseURL: String? = nil) throws {
        self.transport = transport
        self.baseURL = try URLReference(baseURL ?? "http://\(app.serverName ?? "localhost")")
        guard self.baseURL.host?.isEmpty == false, ["http", "https"].contains(self.baseURL.scheme) else {
            throw TestClientError(.badRequest, "\"\(baseURL ?? "")\" is no base: write it like http://localhost.")
        }
        backend = try TestBackend(app)
    }

    /// Creates a client, uses it, and stops its server.
    ///
    /// - Parameters:
    ///   - app: The app.
    ///   - transport: How requests come to the app.
    ///   - baseURL: The address that paths belong to; nil for `http://` and the app's server name or `localhost`.
    ///   - body: Uses the client.
    /// - Returns: What the closure returns.
    /// - Throws: ``RoutingError`` when the app contradicts itself, and what the closure throws.
    @discardableResult
    public static func run<Result>(
        _ app: App, over transport: Transport = .inProcess, baseURL: String? = nil,
        _ body: (TestClient) async throws -> Result
    ) async throws -> Result {
        let client = try TestClient(app, over: transport, baseURL: baseURL)
        do {
            let result = try await body(client)
            await client.stop()
            return result
        } catch {
            await client.stop()
            throw error
        }
    }

    /// Closes the connections and stops the server, if there is one.
    ///
    /// Copies of the client are stopped with it.
    ///
    /// It takes no longer than requests at work need, and 10 seconds at most.
    public func stop() async { await backend.stop() }

    // MARK: Cookies

    /// The cookies, to look at and to change.
    public var cookies: CookieJar {
        get { jar.value.withLock { $0 } }
        nonmutating set { jar.value.withLock { $0 = newValue } }
    }

    /// The value of the cookie that a request for a path would carry.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - path: The path, or a URL with a host of its own.
    /// - Returns: The value without quotes and escapes, or nil when no such cookie would be sent.
    public func cookie(_ name: String, for path: String = "/") -> String? {
        guard let url = try? RequestTarget.url(path, query: [:], base: baseURL) else { return nil }
        return cookies.cookies(for: target(url), now: .now).first { $0.name.hasSameBytes(as: name) }?.value
    }

    /// Keeps a cookie as if the app had set it.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - value: The value.
    ///   - domain: The host that it is for, with its subdomains; nil for the host of the base alone.
    ///   - path: The path that it is for, with all below it.
    /// - Throws: ``TestClientError`` when a browser would refuse it.
    public func setCookie(_ name: String, _ value: String, domain: String? = nil, path: String = "/") throws {
        try keep(SetCookie(name: name, value: value, domain: domain, path: path))
    }

    /// Keeps a cookie as if an answer had brought it.
    func keep(_ cookie: SetCookie) throws {
        let isKept = jar.value.withLock { $0.store(cookie, from: target(baseURL), now: .now) }
        guard isKept else {
            throw TestClientError(.badRequest, "The cookie \(cookie.name) is not for \(baseURL), or cannot be written.")
        }
    }

    /// Forgets a cookie.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - domain: The host that it is for; nil for all.
    public func removeCookie(_ name: String, domain: String? = nil) {
        jar.value.withLock { $0.remove(name, domain: domain) }
    }

    func target(_ url: URLReference) -> CookieJar.Target {
        TestRequest(method: .get, url: url, headers: [:]).target
    }

    func keepCookies(_ head: ResponseHead, from target: CookieJar.Target) {
        guard usesCookies else { return }
        let values = head.headers[values: .setCookie]
        guard !values.isEmpty else { return }
        jar.value.withLock { jar in
            for value in values { jar.store(value, from: target, now: .now) }
        }
    }

    // MARK: Other clients of the same app

    /// A client with the same settings and the same server, and with cookies of its own.
    ///
    /// - Returns: The client.
    public func newVisitor() -> TestClient {
        var client = self
        client.jar = SharedCookies()
        return client
    }

    /// A client of the same visitor at a subdomain of the base.
    ///
    /// - Parameter subdomain: The subdomain, such as `api`.
    /// - Returns: The client.
    public func at(subdomain: String) -> TestClient {
        var client = self
        client.baseURL.host = "\(subdomain).\(baseURL.host ?? "localhost")"
        return client
    }

    /// A client of the same visitor at another host.
    ///
    /// - Parameter host: The host, without a port.
    /// - Returns: The client.
    public func at(host: String) -> TestClient {
        var client = self
        client.baseURL.host = host
        return client
    }
}

/// Cookies that the copies of a client share.
private final class SharedCookies: Sendable {
    let value = Mutex(CookieJar())
}

extension HTTPDate {
    /// This second.
    static var now: HTTPDate { HTTPDate(secondsSince1970: UnixClock.system.now) }
}
