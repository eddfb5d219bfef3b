// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import Testing

@testable import Retort
@testable import RetortServer
@testable import RetortWire

@Suite struct AccessLogTests {
    private static func app(_ log: LogRecorder, _ access: AccessLog) -> App {
        var app = App()
        app.log = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
        app.use(access)
        app.get("/{status}") { (status: Int) in
            Response(.text("12345"), contentType: "text/plain", status: .init(code: status))
        }
        app.get("/stream") { Response(body: .stream { _ in }) }
        app.get("/gone") { () -> String in throw CancellationError() }
        app.get("/fail") { () -> String in throw ProbeError.incompleteHead }
        return app
    }

    @Test(arguments: [
        (200, Logger.Level.info), (204, .info), (301, .info), (400, .notice), (404, .notice), (500, .error),
        (503, .error),
    ])
    func theLevelFollowsTheStatus(_ status: Int, _ level: Logger.Level) async throws {
        let log = LogRecorder()
        _ = try await AppProbe(Self.app(log, .accessLog(logger: log.logger))).get("/\(status)")
        let line = try #require(log.lines.first)
        #expect(log.lines.count == 1)
        #expect(line.level == level)
        #expect(line.message == "GET /\(status) \(status)")
        #expect(line.metadata["status"] == "\(status)")
        #expect(line.metadata["bytes"] == "5")
        #expect(line.metadata["client"] == "192.0.2.7")
        #expect(line.metadata["method"] == "GET")
        let milliseconds = try #require(line.metadata["ms"].flatMap { Double($0) })
        #expect(milliseconds >= 0 && milliseconds < 10_000)
    }

    @Test func errorsMissingPathsAndStreamsHaveALineToo() async throws {
        let log = LogRecorder()
        let probe = try AppProbe(Self.app(log, .accessLog(logger: log.logger)))
        _ = try await probe.get("/fail")
        _ = try await probe.get("/no/such/path")
        _ = try await probe.get("/stream")
        #expect(log.lines.map(\.message) == ["GET /fail 500", "GET /no/such/path 404", "GET /stream 200"])
        #expect(log.lines[2].metadata["bytes"] == nil)
    }

    @Test func aClientThatHasGoneIsNoError() async throws {
        let log = LogRecorder()
        _ = try await AppProbe(Self.app(log, .accessLog(logger: log.logger))).get("/gone")
        #expect(log.lines.map(\.message) == ["GET /gone 499"])
        #expect(log.lines.first?.level == .info)
    }

    @Test func theRefusalOfAMiddlewareBehindItIsSeen() async throws {
        let log = LogRecorder()
        var app = Self.app(log, .accessLog(logger: log.logger))
        app.use(.trustedHosts(["other.test"]))
        _ = try await AppProbe(app).get("/200")
        #expect(log.lines.map(\.message) == ["GET /200 400"])
    }

    @Test(arguments: [AccessLog.Format.structured, .combined, .json])
    func nobodyCanWriteALineOfHisOwn(_ format: AccessLog.Format) async throws {
        let log = LogRecorder()
        let probe = try AppProbe(Self.app(log, .accessLog(format, includesQuery: true, logger: log.logger)))
        let nasty = "a\u{9b}31m\u{2028}b\u{202e}\" \\u{a} \u{85}"
        _ = try await probe.get("/200?x=%9b", [("User-Agent", nasty), ("Referer", nasty)])
        let line = try #require(log.lines.first)
        let texts = [line.message] + line.metadata.values
        for text in texts {
            let harmful = text.unicodeScalars.filter {
                $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || [0x2028, 0x202E].contains($0.value)
            }
            #expect(harmful.isEmpty, "\(text)")
        }
        if format == .json {
            let object = try JSONCoding.decode(JSONValue.self, from: Array(line.message.utf8))
            guard case .object(let members) = object else { return #expect(Bool(false)) }
            #expect(members["agent"] == .string(nasty))
        }
    }

    @Test func theCombinedFormatIsThatOfApache() async throws {
        let log = LogRecorder()
        let clock = UnixClock.fixed(784_111_777)
        let access = AccessLog.accessLog(.combined, includesQuery: true, logger: log.logger, clock: clock)
        let probe = try AppProbe(Self.app(log, access))
        _ = try await probe.get("/200?a=b", [("User-Agent", "curl/8 \"x\""), ("Referer", "http://r.test/")])
        _ = try await probe.get("/404")
        #expect(
            log.lines.map(\.message) == [
                "192.0.2.7 - - [06/Nov/1994:08:49:37 +0000] \"GET /200?a=b HTTP/1.1\" 200 5 \"http://r.test/\" "
                    + "\"curl/8 \\\"x\\\"\"",
                "192.0.2.7 - - [06/Nov/1994:08:49:37 +0000] \"GET /404 HTTP/1.1\" 404 5 \"-\" \"-\"",
            ])
    }

