// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
public import RetortImaging
public import RetortServer
import RetortWire

extension Detections: DrawnResult {
    /// JSON, the annotated picture, COCO, YOLO, Pascal VOC.
    public static var forms: [ResultForm] { [.json] + ResultForm.pictures + [.coco, .yolo, .voc] }

    /// The things in pixels of the original.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The things with boxes and points moved, in whole pixels.
    public func scaled(from size: Size, to original: Size) -> Detections {
        imageSize == original ? self : scaled(to: original).rounded
    }

    /// Draws boxes, labels, masks and points.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image { try drawn(on: image, style: DetectionStyle()) }

    /// The detections in a form.
    ///
    /// - Parameters:
    ///   - form: One of ``forms``.
    ///   - quality: 1–100 for pictures that are compressed with loss; nil for the usual.
    ///   - source: Decodes the original.
    /// - Returns: The bytes.
    /// - Throws: What drawing or encoding throws.
    public func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8] {
        if let format = form.imageFormat {
            return try drawn(on: source()).encoded(as: ImageEncoding(format, quality: quality))
        }
        switch form {
        case .coco: return try JSONCoding.encode(coco())
        case .yolo: return Array(yolo().utf8)
        case .voc: return Array(pascalVOC().utf8)
        default: return try JSONCoding.encode(self)
        }
    }
}

extension Detections: ResponseConvertible {
    /// The detections as JSON, COCO, YOLO or Pascal VOC.
    ///
    /// The annotated picture needs the picture: `ImageInput.answer` has it.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: `HTTPError` (406, 422) for a form that there is not.
    public func response(to request: Request) throws -> Response {
        let choice = try Negotiated(request, among: [.json, .coco, .yolo, .voc])
        let bytes = try bytes(as: choice.form, quality: nil) { throw HTTPError(.notAcceptable) }
        var response = Response(.bytes(bytes), contentType: choice.form.mediaType)
        response.headers[.vary] = "Accept"
        return response
    }

    /// Describes the forms without pictures.
    ///
    /// - Parameter operation: Takes the answers.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "application/json", operation.schema(of: Detections.self))
        for form in [ResultForm.coco, .yolo, .voc] { operation.addResponse(.ok, nil, form.mediaType, .string) }
        Negotiated.describe([.json, .coco, .yolo, .voc], in: &operation)
    }
}

extension Detections: SchemaDescribing {
    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        let number = Schema.number
        let box = Schema(["type": "array", "items": number.json, "minItems": 4, "maxItems": 4])
            .described("Left, top, right, bottom in pixels of the picture.")
        let point = Schema.object(
            [("name", .string), ("x", number), ("y", number), ("score", number)], required: ["x", "y"])
        let mask = Schema.object(
            [("size", .array(of: .integer)), ("counts", .array(of: .integer))], required: ["size", "counts"])
        let item = Schema.object(
            [
                ("box", box), ("label", .string), ("class_id", .integer), ("score", number),
                ("keypoints", .array(of: point)), ("mask", mask.described("COCO's uncompressed run lengths.")),
            ], required: ["box"])
        var schema = Schema.object(
            [("image", .imageSize), ("detections", .array(of: item))], required: ["image", "detections"])
        schema["x-retort-kind"] = "detections"
        return schema
    }
}

extension Schema {
    /// Width and height of a picture.
    static var imageSize: Schema {
        .object([("width", .integer), ("height", .integer)], required: ["width", "height"])
    }
}
