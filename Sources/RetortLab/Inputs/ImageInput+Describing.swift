// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
import RetortWire

extension ImageInput {
    /// Describes the ways in which the picture comes.
    ///
    /// - Parameter operation: Takes the parameter `url`, the bodies, and the answers to what is no picture.
    public static func describe(in operation: inout OperationDescription) {
        describeImage(
            in: &operation, field: "image", schema: .file("image/*").described("The picture."),
            json: [("image", Schema.string.described("Base64 or a data: URL.")), ("url", .string(format: "uri"))])
    }
}

extension ImageInputs {
    /// Describes the ways in which the pictures come.
    ///
    /// - Parameter operation: Takes the parameter `url`, the bodies, and the answers to what is no picture.
    public static func describe(in operation: inout OperationDescription) {
        describeImage(
            in: &operation, field: "images", schema: .array(of: .file("image/*")).described("The pictures."),
            json: [
                ("images", Schema.array(of: .string).described("Base64 or data: URLs.")),
                ("urls", .array(of: .string(format: "uri"))),
            ])
    }
}

extension ImagePair {
    /// Describes the ways in which the pictures come.
    ///
    /// - Parameter operation: Takes the parameter `url`, the bodies, and the answers to what is no picture.
    public static func describe(in operation: inout OperationDescription) {
        func pair(of element: Schema) -> Schema {
            var schema = Schema.array(of: element)
            schema["minItems"] = 2
            schema["maxItems"] = 2
            return schema
        }
        describeImage(
            in: &operation, field: "images", schema: pair(of: .file("image/*")).described("The two pictures."),
            json: [
                ("images", pair(of: .string).described("Base64 or data: URLs.")),
                ("urls", pair(of: .string(format: "uri"))),
            ])
    }
}

private func describeImage(
    in operation: inout OperationDescription, field: String, schema: Schema, json: [(name: String, schema: Schema)]
) {
    operation.add(
        ParameterDescription(
            "url", in: .query, .string(format: "uri").described("The address of the picture."),
            isRequired: !operation.takesBody))
    if operation.takesBody {
        operation.addBody(
            [
                MediaDescription("multipart/form-data", .object([(name: field, schema: schema)])),
                MediaDescription("image/*", .file("image/*")),
                .json(.object(json)),
            ], isRequired: false)
        operation.extensions["x-retort-image"] = [
            "field": .string(field), "body": .bool(field == "image"), "url": "url",
        ]
    } else {
        operation.extensions["x-retort-image"] = ["url": "url"]
    }
    operation.addProblem(.contentTooLarge, "The picture has more bytes, pixels or frames than are taken.")
    operation.addProblem(.unsupportedMediaType, "That is no picture, or one of a kind that is not taken.")
    operation.addProblem(.unprocessableContent, "There is no picture, it is damaged, or a field does not fit.")
    operation.addProblem(.serviceUnavailable, "All cores are busy and the queue is full.")
}
