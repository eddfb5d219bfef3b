// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Retort

/// An echo server against the package `websockets` of Python, case by case as the Autobahn test suite has them.
///
/// The cases are in `Tests/Peers/websocket_peer.py`: groups 1–7, 9, 10 and 12.
@Suite(.timeLimit(.minutes(3))) struct WebSocketPeerTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test func everyCaseIsAnsweredAsTheProtocolSays() async throws {
        let python = Self.root.appendingPathComponent(".venv/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path), "run `Scripts/setup test`, which makes .venv")
        var app = App()
        app.webSocket(
            "/echo", handshake: WebSocketHandshake(compression: PermessageDeflate()), messageLimit: 16 * 1_024 * 1_024
        ) { (socket: WebSocket) async throws in
            for try await message in socket.messages { try await socket.send(message) }
        }
        let server = try await TestServer.start(try app.freeze())
        guard case .tcp(_, let port) = server.address else { return }
        let (code, output) = try await Self.run(
            python, ["Tests/Peers/websocket_peer.py", "ws://127.0.0.1:\(port)/echo"])
        await server.stop()
        #expect(code == 0, "\(output)")
        #expect(output.contains(" passed, 0 failed"), "\(output)")
    }

    /// Runs a program to its end, and answers its exit code and what it printed.
    private static func run(_ program: URL, _ arguments: [String]) async throws -> (Int32, String) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = root
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("retort-peer-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: log) }
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        let code = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { done.resume(throwing: error) }
        }
        return (code, try String(contentsOf: log, encoding: .utf8))
    }
}
