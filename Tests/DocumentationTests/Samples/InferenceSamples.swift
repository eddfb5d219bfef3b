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

/// Persons with their joints and hands, and pictures that look alike.
func similaritySamples(
    photo: PixelBuffer, upload: PixelBuffer, repository: ModelRepository, found: Timed<[FoundObject]>,
    report: (PicturePoint?, [Hand.Side]) -> Void
) async throws -> [VectorMatch] {
    // sample: inference-persons
    let poses = try PoseEstimator(await repository.model("movenet-lightning"))
    let hands = try HandFinder(
        palms: await repository.model("palm-detection"), landmarks: await repository.model("hand-landmarks"))
    for person in found.value where person.label == "person" {
        let pose = try await poses.estimate(in: photo, box: person.box).value
        let pair = try await hands.find(in: photo, box: person.box).value
        report(pose.joint(.leftWrist)?.point, pair.map(\.side))
    }
    // end

    // sample: inference-search
    let embedder = try ImageEmbedder(await repository.model("mobilenet-v3-embedding"))
    let index = try await VectorIndex.open("/var/lib/app/photos.vectors", dimension: 576)
    try await index.add(embedder.vector(of: photo).value, id: 4711)
    let similar = try await index.nearest(to: embedder.vector(of: upload).value, count: 12)
    // end
    return similar
}
