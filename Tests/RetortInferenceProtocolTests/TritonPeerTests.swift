// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProtocolModels
import TestSupport
import Testing

@testable import Retort

/// Triton's own client for Python against an app, over real sockets.
///
/// The cases are in `Tests/Peers/triton_peer.py`.
@Suite(.timeLimit(.minutes(3))) struct TritonPeerTests {
    @Test func everyModeOfTheClientIsServed() async throws {
        let server = try await TestServer.start(try SampleModels.app().freeze())
        guard case .tcp(_, let port) = server.address else { return }
        let (code, output) = try await Peer.run([
            "Tests/Peers/triton_peer.py", "127.0.0.1:\(port)", "http://127.0.0.1:\(port)/metrics",
        ])
        await server.stop()
        #expect(code == 0, "\(output)")
        #expect(output.contains(" passed, 0 failed"), "\(output)")
    }
}
