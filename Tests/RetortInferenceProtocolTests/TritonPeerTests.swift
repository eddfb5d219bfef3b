// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProtocolModels
import TestSupport
import Testing

@testable import Retort

/// Triton's own client for Python against an app, over real sockets, and against Triton itself.
///
/// The cases are in `Tests/Peers/triton_cases.py` and its neighbours; where Triton answers otherwise is in
/// `triton_differences.py`.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TritonPeerTests {
    /// Where `Scripts/setup triton` has put the server.
    private static var triton: URL {
        let cache =
            ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].map { URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
        return cache.appending(path: "retort/triton-0.7.0/pytriton/tritonserver/bin/tritonserver")
    }

    private static var hasTriton: Bool { FileManager.default.isExecutableFile(atPath: triton.path) }

    private func run(_ script: String) async throws -> (code: Int32, output: String) {
        let server = try await TestServer.start(try SampleModels.app().freeze())
        guard case .tcp(_, let port) = server.address else { return (-1, "no port") }
        let result = try await Peer.run([script, "127.0.0.1:\(port)"])
        await server.stop()
        return result
    }

    @Test func everyModeOfTheClientIsServed() async throws {
        let (code, output) = try await run("Tests/Peers/triton_peer.py")
        #expect(code == 0, "\(output)")
        #expect(output.contains(" passed, 0 failed"), "\(output)")
    }

    /// Both answer the same, or as it is listed.
    @Test(.enabled(if: hasTriton, "Triton is not there: run `Scripts/setup triton`."))
    func tritonDiffersAsListed() async throws {
        let (code, output) = try await run("Scripts/compare-triton")
        #expect(code == 0, "\(output)")
        #expect(output.contains(" differ, 0 are wrong"), "\(output)")
    }
}
