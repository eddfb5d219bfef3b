// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortImaging
public import RetortInference
import RetortWire

/// A score with four digits: more of them say nothing.
func tidy(_ score: Float) -> Double { (Double(score) * 10_000).rounded() / 10_000 }

/// What a picture shows as a whole, as JSON or written on it.
public struct Classified: DrawnResult, SchemaDescribing {
    /// A class and how sure the model is.
    public struct Class: Encodable, Sendable, Hashable {
        /// Its name.
        public var label: String
        /// How sure the model is, 0 to 1.
        public var score: Double
        /// Its number.
        public var classID: Int

        enum CodingKeys: String, CodingKey {
            case label, score
            case classID = "class_id"
        }
    }

    /// The classes, surest first.
    public var classes: [Class]

    /// Makes a result.
    ///
    /// - Parameter classes: What a classifier found.
    public init(_ classes: [Classification]) {
        self.classes = classes.map { Class(label: $0.label, score: tidy($0.score), classID: $0.index) }
    }

    /// Writes the classes on the picture.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            let height = max(10, Double(image.height) / 24)
            for (index, one) in classes.enumerated() {
                let place = Box(x: 0, y: Double(index) * height * 1.7, width: 1, height: 1)
                try canvas.label(
                    "\(one.label) \(Int((one.score * 100).rounded())) %", on: place, color: Palette.standard[index],
                    height: height)
            }
        }
    }

    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        let item = Schema.object(
            [("label", .string), ("score", .number), ("class_id", .integer)], required: ["label", "score", "class_id"])
        return .object([("classes", .array(of: item))], required: ["classes"])
    }
}

/// The texts in a picture, as JSON or drawn.
public struct FoundTexts: DrawnResult, SchemaDescribing {
    /// A line of text.
    public struct Line: Encodable, Sendable, Hashable {
        /// What it says.
        public var text: String
        /// How sure the model is, 0 to 1.
        public var score: Double
        /// Its four corners, from the upper left.
        public var polygon: [Point]
    }

    /// The size of the picture.
    public var image: Size
    /// The lines in the order in which they are read.
    public var texts: [Line]

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - lines: What a reader found.
    ///   - size: The size of the picture that they are in.
    public init(_ lines: [TextLine], in size: Size) {
        image = size
        texts = lines.map { Line(text: $0.text, score: tidy($0.score), polygon: $0.corners.map(Point.init)) }
    }

    /// All lines, one below the other.
    public var text: String { texts.map(\.text).joined(separator: "\n") }

    /// The lines in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The lines with their corners moved.
    public func scaled(from size: Size, to original: Size) -> FoundTexts {
        let factor = Double(original.width) / Double(max(1, image.width))
        var result = self
        result.image = original
        for index in result.texts.indices {
            result.texts[index].polygon = result.texts[index].polygon.map { Point($0.x * factor, $0.y * factor) }
        }
        return result
    }

    /// Draws the outlines of the lines.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        try image.drawing { canvas in
            for (index, line) in texts.enumerated() {
                try canvas.polygon(line.polygon, color: Palette.standard[index])
            }
        }
    }

    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        let line = Schema.object(
            [("text", .string), ("score", .number), ("polygon", .array(of: .array(of: .number)))],
            required: ["text", "score", "polygon"])
        var schema = Schema.object([("image", .imageSize), ("texts", .array(of: line))], required: ["image", "texts"])
        schema["x-retort-kind"] = "detections"
        return schema
    }
}

/// How alike the faces of two pictures are.
public struct FaceLikeness: Encodable, Sendable, Hashable {
    /// The cosine of the angle between their vectors, -1 to 1.
    public var similarity: Double
    /// Whether they are the same person, by the threshold of the model.
    public var isSame: Bool
    /// Where the compared faces are, in pixels of each original.
    public var boxes: [Box]

    enum CodingKeys: String, CodingKey {
        case similarity, boxes
        case isSame = "is_same"
    }
}

extension Detections {
    /// Makes detections of what a network found.
    ///
    /// - Parameters:
    ///   - objects: What was found.
    ///   - size: The size of the picture that was looked at.
    public init(_ objects: [FoundObject], in size: Size) {
        self.init(
            objects.map {
                Detection(box: Box($0.box), label: $0.label, classID: $0.index, score: tidy($0.score))
            }, in: size)
    }

    /// Makes detections of faces, with eyes, nose and mouth as keypoints.
    ///
    /// - Parameters:
    ///   - faces: What was found.
    ///   - size: The size of the picture that was looked at.
    public init(_ faces: [Face], in size: Size) {
        let names = ["right_eye", "left_eye", "nose", "right_mouth", "left_mouth"]
        self.init(
            faces.map { face in
                Detection(
                    box: Box(face.box), label: "face", score: tidy(face.score),
                    keypoints: zip(names, face.points).map { NamedPoint($0, at: Point($1)) })
            }, in: size)
    }
}
