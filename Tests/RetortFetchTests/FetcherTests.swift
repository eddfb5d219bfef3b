// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortFetch
import RetortWire
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FetcherTests {
    static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47] + (0..<200).map { UInt8($0) }

    static let pictures = FetchContent(accept: "image/*", name: "a picture") { $0.starts(with: [0x89, 0x50]) }

    /// A fetcher that may reach one server of this machine under a name of the internet.
    private func fetcher(_ server: ScriptedServer, _ change: (inout FetchPolicy) -> Void = { _ in }) throws -> Fetcher {
        var policy = FetchPolicy()
        policy.allowed = [try #require(Authority("pictures.example:\(server.port)"))]
        change(&policy)
        let loopback = try #require(IPAddress("127.0.0.1"))
        let inward = TableResolver(["pictures.example": [loopback], "inward.example": [loopback]])
        return Fetcher(policy: policy, resolver: inward)
    }

    private func failure(_ fetcher: Fetcher, _ url: String, _ content: FetchContent = .anything) async -> FetchError? {
        await #expect(throws: FetchError.self) { try await fetcher.get(url, accepting: content) }
    }

    @Test func anAllowedHostIsFetchedUnderItsName() async throws {
        let server = try ScriptedServer(["/cat.png?size=1": .ok(Self.picture)])
        defer { server.stop() }
        let url = "http://pictures.example:\(server.port)/cat.png?size=1"
        let fetched = try await fetcher(server).get(url + "#top", accepting: Self.pictures)
        #expect(fetched.bytes == Self.picture)
        #expect(fetched.contentType == "image/png")
        #expect(fetched.url == url)
        let head = try #require(server.requests.first)
        #expect(head.hasPrefix("GET /cat.png?size=1 HTTP/1.1\r\nHost: pictures.example:\(server.port)\r\n"))
        #expect(head.contains("\r\nAccept: image/*\r\n"))
        #expect(!head.lowercased().contains("accept-encoding"))
    }

    @Test(arguments: [
        "file:///etc/hostname", "gopher://example.com/", "ftp://example.com/", "data:image/png;base64,AA",
        "//example.com/x",
        "/etc/passwd", "http://", "http:///x", "http://user:word@example.com/", "http://example.com:22/",
        "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/",
        "http://inward.example/", "http://inward.example:8080/", "https://10.0.0.1/",
    ])
    func strangersDoNotReachInwards(_ url: String) async throws {
        let server = try ScriptedServer([:])
        defer { server.stop() }
        let error = await failure(try fetcher(server), url)
        #expect([.refused, .invalidURL].contains(error?.code))
        #expect(error?.status == 422)
        #expect(server.requests.isEmpty)
    }

    /// What the system's own look-up makes of other spellings of 127.0.0.1.
    @Test(arguments: [
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://localhost/",
    ])
    func otherSpellingsOfLoopbackAreRefused(_ url: String) async throws {
        let error = await failure(Fetcher(), url)
        #expect([.refused, .unknownHost].contains(error?.code))
    }

    @Test func aNameMustBeAllowedTogetherWithItsPort() async throws {
        let server = try ScriptedServer(["/": .ok(Self.picture)])
        defer { server.stop() }
        let fetcher = try fetcher(server)
        #expect(await failure(fetcher, "http://inward.example:\(server.port)/")?.code == .refused)
        #expect(await failure(fetcher, "http://127.0.0.1:\(server.port)/")?.code == .refused)
        #expect(server.requests.isEmpty)
    }

    @Test func rangesOfAddressesCanBeAllowedAndRefused() async throws {
        let server = try ScriptedServer(["/": .ok(Self.picture)])
        defer { server.stop() }
        let loopback = try #require(AddressRange("127.0.0.0/8"))
        let url = "http://inward.example:\(server.port)/"
        let allowing = try fetcher(server) {
            $0.allowedAddresses = [loopback]
            $0.ports = nil
        }
        #expect(try await allowing.get(url).bytes == Self.picture)
        let refusing = try fetcher(server) {
            $0.allowedAddresses = [loopback]
            $0.refusedAddresses = [loopback]
            $0.ports = nil
        }
        #expect(await failure(refusing, url)?.code == .refused)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func redirectsAreFollowed(status: Int) async throws {
        let server = try ScriptedServer(["/a": .redirect("b?x=ü", status: status), "/b?x=%C3%BC": .ok(Self.picture)])
        defer { server.stop() }
        let fetched = try await fetcher(server).get(
            "http://pictures.example:\(server.port)/a", accepting: Self.pictures)
        #expect(fetched.url == "http://pictures.example:\(server.port)/b?x=%C3%BC")
    }

    @Test(arguments: ["http://127.0.0.1/", "file:///etc/hostname", "http://inward.example/", "//inward.example:80/x"])
    func redirectsAreCheckedAgain(location: String) async throws {
        let server = try ScriptedServer(["/a": .redirect(location)])
        defer { server.stop() }
        #expect(await failure(try fetcher(server), "http://pictures.example:\(server.port)/a")?.code == .refused)
    }

    @Test func circlesEnd() async throws {
        let server = try ScriptedServer(["/a": .redirect("/a")])
        defer { server.stop() }
        #expect(await failure(try fetcher(server), "http://pictures.example:\(server.port)/a")?.code == .redirects)
        #expect(server.requests.count == 6)
    }

    static let refusals: [(ScriptedServer.Script, FetchError.Code, Int)] = [
        (.ok(Array("<html>".utf8)), .wrongContent, 415),
        (.ok(Array(repeating: 0x20, count: 4000)), .wrongContent, 415),
        (.ok([]), .wrongContent, 415),
        (.raw("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno!"), .status, 422),
        (.raw("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), .status, 422),
        (.raw("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"), .redirects, 422),
        (.raw("hello\r\n\r\n"), .brokenAnswer, 422),
        (.raw(""), .brokenAnswer, 422),
        (.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\u{89}PNG"), .brokenAnswer, 422),
        (.raw("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n"), .tooLarge, 413),
        (.ok(picture + [UInt8](repeating: 0, count: 70_000)), .tooLarge, 413),
        (
            .raw(
                "HTTP/1.1 200 OK\r\n" + String(repeating: "X-Long: abcdefghijklmnopqrstuvwxyz\r\n", count: 4000)
                    + "\r\n"),
            .brokenAnswer, 422
        ),
    ]

    @Test(arguments: refusals.indices)
    func answersThatAreNotWantedAreRefused(index: Int) async throws {
        let (script, code, status) = Self.refusals[index]
        let server = try ScriptedServer(["/": script])
        defer { server.stop() }
        let fetcher = try fetcher(server) { $0.limits.bodyBytes = 65_536 }
        let error = await failure(fetcher, "http://pictures.example:\(server.port)/", Self.pictures)
        #expect(error?.code == code)
        #expect(error?.status == status)
    }

    @Test func bodiesWithoutEndAreCutOff() async throws {
        var script = ScriptedServer.Script.raw("")
        script.bytes = Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + Self.picture + [UInt8](repeating: 7, count: 60_000)
        script.isEndless = true
        let server = try ScriptedServer(["/": script])
        defer { server.stop() }
        let fetcher = try fetcher(server) { $0.limits.bodyBytes = 1 << 20 }
        #expect(await failure(fetcher, "http://pictures.example:\(server.port)/", Self.pictures)?.code == .tooLarge)
    }

    @Test func slowAnswersAreGivenUp() async throws {
        var script = ScriptedServer.Script.ok(Self.picture)
        script.pause = .seconds(5)
        let server = try ScriptedServer(["/": script])
        defer { server.stop() }
        let fetcher = try fetcher(server) { $0.limits.totalTime = .milliseconds(300) }
        let duration = await ContinuousClock().measure {
            let error = await failure(fetcher, "http://pictures.example:\(server.port)/")
            #expect(error?.code == .timedOut)
        }
        #expect(duration < .seconds(3))
    }

    @Test func aCallerThatLeavesEndsTheTransfer() async throws {
        var script = ScriptedServer.Script.ok(Self.picture)
        script.pause = .seconds(8)
        let server = try ScriptedServer(["/": script])
        defer { server.stop() }
        let fetcher = try fetcher(server)
        let task = Task { try await fetcher.get("http://pictures.example:\(server.port)/") }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let duration = await ContinuousClock().measure {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(duration < .seconds(4))
    }

    @Test func tooManyTransfersAreRefused() async throws {
        var script = ScriptedServer.Script.ok(Self.picture)
        script.pause = .seconds(1)
        let server = try ScriptedServer(["/": script])
        defer { server.stop() }
        var policy = FetchPolicy()
        policy.allowed = [try #require(Authority("127.0.0.1:\(server.port)"))]
        let fetcher = Fetcher(policy: policy, concurrency: 1)
        let url = "http://127.0.0.1:\(server.port)/"
        let first = Task { try await fetcher.get(url) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let error = await failure(fetcher, url)
        #expect(error?.code == .busy)
        #expect(error?.status == 503)
        #expect(try await first.value.bytes == Self.picture)
        #expect(try await fetcher.get(url).bytes == Self.picture)
    }

    @Test func closedPortsAreUnreachable() async throws {
        let server = try ScriptedServer([:])
        let fetcher = try fetcher(server)
        server.stop()
        try await Task.sleep(for: .milliseconds(50))
        #expect(await failure(fetcher, "http://pictures.example:\(server.port)/")?.code == .unreachable)
    }

    @Test func plainServersAreNotTrustedOverTLS() async throws {
        let server = try ScriptedServer([:])
        defer { server.stop() }
        let error = await failure(try fetcher(server), "https://pictures.example:\(server.port)/")
        #expect(error?.code == .unreachable)
    }

    @Test func longURLsAreRefused() async throws {
        #expect(
            await failure(Fetcher(), "http://example.com/" + String(repeating: "a", count: 3000))?.code == .invalidURL)
    }
}
