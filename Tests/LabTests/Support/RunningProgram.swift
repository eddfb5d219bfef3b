// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A program that serves on a port of this machine, until it is stopped or the tests are over.
final class RunningProgram: Sendable {
    let port: Int
    private let lifeline: Pipe
    private let process: Process

    /// Starts a program and waits until it says its port.
    ///
    /// - Parameters:
    ///   - program: The path of the program.
    ///   - arguments: Its arguments.
    ///   - portAfter: The text in front of the port, in the first line that the program prints.
    /// - Throws: What starting throws, and an error for a program that says no port.
    init(_ program: String, _ arguments: [String], portAfter: String) throws {
        // The shell ends the program when its own input ends: with this process, however that ends.
        let script = #""$0" "$@" </dev/null & program=$!; cat >/dev/null; kill $program; wait $program"#
        let (lifeline, output, process) = (Pipe(), Pipe(), Process())
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script, program] + arguments
        process.standardInput = lifeline
        process.standardOutput = output
        process.standardError = output
        try process.run()
        (self.lifeline, self.process) = (lifeline, process)
        var text: [UInt8] = []
        var found: Int?
        while found == nil, let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
            text.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            let line = String(decoding: text, as: UTF8.self)
            if let range = line.range(of: portAfter, options: .backwards) {
                found = Int(line[range.upperBound...].prefix { $0.isNumber })
            }
        }
        // What it says later is read and forgotten, or it would wait for a reader.
        output.fileHandleForReading.readabilityHandler = { handle in
            if handle.availableData.isEmpty { handle.readabilityHandler = nil }
        }
        guard let found else {
            try? lifeline.fileHandleForWriting.close()
            throw ProgramError(text: "\(program) said no port: \(String(decoding: text, as: UTF8.self))")
        }
        port = found
    }

    /// Lets the program end, which it does on its own.
    func stop() { try? lifeline.fileHandleForWriting.close() }

    /// A program beside the one that runs the tests; nil where it was not built.
    static func beside(_ name: String) -> String? {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")).map { [$0] } ?? []
        // Tests may run inside a tool of the toolchain; then an argument names the bundle.
        return (own + CommandLine.arguments).filter { $0.contains("/") }
            .map { URL(filePath: $0).deletingLastPathComponent().appending(path: name).path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    struct ProgramError: Error { var text: String }
}

/// The lab, and a server of photographs that it may fetch from, for the tests of a suite.
struct RunningLab: SuiteTrait, TestScoping {
    /// What the tests use.
    struct Addresses: Sendable {
        /// The port of the lab.
        var lab: Int
        /// The port of the photographs.
        var photos: Int

        func photo(_ name: String) -> String { "http://127.0.0.1:\(photos)/\(name)" }
    }

    @TaskLocal static var current = Addresses(lab: 0, photos: 0)

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing work: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let photos = try RunningProgram(
            "/usr/bin/python3",
            ["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", Photos.folder.path, "0"],
            portAfter: " port ")
        defer { photos.stop() }
        let program = try #require(RunningProgram.beside("Lab"), "build the product Lab first")
        let gallery = FileManager.default.temporaryDirectory.appending(path: "retort-gallery-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: gallery) }
        let lab = try RunningProgram(
            program,
            ["--port", "0", "--allow-fetch", "127.0.0.1:\(photos.port)", "--gallery", gallery.path],
            portAfter: "http://127.0.0.1:")
        defer { lab.stop() }
        try await Self.$current.withValue(Addresses(lab: lab.port, photos: photos.port)) { try await work() }
    }
}

extension Trait where Self == RunningLab {
    /// Runs the suite beside a lab.
    static var besideALab: RunningLab { RunningLab() }
}
