// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortImaging
import RetortInference
import RetortWire

/// The shapes of the faces in a picture, as JSON or drawn.
public struct FaceShapes: DrawnResult, SchemaDescribing {
    /// One face.
    public struct Face: Encodable, Sendable, Hashable {
        /// Where it is.
        public var box: Box
        /// How sure the network is that it is one, 0 to 1.
        public var score: Double
        /// 478 points on it; the last ten are the irises.
        public var keypoints: [Point]
        /// How much it does each of 52 things, 0 to 1: `mouthSmileLeft`, `eyeBlinkRight` and so on.
        public var expressions: [String: Double]

        init(_ face: RetortInference.Face, _ landmarks: FaceLandmarks) {
            box = Box(face.box)
            score = tidy(landmarks.presence)
            keypoints = landmarks.points.map {
                Point((Double($0.x) * 10).rounded() / 10, (Double($0.y) * 10).rounded() / 10)
            }
            expressions = Dictionary(landmarks.expressions.map { ($0.name, tidy($0.score)) }) { first, _ in first }
        }
    }

    /// The faces, surest first.
    public var faces: [Face]
    /// The size of the picture.
    public var image: Size

    /// The faces in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The faces with their points moved.
    public func scaled(from size: Size, to original: Size) -> FaceShapes {
        guard image != original else { return self }
        let factor = Double(original.width) / Double(max(1, image.width))
        var result = self
        result.image = original
        for index in result.faces.indices {
            result.faces[index].box = result.faces[index].box.scaled(x: factor, y: factor).rounded
            result.faces[index].keypoints = result.faces[index].keypoints.map { Point($0.x * factor, $0.y * factor) }
        }
        return result
    }

    /// Draws the points.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            for (index, face) in faces.enumerated() {
                for point in face.keypoints {
                    try canvas.dot(point, color: Palette.standard[index], radius: max(1, face.box.width / 150))
                }
            }
        }
    }

    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        let pair = Schema.array(of: .number)
        let face = Schema.object(
            [
                ("box", pair.described("Left, top, right, bottom.")), ("score", .number),
                ("keypoints", Schema.array(of: pair).described("478 points, each x and y.")),
                ("expressions", Schema.dictionary(of: .number).described("52 scores from 0 to 1.")),
            ], required: ["box", "score", "keypoints", "expressions"])
        var schema = Schema.object([("image", .imageSize), ("faces", .array(of: face))], required: ["image", "faces"])
        schema["x-retort-kind"] = "detections"
        return schema
    }
}
