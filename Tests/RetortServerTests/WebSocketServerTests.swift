// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortWire
import Testing

@testable import RetortServer

@Suite(.timeLimit(.minutes(1))) struct WebSocketServerTests {
    /// The handshake of RFC 6455 §1.3.
    private static let handshake =
        "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"

    /// A masked frame of the client, whose mask is zero.
    private static func frame(_ first: UInt8, _ payload: String) -> [UInt8] { frame(first, Array(payload.utf8)) }

    private static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [first, 0x80 | UInt8(payload.count), 0, 0, 0, 0] + payload
    }

    private static func server(
        _ run: @escaping @Sendable (WebSocket) async throws -> Void
    ) -> @Sendable (ServerRequest) -> ServerReply {
        { request in
            do {
                let agreement = try WebSocketHandshake().accept(
                    method: request.head.method, authority: request.head.authority ?? "", fields: request.head.fields)
                let upgrade = WebSocketUpgrade(agreement, run: run)
                return .now(
                    Response(
                        status: .switchingProtocols, headers: agreement.fields, body: ResponseBody(.webSocket(upgrade)))
                )
            } catch {
                return .now(.failed(error))
            }
        }
    }

    private func upgraded(_ server: TestServer) async throws -> RawClient {
        let client = try await server.connect()
        let response = try await client.exchange(Self.handshake)
        #expect(response.status == 101)
        #expect(response["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(response["connection"] == "Upgrade")
        return client
    }

    private static let echo = server { socket in
        for try await message in socket.messages { try await socket.send(message) }
    }

    @Test func messagesComeBackAndTheCloseIsAnswered() async throws {
        try await withServer(Self.echo) { server in
            let client = try await upgraded(server)
            try await client.send(Self.frame(0x81, "hi") + Self.frame(0x82, "xyz"))
            #expect(try await client.read(count: 9) == [0x81, 2] + Array("hi".utf8) + [0x82, 3] + Array("xyz".utf8))
            try await client.send(Self.frame(0x89, "p"))
            #expect(try await client.read(count: 3) == [0x8A, 1, UInt8(ascii: "p")])
            try await client.send(Self.frame(0x88, [0x03, 0xE8]))
            #expect(try await client.read(count: 4) == [0x88, 2, 0x03, 0xE8])
            #expect(await client.waitForClose())
        }
    }

    @Test func frameBehindTheHandshakeInOnePieceIsNotLost() async throws {
        try await withServer(Self.echo) { server in
            let client = try await server.connect()
            try await client.send(Array(Self.handshake.utf8) + Self.frame(0x81, "hi"))
            #expect(try await client.response().status == 101)
            #expect(try await client.read(count: 4) == [0x81, 2] + Array("hi".utf8))
        }
    }

    @Test func handlerThatReceivesNothingIsCancelledWhenItsClientGoes() async throws {
        let cancelled = Counter()
        let sleeper = Self.server { _ in
            try? await Task.sleep(for: .seconds(30))
            if Task.isCancelled { cancelled.add() }
        }
        try await withServer(sleeper) { server in
            let client = try await upgraded(server)
            await client.close()
            #expect(await waitUntil { cancelled.value == 1 })
        }
    }

    @Test func stopSaysGoingAway() async throws {
        let server = try await TestServer.start(gracePeriod: .milliseconds(500), Self.echo)
        let client = try await upgraded(server)
        server.beginStop()
        let frame = try await client.read(count: 4)
        #expect(Array(frame.prefix(4)) == [0x88, 2, 0x03, 0xE9])
        try await client.send(Self.frame(0x88, [0x03, 0xE9]))
        await server.waitForEnd()
        #expect(await client.waitForClose())
    }
}
