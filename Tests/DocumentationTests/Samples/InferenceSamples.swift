// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference

/// A picture becomes a tensor, and a model of a repository says what it shows.
func inferenceSamples(photo: PixelBuffer) async throws -> [String] {
    // sample: inference-tasks
    let engine = try Engine(cacheFolder: "/var/cache/app/compiled")
    let repository = ModelRepository("/srv/models", engine: engine, memoryLimit: 2_000_000_000)
    try await repository.refresh()

    let detector = try ObjectDetector(await repository.model("picodet"))
    let found = try await detector.detect(in: photo)
    let cats = found.value.filter { $0.label == "cat" && $0.score > 0.8 }
    // end

    // sample: inference-model
    var options = ModelOptions()
    options.goal = .throughput
    options.shapes = ["x": [.any, 3, 224, 224]]
    options.queue.maximumBatch = 8
    let model = try await engine.load("/srv/models/pplcnet-v2/1/inference.pdmodel", options: options)

    let preparation = Preprocessing(
        width: 224, height: 224, fit: .middle(shortSide: 256), interpolation: .area, normalisation: .imageNet)
    let tensor = try preparation.prepare(photo).tensor
    let request = InferenceRequest(inputs: ["x": tensor], deadline: .now + .milliseconds(200))
    let result = try await model.infer(request)
    let scores = try result.output("softmax_1.tmp_0").elements(as: Float.self)
    // end
    return cats.map(\.label) + scores.map(\.description)
}
