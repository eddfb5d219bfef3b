// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A server on a port of this machine that gives the same bytes for a path every time, then closes.
package final class ScriptedServer: Sendable {
    /// What to do for one path.
    package struct Script: Sendable {
        package var bytes: [UInt8] = []
        package var pause = Duration.zero
        package var isEndless = false

        /// An answer with status 200.
        package static func ok(_ body: [UInt8], type: String = "image/png") -> Script {
            Script(
                bytes: Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n".utf8)
                    + body)
        }

        /// An answer of which every byte is given.
        package static func raw(_ text: String) -> Script { Script(bytes: Array(text.utf8)) }

        /// A redirect.
        package static func redirect(_ location: String, status: Int = 302) -> Script {
            raw("HTTP/1.1 \(status) Moved\r\nLocation: \(location)\r\nContent-Length: 4\r\n\r\nmove")
        }
    }

    package let port: Int
    private let listener: Int32
    private let scripts: [String: Script]
    private let heads = Mutex<[String]>([])

    package init(_ scripts: [String: Script]) throws {
        self.scripts = scripts
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard result else { throw POSIXError(.EADDRINUSE) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in accepting() }
    }

    /// The heads of the requests that came.
    package var requests: [String] { heads.withLock { $0 } }

    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func accepting() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { break }
            Thread.detachNewThread { [self] in
                answer(client)
                close(client)
            }
        }
        close(listener)
    }

    private func answer(_ client: Int32) {
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: head, as: UTF8.self).contains("\r\n\r\n") {
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            head += buffer[..<count]
            // The greeting of TLS, which this server does not speak.
            if head.first == 0x16 {
                _ = send(client, "no", 2, Int32(MSG_NOSIGNAL))
                return
            }
        }
        let text = String(decoding: head, as: UTF8.self)
        heads.withLock { $0.append(text) }
        let path = text.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let script = scripts[path] ?? .raw("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        if script.pause > .zero { Thread.sleep(forTimeInterval: Double(script.pause.components.seconds)) }
        repeat {
            var sent = 0
            while sent < script.bytes.count {
                let count = script.bytes[sent...].withUnsafeBytes {
                    send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        } while script.isEndless
    }
}
