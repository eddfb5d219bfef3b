// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// What a ``Router`` says of a request.
public enum RouteMatch<Value: Sendable>: Sendable {
    /// A route answers: its value, its place, and the values of its variables.
    case found(Value, RouteID, PathValues)

    /// The same resource has another URL. Answer with 308 and this URL, with the query of the request behind it.
    ///
    /// It is an absolute path, encoded, with exactly one slash at its start, or a URL with a host when a name leads to
    /// one.
    case redirect(location: String)

    /// Nobody answers `OPTIONS` for the path, but it exists. Answer with 200 and `Allow`.
    case options(allowed: RouteMethods, scope: RouteScope?)

    /// The path exists, and not for this method. Answer with 405 and `Allow`.
    case methodNotAllowed(allowed: RouteMethods, scope: RouteScope?)

    /// The path exists for WebSocket requests only, or for others only. Answer with 400.
    case webSocketMismatch(scope: RouteScope?)

    /// No route has the path. The scope with the longest prefix may answer with its own 404.
    case notFound(scope: RouteScope?)

    /// The path cannot be read. Answer with the status of the error, which is 400.
    case badPath(WireError)
}

/// Finds the route of a request, and writes the URLs of routes.
///
/// Frozen: it never changes, and needs no lock.
///
/// Which of several routes answers does not depend on the order in which they were added: literals come before
/// variables, more and longer literals before fewer and shorter ones, narrow types before wide ones. If the way behind
/// the first choice leads to no route, the next one is tried.
public struct Router<Value: Sendable>: Sendable {
    @usableFromInline let table: RouteTable
    @usableFromInline let values: [Value]

    init(table: RouteTable, values: [Value]) {
        self.table = table
        self.values = values
    }

    /// Finds the route of a request.
    ///
    /// The work is linear in the length of the path. A route without variables costs no allocation; one with variables
    /// at most one, unless the path is percent-encoded or routes ask for the host.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - host: The value of `Host` or `:authority`, with or without a port; it may be empty. Only looked at when some
    ///     route asks for a host.
    ///   - path: The path as it came, encoded, without query. Limit its length before; up to 2 GiB are taken.
    ///   - isWebSocket: Whether the request asks for a WebSocket.
    /// - Returns: The route, or what to answer instead.
    @inlinable  // Because an enumeration of an unknown type costs more than the matching itself.
    public func match(
        _ method: RouteMethod, host: Span<UInt8>, path: Span<UInt8>, isWebSocket: Bool = false
    ) -> RouteMatch<Value> {
        switch table.match(method, host: host, path: path, isWebSocket: isWebSocket) {
        case .found(let route, let path):
            return .found(values[table.valueIndex(of: route)], route, path)
        case .redirect(let location): return .redirect(location: location)
        case .badPath(let reason): return .badPath(reason.error)
        case .miss(let misses): return answer(misses)
        }
    }

    /// Finds the route of a request, as a test may want it.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The encoded path without query.
    ///   - host: The value of `Host`.
    ///   - isWebSocket: Whether the request asks for a WebSocket.
    /// - Returns: The route, or what to answer instead.
    public func match(
        _ method: RouteMethod, _ path: String, host: String = "", isWebSocket: Bool = false
    ) -> RouteMatch<Value> {
        match(method, host: host.utf8.span, path: path.utf8.span, isWebSocket: isWebSocket)
    }

    /// The methods that a path answers, as `Allow` lists them.
    ///
    /// - Parameters:
    ///   - path: The encoded path without query.
    ///   - host: The value of `Host`.
    /// - Returns: Empty when there is no such path, or when it is redirected.
    public func allowedMethods(_ path: String, host: String = "") -> RouteMethods {
        switch table.match(.none, host: host.utf8.span, path: path.utf8.span, isWebSocket: false) {
        case .miss(let misses): return table.methods.methods(misses.allowed)
        case .found: return .any
        case .redirect, .badPath: return []
        }
    }

    /// Writes the URLs of named routes.
    public var urls: RouteURLs { RouteURLs(table) }

    /// What is known of a route.
    ///
    /// - Parameter id: A place that this router or its builder gave.
    /// - Returns: Nil for the place of another router.
    public func info(_ id: RouteID) -> RouteInfo? {
        table.records.indices.contains(Int(id.index)) ? RouteInfo(table.records[Int(id.index)]) : nil
    }

    /// What a route was added with.
    ///
    /// - Parameter id: A place that this router or its builder gave.
    /// - Returns: Nil for the place of another router, and for a route that redirects or only builds.
    public func value(of id: RouteID) -> Value? {
        guard table.records.indices.contains(Int(id.index)),
            case .value(let index) = table.records[Int(id.index)].target
        else { return nil }
        return values[Int(index)]
    }

    /// All routes in the order in which they are tried; those that only build come last.
    public var routes: [RouteInfo] { table.order.map { RouteInfo(table.records[Int($0)]) } }

    @usableFromInline
    func answer(_ misses: RouteMisses) -> RouteMatch<Value> {
        let scope = misses.scope >= 0 ? table.scopes[Int(misses.scope)] : nil
        if misses.allowed != 0 {
            let allowed = table.methods.methods(misses.allowed)
            return misses.answersOptions
                ? .options(allowed: allowed, scope: scope) : .methodNotAllowed(allowed: allowed, scope: scope)
        }
        if misses.webSocketMismatch { return .webSocketMismatch(scope: scope) }
        return .notFound(scope: scope)
    }
}
