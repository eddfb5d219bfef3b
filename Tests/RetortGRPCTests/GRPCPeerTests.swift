// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    import TestSupport
    import Testing

    /// Triton's own client for Python against the server, over real sockets.
    ///
    /// The cases are in `Tests/Peers/triton_grpc_peer.py`.
    @Suite(.timeLimit(.minutes(3))) struct GRPCPeerTests {
        @Test func whatTritonsClientCanAskIsServed() async throws {
            let (code, output) = try await Calls.withServer(MoreModels.server()) { port in
                try await Peer.run(["Tests/Peers/triton_grpc_peer.py", "127.0.0.1:\(port)"])
            }
            #expect(code == 0, "\(output)")
            #expect(output.contains(" passed, 0 failed"), "\(output)")
        }
    }
#endif
