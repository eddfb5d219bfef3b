// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Something that was found in a picture.
public struct FoundObject: Sendable, Hashable, Codable {
    /// The number of the class.
    public var index: Int
    /// What the class is called; its number where the model has no labels.
    public var label: String
    /// How sure the model is, 0 to 1.
    public var score: Float
    /// Where it is, in pixels of the picture.
    public var box: PictureBox

    /// Creates a detection.
    ///
    /// - Parameters:
    ///   - index: The number of the class.
    ///   - label: What the class is called.
    ///   - score: How sure the model is, 0 to 1.
    ///   - box: Where it is, in pixels of the picture.
    public init(index: Int, label: String, score: Float, box: PictureBox) {
        self.index = index
        self.label = label
        self.score = score
        self.box = box
    }
}

/// Finds things of 80 kinds, persons, cats and cups among them.
///
///     let detector = try ObjectDetector(await repository.model("picodet"))
///     let cats = try await detector.detect(in: photo).value.filter { $0.label == "cat" }
///
/// Source: PP-PicoDet, arXiv:2111.00902, as exported by PaddleDetection with its suppression of overlaps inside.
public struct ObjectDetector: Sendable {
    /// The model.
    public let model: Model

    private let preprocessing: Preprocessing
    private let boxes: String

    /// Creates a detector.
    ///
    /// - Parameter model: PicoDet: `image` and `scale_factor` in; rows of class, score, and left, top, right, bottom in
    ///   pixels of the picture out.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model) throws {
        self.model = model
        let task = "object detection"
        guard model.inputs.count == 2, let image = model.inputs.first(where: { $0.name == "image" }),
            model.inputs.contains(where: { $0.name == "scale_factor" })
        else { throw model.unfit(for: task, "it has not the inputs 'image' and 'scale_factor'") }
        guard
            let output = model.outputs.first(where: { port in
                port.dataType == .float32 && port.shape?.count == 2 && port.shape?.last?.contains(6) == true
            })
        else { throw model.unfit(for: task, "it has no output of rows of six numbers") }
        let (width, height) = try model.pictureSize(image, layout: .planes, open: 416, for: task)
        preprocessing = Preprocessing(
            width: width, height: height, interpolation: .cubic, normalisation: .imageNet
        ).fitting(image)
        boxes = output.name
    }

    /// Finds things in a picture.
    ///
    /// - Parameters:
    ///   - picture: A picture of at least 1 × 1 pixel.
    ///   - minimumScore: The score below which something is left out, 0 to 1.
    /// - Returns: What was found, best first; boxes lie in the picture.
    /// - Throws: ``InferenceError``, as ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func detect(
        in picture: some Pixels, minimumScore: Float = 0.5
    ) async throws -> Timed<[FoundObject]> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let (width, height) = (picture.width, picture.height)
            let inputs = try timing.measure(\.preprocess) {
                let tensor = try preprocessing.prepare(picture).tensor
                let scale = [Float(preprocessing.height) / Float(height), Float(preprocessing.width) / Float(width)]
                return ["image": tensor, "scale_factor": try Tensor(scale, shape: [1, 2])]
            }
            let result = try await model.infer(InferenceRequest(inputs: inputs, outputs: [boxes]))
            timing.add(result.timing)
            let found = try timing.measure(\.postprocess) {
                try detections(in: result.output(boxes), minimumScore: minimumScore, width: width, height: height)
            }
            return Timed(found, timing: timing)
        }
    }

    private func detections(
        in rows: Tensor, minimumScore: Float, width: Int, height: Int
    ) throws -> [FoundObject] {
        let numbers = try rows.elements(as: Float.self)
        var found: [FoundObject] = []
        for row in 0..<numbers.count / 6 {
            let row = numbers[row * 6..<row * 6 + 6].map { $0 }
            guard row[1] >= minimumScore, row[0] >= 0, row[0] < 100_000 else { continue }
            let index = Int(row[0])
            let box = PictureBox(left: row[2], top: row[3], right: row[4], bottom: row[5])
            found.append(
                FoundObject(
                    index: index, label: model.labels.indices.contains(index) ? model.labels[index] : String(index),
                    score: row[1], box: box.clipped(width: width, height: height)))
        }
        return found.sorted { $0.score > $1.score }
    }
}
