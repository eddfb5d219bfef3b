// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// One request to the lab over a socket of its own, and the bytes of the answer.
struct Call: Sendable, CustomTestStringConvertible {
    var method: String
    var target: String
    var headers: [String] = []
    var body: [UInt8] = []

    init(_ method: String, _ target: String, headers: [String] = [], body: [UInt8] = []) {
        (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
    }

    /// A form with one part, as a browser or a script sends it.
    static func form(_ target: String, _ name: String, file: String?, _ bytes: [UInt8]) -> Call {
        let disposition = file.map { "name=\"\(name)\"; filename=\"\($0)\"" } ?? "name=\"\(name)\""
        let head = "--limit\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n"
        return Call(
            "POST", target, headers: ["Content-Type: multipart/form-data; boundary=limit"],
            body: Array(head.utf8) + bytes + Array("\r\n--limit--\r\n".utf8))
    }

    var testDescription: String { "\(method) \(target)" }

    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        /// What `box` has in each of the results, as a set: their order is no part of the contract.
        func boxes() throws -> Set<[Int]> {
            struct Reply: Decodable {
                struct Item: Decodable { var box: [Int] }
                var result: [Item]
                var status: String
            }
            let reply = try JSONDecoder().decode(Reply.self, from: Data(body))
            #expect(reply.status == "ok")
            #expect(Set(reply.result.map(\.box)).count == reply.result.count)
            return Set(reply.result.map(\.box))
        }
    }

    /// Sends the request, and reads until the server closes the connection.
    func send(port: Int = RunningLab.current.lab) throws -> Answer {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var time = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isConnected)
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
        if !body.isEmpty || method == "POST" { lines.append("Content-Length: \(body.count)") }
        let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A server that refuses a body may close before it is sent.
            guard count > 0 else { break }
            sent += count
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        return try Self.parse(received)
    }

    private static func parse(_ bytes: [UInt8]) throws -> Answer {
        let end = try #require(Data(bytes).range(of: Data("\r\n\r\n".utf8)), "no head came")
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let status = try #require(head[0].split(separator: " ").dropFirst().first.flatMap { Int($0) })
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...]
            headers[line[..<colon].lowercased()] = value.trimmingCharacters(in: .whitespaces)
        }
        return Answer(status: status, headers: headers, body: Array(bytes[end.upperBound...]))
    }
}
