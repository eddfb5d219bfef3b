// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire

extension TestClient {
    /// Opens a WebSocket, uses it, and closes it.
    ///
    ///     try await client.webSocket("/echo") { socket in
    ///         try await socket.send("hello")
    ///         let answer = try await socket.receiveText()
    ///         #expect(answer == "hello")
    ///     }
    ///
    /// It needs a real connection, so a server is started for it, also by a client whose other requests stay in process.
    /// When the closure throws, the client goes away without a word.
    ///
    /// - Parameters:
    ///   - path: The path below the base, with or without a query; or a URL with a host of its own.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - subprotocols: The protocols that are offered, best first.
    ///   - compression: The compression that is offered; nil for none.
    ///   - auth: The credentials, in the place of the client's.
    ///   - use: Talks to the app.
    /// - Returns: What the closure returns.
    /// - Throws: ``TestClientError`` with `webSocket` when the app refuses, with its answer in
    ///   ``TestClientError/response``; and what the closure throws.
    @discardableResult
    public func webSocket<Result>(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:], subprotocols: [String] = [],
        compression: PermessageDeflate? = nil, auth: Authorization? = nil,
        _ use: (TestWebSocket) async throws -> Result
    ) async throws -> Result {
        var request = try makeRequest(.get, path, query, headers, nil, auth)
        let handshake = WebSocketClientHandshake(subprotocols: subprotocols, compression: compression)
        for field in handshake.fields where request.headers[field.name] == nil { request.headers.append(field) }
        let socket = try await open(request, handshake)
        do {
            let result = try await use(socket)
            if socket.closeCode == nil { try await socket.close() }
            return result
        } catch {
            socket.disconnect()
            throw error
        }
    }

    private func open(_ request: TestRequest, _ handshake: WebSocketClientHandshake) async throws -> TestWebSocket {
        let outgoing = request.outgoing(usesCookies ? cookies : CookieJar(), now: .now)
        let sockets = backend.sockets
        let deadline = deadline
        return try await Unstructured.run(within: deadline, "Opening the WebSocket \(request.url.path)") {
            let connection = try await sockets.connect()
            connection.enqueue(outgoing.head)
            let answer = try await connection.readResponse()
            let head = ResponseHead(status: answer.status, headers: answer.headers)
            keepCookies(head, from: request.target)
            guard answer.status.code == 101 else {
                let response = TestResponse(head, bytes: answer.bytes, url: request.url)
                throw TestClientError(
                    .webSocket, "The app refused the WebSocket with status \(answer.status.code).", response: response)
            }
            let agreement = try handshake.verify(status: 101, fields: answer.headers)
            return TestWebSocket(connection, agreement, deadline: deadline)
        }
    }
}
