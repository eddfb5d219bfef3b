// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import Logging
public import RetortServer
public import RetortWire

/// One request: what the client sent, where it came from, and what the middlewares have found out about it.
///
/// It is a value. A middleware that adds something passes a changed copy on to the next.
public struct Request: Sendable {
    /// What the server read.
    package let server: ServerRequest

    /// What the application knows about every request.
    package let app: AppContext

    /// The route that matched, its name and its blueprint; nil for a path that no route answers.
    package var route: RouteEndpoint?

    /// The decoded variables of the path, in the order of the pattern.
    package var pathValues = PathValues()

    /// The body, whose limit is that of the route.
    public var body: RequestBody

    /// Who sent the request and where it went to.
    ///
    /// A middleware for trusted proxies corrects them.
    public var origin: RequestOrigin

    private var values: [ObjectIdentifier: any Sendable] = [:]

    package init(_ server: ServerRequest, app: AppContext) {
        self.server = server
        self.app = app
        body = server.body
        origin = RequestOrigin(server)
    }

    /// The method, such as GET.
    public var method: HTTPRequest.Method { server.head.method }

    /// The path as it was sent, percent-encoded, without the query.
    public var path: String { server.head.path }

    /// The query behind the `?` as it was sent, percent-encoded; nil without a `?`.
    public var queryString: String? { server.head.query }

    /// The version of HTTP.
    public var version: HTTPVersion { server.head.version }

    /// All headers.
    ///
    /// Asking for a single one is cheaper with ``header(_:)``.
    public var headers: HTTPFields { server.head.fields }

    /// The first value of a header.
    ///
    /// - Parameter name: The name; upper and lower case are the same.
    /// - Returns: The value, or nil when the header is absent.
    public func header(_ name: HTTPField.Name) -> String? { server.head.header(name) }

    /// Every value of a header in the order of the lines.
    ///
    /// - Parameter name: The name; upper and lower case are the same.
    /// - Returns: The values; none when the header is absent.
    public func headers(_ name: HTTPField.Name) -> [String] { server.head.headers(name) }

    /// The pattern of the route that matched, such as `/posts/{id}`; nil when none did.
    public var pattern: String? { route?.pattern }

    /// A logger whose lines carry the request's identifier where it has one.
    public var log: Logger {
        var log = app.log
        if let id = self[RequestIDKey.self] { log[metadataKey: "request"] = "\(id)" }
        return log
    }

    /// A value that belongs to this request, under a key that is a type.
    ///
    ///     enum Tenant: RequestKey { static let defaultValue: String? = nil }
    ///     request[Tenant.self] = "acme"
    ///
    /// - Parameter key: The type that names the value.
    public subscript<Key: RequestKey>(key: Key.Type) -> Key.Value {
        get { values[ObjectIdentifier(key)] as? Key.Value ?? Key.defaultValue }
        set { values[ObjectIdentifier(key)] = newValue }
    }
}

/// A type that names a value which belongs to a request.
public protocol RequestKey {
    /// The type of the value.
    associatedtype Value: Sendable

    /// The value where none was set.
    static var defaultValue: Value { get }
}

/// The identifier of a request, as a middleware for request identifiers sets it.
public enum RequestIDKey: RequestKey {
    /// No identifier.
    public static let defaultValue: String? = nil
}
