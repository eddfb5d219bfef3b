// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    import GRPCCore
    import GRPCNIOTransportHTTP2Posix
    import Logging
    import ProtocolModels
    import Retort
    import RetortGRPC
    import RetortInference
    import RetortLab
    import Synchronization

    /// Messages as they are sent.
    struct PlainBytes: MessageSerializer, MessageDeserializer {
        func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }

        func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] {
            bytes.withUnsafeBytes { [UInt8]($0) }
        }
    }

    /// A server, and a client of another kind than the Python of the peers.
    enum Calls {
        typealias Client = GRPCClient<HTTP2ClientTransport.Posix>

        /// Serves while something is done, and then stops.
        ///
        /// - Parameters:
        ///   - grpc: The server; its port is one that is free.
        ///   - body: Gets the port.
        /// - Returns: What the function returns.
        /// - Throws: What the server or the function throws.
        static func withServer<Result: Sendable>(
            _ grpc: InferenceGRPC, _ body: (Int) async throws -> Result
        ) async throws -> Result {
            var grpc = grpc
            grpc.port = 0
            return try await withThrowingTaskGroup(of: Void.self) { group in
                let (ports, continuation) = AsyncStream<Int>.makeStream()
                group.addTask { [grpc] in
                    defer { continuation.finish() }
                    var log = Logger(label: "grpc")
                    log.logLevel = .critical
                    try await grpc.run(log: log) { continuation.yield($0) }
                }
                guard let port = await ports.first(where: { _ in true }) else {
                    try await group.next()
                    throw CancellationError()
                }
                let result = try await body(port)
                group.cancelAll()
                try await group.waitForAll()
                return result
            }
        }

        static func withClient<Result: Sendable>(
            _ port: Int, _ security: HTTP2ClientTransport.Posix.TransportSecurity = .plaintext,
            _ body: (Client) async throws -> Result
        ) async throws -> Result {
            try await withGRPCClient(
                transport: .http2NIOPosix(
                    target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: security),
                handleClient: body)
        }

        static func method(_ name: String, _ service: String = "inference.GRPCInferenceService") -> MethodDescriptor {
            MethodDescriptor(fullyQualifiedService: service, method: name)
        }
    }

    extension GRPCClient {
        /// The answer to one request, as bytes.
        func call(
            _ method: String, _ bytes: [UInt8] = [], metadata: Metadata = [:], options: CallOptions = .defaults
        ) async throws -> [UInt8] {
            try await unary(
                request: ClientRequest(message: bytes, metadata: metadata), descriptor: Calls.method(method),
                serializer: PlainBytes(), deserializer: PlainBytes(), options: options
            ) { try $0.message }
        }
    }

    /// Models beside those that Triton has too.
    enum MoreModels {
        private static func model(
            _ name: String, _ type: DataType = .float32, shape: [AxisLength] = [1],
            _ work: @escaping @Sendable (InferenceRequest) async throws -> Tensor
        ) -> Model {
            Model(
                name: name, platform: "swift", inputs: [Port(name: "x", dataType: type, shape: shape)],
                outputs: [Port(name: "y", dataType: type, shape: shape)],
                backend: FunctionBackend { ["y": try await work($0)] })
        }

        /// Waits as a queue would: until the deadline at most.
        static func slow(
            _ time: Duration = .seconds(3), onStart: @escaping @Sendable () -> Void = {},
            onCancel: @escaping @Sendable () -> Void = {}
        ) -> Model {
            model("slow") { request in
                onStart()
                let end = ContinuousClock.now + time
                do {
                    try await Task.sleep(until: min(end, request.deadline ?? end), clock: .continuous)
                } catch {
                    onCancel()
                    throw error
                }
                if let deadline = request.deadline, deadline < end {
                    throw InferenceError(.deadlinePassed, "The model did not answer before the deadline.")
                }
                return try Tensor([1] as [Float])
            }
        }

        /// The seconds until the deadline, or -1 where there is none.
        static var left: Model {
            model("left") { request in
                let left = request.deadline.map { ContinuousClock.now.duration(to: $0) / .seconds(1) }
                return try Tensor([Float(left ?? -1)])
            }
        }

        /// For each type a model that answers its input.
        static var ofEachType: [Model] {
            DataType.allCases.map { type in
                model("type_\(type.rawValue)", type, shape: [-1, -1]) { request in
                    guard let x = request.inputs["x"] else { throw CancellationError() }
                    return x
                }
            }
        }

        static var all: [Model] { SampleModels.all + ofEachType + [slow(), left] }

        static func server(_ models: [Model] = all, _ change: (inout InferenceProtocol) -> Void = { _ in })
            -> InferenceGRPC
        {
            var offered = InferenceProtocol(models)
            offered.allowsLoading = true
            change(&offered)
            return InferenceGRPC(offered)
        }
    }
#endif
