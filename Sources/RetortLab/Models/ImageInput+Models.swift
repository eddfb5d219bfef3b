// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortImaging
public import RetortInference

/// Tasks of networks as answers of one line.
///
///     let detector = try ObjectDetector(await models.model("picodet"))
///     app.post("/objects") { (photo: ImageInput) in photo.answer(finding: detector) }
///
/// The picture is decoded no larger than the network needs, on a thread of the lab's pool; while the network runs, no
/// thread waits.
extension ImageInput {
    /// What the picture shows as a whole.
    ///
    /// - Parameters:
    ///   - classifier: The network.
    ///   - count: How many classes.
    /// - Returns: The answer: JSON, or the picture with the classes written on it.
    public func answer(classifying classifier: Classifier, count: Int = 5) -> PictureAnswer<Classified> {
        answer(DecodePlan(enough: .shortestSide(256))) { image async throws in
            Classified(noted(try await classifier.classify(ImagePixels(image), count: count)))
        }
    }

    /// The things in the picture.
    ///
    /// - Parameters:
    ///   - detector: The network.
    ///   - minimumScore: The score below which something is left out, 0 to 1.
    ///   - labels: The only labels that are kept; nil for all.
    /// - Returns: The answer: JSON, the annotated picture, COCO, YOLO or Pascal VOC.
    public func answer(
        finding detector: ObjectDetector, minimumScore: Double = 0.5, labels: Set<String>? = nil
    ) -> PictureAnswer<Detections> {
        answer(DecodePlan(enough: .shortestSide(416))) { image async throws in
            let found = noted(try await detector.detect(in: ImagePixels(image), minimumScore: Float(minimumScore)))
            return Detections(found.filter { labels?.contains($0.label) ?? true }, in: image.size)
        }
    }

    /// The faces in the picture, with eyes, nose and mouth.
    ///
    /// - Parameters:
    ///   - detector: The network.
    ///   - minimumScore: The score below which a face is left out, 0 to 1.
    /// - Returns: The answer: JSON, the annotated picture, COCO, YOLO or Pascal VOC.
    public func answer(finding detector: FaceDetector, minimumScore: Double = 0.7) -> PictureAnswer<Detections> {
        answer(DecodePlan(enough: .longestSide(640))) { image async throws in
            let faces = noted(try await detector.detect(in: ImagePixels(image), minimumScore: Float(minimumScore)))
            return Detections(faces, in: image.size)
        }
    }

    /// The texts in the picture.
    ///
    /// - Parameters:
    ///   - reader: The networks.
    ///   - minimumScore: The score below which a line is left out, 0 to 1.
    /// - Returns: The answer: JSON, or the picture with the lines marked.
    public func answer(reading reader: TextReader, minimumScore: Double = 0.5) -> PictureAnswer<FoundTexts> {
        answer(DecodePlan(longestSide: 2_000)) { image async throws in
            FoundTexts(
                noted(try await reader.read(ImagePixels(image), minimumScore: Float(minimumScore))), in: image.size)
        }
    }

    /// What the picture shows, without its background.
    ///
    /// - Parameter cutter: The network.
    /// - Returns: The answer: a picture with alpha.
    public func answer(cutting cutter: SubjectCutter) -> PictureAnswer<CutOut> {
        answer(DecodePlan(longestSide: 1_600)) { image async throws in
            let mask = noted(try await cutter.mask(of: ImagePixels(image)))
            let alpha = try Image(
                pixels: mask.bytes, size: Size(width: mask.width, height: mask.height), colorSpace: .gray
            ).resized(to: image.size, interpolation: .linear)
            let parts = try (0..<3).map { try image.channel($0) }
            return CutOut(image: try Image.merging(parts + [alpha], as: .bgra))
        }
    }

    /// The vector by which the picture is compared with others.
    ///
    /// - Parameter embedder: The network.
    /// - Returns: The vector, of length 1.
    /// - Throws: `ImagingError` for a damaged file; `ComputeError` and `InferenceError` when there is too much to do.
    public func vector(by embedder: ImageEmbedder) async throws -> [Float] {
        let image = try await image(DecodePlan(enough: .shortestSide(256)))
        return noted(try await embedder.vector(of: ImagePixels(image)))
    }

    /// Compares the largest face of this picture with the largest of another.
    ///
    /// - Parameters:
    ///   - other: The other picture.
    ///   - detector: Finds the faces.
    ///   - recognizer: Compares them.
    /// - Returns: How alike they are; nil where a picture has no face.
    /// - Throws: As ``vector(by:)``.
    public func likeness(
        to other: ImageInput, detector: FaceDetector, recognizer: FaceRecognizer
    ) async throws -> FaceLikeness? {
        guard let first = try await largestFace(detector, recognizer),
            let second = try await other.largestFace(detector, recognizer)
        else { return nil }
        let similarity = cosineSimilarity(first.vector, second.vector)
        return FaceLikeness(
            similarity: tidy(similarity), isSame: similarity >= FaceRecognizer.threshold,
            boxes: [first.box, second.box])
    }

    private func largestFace(
        _ detector: FaceDetector, _ recognizer: FaceRecognizer
    ) async throws -> (vector: [Float], box: Box)? {
        let image = try await image(DecodePlan(longestSide: 1_280))
        let pixels = try ImagePixels(image)
        let faces = noted(try await detector.detect(in: pixels))
        guard let face = faces.max(by: { Box($0.box).area < Box($1.box).area }) else { return nil }
        let vector = noted(try await recognizer.vector(of: face, in: pixels))
        let (x, y) = (
            Double(size.width) / Double(image.width), Double(size.height) / Double(image.height)
        )
        return (vector, Box(face.box).scaled(x: x, y: y).rounded)
    }

    /// Notes the stages of a task, and gives its value.
    func noted<Value>(_ timed: Timed<Value>) -> Value {
        stages?.add("preprocess", timed.timing.preprocess)
        stages?.add("queue", timed.timing.queue)
        stages?.add("infer", timed.timing.infer)
        stages?.add("postprocess", timed.timing.postprocess)
        return timed.value
    }
}

/// What a picture shows without its background: a PNG unless something else is asked for.
public struct CutOut: PictureResult {
    /// BGRA of 8 bits.
    public var image: Image

    /// PNG first, which keeps the alpha.
    public static var forms: [ResultForm] {
        [ResultForm(.png)] + ResultForm.pictures.filter { $0.imageFormat != .png }
    }

    /// The picture as a file.
    ///
    /// - Parameters:
    ///   - form: One of ``forms``.
    ///   - quality: 1–100 for formats with loss; nil for the usual.
    ///   - source: Not used.
    /// - Returns: The bytes.
    /// - Throws: What encoding throws.
    public func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8] {
        try image.bytes(as: form, quality: quality, source: source)
    }
}
