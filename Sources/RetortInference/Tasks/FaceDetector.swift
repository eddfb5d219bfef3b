// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A face that was found in a picture.
public struct Face: Sendable, Hashable, Codable {
    /// How sure the model is, 0 to 1.
    public var score: Float
    /// Where it is, in pixels of the picture.
    public var box: PictureBox
    /// The right eye, the left eye, the tip of the nose, the right and the left corner of the mouth, right and left as the
    /// person has them.
    public var points: [PicturePoint]

    /// Creates a face.
    ///
    /// - Parameters:
    ///   - score: How sure the model is, 0 to 1.
    ///   - box: Where it is, in pixels of the picture.
    ///   - points: Eyes, nose and corners of the mouth, in this order, five in all.
    public init(score: Float, box: PictureBox, points: [PicturePoint]) {
        self.score = score
        self.box = box
        self.points = points
    }
}

/// Finds faces, with eyes, nose and mouth.
///
///     let detector = try FaceDetector(await repository.model("yunet"))
///     let faces = try await detector.detect(in: photo).value
///
/// Source: YuNet, doi:10.1007/s11633-023-1423-y.
public struct FaceDetector: Sendable {
    /// The model.
    public let model: Model

    private static let strides = [8, 16, 32]
    private let preprocessing: Preprocessing

    /// Creates a detector.
    ///
    /// - Parameter model: YuNet of March 2023; sides that are open in it are taken as 640 pixels.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model) throws {
        self.model = model
        let task = "face detection"
        let input = try model.onlyInput(for: task)
        for stride in Self.strides {
            for part in ["cls", "obj", "bbox", "kps"]
            where !model.outputs.contains(where: { $0.name == "\(part)_\(stride)" }) {
                throw model.unfit(for: task, "it has no output '\(part)_\(stride)'")
            }
        }
        let (width, height) = try model.pictureSize(input, layout: .planes, open: 640, for: task)
        guard width % 32 == 0, height % 32 == 0 else {
            throw model.unfit(for: task, "the sides of its input are no multiples of 32")
        }
        preprocessing = Preprocessing(width: width, height: height, fit: .upperLeft, colours: .bgr).fitting(input)
    }

    /// Finds faces in a picture.
    ///
    /// - Parameters:
    ///   - picture: A picture of at least 1 × 1 pixel.
    ///   - minimumScore: The score below which a face is left out, 0 to 1.
    ///   - overlap: The overlap above which the worse one of two faces is left out, 0 to 1.
    /// - Returns: Faces, best first; boxes and points may lie outside of the picture in part.
    /// - Throws: ``InferenceError``, as ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func detect(
        in picture: some Pixels, minimumScore: Float = 0.7, overlap: Float = 0.3
    ) async throws -> Timed<[Face]> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let prepared = try timing.measure(\.preprocess) { try preprocessing.prepare(picture) }
            let result = try await model.infer([model.inputs[0].name: prepared.tensor])
            timing.add(result.timing)
            let faces = try timing.measure(\.postprocess) {
                let candidates = try Self.strides.flatMap {
                    try self.candidates(stride: $0, in: result, minimumScore: minimumScore)
                }
                let kept = withoutOverlaps(candidates.map { ($0.box, $0.score) }, limit: overlap)
                return kept.map { index in
                    Face(
                        score: candidates[index].score, box: prepared.mapping.box(candidates[index].box),
                        points: candidates[index].points.map(prepared.mapping.point))
                }
            }
            return Timed(faces, timing: timing)
        }
    }

    /// The faces of one grid of cells, in pixels of what the model sees.
    private func candidates(stride: Int, in result: InferenceResult, minimumScore: Float) throws -> [Face] {
        let classes = try result.output("cls_\(stride)").elements(as: Float.self)
        let objects = try result.output("obj_\(stride)").elements(as: Float.self)
        let boxes = try result.output("bbox_\(stride)").elements(as: Float.self)
        let points = try result.output("kps_\(stride)").elements(as: Float.self)
        let columns = preprocessing.width / stride
        let cells = columns * (preprocessing.height / stride)
        guard classes.count == cells, objects.count == cells, boxes.count == 4 * cells, points.count == 10 * cells
        else {
            throw InferenceError(.engineFailed, "Model '\(model.name)' answered with another number of cells.")
        }
        let side = Float(stride)
        return (0..<cells).compactMap { cell in
            let score = (min(max(classes[cell], 0), 1) * min(max(objects[cell], 0), 1)).squareRoot()
            guard score >= minimumScore else { return nil }
            let (column, row) = (Float(cell % columns), Float(cell / columns))
            let (centreX, centreY) = ((column + boxes[4 * cell]) * side, (row + boxes[4 * cell + 1]) * side)
            let (width, height) = (boxes[4 * cell + 2].exponential * side, boxes[4 * cell + 3].exponential * side)
            return Face(
                score: score,
                box: PictureBox(
                    left: centreX - width / 2, top: centreY - height / 2, right: centreX + width / 2,
                    bottom: centreY + height / 2),
                points: (0..<5).map {
                    PicturePoint(
                        x: (points[10 * cell + 2 * $0] + column) * side,
                        y: (points[10 * cell + 2 * $0 + 1] + row) * side)
                })
        }
    }
}