    @Test func aJSONLineHasItsFields() async throws {
        let log = LogRecorder()
        var app = App()
        app.use(.requestIDs(acceptsIncoming: true))
        app.use(.accessLog(.json, logger: log.logger, clock: .fixed(7)))
        app.get("/") { "héllo" }
        _ = try await AppProbe(app).get("/?secret=1", [("X-Request-ID", "r-1"), ("User-Agent", "é")])
        let line = try #require(log.lines.first?.message)
        #expect(line.utf8.allSatisfy { $0 < 0x80 })
        guard case .object(let members) = try JSONCoding.decode(JSONValue.self, from: Array(line.utf8)) else {
            Issue.record("no object")
            return
        }
        #expect(members["time"]?.int == 7 && members["status"]?.int == 200 && members["bytes"]?.int == 6)
        #expect(members["path"] == "/" && members["method"] == "GET" && members["client"] == "192.0.2.7")
        #expect(members["request"] == "r-1" && members["agent"] == "é" && members["referer"] == nil)
    }

    @Test(arguments: [
        (Duration.zero, "0.000"), (.microseconds(5), "0.005"), (.microseconds(12_345), "12.345"),
        (.seconds(61), "61000.000"),
        (.nanoseconds(999), "0.000"), (.seconds(-1), "0.000"), (.seconds(Int64.max), "9223372036854775807000.000"),
    ])
    func timesAreMillisecondsWithThreePlaces(_ duration: Duration, _ expected: String) async throws {
        let log = LogRecorder()
        var app = App()
        app.get("/") { (request: Request) in
            AccessLogLine(request, Response(), duration: duration, time: 0, includesQuery: false).milliseconds
        }
        #expect(try await AppProbe(app).get().text == expected)
        #expect(log.lines.isEmpty)
    }

    @Test func aLineThatNobodyReadsIsNotMade() async throws {
        let log = LogRecorder()
        var logger = log.logger
        logger.logLevel = .warning
        let probe = try AppProbe(Self.app(log, .accessLog(logger: logger)))
        _ = try await probe.get("/200")
        _ = try await probe.get("/500")
        #expect(log.lines.map(\.message) == ["GET /500 500"])
    }
}

@Suite struct RequestIDTests {
    private static func app(_ middleware: RequestIDs, _ log: LogRecorder = LogRecorder()) -> App {
        var app = App()
        app.log = log.logger
        app.use(middleware)
        app.get("/") { (request: Request) in
            request.log.info("hello")
            return request[RequestIDKey.self]
        }
        return app
    }

    @Test func everyRequestHasAnIdentifierOfItsOwn() async throws {
        let log = LogRecorder()
        let probe = try AppProbe(Self.app(.requestIDs(), log))
        let first = try await probe.get("/", [("X-Request-ID", "mine")])
        let second = try await probe.get()
        #expect(first.text.utf8.count == 32 && first.text.utf8.allSatisfy { $0.hexDigitValue != nil })
        #expect(first.text != second.text)
        #expect(first["X-Request-ID"] == first.text)
        #expect(log.lines.map { $0.metadata["request"] } == [first.text, second.text])
        #expect(try await probe.get("/missing")["X-Request-ID"]?.utf8.count == 32)
    }

    @Test(arguments: [
        ("abc-123", true), ("a", true), ("01H:x/y+z=._", true), (String(repeating: "a", count: 128), true),
        (String(repeating: "a", count: 129), false), ("", false), ("a b", false), ("a\"b", false), ("é", false),
        ("a;b", false), ("a,b", false),
    ])
    func anIncomingIdentifierIsKeptWhereItIsTrustedAndPlain(_ id: String, _ isKept: Bool) async throws {
        let answer = try await AppProbe(Self.app(.requestIDs(acceptsIncoming: true))).get("/", [("X-Request-ID", id)])
        #expect((answer.text == id) == isKept)
        #expect(answer["X-Request-ID"] == answer.text)
    }
}
