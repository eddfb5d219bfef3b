// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

func fileSamples(folder: String) -> App {
    var app = App()
    // sample: files-static
    app.static("/assets", from: folder, maxAge: .seconds(3_600), .name("asset"))
    // end

    // sample: files-file
    app.get("/reports/{name}") { (name: String) in
        File(name, in: folder, download: .attachment)
    }
    app.get("/invoice.csv") { File(bytes: Array("id,total\r\n1,10\r\n".utf8), name: "invoice.csv") }
    // end
    return app
}

func liveSamples() -> App {
    var app = App()
    // sample: live-events
    app.get("/count") {
        ServerSentEvents { send in
            for number in 1...3 {
                try await send("\(number)", id: "\(number)")
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
    // end

    // sample: live-socket
    app.webSocket("/echo/{name}") { (socket: WebSocket, name: String) in
        for try await message in socket.messages {
            try await socket.send("\(name) says: \(message.text ?? "")")
        }
    }
    // end
    return app
}

func handshakeSamples() -> App {
    var app = App()
    // sample: live-handshake
    let handshake = WebSocketHandshake(
        subprotocols: ["chat.v2"], compression: PermessageDeflate(), origins: .allowed(["https://example.com"]))
    app.webSocket("/chat", handshake: handshake, messageLimit: 64_000) { (socket: WebSocket) in
        try await socket.send("you speak \(socket.subprotocol ?? "nothing special")")
        await socket.close(reason: "goodbye")
    }
    // end
    return app
}

// sample: testing-transports
@Test(arguments: TestClient.Transport.allCases)
func greetsOverEveryTransport(_ transport: TestClient.Transport) async throws {
    var app = App()
    app.get("/") { "Hello, World!" }
    try await TestClient.run(app, over: transport) { client in
        let response = try await client.get("/")
        #expect(response.status == .ok)
        #expect(response.text == "Hello, World!")
    }
}
// end

// sample: testing-live
@Test func echoes() async throws {
    let client = try TestClient(liveSamples())
    try await client.webSocket("/echo/Ada") { socket in
        try await socket.send("hello")
        let answer = try await socket.receiveText()
        #expect(answer == "Ada says: hello")
    }
    try await client.stream("/count") { stream in
        let event = try await stream.nextEvent()
        #expect(event?.data == "1")
    }
    await client.stop()
}
// end

// sample: testing-sessions
@Test func editedSessionsAreSeen() async throws {
    let client = try TestClient(sessionSamples(secret: String(repeating: "s", count: 32)))
    try await client.editSession { $0["visits"] = 41 }
    #expect(try await client.get("/visits").text == "visit 42")
}
// end

// sample: testing-function
@Sendable func greeting(_ name: String) -> String { "Hello, \(name)!" }

@Test func handlersAreFunctions() {
    var app = App()
    app.get("/hello/{name}", use: greeting)
    #expect(greeting("Ada") == "Hello, Ada!")
}
// end
