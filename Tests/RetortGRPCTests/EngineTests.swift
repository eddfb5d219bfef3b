// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    import Foundation
    import GRPCCore
    import RetortInference
    import RetortLab
    import Testing

    @testable import RetortGRPC

    /// The real engine and its queue behind gRPC.
    @Suite(.serialized, .timeLimit(.minutes(2))) struct EngineTests {
        private static let cache: URL = {
            let environment = ProcessInfo.processInfo.environment
            let base =
                environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
                ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
            return base.appendingPathComponent("retort/models/yunet/1")
        }()

        private static func request(_ model: String) -> [UInt8] {
            let shape: [UInt8] = [1, 3, 0x80, 0x05, 0x80, 0x05]
            return MessageTests.text(1, model) + MessageTests.input("FP32", shape, name: "input")
                + MessageTests.field(7, [UInt8](repeating: 0, count: 3 * 640 * 640 * 4))
        }

        /// Asks many times at once, and counts the codes.
        private static func codes(
            _ count: Int, of client: Calls.Client, timeout: Duration? = nil
        ) async -> [RPCError.Code?: [RPCError?]] {
            let request = request("yunet")
            return await withTaskGroup(of: RPCError?.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        var options = CallOptions.defaults
                        options.timeout = timeout
                        do {
                            _ = try await client.call("ModelInfer", request, options: options)
                            return nil
                        } catch {
                            return error as? RPCError ?? RPCError(code: .unknown, message: "\(error)")
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1?.code, default: []].append($1) }
            }
        }

        @Test func aFullQueueSaysWhenToTryAgain() async throws {
            let file = try #require(
                try FileManager.default.contentsOfDirectory(at: Self.cache, includingPropertiesForKeys: nil)
                    .first { $0.pathExtension == "onnx" })
            var options = ModelOptions()
            options.queue.maximumWaiting = 1
            var model = try await Engine().load(file.path, options: options)
            model.name = "yunet"
            let grpc = InferenceGRPC(InferenceProtocol([model]))
            try await Calls.withServer(grpc) { port in
                try await Calls.withClient(port) { client in
                    let found = await Self.codes(24, of: client)
                    #expect(Set(found.keys) == [nil, .unavailable], "\(found.keys)")
                    for error in found[.unavailable] ?? [] {
                        let time = error.flatMap {
                            $0.metadata[stringValues: "grpc-retry-pushback-ms"].first { _ in true }
                        }
                        #expect(time.flatMap { Int($0) } ?? 0 > 0)
                    }
                    let late = await Self.codes(4, of: client, timeout: .microseconds(100))
                    #expect(Set(late.keys).isSubset(of: [.deadlineExceeded, .unavailable]), "\(late.keys)")
                    // Nothing holds a place any more.
                    let after = await Self.codes(1, of: client)
                    #expect(Set(after.keys) == [nil])
                }
            }
            #expect(model.statistics.waiting == 0 && model.statistics.running == 0)
        }
    }
#endif
