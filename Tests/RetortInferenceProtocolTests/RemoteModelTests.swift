// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import ProtocolModels
import Retort
import RetortInference
import RetortServer
import Testing

@testable import RetortLab

/// Models that other servers compute, over real sockets.
@Suite(.serialized, .timeLimit(.minutes(2))) struct RemoteModelTests {
    private func inputs(_ first: Float = 1) throws -> [String: Tensor] {
        ["x": try Tensor([first, 2, 3, 4], shape: [1, 4])]
    }

    private func start(
        _ app: App? = nil, port: Int = 0, grace: Duration = .seconds(2)
    ) async throws -> (TestServer, String, Int) {
        var configuration = ServerConfiguration.test
        if port != 0 { configuration.addresses = [.tcp(host: "127.0.0.1", port: port)] }
        configuration.gracePeriod = grace
        let server = try await TestServer.start((app ?? SampleModels.app()).freeze(), configuration: configuration)
        guard case .tcp(_, let port) = server.address else { return (server, "", 0) }
        return (server, "http://127.0.0.1:\(port)/v2", port)
    }

    private func app(_ model: Model) -> App {
        var app = App()
        app.log.logLevel = .critical
        app.mount(InferenceProtocol([model]), at: "/v2")
        return app
    }

    @Test func answersAreThoseOfTheServer() async throws {
        let (server, url, _) = try await start()
        let model = try await Model.remote("doubler", at: [url])
        #expect(model.version == "2")
        #expect(model.inputs == SampleModels.doubler(2).inputs)
        #expect(model.outputs == SampleModels.doubler(2).outputs)
        let result = try await model.infer(inputs())
        #expect(try result.output("out_x") == Tensor([4, 8, 12, 16] as [Float], shape: [1, 4]))
        #expect(try result.output("n") == Tensor([1] as [Int32], shape: [1, 1]))
        let one = try await model.infer(InferenceRequest(inputs: inputs(), outputs: ["n"], priority: 3))
        #expect(one.outputs.keys.sorted() == ["n"])
        let old = try await Model.remote("doubler", version: "1", at: [url + "/"])
        #expect(try await old.infer(inputs()).output("out_x").elements(as: Float.self) == [2, 4, 6, 8])
        #expect(model.statistics.success.count == 2)
        await server.stop()
    }

    @Test func everyTypeSurvives() async throws {
        let (server, url, _) = try await start()
        let model = try await Model.remote("types", at: [url])
        var inputs: [String: Tensor] = [:]
        for type in DataType.allCases {
            // Four zeros are also the length of a text of no bytes.
            let bytes = [UInt8](repeating: 0, count: (type.size ?? 4) * 6)
            inputs[type.rawValue] = try Tensor(dataType: type, shape: [2, 3], bytes: bytes)
        }
        inputs["BYTES"] = try Tensor(texts: [[0xff], [], [1, 2, 3]], shape: [1, 3])
        let result = try await model.infer(inputs)
        for (name, tensor) in inputs { #expect(try result.output("out_\(name)") == tensor) }
        // More than libcurl takes at once.
        let large = try Tensor((0..<1_000_000).map { Float($0) }, shape: [250_000, 4])
        let doubler = try await Model.remote("doubler", version: "1", at: [url])
        let answer = try await doubler.infer(["x": large]).output("out_x").elements(as: Float.self)
        #expect(answer.last == Float(1_999_998))
        await server.stop()
    }

    @Test func errorsKeepTheirMeaning() async throws {
        let (server, url, _) = try await start()
        func code(_ body: () async throws -> Void) async -> InferenceError.Code? {
            do {
                try await body()
                return nil
            } catch { return (error as? InferenceError)?.code }
        }
        let tensor = ["x": try Tensor([1] as [Float])]
        #expect(await code { _ = try await Model.remote("nope", at: [url]) } == .unknownModel)
        #expect(await code { _ = try await Model.remote("doubler", at: []) } == .invalidData)
        #expect(await code { _ = try await Model.remote("doubler", at: ["ftp://x"]) } == .invalidData)
        #expect(await code { _ = try await Model.remote("doubler", at: ["http://127.0.0.1:1"]) } == .notReady)
        #expect(await code { _ = try await Model.remote("a/../b?", at: [url]) } == .unknownModel)
        let full = try await Model.remote("full", at: [url])
        let error = await #expect(throws: InferenceError.self) { try await full.infer(tensor) }
        #expect(error?.code == .overloaded)
        #expect(error?.retryAfter == .seconds(2))
        let broken = try await Model.remote("broken", at: [url])
        #expect(await code { _ = try await broken.infer(tensor) } == .engineFailed)
        #expect(full.statistics.rejected == 1)
        #expect(broken.statistics.failure.count == 1)
        var options = RemoteOptions()
        options.answerBytes = 400
        let small = try await Model.remote("doubler", at: [url], options: options)
        let many = try Tensor([Float](repeating: 0, count: 400), shape: [100, 4])
        #expect(await code { _ = try await small.infer(["x": many]) } == .tooLarge)
        await server.stop()
    }

    @Test func deadlinesAndCancellationsEndTheWaiting() async throws {
        let slow = Model(
            name: "slow", platform: "swift", inputs: [Port(name: "x", dataType: .float32, shape: [-1])],
            outputs: [Port(name: "y", dataType: .float32, shape: [-1])],
            backend: FunctionBackend { _ in
                try await Task.sleep(for: .seconds(20))
                return [:]
            })
        let (server, url, _) = try await start(app(slow))
        let model = try await Model.remote("slow", at: [url])
        let tensor = ["x": try Tensor([1] as [Float])]
        let clock = ContinuousClock()
        let time = await clock.measure {
            let error = await #expect(throws: InferenceError.self) {
                try await model.infer(InferenceRequest(inputs: tensor, deadline: .now + .milliseconds(200)))
            }
            #expect(error?.code == .deadlinePassed)
            let task = Task { try await model.infer(tensor) }
            try? await Task.sleep(for: .milliseconds(200))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(time < .seconds(5))
        #expect(model.statistics.expired == 1)
        #expect(model.statistics.cancelled == 1)
        await server.stop()
    }

    /// One of two servers is stopped under load and comes back: callers see no error, and it gets requests again.
    ///
    /// Without a grace period what it computes is given up, and its connections are cut.
    @Test(arguments: [Duration.seconds(2), .zero])
    func aServerThatStopsIsNotNoticed(_ grace: Duration) async throws {
        let takes = Duration.milliseconds(5)
        let (first, firstURL, port) = try await start(app(SampleModels.doubler(2, taking: takes)), grace: grace)
        let (second, secondURL, _) = try await start(app(SampleModels.doubler(2, taking: takes)))
        let model = try await Model.remote("doubler", at: [firstURL, secondURL])
        let end = ContinuousClock.now + .seconds(4)
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        let number = Float(caller * 100_000 + count)
                        let result = try await model.infer(inputs(number))
                        let out = try result.output("out_x").elements(as: Float.self)
                        guard out == [4 * number, 8, 12, 16] else {
                            throw InferenceError(.invalidData, "another request's answer: \(out)")
                        }
                        count += 1
                    }
                    return count
                }
            }
            try await Task.sleep(for: .seconds(1))
            await first.stop()
            try await Task.sleep(for: .milliseconds(500))
            let returned = SampleModels.doubler(2)
            let (again, _, _) = try await start(app(returned), port: port)
            var total = 0
            for try await count in group { total += count }
            await again.stop()
            // Its return was noticed.
            #expect(returned.statistics.success.count > 20)
            return total
        }
        #expect(answers > 100)
        #expect(model.statistics.failure.count == 0)
        #expect(model.statistics.success.count == answers)
        await second.stop()
    }
}
