// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire

/// An answer as it came over the socket.
struct RawResponse: Sendable {
    var status = 0
    var version = ""
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var trailers = HTTPFields()

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    struct Malformed: Error { let text: String }

    /// Reads one answer at the front of the bytes; nil when it is not complete.
    ///
    /// - Returns: The answer and the number of its bytes.
    static func parse(_ bytes: [UInt8], isHEAD: Bool, isClosed: Bool) throws -> (RawResponse, Int)? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= 4,
            let end = (0...(bytes.count - 4)).first(where: { bytes[$0..<$0 + 4].elementsEqual(mark) })
        else { return nil }
        var response = try head(String(decoding: bytes[..<end], as: UTF8.self))
        let start = end + 4
        if isHEAD || response.status < 200 || response.status == 204 || response.status == 304 {
            return (response, start)
        }
        if response["transfer-encoding"] == "chunked" {
            guard let used = try response.readChunks(bytes, from: start) else { return nil }
            return (response, used)
        }
        guard let length = response["content-length"].flatMap({ Int($0) }) else {
            response.body = Array(bytes[start...])
            return isClosed ? (response, bytes.count) : nil
        }
        guard bytes.count >= start + length else { return nil }
        response.body = Array(bytes[start..<start + length])
        return (response, start + length)
    }

    private static func head(_ text: String) throws -> RawResponse {
        var response = RawResponse()
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        let words = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, let status = Int(words[1]) else { throw Malformed(text: text) }
        response.version = String(words[0])
        response.status = status
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), line[colon...].hasPrefix(": ") else {
                throw Malformed(text: line)
            }
            response.fields.append((String(line[..<colon]), String(line[colon...].dropFirst(2))))
        }
        return response
    }

    private mutating func readChunks(_ bytes: [UInt8], from start: Int) throws -> Int? {
        var decoder = ChunkedDecoder()
        var position = start
        let all = bytes.span
        while true {
            switch try decoder.next(all.extracting(position..<bytes.count)) {
            case .skip(let count): position += count
            case .data(let count):
                body += bytes[position..<position + count]
                position += count
            case .needsMore: return nil
            case .end(let count):
                trailers = decoder.trailers
                return position + count
            }
        }
    }
}

extension RawClient {
    /// Waits for the next answer.
    func response(isHEAD: Bool = false, within time: Duration = .seconds(5)) async throws -> RawResponse {
        try await take(within: time) { try RawResponse.parse($0, isHEAD: isHEAD, isClosed: $1) }
    }

    /// Sends a request and waits for its answer.
    func exchange(_ request: String, within time: Duration = .seconds(5)) async throws -> RawResponse {
        try await send(request)
        return try await response(isHEAD: request.hasPrefix("HEAD "), within: time)
    }

    /// Sends a GET request and waits for its answer.
    func get(_ path: String, within time: Duration = .seconds(5)) async throws -> RawResponse {
        try await exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n", within: time)
    }
}
