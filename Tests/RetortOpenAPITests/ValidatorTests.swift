// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortOpenAPI
import Testing

/// The validator that others use says that the documents are right.
@Suite(.timeLimit(.minutes(2))) struct ValidatorTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: ["hello", "pictures", "everything", "empty"])
    func documentsAreValid(_ name: String) async throws {
        let python = Self.root.appendingPathComponent(".venv/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path), "run `Scripts/setup test`, which makes .venv")
        let app =
            switch name {
            case "hello": SampleApps.hello()
            case "pictures": SampleApps.pictures()
            case "everything": SampleApps.everything()
            default: App()
            }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("retort-openapi-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(try app.openAPIDocument().bytes()).write(to: file)
        let (code, output) = try await Self.run(
            python, ["-m", "openapi_spec_validator", "--schema", "3.1", "--errors", "all", file.path])
        #expect(code == 0, "\(output)")
        #expect(output.contains("OK"))
    }

    @Test func theValidatorFindsMistakes() async throws {
        let python = Self.root.appendingPathComponent(".venv/bin/python")
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("retort-openapi-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        var document = try #require(try SampleApps.hello().openAPIDocument().object)
        document["info"] = ["title": "no version"]
        try Data(try JSONValue.object(document).bytes()).write(to: file)
        let (code, _) = try await Self.run(python, ["-m", "openapi_spec_validator", file.path])
        #expect(code != 0)
    }

    /// Runs a program to its end, and answers its exit code and what it printed.
    private static func run(_ program: URL, _ arguments: [String]) async throws -> (Int32, String) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("retort-openapi-\(UUID()).log")
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
