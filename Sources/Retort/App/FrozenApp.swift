// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

/// An app that is set up: it finds the route of each request and runs what stands on the way to its handler.
package final class FrozenApp: Responder {
    private let router: Router<RouteEndpoint>
    let context: AppContext

    /// What answers paths without a route, for the app and for each part that owns a part of the paths.
    private let outside: RouteEndpoint
    private let outsideOf: [RouteScope: RouteEndpoint]

    init(_ app: App) throws {
        var assembly = Assembly(serverName: app.serverName)
        try assembly.add(app.settings.guarding(app.routes))
        router = try assembly.builder.freeze()
        outsideOf = assembly.outside
        outside = assembly.rootOutside
        context = AppContext(
            log: app.log, events: app.events, urls: router.urls, settings: app.settings,
            configuration: app.configuration,
            templates: try app.templates.frozen(
                isDebug: app.settings.isDebug, blueprintFolders: app.routes.allTemplateFolders),
            describer: AppDescriber(name: app.name, summary: app.summary, version: app.version, router: router))
    }

    /// The templates of pages.
    package var templates: FrozenTemplates { context.templates }

    /// The routes in the order in which they are tried.
    package var routes: [RouteInfo] { router.routes }

    package func name(of server: ServerRequest) -> String {
        let head = server.head
        let isWebSocket = head.asksForUpgrade && WebSocketHandshake.isRequested(by: head.fields)
        let match = head.withPathAndAuthority { path, authority in
            router.match(
                RouteMethod(head.method), host: authority.span, path: path.span, isWebSocket: isWebSocket)
        }
        guard case .found(let endpoint, _, _) = match else { return "\(head.method.rawValue) without a route" }
        return "\(head.method.rawValue) \(endpoint.pattern)"
    }

    package func respond(to server: ServerRequest) -> ServerReply {
        var request = Request(server, app: context)
        let head = server.head
        let method = RouteMethod(head.method)
        // Other upgrades, such as curl's h2c, may be passed over. Source: RFC 9110 §7.8.
        let isWebSocket = head.asksForUpgrade && WebSocketHandshake.isRequested(by: head.fields)
        let match = head.withPathAndAuthority { path, authority in
            router.match(method, host: authority.span, path: path.span, isWebSocket: isWebSocket)
        }
        switch match {
        case .found(let endpoint, _, let values):
            request.pathValues = values
            return start(endpoint, &request)
        case .redirect(let location): return start(outside, request, throwing: .redirect(location))
        case .methodNotAllowed(let methods, let scope):
            return start(owner(scope), request, throwing: .method(methods))
        case .options(let methods, let scope): return start(owner(scope), request, throwing: .options(methods))
        case .webSocketMismatch(let scope):
            return start(
                owner(scope), request,
                throwing: .bad("This address answers WebSocket handshakes only, or none. Check the Upgrade header."))
        case .notFound(let scope): return start(owner(scope), request, throwing: .notFound)
        case .badPath(let error): return start(outside, request, throwing: .bad(error.message))
        }
    }

    private func owner(_ scope: RouteScope?) -> RouteEndpoint { scope.flatMap { outsideOf[$0] } ?? outside }

    /// Answers at once where that is possible.
    ///
    /// Work for later is a local function and no closure, because a closure would first change its executor.
    private func start(_ endpoint: RouteEndpoint, _ request: inout Request) -> ServerReply {
        request.route = endpoint
        if let limit = endpoint.bodyLimit { request.body.limit = limit }
        if endpoint.middleware.isEmpty, let now = endpoint.now {
            do {
                return .now(try now(request))
            } catch is NeedsWaiting {
                // An argument takes waiting: go the long way.
            } catch let waiting as WaitingResult {
                return .later { [request] in
                    do {
                        return try await waiting.output.answer(request)
                    } catch {
                        return await endpoint.errors.response(to: error, request)
                    }
                }
            } catch {
                return .later { [request] in await endpoint.errors.response(to: error, request) }
            }
        }
        let ready = request
        @Sendable func work() async -> Response { await endpoint.run(ready) }
        return .later(work)
    }

    private func start(_ endpoint: RouteEndpoint, _ request: Request, throwing outcome: Unrouted) -> ServerReply {
        var request = request
        request[Unrouted.Key.self] = outcome
        return .later { [request] in await endpoint.run(request) }
    }
}

/// What there is to say about a request that no route answers.
enum Unrouted: Sendable {
    case notFound
    case method(RouteMethods)
    case options(RouteMethods)
    case redirect(String)
    case bad(String)

    enum Key: RequestKey {
        static let defaultValue = Unrouted.notFound
    }

    /// The answer, or the error that becomes it.
    func response(to request: Request) throws -> Response {
        switch self {
        case .notFound: throw HTTPError(.notFound)
        case .bad(let reason): throw HTTPError(.badRequest, reason)
        case .method(let methods):
            throw HTTPError(
                .methodNotAllowed, "This address answers \(methods.description).",
                headers: [.allow: methods.description])
        case .options(let methods): return Response(headers: [.allow: methods.description])
        case .redirect(let path):
            let query = request.queryString.map { "?\($0)" } ?? ""
            return Response(
                status: .permanentRedirect,
                headers: [
                    .location: (path.utf8.first == UInt8(ascii: "/") ? request.origin.rootPath : "") + path + query
                ])
        }
    }
}
