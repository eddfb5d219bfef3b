// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite(.timeLimit(.minutes(1)))
struct FileCacheTests {
    let folder = TemporaryFolder()
    private static let second: UInt64 = 1_000_000_000

    private func resource(_ name: String, bytes: Int) throws -> StaticResource {
        folder.write(name, [UInt8](repeating: 1, count: bytes))
        let (file, facts) = try #require(try FileOpening.open(folder(name), inside: nil))
        let representation = FileLoading.representation(
            file, facts, path: folder(name), name: name, FileLoading.Settings())
        return StaticResource(representation, [], seen: [(folder(name), facts)])
    }

    @Test func filesAreTrustedForASecond() throws {
        let cache = FileCache()
        cache.insert("a", try resource("a", bytes: 10), now: 5)
        #expect(cache.fresh("a", now: 5) != nil)
        #expect(cache.fresh("a", now: 4 + Self.second) != nil)
        #expect(cache.fresh("a", now: 5 + Self.second) == nil)
        #expect(cache.fresh("b", now: 5) == nil)
    }

    @Test func oneCallerComparesAStaleFile() throws {
        let cache = FileCache()
        cache.insert("a", try resource("a", bytes: 10), now: 0)
        guard case .stale = cache.claim("a", always: false, now: Self.second) else {
            Issue.record("the first one must compare")
            return
        }
        guard case .fresh = cache.claim("a", always: false, now: Self.second + 1) else {
            Issue.record("the second one must not")
            return
        }
        guard case .stale = cache.claim("a", always: true, now: Self.second + 2) else {
            Issue.record("whoever always compares must")
            return
        }
        guard case .absent = cache.claim("b", always: false, now: 0) else {
            Issue.record("there is no b")
            return
        }
    }

    @Test func theOldestFilesGoFirst() throws {
        let one = try resource("a", bytes: 1_000)
        let cache = FileCache(mostBytes: one.byteCount * 8)
        for number in 0..<8 { cache.insert("\(number)", one) }
        #expect(cache.usage.files == 8)
        _ = cache.fresh("0")
        cache.insert("8", one)
        #expect(cache.usage.files == 8)
        #expect(cache.fresh("0") != nil)
        #expect(cache.fresh("1") == nil)
        #expect(cache.usage.bytes <= one.byteCount * 8)
    }

    @Test func theNumberOfFilesIsBound() throws {
        let cache = FileCache(mostEntries: 16)
        let one = try resource("a", bytes: 1)
        for number in 0..<1_000 { cache.insert("\(number)", one) }
        #expect(cache.usage.files <= 16)
        #expect(cache.fresh("999") != nil)
    }

    @Test func whatIsLargerThanTheCacheStaysOutside() throws {
        let one = try resource("a", bytes: 5_000)
        let cache = FileCache(mostBytes: 4_000)
        cache.insert("a", one)
        #expect(cache.usage == (0, 0))
        cache.insert("a", one)
        cache.remove("a")
        #expect(cache.usage == (0, 0))
    }

    @Test func insertingTwiceCountsOnce() throws {
        let cache = FileCache()
        let one = try resource("a", bytes: 100)
        cache.insert("a", one)
        cache.insert("a", one)
        #expect(cache.usage == (1, one.byteCount))
        cache.remove("a")
        #expect(cache.usage == (0, 0))
    }

    @Test func twoSpellingsOfALetterAreTwoFiles() throws {
        let cache = FileCache()
        cache.insert("\u{E9}", try resource("a", bytes: 1))
        #expect(cache.fresh("e\u{301}") == nil)
        #expect(cache.fresh("\u{E9}") != nil)
    }

    @Test func aFileThatWasJustChangedIsNotKept() throws {
        _ = try resource("new", bytes: 1)
        folder.age("new", 0)
        let (file, facts) = try #require(try FileOpening.open(folder("new"), inside: nil))
        let representation = FileLoading.representation(
            file, facts, path: "new", name: "new", FileLoading.Settings())
        #expect(!StaticResource(representation, [], seen: [("new", facts)]).isCacheable)
    }

    @Test func debuggingComparesEachTime() async throws {
        var app = App.unlogged
        app.isDebug = true
        app.static("/f", from: folder.path)
        let client = try TestClient(app)
        folder.write("a.txt", "one", secondsOld: 100)
        #expect(try await client.get("/f/a.txt").text == "one")
        #expect(try await client.get("/f/a.txt").text == "one")
        folder.write("a.txt", "two", secondsOld: 90)
        #expect(try await client.get("/f/a.txt").text == "two")
        folder.remove("a.txt")
        #expect(try await client.get("/f/a.txt").status == .notFound)
    }

    @Test func hotFilesAreAnsweredWithoutATask() throws {
        folder.write("a.txt", "one")
        let files = StaticFolder(folder.path, StaticFolder.Options())
        var app = App.unlogged
        app.add(files, at: "/f", [], hasIndex: false)
        let frozen = try app.freeze()
        let request = ServerRequest(head: try head("GET /f/a.txt HTTP/1.1\r\nhost: a\r\n\r\n"))
        guard case .later = frozen.respond(to: request) else {
            Issue.record("the first answer needs the disk")
            return
        }
        files.cache.insert("a.txt", try resource("a.txt", bytes: 3))
        guard case .now(let response) = frozen.respond(to: request) else {
            Issue.record("the file is in memory")
            return
        }
        #expect(response.body.length == 3)
    }

    private func head(_ text: String) throws -> RequestHead {
        var parser = RequestHeadParser()
        let bytes = Array(text.utf8)
        guard case .head(let head, _) = try parser.parse(bytes.span) else {
            throw HTTPError(.badRequest, "the test's head is not complete")
        }
        return head
    }
}
