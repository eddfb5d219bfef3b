// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortImaging
import Testing

/// What the book's applications answer, row by row, from the program over real sockets.
///
/// `PHOTOS` in an address stands for a server of photographs that the lab may fetch from.
@Suite(.besideALab, .serialized, .timeLimit(.minutes(5)), .enabled(if: RunningProgram.beside("Lab") != nil))
struct BookContractTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var call: Call
        var status: Int
        /// The whole body; nil where it is not the contract's.
        var body: String?
        var headers: [String: String] = [:]

        init(_ method: String, _ target: String, _ status: Int, _ body: String?, _ headers: [String: String] = [:]) {
            self.init(Call(method, target), status, body, headers)
        }

        init(_ call: Call, _ status: Int, _ body: String?, _ headers: [String: String] = [:]) {
            (self.call, self.status, self.body, self.headers) = (call, status, body, headers)
        }

        var testDescription: String { "\(call.testDescription) \(status)" }
    }

    private static let json = ["content-type": "application/json"]
    private static let page = ["content-type": "text/html; charset=utf-8"]
    private static let noURL = #"{"message":"Parameter url is not present","status":"bad request"}"# + "\n"
    private static let noImage = #"{"message":"Parameter image is not present","status":"bad request"}"# + "\n"
    private static let noPut = #"{"message":"PUT method not supported for API","status":"failure"}"# + "\n"
    private static let nothing = #"{"result":[],"status":"ok"}"# + "\n"

    static let rows: [Row] = {
        var rows: [Row] = [
            Row("GET", "/hello", 200, "Hello World!", page),
            Row("GET", "/user", 200, "User: Hello World!", page),
            Row(
                "GET", "/process", 404, #"{"message":"route not found","status":"not found"}"# + "\n", json),
            Row("GET", "/canny", 422, nil),
            Row("POST", "/canny", 405, nil, ["allow": "GET, HEAD, OPTIONS"]),
            Row("OPTIONS", "/canny", 200, "", ["allow": "GET, HEAD, OPTIONS"]),
            Row("GET", "/canny?url=PHOTOS/china.jpg", 200, nil, ["content-type": "image/jpeg"]),
            Row("HEAD", "/canny?url=PHOTOS/china.jpg", 200, "", ["content-type": "image/jpeg"]),
            Row(
                "GET", "/", 200,
                #"{"detect faces via GET":"GET /detect","detect faces via POST":"POST /detect","info":"GET /"}"# + "\n",
                ["content-type": "application/json", "vary": "Accept"]),
            Row("HEAD", "/", 200, "", json),
            Row("POST", "/", 405, nil, ["allow": "GET, HEAD, OPTIONS"]),
        ]
        for path in ["/detect", "/catfacedetection"] {
            rows += [
                Row("GET", path, 400, noURL, json),
                Row("GET", path + "?url=", 400, noURL, json),
                Row("HEAD", path, 400, "", json),
                Row("POST", path, 400, noImage, json),
                Row(.form(path, "image", file: nil, Array("a text".utf8)), 400, noImage, json),
                Row(
                    "PUT", path, 405, noPut,
                    ["content-type": "application/json", "allow": "GET, HEAD, OPTIONS, POST"]),
                Row("DELETE", path, 405, nil, ["allow": "GET, HEAD, POST, PUT, OPTIONS"]),
                Row("OPTIONS", path, 200, "", ["allow": "GET, HEAD, POST, PUT, OPTIONS"]),
                Row("GET", path + "?url=PHOTOS/coffee.png", 200, nothing, json),
                Row("HEAD", path + "?url=PHOTOS/coffee.png", 200, "", json),
                // The book answers 500 to all of these.
                Row("GET", path + "?url=PHOTOS/missing.jpg", 422, nil, json),
                Row("GET", path + "?url=file:///etc/hostname", 422, nil, json),
                Row(.form(path, "image", file: "a.jpg", Array("This is no picture.".utf8)), 415, nil, json),
                Row(.form(path, "image", file: "a.jpg", []), 415, nil, json),
            ]
        }
        return rows
    }()

    @Test(arguments: rows) func theContractHolds(_ row: Row) throws {
        var call = row.call
        call.target = call.target.replacing("PHOTOS", with: RunningLab.current.photo("").dropLast())
        let answer = try call.send()
        #expect(answer.status == row.status, "\(answer.text.prefix(300))")
        if let body = row.body { #expect(answer.text == body) }
        for (name, value) in row.headers { #expect(answer.headers[name] == value) }
        if row.call.method == "HEAD", row.status == 200 {
            #expect(Int(answer.headers["content-length"] ?? "") ?? 0 > 0)
        }
    }

    @Test(arguments: [
        "file:///etc/hostname", "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:1/a.jpg",
        "http://localhost/a.jpg", "http://[::1]/a.jpg", "http://10.0.0.1/a.jpg", "ftp://example.com/a.jpg",
        "http://0x7f000001/a.jpg",
    ])
    func addressesInsideAreNotFetched(_ url: String) throws {
        for path in ["/detect", "/canny", "/api/facts"] {
            let answer = try Call("GET", "\(path)?url=\(url)").send()
            #expect((400...499).contains(answer.status), "\(answer.text)")
        }
    }

    @Test func onlyWhatIsNamedMayBeFetched() throws {
        let program = try #require(RunningProgram.beside("Lab"))
        let strict = try RunningProgram(program, ["--port", "0"], portAfter: "http://127.0.0.1:")
        defer { strict.stop() }
        let call = Call("GET", "/detect?url=\(RunningLab.current.photo("coffee.png"))")
        #expect(try call.send().status == 200)
        #expect(try call.send(port: strict.port).status == 422)
    }

    @Test func keysAreSortedAndALineFeedEnds() throws {
        let answer = try Call("GET", "/detect?url=\(RunningLab.current.photo("astronaut.png"))").send()
        let text = answer.text
        #expect(text.hasPrefix(#"{"result":[{"box":["#) && text.hasSuffix("],\"status\":\"ok\"}\n"))
        #expect(try answer.boxes().count == 1)
    }

    @Test func photosOfPhonesAreUpright() throws {
        let photo = try Image(decoding: Photos.bytes("astronaut.png"))
        let upright = try Call.form("/detect", "image", file: "a.png", photo.encoded(as: .png())).send().boxes()
        // As a phone stores it: lying on its side, with a word about it.
        let lying = try photo.turned(quarters: 3).encoded(as: .jpeg(quality: 100))
        let sideways = try Call.form("/detect", "image", file: "a.jpg", lying).send().boxes()
        #expect(sideways.isEmpty)
        let turned = try Call.form("/detect", "image", file: "a.jpg", Self.marked(lying, orientation: 6)).send().boxes()
        let expected = try #require(upright.first)
        let found = try #require(turned.first)
        #expect(turned.count == upright.count)
        for (a, b) in zip(expected, found) { #expect(abs(a - b) <= 6, "\(expected) beside \(found)") }
    }

    /// A JPEG with an Exif block that says how it lies.
    private static func marked(_ jpeg: [UInt8], orientation: UInt8) -> [UInt8] {
        let tiff: [UInt8] = [
            0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ]
        let body = Array("Exif\0\0".utf8) + tiff
        let length = UInt16(body.count + 2)
        return Array(jpeg.prefix(2)) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + body + jpeg.dropFirst(2)
    }

    @Test func browsersGetThePageAndProgramsTheDirectory() throws {
        let page = try Call("GET", "/", headers: ["Accept: text/html,application/xhtml+xml,*/*;q=0.8"]).send()
        #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
        #expect(page.headers["vary"]?.contains("Accept") == true)
        #expect(page.text.contains("Retort Lab"))
        let lost = try Call("GET", "/process", headers: ["Accept: text/html"]).send()
        #expect(lost.status == 404 && lost.headers["content-type"] == "text/html; charset=utf-8")
        let programs = try Call("GET", "/", headers: ["Accept: */*"]).send()
        #expect(programs.headers["content-type"] == "application/json")
    }
}
