// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite struct TestClientDeadlineTests {
    private static func app(_ gate: Gate) -> App {
        var app = App.quiet
        app.server.gracePeriod = .milliseconds(200)
        // Waits without looking at its cancellation.
        app.get("/hangs") { () async -> String in
            await gate.wait()
            return "late"
        }
        app.get("/sleeps") { () async throws -> String in
            try await Task.sleep(for: .seconds(30))
            return "late"
        }
        app.get("/pauses") {
            Response(
                .stream { writer in
                    try await writer.write("one")
                    await gate.wait()
                }, contentType: "text/plain")
        }
        return app
    }

    @Test(arguments: TestClient.Transport.allCases, ["/hangs", "/sleeps", "/pauses"])
    func anAnswerThatDoesNotComeIsAnError(_ transport: TestClient.Transport, _ path: String) async throws {
        let gate = Gate()
        try await TestClient.run(Self.app(gate), over: transport) { client async throws in
            var client = client
            try await client.get("/none")
            client.deadline = .milliseconds(100)
            let start = ContinuousClock.now
            let error = await #expect(throws: TestClientError.self) { try await client.get(path) }
            #expect(error?.code == .deadline)
            #expect(
                error?.message
                    == "GET \(path) took longer than 0.1 seconds. If that is meant to be, give the client a longer deadline."
            )
            #expect(ContinuousClock.now - start < .seconds(5))
            await gate.open()
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func eachPieceOfAStreamHasADeadline(_ transport: TestClient.Transport) async throws {
        let gate = Gate()
        try await TestClient.run(Self.app(gate), over: transport) { client async throws in
            var client = client
            try await client.get("/none")
            client.deadline = .seconds(2)
            try await client.stream("/pauses") { stream async throws in
                #expect(try await stream.next() == Array("one".utf8))
                let error = await #expect(throws: TestClientError.self) { try await stream.next() }
                #expect(error?.code == .deadline)
            }
            await gate.open()
        }
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aCancelledTestStopsWaitingAndItsHandler(_ transport: TestClient.Transport) async throws {
        let journal = Journal()
        var app = App.quiet
        app.get("/") { () async throws -> String in
            await journal.note("began")
            do {
                try await Task.sleep(for: .seconds(30))
            } catch {
                await journal.note("cancelled")
            }
            return "x"
        }
        try await TestClient.run(app, over: transport) { client async throws in
            let task = Task { try await client.get("/") }
            #expect(try await eventually { await journal.lines == ["began"] })
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await eventually { await journal.lines == ["began", "cancelled"] })
        }
    }
}
