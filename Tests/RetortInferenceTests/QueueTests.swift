// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Testing

/// Requests that meet at a real model.
@Suite(.serialized) struct QueueTests {
    private func classifier(_ change: (inout ModelOptions) -> Void = { _ in }) async throws -> Model {
        var options = ModelOptions()
        options.shapes = ["x": [.any, 3, 224, 224]]
        options.requests = 1
        change(&options)
        return try await Reference.engine.get().load(Reference.model("pplcnet-v2"), options: options)
    }

    private func picture(_ name: String = "chelsea") throws -> [String: Tensor] {
        ["x": try Reference.tensor("pplcnet-\(name)-input0")]
    }

    @Test func requestsThatWaitAreComputedTogether() async throws {
        let model = try await classifier { $0.queue.maximumBatch = 8 }
        let before = model.statistics
        let names = ["chelsea", "coffee", "grace-hopper"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<24 {
                group.addTask {
                    let name = names[index % 3]
                    let result = try await model.infer(picture(name))
                    let expected = try Reference.tensor("pplcnet-\(name)-output0")
                    let output = try #require(result.outputs.values.first)
                    let difference = try largestDifference(output, expected)
                    #expect(difference <= 1e-5, "\(name) in a batch of \(result.batchSize)")
                }
            }
            try await group.waitForAll()
        }
        let after = model.statistics
        #expect(after.inferences - before.inferences == 24)
        #expect(after.success.count - before.success.count == 24)
        #expect(after.executions - before.executions < 24)
        #expect(after.batches.keys.allSatisfy { $0 <= 8 })
        #expect(after.waiting == 0)
        #expect(after.running == 0)
    }

    @Test func aLoneRequestDoesNotWaitForCompany() async throws {
        let model = try await classifier {
            $0.queue.maximumBatch = 8
            $0.queue.maximumDelay = .seconds(30)
        }
        let result = try await model.infer(picture())
        #expect(result.timing.queue < .seconds(5))
        #expect(result.batchSize == 1)
    }

