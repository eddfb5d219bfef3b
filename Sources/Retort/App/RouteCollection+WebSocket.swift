// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortServer
public import RetortWire

extension RouteCollection {
    /// Answers WebSocket handshakes at a path, and talks on the connection.
    ///
    ///     app.webSocket("/rooms/{room}") { (socket: WebSocket, room: String) in
    ///         for try await message in socket.messages { try await chat.say(message, in: room) }
    ///     }
    ///
    /// The arguments are made before the handshake is accepted, so an error of theirs is an ordinary answer. The
    /// connection closes when the handler returns: with 1000, or with 1011 when it throws.
    ///
    /// - Parameters:
    ///   - path: The path, with variables in braces.
    ///   - traits: What else there is to say about the route.
    ///   - handshake: The subprotocols, the compression and the origins that are accepted.
    ///   - messageLimit: Most bytes of a message; nil for the server's limit.
    ///   - handler: Talks to the client.
    public mutating func webSocket<each A: RequestArgument>(
        _ path: String, _ traits: RouteTrait..., handshake: WebSocketHandshake = WebSocketHandshake(),
        messageLimit: Int? = nil, use handler: @escaping @Sendable (WebSocket, repeat each A) async throws -> Void
    ) {
        let isWebSocket = RouteTrait { $0.options.isWebSocket = true }
        routes.declare(
            [.get], path, HandlerAdapter.pathTypes(repeat (each A).self), traits + [isWebSocket],
            describe: HandlerAdapter.describer(repeat (each A).self, as: WebSocketAnswer.self),
            later: HandlerAdapter.webSocket(handshake, messageLimit, handler))
    }
}

extension HandlerAdapter {
    static func webSocket<each A: RequestArgument>(
        _ handshake: WebSocketHandshake, _ messageLimit: Int?,
        _ handler: @escaping @Sendable (WebSocket, repeat each A) async throws -> Void
    ) -> RouteEndpoint.LaterHandler {
        { request in
            let agreement: WebSocketAgreement
            do {
                agreement = try handshake.accept(
                    method: request.method, authority: request.origin.host, fields: request.headers)
            } catch let error as WireError {
                var refusal = HTTPError(error)
                refusal.headers = WebSocketHandshake.refusalFields(for: error)
                throw refusal
            }
            var path = request.pathValues
            let arguments = (repeat try await (each A).make(from: request, path: &path))
            let upgrade = WebSocketUpgrade(agreement, messageLimit: messageLimit) { socket in
                try await handler(socket, repeat each arguments)
            }
            return Response(
                status: .switchingProtocols, headers: agreement.fields, body: ResponseBody(.webSocket(upgrade)))
        }
    }
}

/// How a WebSocket route answers, for documents.
enum WebSocketAnswer: ResponseConvertible {
    func response(to request: Request) -> Response { Response() }

    static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.switchingProtocols)
        operation.addProblem(.badRequest)
        operation.extensions["x-retort-websocket"] = true
    }
}
