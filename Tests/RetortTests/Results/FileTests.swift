// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileTests {
    let folder = TemporaryFolder()
    private static let text = "0123456789abcdefghij"
    /// Sun, 09 Sep 2001 01:46:40 GMT.
    private static let changed = 1_000_000_000
    private static let date = "Sun, 09 Sep 2001 01:46:40 GMT"

    private func client() throws -> TestClient {
        folder.write("a.txt", Self.text)
        folder.setTime("a.txt", Self.changed)
        folder.write("ä \"b\".csv", "x,y")
        folder.write("data.tar.gz", "tar")
        folder.writeSparse("sparse.bin", size: 5_000_000_000)
        var app = App.unlogged
        app.static("/static", from: folder.path)
        let root = folder.path
        app.get("/file/{name}") { (name: String) in File(name, in: root) }
        app.post("/file/{name}") { (name: String) in File(name, in: root) }
        app.get("/bytes") { File(bytes: Array(Self.text.utf8), name: "a.txt", maxAge: .seconds(10)) }
        app.get("/saved/{name}") { (name: String) in File(name, in: root, download: .attachment) }
        app.get("/shown/{name}") { (name: String) in File(name, in: root, download: .inline) }
        app.get("/named/{name}") { (name: String) in
            File(name, in: root, download: .as("Übersicht.csv"), contentType: "text/x-own")
        }
        app.get("/untagged/{name}") { (name: String) in File(name, in: root, etag: false) }
        app.get("/reply/{name}") { (name: String) in
            Reply(File(name, in: root), status: .accepted, headers: [.cacheControl: "private"])
        }
        app.get("/async/{name}") { (name: String) async in File(name, in: root) }
        return try TestClient(app)
    }

    /// Places that send the same twenty bytes.
    static let places = ["/file/a.txt", "/static/a.txt", "/bytes", "/async/a.txt"]

    struct RangeCase: Sendable, CustomTestStringConvertible {
        var range: String
        var status: Int
        var text: String
        var contentRange: String?
        var testDescription: String { range }
        init(_ range: String, _ status: Int, _ text: String, _ contentRange: String? = nil) {
            self.range = range
            self.status = status
            self.text = text
            self.contentRange = contentRange
        }
    }

    // Source: RFC 9110 §14.1.2, §14.2.
    @Test(
        arguments: [
            RangeCase("bytes=0-0", 206, "0", "bytes 0-0/20"), RangeCase("bytes=0-4", 206, "01234", "bytes 0-4/20"),
            RangeCase("bytes=5-9", 206, "56789", "bytes 5-9/20"),
            RangeCase("bytes=18-", 206, "ij", "bytes 18-19/20"), RangeCase("bytes=-3", 206, "hij", "bytes 17-19/20"),
            RangeCase("bytes=-100", 206, text, "bytes 0-19/20"),
            RangeCase("bytes=0-99999999999999999999", 206, text, "bytes 0-19/20"),
            RangeCase("bytes=19-19", 206, "j", "bytes 19-19/20"), RangeCase("BYTES=0-0", 206, "0", "bytes 0-0/20"),
            RangeCase("bytes=20-", 416, "", "bytes */20"), RangeCase("bytes=100-200", 416, "", "bytes */20"),
            RangeCase("bytes=-0", 200, text), RangeCase("bytes=4-1", 200, text), RangeCase("bytes=a-b", 200, text),
            RangeCase("bytes=", 200, text), RangeCase("items=0-4", 200, text), RangeCase("0-4", 200, text),
            RangeCase("bytes=0-1,5-6", 200, text), RangeCase("bytes=0-4,2-6", 200, text),
            RangeCase("bytes=" + (0..<50).map { "\($0)-\($0)" }.joined(separator: ","), 200, text),
            RangeCase("bytes=0-0,100-200", 206, "0", "bytes 0-0/20"),
        ], places)
    func aRangeIsCutOut(_ one: RangeCase, at place: String) async throws {
        let client = try client()
        let response = try await client.get(place, headers: [.range: one.range])
        #expect(response.status.code == one.status)
        #expect(response.header(.contentRange) == one.contentRange)
        if one.status != 416 {
            #expect(response.text == one.text)
            #expect(response.header(.contentLength) == "\(one.text.utf8.count)")
            #expect(response.header(.contentType) == "text/plain; charset=utf-8")
            #expect(response.header(.acceptRanges) == "bytes")
        }
    }

    @Test(arguments: places)
    func aRangeOfHeadIsIgnored(at place: String) async throws {
        let response = try await client().head(place, headers: [.range: "bytes=0-4"])
        #expect(response.status == .ok)
        #expect(response.header(.contentLength) == "20")
    }

    enum Condition: String, Sendable, CaseIterable {
        case ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince
    }

    /// `TAG` stands for the tag of the file.
    @Test(
        arguments: [
            (Condition.ifNoneMatch, "TAG", 304), (.ifNoneMatch, "W/TAG", 304), (.ifNoneMatch, "*", 304),
            (.ifNoneMatch, "\"other\"", 200), (.ifNoneMatch, "\"other\", TAG", 304), (.ifNoneMatch, "", 200),
            (.ifMatch, "TAG", 200), (.ifMatch, "*", 200), (.ifMatch, "\"other\"", 412), (.ifMatch, "W/TAG", 412),
            (.ifModifiedSince, date, 304), (.ifModifiedSince, "Sun, 09 Sep 2001 01:46:41 GMT", 304),
            (.ifModifiedSince, "Sun, 09 Sep 2001 01:46:39 GMT", 200), (.ifModifiedSince, "yesterday", 200),
            (.ifUnmodifiedSince, date, 200), (.ifUnmodifiedSince, "Sun, 09 Sep 2001 01:46:39 GMT", 412),
            (.ifUnmodifiedSince, "Sun, 09 Sep 2001 01:46:41 GMT", 200), (.ifUnmodifiedSince, "soon", 200),
        ], ["/file/a.txt", "/static/a.txt"])
    func conditionsAreAnswered(_ one: (Condition, String, Int), at place: String) async throws {
        let client = try client()
        let tag = try #require(try await client.get(place).header(.eTag))
        let value = one.1.replacing("TAG", with: tag)
        let name: HTTPField.Name =
            switch one.0 {
            case .ifMatch: .ifMatch
            case .ifNoneMatch: .ifNoneMatch
            case .ifModifiedSince: .ifModifiedSince
            case .ifUnmodifiedSince: .ifUnmodifiedSince
            }
        for method in [HTTPRequest.Method.get, .head] {
            let response = try await client.request(method, place, headers: [name: value])
            #expect(response.status.code == one.2, "\(name): \(value)")
            #expect(response.header(.eTag) == tag)
            #expect(response.header(.lastModified) == Self.date)
            if one.2 == 304 {
                #expect(response.bytes.isEmpty)
                #expect(response.header(.contentType) == nil)
                #expect(response.header(.cacheControl) == "no-cache")
            }
        }
    }

    // Source: RFC 9110 §13.1.5.
    @Test(
        arguments: [
            ("TAG", 206), ("W/TAG", 200), ("\"other\"", 200), (date, 206), ("Sun, 09 Sep 2001 01:46:39 GMT", 200),
            ("Sun, 09 Sep 2001 01:46:41 GMT", 200), ("nonsense", 200),
        ], ["/file/a.txt", "/static/a.txt"])
    func aRangeOfAnotherStateIsNotSent(_ one: (String, Int), at place: String) async throws {
        let client = try client()
        let tag = try #require(try await client.get(place).header(.eTag))
        let response = try await client.get(
            place, headers: [.range: "bytes=1-2", .ifRange: one.0.replacing("TAG", with: tag)])
        #expect(response.status.code == one.1)
        #expect(response.text == (one.1 == 206 ? "12" : Self.text))
    }

    @Test func theTagFollowsTheFile() async throws {
        let client = try client()
        let first = try await client.get("/file/a.txt").header(.eTag)
        folder.setTime("a.txt", Self.changed + 1)
        let second = try await client.get("/file/a.txt").header(.eTag)
        #expect(first != nil)
        #expect(first != second)
        #expect(try await client.get("/untagged/a.txt").header(.eTag) == nil)
        #expect(try await client.get("/untagged/a.txt").header(.lastModified) != nil)
    }

    @Test func namesForSavingAreWrittenForAllClients() async throws {
        let client = try client()
        #expect(try await client.get("/saved/a.txt").header(.contentDisposition) == "attachment; filename=\"a.txt\"")
        #expect(
            try await client.get("/saved/%C3%A4%20%22b%22.csv").header(.contentDisposition)
                == "attachment; filename=\"_ _b_.csv\"; filename*=UTF-8''%C3%A4%20%22b%22.csv")
        let named = try await client.get("/named/a.txt")
        #expect(named.header(.contentDisposition)?.hasSuffix("filename*=UTF-8''%C3%9Cbersicht.csv") == true)
        #expect(named.header(.contentType) == "text/x-own")
        #expect(try await client.get("/shown/a.txt").header(.contentDisposition) == "inline")
        #expect(try await client.get("/file/a.txt").header(.contentDisposition) == nil)
    }

    @Test func anArchiveThatIsSavedStaysAnArchive() async throws {
        let client = try client()
        #expect(try await client.get("/saved/data.tar.gz").header(.contentEncoding) == nil)
        #expect(try await client.get("/file/data.tar.gz").header(.contentEncoding) == "gzip")
    }

    @Test func theTypeIsNotGuessedByBrowsers() async throws {
        let client = try client()
        folder.write("page.unknown", "<script>")
        let response = try await client.get("/file/page.unknown")
        #expect(response.header(.contentType) == "application/octet-stream")
        #expect(response.header(.xContentTypeOptions) == "nosniff")
    }

    @Test func aReplyChangesTheAnswer() async throws {
        let response = try await client().get("/reply/a.txt")
        #expect(response.status == .accepted)
        #expect(response.text == Self.text)
        #expect(response.header(.cacheControl) == "private")
    }

    @Test func conditionsOfOtherMethodsAreNotLookedAt() async throws {
        let client = try client()
        let response = try await client.post("/file/a.txt", headers: [.ifNoneMatch: "*", .range: "bytes=0-1"])
        #expect(response.status == .ok)
        #expect(response.text == Self.text)
    }

    @Test(arguments: TestClient.Transport.allCases)
    func aRangeFarInsideALargeFileIsSentAlone(over transport: TestClient.Transport) async throws {
        folder.writeSparse("sparse.bin", size: 5_000_000_000)
        let root = folder.path
        var app = App.unlogged
        app.get("/file/{name}") { (name: String) in File(name, in: root) }
        app.static("/static", from: root)
        try await TestClient.run(app, over: transport) { client in
            for place in ["/file/sparse.bin", "/static/sparse.bin"] {
                let part = try await client.get(place, headers: [.range: "bytes=4999999990-"])
                #expect(part.status == .partialContent)
                #expect(part.bytes == [UInt8](repeating: 0, count: 10))
                #expect(part.header(.contentRange) == "bytes 4999999990-4999999999/5000000000")
                let head = try await client.head(place)
                #expect(head.header(.contentLength) == "5000000000")
            }
        }
    }

    @Test func aFileThatIsNotThereIsNotFound() async throws {
        let client = try client()
        for place in ["/file/none", "/saved/none", "/async/none", "/reply/none"] {
            #expect(try await client.get(place).status == .notFound)
        }
    }

    @Test func aFileWithoutAFolderMayBeAnywhere() async throws {
        folder.write("x.txt", "x")
        folder.link("link.txt", to: folder("x.txt"))
        let path = folder("link.txt")
        var app = App.unlogged
        app.get("/") { File(path) }
        app.get("/none") { File("/nowhere/at/all") }
        let client = try TestClient(app)
        #expect(try await client.get("/").text == "x")
        #expect(try await client.get("/none").status == .notFound)
    }
}
