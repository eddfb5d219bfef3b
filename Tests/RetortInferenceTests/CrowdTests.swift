// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Testing

/// Models whose goal is adaptive: one core for each request when several come together.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1)) struct CrowdTests {
    private func load(_ path: String, batch: Int = 1) async throws -> Model {
        var options = ModelOptions()
        options.shapes = ["x": [batch > 1 ? .any : 1, 3, 224, 224]]
        options.queue.maximumBatch = batch
        return try await Reference.engine.get().load(path, options: options)
    }

    /// Asks 16 times at once, and says how many were computed at a time at most.
    private func askTogether(_ model: Model) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<16 {
                group.addTask {
                    let name = index % 2 == 0 ? "chelsea" : "coffee"
                    let result = try await model.infer(["x": Reference.tensor("pplcnet-\(name)-input0")])
                    let output = try #require(result.outputs.values.first)
                    let difference = try largestDifference(output, Reference.tensor("pplcnet-\(name)-output0"))
                    #expect(difference <= 1e-5)
                    return model.statistics.running
                }
            }
            return try await group.reduce(0) { max($0, $1) }
        }
    }

    @Test(arguments: [1, 8]) func severalAreComputedAtATimeAfterTheyHaveMet(batch: Int) async throws {
        let model = try await load(Reference.model("pplcnet-v2"), batch: batch)
        var most = 0
        let deadline = ContinuousClock.now + .seconds(120)
        while most < 2, ContinuousClock.now < deadline { most = max(most, try await askTogether(model)) }
        #expect(most >= 2)
        // Who comes alone is answered as before, and a crowd after that too.
        let alone = try await model.infer(["x": Reference.tensor("pplcnet-chelsea-input0")])
        #expect(alone.batchSize == 1)
        _ = try await askTogether(model)
        let statistics = model.statistics
        #expect(statistics.running == 0)
        #expect(statistics.waiting == 0)
        #expect(statistics.failure.count == 0)
        #expect(statistics.success.count == statistics.inferences)
    }

    @Test func whoHangsUpAmongManyFreesThePlace() async throws {
        let model = try await load(Reference.model("pplcnet-v2"))
        var most = 0
        let deadline = ContinuousClock.now + .seconds(120)
        while most < 2, ContinuousClock.now < deadline { most = max(most, try await askTogether(model)) }
        let input = try Reference.tensor("pplcnet-chelsea-input0")
        let tasks = (0..<32).map { _ in Task { try await model.infer(["x": input]) } }
        for (index, task) in tasks.enumerated() where index % 2 == 0 { task.cancel() }
        for (index, task) in tasks.enumerated() where index % 2 == 1 { _ = try await task.value }
        for task in tasks { _ = try? await task.value }
        #expect(try await model.infer(["x": input]).batchSize == 1)
        #expect(model.statistics.waiting == 0)
    }

    @Test func aModelThatHasBeenReplacedMeanwhileIsNotMixedWithTheOther() async throws {
        try await withScratchFolder { folder in
            let source = URL(fileURLWithPath: try Reference.model("pplcnet-v2")).deletingLastPathComponent()
            for file in try FileManager.default.contentsOfDirectory(atPath: source.path) {
                try FileManager.default.copyItem(
                    at: source.appendingPathComponent(file), to: folder.appendingPathComponent(file))
            }
            let model = try await load(folder.appendingPathComponent("inference.pdmodel").path)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
                ofItemAtPath: folder.appendingPathComponent("inference.pdiparams").path)
            let end = ContinuousClock.now + .seconds(4)
            while ContinuousClock.now < end { #expect(try await askTogether(model) <= 1) }
        }
    }
}
