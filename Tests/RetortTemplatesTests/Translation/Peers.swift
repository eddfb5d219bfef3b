// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Runs a script of Python with JSON as its input and its output.
func python<each Input: Encodable, Output: Decodable>(
    _ script: String, _ input: (repeat each Input)
) throws -> Output {
    var parts: [String] = []
    for value in repeat each input { parts.append(String(decoding: try JSONEncoder().encode(value), as: UTF8.self)) }
    let output = try run("python3", ["-c", script], input: Data("[\(parts.joined(separator: ","))]".utf8))
    return try JSONDecoder().decode(Output.self, from: output)
}

/// Runs a program, and gives what it prints.
@discardableResult
func run(_ program: String, _ arguments: [String], input: Data = Data()) throws -> Data {
    let folder = try TemporaryFolder()
    // Through files, so that no pipe is ever full.
    let source = try folder.write("input", input)
    let target = try folder.write("output", Data())
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = try FileHandle(forWritingTo: target)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) failed")
    return try Data(contentsOf: target)
}

/// Whether there is a program to compare with.
func hasProgram(_ name: String) -> Bool { (try? run("sh", ["-c", "command -v \(name)"])) != nil }

/// A folder that goes when nobody holds it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "retort-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file, with the folders that it lies in.
    func write(_ path: String, _ data: Data) throws -> URL {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file
    }
}
