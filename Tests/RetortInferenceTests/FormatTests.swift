// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import TestSupport
import Testing

/// TensorFlow's files, in every way in which they lie about.
///
/// The other formats are those of the fetched models.
@Suite(.serialized) struct FormatTests {
    private func put(_ bytes: [UInt8], _ path: String, in folder: URL) throws -> String {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }

    private func answer(_ model: Model) async throws -> [Float] {
        let x = try Tensor([1, -2, 0.5, 4, 8, 16, 0, 3] as [Float], shape: [2, 4])
        return try await model.infer([model.inputs[0].name: x]).output(model.outputs[0].name).elements(as: Float.self)
    }

    @Test func aFrozenGraphIsRead() async throws {
        try await withScratchFolder { folder in
            let path = try put(SampleGraph.scaling(by: 3), "triple.pb", in: folder)
            let model = try await Reference.engine.get().load(path)
            #expect(model.name == "triple" && model.platform == "tensorflow_graphdef")
            #expect(model.inputs.map(\.name) == ["x:0"] && model.inputs[0].shape == [-1, 4])
            #expect(try await answer(model) == [3, -6, 1.5, 12, 24, 48, 0, 9])
        }
    }

    @Test(arguments: ["saved/saved_model.pb", "saved"]) func aSavedModelIsRead(_ name: String) async throws {
        try await withScratchFolder { folder in
            _ = try put(SampleGraph.savedModel(scalingBy: -2), "saved/saved_model.pb", in: folder)
            let model = try await Reference.engine.get().load(folder.appendingPathComponent(name).path)
            #expect(model.name == "saved" && model.platform == "tensorflow_savedmodel")
            #expect(model.inputs.map(\.name) == ["x"] && model.outputs.map(\.name) == ["y"])
            #expect(try await answer(model) == [-2, 4, -1, -8, -16, -32, 0, -6])
        }
    }

    @Test(arguments: [
        ("m/1/model.graphdef/x.pb", false), ("m/1/model.pb", true), ("m/1/saved_model.pb", true),
        ("m/1/model.savedmodel/saved_model.pb", true), ("m/1/other.savedmodel/saved_model.pb", true),
    ])
    func repositoriesHaveThem(_ path: String, _ isFound: Bool) async throws {
        try await withScratchFolder { folder in
            func write(_ factor: Float) throws {
                let isSaved = path.hasSuffix("saved_model.pb")
                _ = try put(
                    isSaved ? SampleGraph.savedModel(scalingBy: factor) : SampleGraph.scaling(by: factor), path,
                    in: folder)
            }
            try write(2)
            let repository = try ModelRepository(folder.path, engine: Reference.engine.get())
            try await repository.refresh()
            guard isFound else {
                _ = await #expect(throws: InferenceError.self) { try await repository.model("m") }
                return
            }
            #expect(try await answer(repository.model("m"))[0] == 2)
            // A file that has changed is loaded anew, also one that lies deeper.
            try await Task.sleep(for: .milliseconds(20))
            try write(5)
            try await repository.refresh()
            #expect(try await answer(repository.model("m"))[0] == 5)
            #expect(repository.loadedBytes > 150)
        }
    }

    @Test func whatIsNoGraphSaysSo() async throws {
        try await withScratchFolder { folder in
            let graph = SampleGraph.scaling(by: 3)
            for (name, bytes) in [
                ("empty.pb", []), ("cut.pb", Array(graph.prefix(graph.count / 2))), ("text.pb", Array("no graph".utf8)),
                ("broken/saved_model.pb", Array(graph.reversed())),
            ] {
                let path = try put(bytes, name, in: folder)
                let error = await #expect(throws: InferenceError.self, "\(name)") {
                    try await Reference.engine.get().load(path)
                }
                #expect(error?.code == .unreadableModel)
            }
            let error = await #expect(throws: InferenceError.self) {
                try await Reference.engine.get().load(folder.path)
            }
            #expect(error?.code == .unreadableModel)
        }
    }
}
