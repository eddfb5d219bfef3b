// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Programs of others that use the lab.
enum Peer {
    /// Runs a program to its end, and answers its exit code and what it printed.
    static func run(_ program: URL, _ arguments: [String]) async throws -> (code: Int32, output: String) {
        try #require(FileManager.default.isExecutableFile(atPath: program.path), "run `Scripts/setup test`")
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = Photos.root
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
