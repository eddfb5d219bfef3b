// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab

/// The neural networks that `make run` has fetched, compiled and warm.
struct Networks: Sendable {
    let repository: ModelRepository
    let classifier: Classifier
    /// Several that were trained on the same classes.
    let classifiers: [(name: String, classifier: Classifier)]
    let objects: ObjectDetector
    let faces: FaceDetector
    let recognizer: FaceRecognizer
    let reader: TextReader
    let cutter: SubjectCutter
    let embedder: ImageEmbedder
    let shapes: FaceLandmarker
    /// What `make models ALL=--all` fetches; nil without it.
    let poses: PoseEstimator?
    let hands: HandFinder?
    let safety: SafetyRater?
    let segmenter: ClickSegmenter?

    /// Loads the networks; nil, with a sentence about it, where OpenVINO or the files are not there.
    static func loaded() async -> Networks? {
        let cache = Photos.cache
        do {
            // What is compiled is kept, so that the next start is fast.
            let engine = try Engine(cacheFolder: "\(cache)/compiled")
            let repository = ModelRepository("\(cache)/models", engine: engine, memoryLimit: 2_000_000_000)
            return try await Networks(repository)
        } catch {
            Terminal.standard.warn("The lab runs without neural networks. \(error)")
            return nil
        }
    }

    private init(_ repository: ModelRepository) async throws {
        self.repository = repository
        try await repository.refresh()
        classifier = try await Classifier(repository.model("pplcnet-v2"))
        var small = try await repository.model("mobilenet-v2")
        small.labels = classifier.model.labels
        classifiers = [("PP-LCNet v2", classifier), ("MobileNet v2", try Classifier(small))]
        objects = try await ObjectDetector(repository.model("picodet"))
        faces = try await FaceDetector(repository.model("yunet"))
        recognizer = try await FaceRecognizer(repository.model("sface"))
        reader = try await TextReader(
            detection: repository.model("ocr-detection-tiny"), recognition: repository.model("ocr-recognition-tiny"))
        cutter = try await SubjectCutter(repository.model("u2netp"))
        embedder = try await ImageEmbedder(repository.model("mobilenet-v3-embedding"))
        shapes = try await FaceLandmarker(
            landmarks: repository.model("face-landmarks"), expressions: repository.model("face-blendshapes"))
        poses = try? await PoseEstimator(repository.model("movenet-lightning"))
        hands = try? await HandFinder(
            palms: repository.model("palm-detection"), landmarks: repository.model("hand-landmarks"))
        safety = try? await SafetyRater(repository.model("open-nsfw"))
        segmenter = try? await ClickSegmenter(repository.model("eiseg"))
    }
}
