// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HTTPTypes
import NIOCore
import RetortServer
import RetortWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A request that a command line describes.
///
/// It is written as bytes and parsed, so the wire's own rules apply to it.
struct RequestDraft {
    private var method: String
    private var target: String
    private var host = "localhost"
    private var headers: [(name: String, value: String)] = []
    private var body: [UInt8] = []

    init(method: String, url: String) throws {
        guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenByte) else {
            throw ValidationError("'\(method)' is no method. Write one such as GET or POST.")
        }
        self.method = method.utf8.allSatisfy(\.isASCIILetter) ? method.uppercased() : method
        target = url
        for scheme in ["http://", "https://"] where url.utf8.starts(with: scheme.utf8) {
            let rest = url.utf8.dropFirst(scheme.utf8.count)
            let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            host = String(Substring(rest[..<end]))
            target = String(Substring(rest[end...]))
        }
        if target.utf8.first != UInt8(ascii: "/") { target = "/" + target }
        if let fragment = target.utf8.firstIndex(of: UInt8(ascii: "#")) { target = String(target[..<fragment]) }
        // What a person types in a path is encoded as a browser would; what is encoded already stays.
        target = PercentCoding.encode(target.utf8, safe: .asTyped)
    }

    mutating func addHeader(_ line: String) throws {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            throw ValidationError("'\(line)' is no header. Write it as 'Name: value'.")
        }
        let name = line[..<colon]
        guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenByte) else {
            throw ValidationError("'\(name)' is no name of a header. Write the header as 'Name: value'.")
        }
        let value = ConfigurationText.trimmed(line[line.utf8.index(after: colon)...])
        guard !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
            throw ValidationError("The value of the header \(name) has a control character in it.")
        }
        if name.equalsIgnoringASCIICase("host") {
            host = value
        } else if !name.equalsIgnoringASCIICase("content-length") {
            headers.append((String(name), value))
        }
    }

    mutating func setBody(_ bytes: [UInt8], _ type: String) {
        body = bytes
        if !headers.contains(where: { $0.name.equalsIgnoringASCIICase("content-type") }) {
            headers.append(("content-type", type))
        }
    }

    mutating func setForm(_ fields: [String]) throws {
        var pairs: [String] = []
        for field in fields {
            guard let mark = field.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                throw ValidationError("'\(field)' is no field. Write it as name=value.")
            }
            let name = PercentCoding.encode(field[..<mark].utf8)
            pairs.append("\(name)=\(PercentCoding.encode(field[field.utf8.index(after: mark)...].utf8))")
        }
        setBody(Array(pairs.joined(separator: "&").utf8), "application/x-www-form-urlencoded")
    }

    /// The request as the server would read it.
    func request() throws -> ServerRequest {
        var text = "\(method) \(target) HTTP/1.1\r\nhost: \(host)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if !body.isEmpty { text += "content-length: \(body.count)\r\n" }
        let bytes = Array((text + "\r\n").utf8)
        var limits = HeadLimits()
        limits.requestLine = 1_048_576
        limits.headerBytes = 1_048_576
        var parser = RequestHeadParser(limits: limits)
        guard case .head(let head, _) = try parser.parse(bytes.span) else {
            throw ValidationError("This is no request.")
        }
        return ServerRequest(head: head, body: RequestBody(ByteBuffer(bytes: body)))
    }
}

extension PercentCoding.SafeSet {
    /// Everything that may stand in a path with its query, and `%`.
    fileprivate static let asTyped: PercentCoding.SafeSet = "!$%&'()*+,/:;=?@[]"
}

/// Writes bodies of responses to a terminal.
struct ResponsePrinter {
    let terminal: Terminal

    func print(_ body: ResponseBody) async throws {
        switch body.content {
        case .empty: break
        case .text(let text): terminal.print(bytes: Array(text.utf8))
        case .bytes(let bytes): terminal.print(bytes: bytes)
        case .buffer(let buffer): terminal.print(bytes: Array(buffer.readableBytesView))
        case .file(let file, let offset, let count): try print(file, offset, count)
        case .stream(_, let write): try await write(BodyWriter(TerminalSink(terminal: terminal)))
        case .webSocket: throw RequestProblem.webSocket
        }
    }

    private func print(_ file: OpenFile, _ offset: Int, _ count: Int) throws {
        var place = offset
        let end = offset + count
        while place < end {
            let most = min(65_536, end - place)
            let piece = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
                count = max(0, pread(file.descriptor, buffer.baseAddress, most, off_t(place)))
            }
            guard !piece.isEmpty else { throw RequestProblem.fileEnded }
            terminal.print(bytes: piece)
            place += piece.count
        }
    }
}

/// A response that cannot be printed.
enum RequestProblem: Error, CustomStringConvertible {
    case webSocket
    case fileEnded

    var description: String {
        switch self {
        case .webSocket: "The answer is a WebSocket, which this command cannot speak."
        case .fileEnded: "The file ended before the length that was announced."
        }
    }
}

/// Takes a streamed body to a terminal.
private struct TerminalSink: BodyWriter.Sink {
    let terminal: Terminal

    func write(_ bytes: ByteBuffer) async throws { terminal.print(bytes: Array(bytes.readableBytesView)) }
    func setTrailers(_ trailers: HTTPFields) async {}
}
