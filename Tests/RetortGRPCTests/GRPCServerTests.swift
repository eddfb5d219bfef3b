// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    import Foundation
    import GRPCCore
    import GRPCNIOTransportHTTP2Posix
    import HTTPTypes
    import Logging
    import ProtocolModels
    import Retort
    import RetortInference
    import RetortLab
    import RetortWire
    import Synchronization
    import TestSupport
    import Testing

    @testable import RetortGRPC

    /// What the server does with calls, and with its own beginning and end.
    @Suite(.timeLimit(.minutes(2))) struct GRPCServerTests {
        /// A request of one number for a model with the input "x".
        static func request(_ model: String) -> [UInt8] {
            MessageTests.text(1, model) + MessageTests.input("FP32", [1]) + MessageTests.field(7, [0, 0, 0, 0])
        }

        static func name(_ model: String) -> [UInt8] { MessageTests.text(2, model) }

        /// The error that a call ends with.
        static func refusal(_ body: () async throws -> [UInt8]) async -> RPCError? {
            do {
                let answer = try await body()
                Issue.record("It was answered with \(answer.count) bytes.")
                return nil
            } catch {
                return error as? RPCError
            }
        }

        @Test func bothWaysShareModelsAndFigures() async throws {
            var models = InferenceProtocol(SampleModels.all)
            models.allowsLoading = true
            var app = App()
            app.log.logLevel = .critical
            app.mount(models, at: "/v2")
            try await TestClient.run(app) { http in
                try await Calls.withServer(InferenceGRPC(models)) { port in
                    try await Calls.withClient(port) { client in
                        let body = #"{"inputs":[{"name":"x","datatype":"FP32","shape":[1,4],"data":[1,2,3,4]}]}"#
                        func infer() async throws -> Int {
                            try await http.post("/v2/models/doubler/infer", body: .bytes(Array(body.utf8))).status.code
                        }
                        #expect(try await infer() == 200)
                        let request =
                            MessageTests.text(1, "doubler") + MessageTests.input("FP32", [1, 4])
                            + MessageTests.field(7, [UInt8](repeating: 0, count: 16))
                        _ = try await client.call("ModelInfer", request)
                        let figures = try await http.get("/v2/models/doubler/versions/2/stats").text
                        #expect(figures.contains(#""inference_count":2"#))
                        // 2 in field 4 of the one model.
                        let same = try await client.call("ModelStatistics", MessageTests.text(1, "doubler"))
                        #expect(same.count > 0)
                        _ = try await client.call("RepositoryModelUnload", Self.name("doubler"))
                        #expect(try await infer() == 404)
                        #expect(try await http.post("/v2/repository/models/doubler/load").status == .ok)
                        _ = try await client.call("ModelInfer", request)
                    }
                }
            }
        }

        @Test func clientsMayNotLoadUnlessTheyMay() async throws {
            let grpc = MoreModels.server { $0.allowsLoading = false }
            try await Calls.withServer(grpc) { port in
                try await Calls.withClient(port) { client in
                    for method in ["RepositoryModelLoad", "RepositoryModelUnload"] {
                        let error = await Self.refusal { try await client.call(method, Self.name("doubler")) }
                        #expect(error?.code == .permissionDenied)
                        #expect(error?.message == "Models of this server are not loaded or unloaded by clients.")
                    }
                }
            }
        }

        @Test func theServerIsReadyWithWhatItNeeds() async throws {
            let grpc = MoreModels.server { $0.requiredModels = ["doubler"] }
            try await Calls.withServer(grpc) { port in
                try await Calls.withClient(port) { client in
                    #expect(try await client.call("ServerReady") == [8, 1])
                    _ = try await client.call("RepositoryModelUnload", Self.name("doubler"))
                    #expect(try await client.call("ServerReady") == [])
                    let health = try await client.unary(
                        request: ClientRequest(message: []),
                        descriptor: Calls.method("Check", "grpc.health.v1.Health"),
                        serializer: PlainBytes(), deserializer: PlainBytes(), options: .defaults
                    ) { try $0.message }
                    #expect(health == [8, 2])
                }
            }
        }

        @Test func strangersAreTurnedAway() async throws {
            var grpc = MoreModels.server()
            grpc.admit = { caller in
                guard caller.header("Authorization") == "Bearer open" else {
                    throw HTTPError(.unauthorized, "\(caller.method) is for those with a token.")
                }
                #expect(caller.peer.hasPrefix("ipv4:127.0.0.1:"))
            }
            try await Calls.withServer(grpc) { port in
                try await Calls.withClient(port) { client in
                    let error = await Self.refusal { try await client.call("ServerLive") }
                    #expect(error?.code == .unauthenticated)
                    #expect(error?.message == "inference.GRPCInferenceService/ServerLive is for those with a token.")
                    let live = try await client.call("ServerLive", metadata: ["authorization": "Bearer open"])
                    #expect(live == [8, 1])
                }
            }
        }

        // MARK: Ends

        /// What happens to a model, as it happens.
        private static func signal() -> (happened: AsyncStream<Void>, happens: @Sendable () -> Void) {
            let (stream, continuation) = AsyncStream<Void>.makeStream()
            return (stream, { continuation.yield() })
        }

        @Test func aClientThatGoesAwayFreesItsPlace() async throws {
            let (start, end) = (Self.signal(), Self.signal())
            let slow = MoreModels.slow(.seconds(60), onStart: start.happens, onCancel: end.happens)
            try await Calls.withServer(MoreModels.server([slow])) { port in
                let begin = ContinuousClock.now
                try await Calls.withClient(port) { client in
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask { _ = try? await client.call("ModelInfer", Self.request("slow")) }
                        for await _ in start.happened { break }
                        group.cancelAll()
                        for await _ in end.happened { break }
                    }
                    var options = CallOptions.defaults
                    options.timeout = .milliseconds(200)
                    let error = await Self.refusal {
                        try await client.call("ModelInfer", Self.request("slow"), options: options)
                    }
                    #expect(error?.code == .deadlineExceeded)
                }
                #expect(ContinuousClock.now - begin < .seconds(20))
            }
        }

        @Test func callsUnderWayAreAnsweredWhenTheServerStops() async throws {
            let start = Self.signal()
            let grpc = MoreModels.server([MoreModels.slow(.seconds(1), onStart: start.happens)])
            let answer = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                try await Calls.withServer(grpc) { port in
                    group.addTask {
                        try await Calls.withClient(port) { try await $0.call("ModelInfer", Self.request("slow")) }
                    }
                    for await _ in start.happened { break }
                }
                return try await group.next()
            }
            #expect(answer?.isEmpty == false)
        }

        @Test func theGracePeriodEndsCallsThatGoOn() async throws {
            let start = Self.signal()
            var grpc = MoreModels.server([MoreModels.slow(.seconds(60), onStart: start.happens)])
            grpc.gracePeriod = .milliseconds(500)
            try await withThrowingTaskGroup(of: RPCError?.self) { group in
                let begin = ContinuousClock.now
                try await Calls.withServer(grpc) { port in
                    group.addTask {
                        await Self.refusal {
                            try await Calls.withClient(port) { try await $0.call("ModelInfer", Self.request("slow")) }
                        }
                    }
                    for await _ in start.happened { break }
                }
                #expect(ContinuousClock.now - begin < .seconds(20))
                let error = try await group.next() ?? nil
                #expect(error != nil)
            }
        }

        @Test func anAppServesBoth() async throws {
            var app = App()
            app.log.logLevel = .critical
            app.server.addresses = [.tcp(host: "127.0.0.1", port: 0)]
            let models = InferenceProtocol([SampleModels.ident])
            app.mount(models, at: "/v2")
            let port = try await Self.freePort()
            app.service(InferenceGRPC(models, host: "localhost", port: port))
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (ready, continuation) = AsyncStream<Void>.makeStream()
                group.addTask { [app] in try await app.serve { _ in continuation.yield() } }
                for await _ in ready { break }
                try await Calls.withClient(port) { client in
                    var options = CallOptions.defaults
                    options.waitForReady = true
                    let live = try await client.call("ServerLive", options: options)
                    #expect(live == [8, 1])
                }
                group.cancelAll()
            }
        }

        /// A port on which nobody listens now.
        private static func freePort() async throws -> Int {
            try await Calls.withServer(MoreModels.server([])) { $0 }
        }

        @Test func aPortThatIsInUseStopsTheAppWithASentence() async throws {
            try await Calls.withServer(MoreModels.server([])) { port in
                let second = InferenceGRPC(InferenceProtocol([]), port: port)
                let error = await #expect(throws: ListenFailure.self) { try await second.run() }
                #expect(
                    error?.description
                        == "Cannot serve gRPC on 127.0.0.1:\(port): another program uses it. "
                        + "Stop that one, or choose another port.")
            }
            let nowhere = InferenceGRPC(InferenceProtocol([]), host: "nowhere.invalid")
            await #expect(throws: ListenFailure.self) { try await nowhere.run() }
            var uncertain = InferenceGRPC(InferenceProtocol([]), port: 0)
            uncertain.certificate = GRPCCertificate(chain: "/nowhere/cert.pem", key: "/nowhere/key.pem")
            await #expect(throws: ListenFailure.self) { try await uncertain.run() }
        }

        @Test func certificatesAreShown() async throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "retort-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let (chain, key) = (folder.appending(path: "cert.pem").path, folder.appending(path: "key.pem").path)
            let (code, output) = try await Peer.run(
                URL(filePath: "/usr/bin/openssl"),
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", key, "-out", chain,
                ])
            #expect(code == 0, "\(output)")
            var grpc = MoreModels.server([SampleModels.ident])
            grpc.certificate = GRPCCertificate(chain: chain, key: key)
            try await Calls.withServer(grpc) { port in
                let trusting = HTTP2ClientTransport.Posix.TransportSecurity.tls {
                    $0.trustRoots = .certificates([.file(path: chain, format: .pem)])
                }
                try await Calls.withClient(port, trusting) { client in
                    let live = try await client.call("ServerLive")
                    #expect(live == [8, 1])
                }
            }
        }
    }

    /// What headers and statuses mean.
    @Suite struct CallFrameTests {
        // gRPC over HTTP/2, "Timeout".
        @Test(arguments: [
            ("1H", Duration.seconds(3_600)), ("2M", .seconds(120)), ("3S", .seconds(3)), ("4m", .milliseconds(4)),
            ("5u", .microseconds(5)), ("99999999n", .nanoseconds(99_999_999)),
        ])
        func timesHaveUnits(_ text: String, _ duration: Duration) {
            #expect(CallTimeout(text)?.duration == duration)
        }

        @Test(arguments: ["", "S", "1", "1s", "-1S", "+1S", "1.5S", "123456789S", "1 S", "٣S", "1SS"])
        func whatIsNoTimeIsNone(_ text: String) {
            #expect(CallTimeout(text) == nil)
        }

        @Test(arguments: [
            (400, RPCError.Code.invalidArgument), (401, .unauthenticated), (403, .permissionDenied), (404, .notFound),
            (413, .invalidArgument), (415, .invalidArgument), (422, .invalidArgument), (429, .resourceExhausted),
            (500, .internalError), (501, .unimplemented), (503, .unavailable), (504, .deadlineExceeded),
        ])
        func statusesHaveCodes(_ status: Int, _ code: RPCError.Code) {
            #expect(CallFrame.code(of: status) == code)
        }
    }
#endif
