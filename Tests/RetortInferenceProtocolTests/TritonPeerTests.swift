// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Retort

/// Triton's own client for Python against an app, over real sockets.
///
/// The cases are in `Tests/Peers/triton_peer.py`.
@Suite(.timeLimit(.minutes(3))) struct TritonPeerTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test func everyModeOfTheClientIsServed() async throws {
        let python = Self.root.appendingPathComponent(".venv/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path), "run `Scripts/setup test`, which makes .venv")
        let server = try await TestServer.start(try SampleModels.app().freeze())
        guard case .tcp(_, let port) = server.address else { return }
        let (code, output) = try await Self.run(
            python, ["Tests/Peers/triton_peer.py", "127.0.0.1:\(port)", "http://127.0.0.1:\(port)/metrics"])
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
