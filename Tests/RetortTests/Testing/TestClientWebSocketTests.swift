// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite struct TestClientWebSocketTests {
    struct Oops: Error {}

    private static func app(_ journal: Journal = Journal()) -> App {
        var app = App.quiet
        app.webSocket("/echo", handshake: WebSocketHandshake(compression: PermessageDeflate())) { socket in
            for try await message in socket.messages { try await socket.send(message) }
            await journal.note("ended \(socket.closeCode?.description ?? "-")")
        }
        app.webSocket("/rooms/{room}", handshake: WebSocketHandshake(subprotocols: ["chat.v2", "chat.v1"])) {
            (socket: WebSocket, room: String, request: Request) in
            try await socket.send("\(room) \(socket.subprotocol ?? "-") \(request.header(.cookie) ?? "-")")
        }
        app.webSocket("/closes") { socket in
            await socket.close(.policyViolation, reason: "no more")
        }
        app.webSocket("/fails") { _ in throw Oops() }
        app.webSocket("/small", messageLimit: 100) { socket in for try await _ in socket.messages {} }
        app.webSocket("/numbers/{n}") { (socket: WebSocket, n: Int) in
            for number in 0..<n { try await socket.send("\(number)") }
        }
        app.webSocket("/twice") { socket in
            for try await message in socket.messages {
                try await socket.send(message)
                try await socket.send(message)
            }
        }
        app.webSocket("/silent") { socket in for try await _ in socket.messages {} }
        app.webSocket("/signed") { (_: WebSocket, _: Signed) in }
        app.get("/login") { Response(headers: [.setCookie: "u=1; Path=/"]) }
        return app
    }

    struct Signed: RequestArgument {
        static func make(from request: Request, path: inout PathValues) async throws -> Signed {
            throw HTTPError(.unauthorized, "Sign in.")
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func messagesGoBothWays(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            try await client.webSocket("/echo") { socket async throws in
                try await socket.send("grüße")
                #expect(try await socket.receive() == .text("grüße"))
                try await socket.send([0, 255])
                #expect(try await socket.receive() == .binary([0, 255]))
                try await socket.send("")
                #expect(try await socket.receiveText() == "")
                for number in 0..<100 { try await socket.send("\(number)") }
                for number in 0..<100 { #expect(try await socket.receiveText() == "\(number)") }
            }
        }
    }

    @Test(arguments: [nil, PermessageDeflate()])
    func largeMessagesAreWhole(_ compression: PermessageDeflate?) async throws {
        try await TestClient.run(Self.app()) { client async throws in
            let text = String(repeating: "0123456789", count: 50_000)
            try await client.webSocket("/echo", compression: compression) { socket async throws in
                #expect((socket.agreement.compression == nil) == (compression == nil))
                for _ in 0..<3 {
                    try await socket.send(text)
                    #expect(try await socket.receiveText() == text)
                }
            }
        }
    }

    @Test func theHandshakeCarriesWhatRequestsCarry() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            try await client.get("/login")
            try await client.webSocket("/rooms/a%20b", subprotocols: ["chat.v1"]) { socket async throws in
                #expect(socket.agreement.subprotocol == "chat.v1")
                #expect(try await socket.receiveText() == "a b chat.v1 u=1")
                #expect(try await socket.receive() == nil)
                #expect(socket.closeCode == .normal)
            }
        }
    }

    @Test func theServersCloseIsSeen() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            for (path, code, reason) in [
                ("/closes", WebSocketCloseCode.policyViolation, "no more"), ("/fails", .internalError, ""),
            ] {
                try await client.webSocket(path) { socket async throws in
                    #expect(try await socket.receive() == nil)
                    #expect(socket.closeCode == code)
                    #expect(socket.closeReason == reason)
                }
            }
        }
    }

    @Test func theClientsCloseIsSeen() async throws {
        let journal = Journal()
        try await TestClient.run(Self.app(journal)) { client async throws in
            try await client.webSocket("/echo") { socket async throws in
                try await socket.close(WebSocketCloseCode(rawValue: 4001), reason: "done")
                #expect(socket.closeCode == WebSocketCloseCode(rawValue: 4001))
                await #expect(throws: WireError.self) { try await socket.send("late") }
            }
            try await client.webSocket("/echo") { _ in }
            let error = await #expect(throws: Oops.self) { try await client.webSocket("/echo") { _ in throw Oops() } }
            #expect(error != nil)
            #expect(try await eventually { await journal.lines.count == 3 })
            #expect(await Set(journal.lines) == ["ended 4001", "ended 1000", "ended 1006"])
        }
    }

    @Test func messagesBeforeTheCloseAreKept() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            try await client.webSocket("/twice") { socket async throws in
                try await socket.send("kept")
                #expect(try await socket.receiveText() == "kept")
                try await socket.close()
                #expect(try await socket.receiveText() == "kept")
                #expect(try await socket.receive() == nil)
            }
        }
    }

    @Test func oneClientThatGoesLeavesTheOthersAlone() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            for _ in 0..<5 {
                try await client.webSocket("/echo") { socket async throws in
                    // The end of the first connection arrives while the second is being used.
                    try await client.webSocket("/closes") { _ = try await $0.receive() }
                    try await client.webSocket("/echo") { other async throws in
                        for number in 0..<50 {
                            try await other.send("\(number)")
                            try await socket.send("\(number)")
                            #expect(try await other.receiveText() == "\(number)")
                            #expect(try await socket.receiveText() == "\(number)")
                        }
                    }
                }
            }
        }
    }

    @Test func aPingIsAnswered() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            try await client.webSocket("/echo") { socket async throws in
                try await socket.send("first")
                try await socket.ping([1, 2, 3])
                #expect(try await socket.receiveText() == "first")
            }
        }
    }

    @Test func aBrokenFrameClosesTheConnection() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            try await client.webSocket("/echo") { socket async throws in
                // An unmasked text frame, which a client must not send.
                try await socket.sendRaw([0x81, 0x01, 0x61])
                #expect(try await socket.receive() == nil)
                #expect(socket.closeCode == .protocolError)
            }
            try await client.webSocket("/small") { socket async throws in
                try await socket.send(String(repeating: "a", count: 101))
                #expect(try await socket.receive() == nil)
                #expect(socket.closeCode == .messageTooBig)
            }
        }
    }

    @Test func messagesAreASequence() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            let texts = try await client.webSocket("/numbers/500") { socket async throws in
                var texts: [String] = []
                for try await message in socket.messages { texts.append(message.text ?? "?") }
                return texts
            }
            #expect(texts == (0..<500).map { "\($0)" })
        }
    }

    @Test func aMessageThatDoesNotComeIsAnError() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            var client = client
            client.deadline = .milliseconds(200)
            let error = await #expect(throws: TestClientError.self) {
                try await client.webSocket("/silent") { _ = try await $0.receive() }
            }
            #expect(error?.code == .deadline)
        }
    }

    @Test func aRefusalIsAnErrorWithItsAnswer() async throws {
        try await TestClient.run(Self.app()) { client async throws in
            for (path, origin, status) in [
                ("/none", nil, 404), ("/login", nil, 400), ("/signed", nil, 401), ("/echo", "http://evil.test", 403),
            ] as [(String, String?, Int)] {
                let headers: HTTPFields = origin.map { [.origin: $0] } ?? [:]
                let error = await #expect(throws: TestClientError.self) {
                    try await client.webSocket(path, headers: headers) { _ in }
                }
                #expect(error?.code == .webSocket)
                #expect(error?.response?.status.code == status, "\(path)")
            }
            try await client.webSocket("/echo", headers: [.origin: "http://localhost"]) { _ in }
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aPlainRequestCannotTakeAWebSocket(_ transport: TestClient.Transport) async throws {
        try await TestClient.run(Self.app(), over: transport) { client async throws in
            let handshake = WebSocketClientHandshake()
            let error = await #expect(throws: TestClientError.self) {
                try await client.get("/echo", headers: handshake.fields)
            }
            #expect(error?.message == "The app answered with a WebSocket. Open it with `client.webSocket`.")
        }
    }

    @Test func severalTasksMaySendToASlowClient() async throws {
        var app = App.quiet
        app.webSocket("/flood") { socket in
            let piece = [UInt8](repeating: 0x61, count: 262_144)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { for _ in 0..<20 { try await socket.send(piece) } } }
                try await group.waitForAll()
            }
        }
        try await TestClient.run(app) { client async throws in
            let count = try await client.webSocket("/flood") { socket async throws in
                // The server's senders all run into the full connection before anything is read.
                try await Task.sleep(for: .milliseconds(300))
                var count = 0
                for try await _ in socket.messages { count += 1 }
                return count
            }
            #expect(count == 80)
        }
    }
}
