// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Programs of others beside which the tests run ours.
package enum Peer {
    /// The root of the package.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The Python that has the packages of the set-up.
    package static let python = root.appending(path: ".venv/bin/python")

    /// What is said where the set-up has not run.
    private struct Missing: Error, CustomStringConvertible {
        let program: URL
        var description: String { "\(program.path) is not there: run `Scripts/setup test`." }
    }

    /// Runs Python in the root of the package to its end, and answers its exit code and what it printed.
    package static func run(_ arguments: [String]) async throws -> (code: Int32, output: String) {
        try await run(python, arguments)
    }

    /// Runs a program in the root of the package to its end, and answers its exit code and what it printed.
    package static func run(_ program: URL, _ arguments: [String]) async throws -> (code: Int32, output: String) {
        guard FileManager.default.isExecutableFile(atPath: program.path) else { throw Missing(program: program) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = root
        let log = FileManager.default.temporaryDirectory.appending(path: "retort-peer-\(UUID().uuidString)")
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
