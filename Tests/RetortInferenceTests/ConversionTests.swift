// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

/// Inputs that take other numbers than the file wants.
@Suite struct ConversionTests {
    private static let imageNet = InputConversion(
        .uint8, mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375])

    private func load(
        _ name: String, _ shapes: [String: [AxisLength]], _ conversions: [String: InputConversion], batch: Int = 1
    ) async throws -> Model {
        var options = ModelOptions()
        options.shapes = shapes
        options.conversions = conversions
        options.queue.maximumBatch = batch
        return try await Reference.engine.get().load(Reference.model(name), options: options)
    }

    @Test func bytesGiveTheNumbersThatTheSameFloatsGive() async throws {
        let model = try await load("yunet", ["input": [1, 3, 640, 640]], ["input": InputConversion(.uint8)])
        #expect(model.inputs.map(\.dataType) == [.uint8])
        let floats = try Reference.tensor("yunet-street-input0")
        let bytes = try Tensor(floats.elements(as: Float.self).map { UInt8($0) }, shape: floats.shape)
        let result = try await model.infer(["input": bytes])
        for (number, port) in model.outputs.enumerated() {
            let expected = try Reference.tensor("yunet-street-output\(number)")
            #expect(try largestDifference(result.output(port.name), expected) <= 1e-5, "\(port.name)")
        }
        let error = await #expect(throws: InferenceError.self) { try await model.infer(["input": floats]) }
        #expect(error?.code == .wrongType)
    }

    @Test(arguments: [1, 4])
    func meanAndDeviationOfEachChannelAreTheModels(batch: Int) async throws {
        let shape: [AxisLength] = [batch == 1 ? 1 : .any, 3, 224, 224]
        let (plain, converted) = (
            try await load("pplcnet-v2", ["x": shape], [:], batch: batch),
            try await load("pplcnet-v2", ["x": shape], ["x": Self.imageNet], batch: batch)
        )
        let photo = try Reference.photo("coffee")
        var preparation = try Classifier(plain).preprocessing
        let floats = try await plain.infer(["x": preparation.prepare(photo).tensor])
        preparation.dataType = .uint8
        preparation.normalisation = .none
        let bytes = try await converted.infer(["x": preparation.prepare(photo).tensor])
        let (one, other) = (
            try floats.output(plain.outputs[0].name).elements(as: Float.self),
            try bytes.output(converted.outputs[0].name).elements(as: Float.self)
        )
        // Bytes are rounded; what is seen stays.
        #expect(zip(one, other).allSatisfy { abs($0 - $1) < 0.02 })
        let best = try await Classifier(converted).classify(photo).value
        #expect(try await best.first?.label == Classifier(plain).classify(photo).value.first?.label)
    }

    @Test func tasksSeeThatTheirModelTakesBytes() async throws {
        let shapes: [String: [AxisLength]] = ["input": [1, 3, 640, 640]]
        let (plain, converted) = (
            try await FaceDetector(load("yunet", shapes, [:])),
            try await FaceDetector(load("yunet", shapes, ["input": InputConversion(.uint8)]))
        )
        let photo = try Reference.photo("street")
        let (faces, same) = (try await plain.detect(in: photo).value, try await converted.detect(in: photo).value)
        #expect(faces.count == 14)
        try #require(same.count == faces.count)
        for (one, other) in zip(faces, same) {
            #expect(abs(one.score - other.score) < 0.02)
            #expect(abs(one.box.left - other.box.left) < 1 && abs(one.box.bottom - other.box.bottom) < 1)
        }
    }

    @Test(arguments: [
        ("input", InputConversion(.uint8), "A type was given for input 'input', and model"),
        ("x", InputConversion(.bytes), "Input 'x' is to be made of BYTES"),
        ("x", InputConversion(.uint8, mean: [1], deviation: [1, 2, 3]), "Input 'x' is to be made of UINT8"),
        ("x", InputConversion(.uint8, deviation: [1, 0, 1]), "Input 'x' is to be made of UINT8"),
        ("x", InputConversion(.uint8, mean: [1, 2, 3, 4, 5]), "Input 'x' is to be made of UINT8"),
        ("x", InputConversion(.uint8, mean: [1, 2]), "Input 'x' has not 2 channels"),
    ])
    func whatDoesNotFitIsRefused(name: String, conversion: InputConversion, message: String) async {
        let error = await #expect(throws: InferenceError.self) {
            try await load("pplcnet-v2", ["x": [1, 3, 224, 224]], [name: conversion])
        }
        #expect(error?.code == .invalidDescription)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }
}
