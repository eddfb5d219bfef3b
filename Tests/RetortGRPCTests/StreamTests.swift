// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    import GRPCCore
    import ProtocolModels
    import RetortInference
    import RetortLab
    import Synchronization
    import Testing

    @testable import RetortGRPC

    /// Requests and answers on one stream.
    @Suite(.timeLimit(.minutes(2))) struct StreamTests {
        /// How many computations go on at a time.
        private final class Gauge: Sendable {
            private let state = Mutex((now: 0, most: 0))

            var most: Int { state.withLock { $0.most } }

            func during<Result>(_ work: () async throws -> Result) async rethrows -> Result {
                state.withLock { state in
                    state.now += 1
                    state.most = max(state.most, state.now)
                }
                defer { state.withLock { $0.now -= 1 } }
                return try await work()
            }
        }

        /// A request with a name, for a model that takes as many milliseconds as its input says.
        private static func request(_ id: Int, _ time: UInt8) -> [UInt8] {
            MessageTests.text(1, "timed") + MessageTests.text(3, "\(id)") + MessageTests.input("UINT8", [1])
                + MessageTests.field(7, [time])
        }

        /// Asks on one stream, and gives the names of the answers and what the model was busy with at most.
        private static func names(of times: [UInt8], limit: Int) async throws -> (names: [String], most: Int) {
            let gauge = Gauge()
            let model = Model(
                name: "timed", platform: "swift", inputs: [Port(name: "x", dataType: .uint8, shape: [1])], outputs: [],
                backend: FunctionBackend { request in
                    let time = try request.inputs["x"]?.elements(as: UInt8.self).first ?? 0
                    try await gauge.during { try await Task.sleep(for: .milliseconds(Int(time))) }
                    return [:]
                })
            var grpc = InferenceGRPC(InferenceProtocol([model]))
            grpc.limits.requestsPerStream = limit
            let names = try await Calls.withServer(grpc) { port in
                try await Calls.withClient(port) { client in
                    try await client.bidirectionalStreaming(
                        request: StreamingClientRequest { writer in
                            for (id, time) in times.enumerated() { try await writer.write(request(id, time)) }
                        },
                        descriptor: Calls.method("ModelStreamInfer"), serializer: PlainBytes(),
                        deserializer: PlainBytes(), options: .defaults
                    ) { response in
                        var names: [String] = []
                        for try await message in response.messages { names.append(try name(of: message)) }
                        return names
                    }
                }
            }
            return (names, gauge.most)
        }

        /// Field 3 of field 2 of an answer: the name of the request.
        private static func name(of message: [UInt8]) throws -> String {
            try message.withUnsafeBytes { bytes in
                var name = ""
                var outer = MessageReader(bytes)
                while let (number, value) = try outer.next() {
                    guard number == 2 else { continue }
                    var inner = MessageReader(try value.bytes("infer_response"))
                    while let (number, value) = try inner.next() { if number == 3 { name = try value.text("id") } }
                }
                return name
            }
        }

        /// Those that are asked later are done earlier, and wait for their turn.
        @Test func answersComeInTheOrderOfTheRequests() async throws {
            let times = (0..<24).map { UInt8(200 - 8 * $0) }
            let (names, most) = try await Self.names(of: times, limit: 8)
            #expect(names == times.indices.map(String.init))
            #expect((2...8).contains(most))
        }

        @Test func oneAtATimeIsPossible() async throws {
            let (names, most) = try await Self.names(of: [30, 1, 20, 1], limit: 1)
            #expect(names == ["0", "1", "2", "3"])
            #expect(most == 1)
        }

        /// A stream on which nothing happens does not hold up the end.
        @Test func streamsEndWhenTheServerStops() async throws {
            try await withThrowingTaskGroup(of: RPCError?.self) { group in
                let (answered, continuation) = AsyncStream<Void>.makeStream()
                var grpc = MoreModels.server()
                grpc.gracePeriod = .seconds(60)
                try await Calls.withServer(grpc) { port in
                    group.addTask {
                        try await Calls.withClient(port) { client in
                            do {
                                try await client.bidirectionalStreaming(
                                    request: StreamingClientRequest { writer in
                                        try await writer.write(GRPCServerTests.request("left"))
                                        try await Task.sleep(for: .seconds(100))
                                    },
                                    descriptor: Calls.method("ModelStreamInfer"), serializer: PlainBytes(),
                                    deserializer: PlainBytes(), options: .defaults
                                ) { response in
                                    for try await _ in response.messages { continuation.yield() }
                                }
                                return nil
                            } catch {
                                return error as? RPCError
                            }
                        }
                    }
                    for await _ in answered { break }
                }
                let error = try await group.next() ?? nil
                #expect(error?.code == .unavailable)
                #expect(error?.message == "The server stops; another one can be asked.")
            }
        }
    }
#endif
