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
}