    @Test func companyIsWaitedForNoLongerThanTheDelay() async throws {
        let model = try await classifier {
            $0.requests = 2
            $0.queue.maximumBatch = 64
            $0.queue.maximumDelay = .milliseconds(50)
        }
        // The first is alone; the others find it there, and wait for one another.
        let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await model.infer(picture()).batchSize } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sizes.count == 8)
        #expect(sizes.contains { $0 > 1 })
    }

    @Test func whatIsTooMuchIsRefusedWithATime() async throws {
        let model = try await classifier { $0.queue.maximumWaiting = 2 }
        let outcomes = await withTaskGroup(of: InferenceError?.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        _ = try await model.infer(picture())
                        return nil
                    } catch {
                        return error as? InferenceError ?? InferenceError(.engineFailed, "\(error)")
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let refusals = outcomes.compactMap { $0 }
        #expect(outcomes.count - refusals.count >= 3)
        #expect(!refusals.isEmpty)
        for refusal in refusals {
            #expect(refusal.code == .overloaded)
            #expect(refusal.status == 503)
            #expect(refusal.message == "2 requests are waiting for the model already; try again later.")
            #expect(refusal.retryAfter ?? .zero > .zero)
        }
        #expect(model.statistics.rejected == refusals.count)
        _ = try await model.infer(picture())
    }

    @Test func deadlinesHoldInTheQueueAndInTheEngine() async throws {
        let model = try await classifier()
        let passed = await #expect(throws: InferenceError.self) {
            try await model.infer(InferenceRequest(inputs: picture(), deadline: .now - .seconds(1)))
        }
        #expect(passed?.code == .deadlinePassed)
        // More than can be done in a few milliseconds.
        let errors = await withTaskGroup(of: InferenceError?.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    let request = InferenceRequest(inputs: (try? picture()) ?? [:], deadline: .now + .milliseconds(12))
                    do {
                        _ = try await model.infer(request)
                        return nil
                    } catch {
                        return error as? InferenceError
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.contains { $0?.code == .deadlinePassed && $0?.status == 504 })
        let result = try await model.infer(picture())
        #expect(
            try largestDifference(
                result.outputs.values.first ?? Tensor([0.0]), Reference.tensor("pplcnet-chelsea-output0")) <= 1e-5)
    }

    @Test func cancelledTasksLeaveAtOnce() async throws {
        let model = try await classifier()
        let running = Task { try await model.infer(picture()) }
        let waiting = (0..<8).map { _ in Task { try await model.infer(picture()) } }
        while model.statistics.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        for task in waiting { task.cancel() }
        running.cancel()
        for task in waiting + [running] {
            // One or two may have been computed before the cancellation came.
            if case .failure(let error) = await task.result { #expect(error is CancellationError) }
        }
        #expect(model.statistics.cancelled > 0)
        // The engine takes an interrupted computation back, and the model is as before.
        let result = try await model.infer(picture())
        #expect(
            try largestDifference(
                result.outputs.values.first ?? Tensor([0.0]), Reference.tensor("pplcnet-chelsea-output0")) <= 1e-5)
        #expect(model.statistics.waiting == 0)
    }

    @Test func aTaskThatIsCancelledBeforeAsksNothing() async throws {
        let model = try await classifier()
        let before = model.statistics
        let task = Task {
            try? await Task.sleep(for: .seconds(60))
            return try await model.infer(picture())
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(model.statistics.queue.count == before.queue.count)
    }

    @Test(
        arguments: [
            (["x": [2, 3, 224, 224]], InferenceError.Code.wrongShape, "A request has 1 to 1 rows, not 2."),
            (
                ["x": [1, 3, 224, 200]], .wrongShape,
                "Input 'x' wants the shape [-1, 3, 224, 224], and [1, 3, 224, 200] was given."
            ),
            ([:], .inputNames, "Input 'x' of model 'inference' is missing."),
            (["x": [1, 3, 224, 224], "y": [1]], .inputNames, "Model 'inference' has no input 'y'; it has x."),
        ] as [([String: [Int]], InferenceError.Code, String)])
    func inputsThatDoNotFitAreNamed(shapes: [String: [Int]], code: InferenceError.Code, message: String) async throws {
        let model = try await classifier()
        let inputs = try shapes.mapValues { shape in
            try Tensor([Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
        }
        if shapes["x"]?.first == 2 {
            // Without batches a request may have as many rows as the model takes.
            #expect(try await model.infer(inputs).outputs.values.first?.shape == [2, 1000])
            return
        }
        let error = await #expect(throws: InferenceError.self) { try await model.infer(inputs) }
        #expect(error?.code == code)
        #expect(error?.message == message)
        #expect(error?.status == 400)
    }

    @Test func typesAndOutputsThatDoNotFitAreNamed() async throws {
        let model = try await classifier()
        let wrongType = await #expect(throws: InferenceError.self) {
            try await model.infer(["x": Tensor(dataType: .uint8, shape: [1], bytes: [0])])
        }
        #expect(wrongType?.message == "Input 'x' wants FP32, and UINT8 was given.")
        let wrongOutput = await #expect(throws: InferenceError.self) {
            try await model.infer(InferenceRequest(inputs: picture(), outputs: ["nothing"]))
        }
        #expect(wrongOutput?.code == .inputNames)
        let none = try await model.infer(InferenceRequest(inputs: picture(), outputs: []))
        #expect(none.outputs.isEmpty)
    }

    @Test func whatTheEngineCannotComputeFailsForItselfAlone() async throws {
        var options = ModelOptions()
        options.requests = 1
        options.queue.maximumBatch = 8
        // The input is too small for a window of the network, which only the engine finds out.
        let model = try await Reference.engine.get().load(Reference.model("ocr-recognition-tiny"), options: options)
        let line = try Reference.tensor("ocr-recognition-tiny-input0")
        let outcomes = await withTaskGroup(of: (isSmall: Bool, isAnswered: Bool, code: InferenceError.Code?).self) {
            group in
            for index in 0..<12 {
                let isSmall = index % 2 == 0
                group.addTask {
                    do {
                        let small = try Tensor([Float](repeating: 0, count: 3 * 48), shape: [1, 3, 48, 1])
                        _ = try await model.infer(["x": isSmall ? small : line])
                        return (isSmall, true, nil)
                    } catch {
                        return (isSmall, false, (error as? InferenceError)?.code)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for outcome in outcomes {
            #expect(outcome.isAnswered != outcome.isSmall)
            #expect(outcome.code == (outcome.isSmall ? .engineFailed : nil))
        }
        #expect(model.statistics.failure.count == 6)
        #expect(model.statistics.success.count == 6)
        #expect(model.statistics.waiting == 0)
    }

    @Test func rowsBeyondABatchAreRefused() async throws {
        let model = try await classifier { $0.queue.maximumBatch = 2 }
        let error = await #expect(throws: InferenceError.self) {
            try await model.infer(["x": Tensor([Float](repeating: 0, count: 3 * 150_528), shape: [3, 3, 224, 224])])
        }
        #expect(error?.message == "A request has 1 to 2 rows, not 3.")
    }

    @Test func modelsThatCannotBeBatchedSayWhy() async throws {
        var options = ModelOptions()
        options.queue.maximumBatch = 4
        let engine = try Reference.engine.get()
        let error = await #expect(throws: InferenceError.self) {
            try await engine.load(Reference.model("u2netp"), options: options)
        }
        #expect(error?.code == .invalidDescription)
    }
}
