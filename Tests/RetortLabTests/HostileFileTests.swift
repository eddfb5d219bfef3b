// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Files that are wrong in every way, sent to the program of `Examples/Lab`: what `Tests/Peers/rubbish_peer.py` does.
///
/// The program has a process of its own, so that its memory and its processor time can be watched from outside.
@Suite(.timeLimit(.minutes(5))) struct HostileFileTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program beside the tests, which `swift build --build-tests` builds too.
    private static func program() throws -> URL {
        let arguments = CommandLine.arguments
        let bundle =
            arguments.firstIndex(of: "--test-bundle-path").map { arguments[$0 + 1] } ?? arguments[0]
        let built = URL(filePath: bundle).deletingLastPathComponent()
        let found = [built, root.appending(path: ".build/debug")].map { $0.appending(path: "Lab") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return try #require(found, "run `swift build --build-tests`, which builds Lab")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/clear_refs")))
    func eachGetsTheRightAnswerOrARefusal() async throws {
        let port = try freePort()
        let lab = Process()
        lab.executableURL = try Self.program()
        lab.arguments = ["--host", "127.0.0.1", "--port", String(port)]
        lab.standardOutput = FileHandle.nullDevice
        let said = FileManager.default.temporaryDirectory.appending(path: "retort-lab-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: said.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: said) }
        lab.standardError = try FileHandle(forWritingTo: said)
        try lab.run()
        defer { lab.terminate() }
        for _ in 0..<200 where !answers(port) { try await Task.sleep(for: .milliseconds(100)) }

        let peer = Process()
        peer.executableURL = URL(filePath: "/usr/bin/python3")
        peer.arguments = [
            Self.root.appending(path: "Tests/Peers/rubbish_peer.py").path, "http://127.0.0.1:\(port)",
            String(lab.processIdentifier), Photos.path("chelsea.png"),
        ]
        // Without optimisation the reading of headers and bodies takes many times as long.
        peer.environment = ProcessInfo.processInfo.environment.merging(["RUBBISH_SECONDS": "0.4"]) { $1 }
        let output = Pipe()
        peer.standardOutput = output
        peer.standardError = output
        try peer.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        peer.waitUntilExit()
        #expect(peer.terminationStatus == 0, "\(text)")
        #expect(text.contains(" passed, 0 failed"), "\(text)")
        #expect(lab.isRunning)
        let log = try String(contentsOf: said, encoding: .utf8)
        #expect(!log.contains("imdecode") && !log.contains("libpng"), "\(log.suffix(2_000))")
    }
}

/// A port of this machine that nobody has at the moment.
private func freePort() throws -> Int {
    let server = try ScriptedServer([:])
    server.stop()
    return server.port
}

/// Whether somebody listens.
private func answers(_ port: Int) -> Bool {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}
