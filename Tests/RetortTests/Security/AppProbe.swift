// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import Synchronization

@testable import Retort
@testable import RetortServer
@testable import RetortWire

/// Sends requests to an app without a socket, byte by byte as a client would write their heads.
struct AppProbe: Sendable {
    /// What came back.
    struct Answer: Sendable {
        let response: Response
        let text: String

        var status: Int { response.status.code }
        subscript(name: HTTPField.Name) -> String? { response.headers[name] }
        subscript(name: String) -> String? { HTTPField.Name(name).flatMap { response.headers[$0] } }

        /// The cookies that the answer sets.
        var cookies: [SetCookie] {
            response.headers[values: .setCookie].compactMap { SetCookie(headerValue: $0) }
        }

        func cookie(_ name: String) -> SetCookie? { cookies.first { $0.name == name } }
    }

    private let app: FrozenApp
    var isSecure = false
    var peer: String? = "192.0.2.7"
    var host = "example.test"

    /// The cookies of one visitor, if they are kept.
    var jar: Jar?

    init(_ app: App) throws { self.app = try app.freeze() }

    /// The same app, used by a browser that keeps cookies.
    func visitor() -> AppProbe {
        var probe = self
        probe.jar = Jar()
        return probe
    }

    func get(_ target: String = "/", _ headers: [(String, String)] = []) async throws -> Answer {
        try await send("GET", target, headers)
    }

    func send(
        _ method: String, _ target: String = "/", _ headers: [(String, String)] = [], body: String? = nil,
        pieces: [String]? = nil
    ) async throws -> Answer {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: \(host)"] + headers.map { "\($0.0): \($0.1)" }
        if let cookies = jar?.header { lines.append("Cookie: \(cookies)") }
        let content = pieces?.joined() ?? body
        if let content { lines.append("Content-Length: \(content.utf8.count)") }
        var parser = RequestHeadParser()
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        guard case .head(let head, _) = try parser.parse(bytes.span) else { throw ProbeError.incompleteHead }
        let peer = try peer.map { try SocketAddress(ipAddress: $0, port: 50_000) }
        let request = ServerRequest(
            head: head, body: Self.body(content ?? "", pieces),
            connection: ConnectionInfo(peer: peer, isSecure: isSecure))
        let response: Response
        switch app.respond(to: request) {
        case .now(let now): response = now
        case .later(let work): response = await work()
        }
        let answer = Answer(response: response, text: Self.text(response.body))
        jar?.keep(answer.cookies)
        return answer
    }

    private static func body(_ content: String, _ pieces: [String]?) -> RequestBody {
        guard let pieces else { return RequestBody(ByteBuffer(string: content), limit: 1 << 21) }
        let stream = BodyStream {}
        for piece in pieces { stream.push(ByteBuffer(string: piece), size: piece.utf8.count) }
        stream.finish()
        return RequestBody(stream, length: content.utf8.count, limit: 1 << 21)
    }

    private static func text(_ body: ResponseBody) -> String {
        switch body.content {
        case .text(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .buffer(let buffer): String(buffer: buffer)
        default: ""
        }
    }
}

enum ProbeError: Error {
    case incompleteHead
}

/// The cookies of one visitor, without regard to domains and paths.
final class Jar: Sendable {
    private let values = Mutex<[(name: String, value: String)]>([])

    var header: String? {
        let text = values.withLock { $0.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") }
        return text.isEmpty ? nil : text
    }

    subscript(name: String) -> String? {
        get { values.withLock { $0.first { $0.name == name }?.value } }
        set {
            values.withLock { values in
                values.removeAll { $0.name == name }
                if let newValue { values.append((name, newValue)) }
            }
        }
    }

    func keep(_ cookies: [SetCookie]) {
        for cookie in cookies {
            let isGone = cookie.maxAge.map { $0 <= .zero } ?? false
            self[cookie.name] = isGone ? nil : cookie.encodedValue
        }
    }
}

/// A log that a test can read.
final class LogRecorder: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: [String: String]
    }

    private let kept = Mutex<[Line]>([])

    var lines: [Line] { kept.withLock { $0 } }

    func lines(containing text: String) -> [Line] { lines.filter { $0.message.contains(text) } }

    var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
            recorder.kept.withLock {
                $0.append(Line(level: event.level, message: "\(event.message)", metadata: all))
            }
        }
    }
}

/// A time that a test moves.
final class ManualClock: Sendable {
    private let seconds: Mutex<Int64>

    init(_ seconds: Int64 = 1_700_000_000) { self.seconds = Mutex(seconds) }

    func advance(_ by: Int64) { seconds.withLock { $0 += by } }

    var now: Int64 { seconds.withLock { $0 } }

    var unix: UnixClock { UnixClock { self.now } }
}

/// A secret that is long enough.
let testSecret = "correct horse battery staple"
