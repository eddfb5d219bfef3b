// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Testing

@Suite struct ModelTests {
    /// Each format, and whether files beside the model are found.
    static let cases: [(model: String, shapes: [String: [AxisLength]], keys: [String])] = [
        ("pplcnet-v2", ["x": [1, 3, 224, 224]], ["pplcnet-chelsea", "pplcnet-coffee", "pplcnet-grace-hopper"]),
        (
            "picodet", ["image": [1, 3, 416, 416], "scale_factor": [1, 2]],
            ["picodet-chelsea", "picodet-coffee", "picodet-astronaut", "picodet-street"]
        ),
        ("yunet", ["input": [1, 3, 640, 640]], ["yunet-astronaut", "yunet-street", "yunet-chelsea"]),
        ("sface", ["data": [1, 3, 112, 112]], ["sface-a-1", "sface-b-2"]),
        ("mobilenet-v3-embedding", [:], ["embedding-chelsea", "embedding-coffee"]),
        ("u2netp", [:], ["u2netp-coffee"]),
        ("ocr-detection-tiny", [:], ["ocr-detection-tiny"]),
        ("ocr-recognition-tiny", [:], ["ocr-recognition-tiny"]),
        ("face-landmarks", [:], ["face-landmarks"]),
    ]

    @Test(arguments: cases.indices)
    func outputsEqualThoseOfThePythonInterface(index: Int) async throws {
        let (name, shapes, keys) = Self.cases[index]
        var options = ModelOptions()
        options.shapes = shapes
        let model = try await Reference.engine.get().load(Reference.model(name), options: options)
        for key in keys {
            var inputs: [String: Tensor] = [:]
            for (number, port) in model.inputs.enumerated() {
                inputs[port.name] = try Reference.tensor("\(key)-input\(number)")
            }
            let result = try await model.infer(inputs)
            for (number, port) in model.outputs.enumerated() {
                let expected = try Reference.tensor("\(key)-output\(number)")
                let output = try result.output(port.name)
                guard expected.dataType == .float32 else {
                    #expect(output == expected)
                    continue
                }
                let difference = try largestDifference(output, expected)
                #expect(difference <= 1e-5, "\(key), \(port.name)")
            }
            #expect(result.timing.compute > .zero)
        }
    }

    /// Whatever this processor computes fastest, both sides choose it.
    @Test(arguments: [("pplcnet-v2", "x", "pplcnet-usual"), ("yunet", "input", "yunet-usual")])
    func precisionIsOpenVINOsChoiceWhereNobodyNamesOne(name: String, input: String, key: String) async throws {
        let engine = try Engine()
        var options = ModelOptions()
        options.shapes = [input: name == "yunet" ? [1, 3, 640, 640] : [1, 3, 224, 224]]
        let model = try await engine.load(Reference.model(name), options: options)
        let result = try await model.infer([input: Reference.tensor("\(key)-input0")])
        for (number, port) in model.outputs.enumerated() {
            let expected = try Reference.tensor("\(key)-output\(number)")
            #expect(try largestDifference(result.output(port.name), expected) <= 1e-5)
        }
    }
}

@Suite struct LoadingTests {
    @Test func openVINOsOwnFormatIsRead() async throws {
        let path = Reference.cache.appendingPathComponent("inference-reference/yunet.xml").path
        let model = try await Reference.engine.get().load(path)
        #expect(model.name == "yunet")
        #expect(model.platform == "openvino_ir")
        let result = try await model.infer(["input": Reference.tensor("yunet-street-input0")])
        for (number, port) in model.outputs.enumerated() {
            let expected = try Reference.tensor("yunet-street-output\(number)")
            #expect(try largestDifference(result.output(port.name), expected) <= 1e-5)
        }
    }

    @Test func metadataOfONNXFilesIsRead() async throws {
        let engine = try Reference.engine.get()
        let reader = try await engine.load(Reference.model("ocr-recognition-tiny"))
        // A class for no character and one for a space stand around them.
        let characters = try #require(reader.metadata["character"]).split(separator: "\n")
        #expect(characters.count == 6904)
        #expect(characters.contains("é"))
        #expect(try await engine.load(Reference.model("yunet")).metadata["character"] == nil)
    }

    @Test func filesThatAreNoModelSayWhy() async throws {
        let engine = try Reference.engine.get()
        try await withScratchFolder { folder in
            let broken = folder.appendingPathComponent("broken.onnx")
            try Data("this is no model".utf8).write(to: broken)
            let cut = folder.appendingPathComponent("cut.onnx")
            try Data(contentsOf: URL(fileURLWithPath: Reference.model("yunet"))).prefix(100_000).write(to: cut)
            for (path, message) in [
                (broken.path, "The model 'broken.onnx' could not be read."),
                (cut.path, "The model 'cut.onnx' could not be read."),
                (folder.path + "/missing.onnx", "The model 'missing.onnx' could not be read."),
                (
                    folder.path + "/model.txt",
                    "'model.txt' has none of the names that models have: .onnx, .tflite, .pb, .pdmodel, .xml."
                ),
            ] {
                let error = await #expect(throws: InferenceError.self) { try await engine.load(path) }
                #expect(error?.code == .unreadableModel)
                #expect(error?.message == message)
                #expect(error?.status == 500)
            }
        }
    }

    @Test func shapesThatDoNotFitSayWhy() async throws {
        let engine = try Reference.engine.get()
        for (shapes, message) in [
            (
                ["image": [1, 3, 640, 640]] as [String: [AxisLength]],
                "A shape was given for input 'image', and model 'face_detection_yunet_2023mar.onnx' has no such input."
            ),
            (
                ["input": [1, 5, 640, 640]],
                "The model 'face_detection_yunet_2023mar.onnx' does not allow the shapes that were given."
            ),
        ] {
            var options = ModelOptions()
            options.shapes = shapes
            let error = await #expect(throws: InferenceError.self) {
                try await engine.load(Reference.model("yunet"), options: options)
            }
            #expect(error?.code == .invalidDescription)
            #expect(error?.message == message)
        }
    }

    @Test func theSecondStartFindsWhatTheFirstCompiled() async throws {
        try await withScratchFolder { folder in
            let engine = try Engine(cacheFolder: folder.path)
            let path = try Reference.model("yunet")
            _ = try await engine.load(path)
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(!kept.isEmpty)
            let again = try await Engine(cacheFolder: folder.path).load(path)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == kept)
            #expect(again.inputs.first?.shape == [1, 3, 640, 640])
        }
    }

    @Test func theEngineSaysWhatItIs() throws {
        let engine = try Reference.engine.get()
        #expect(engine.devices.contains("CPU"))
        #expect(engine.version.hasPrefix("20"))
        #expect(Engine.isInstalled)
    }
}
