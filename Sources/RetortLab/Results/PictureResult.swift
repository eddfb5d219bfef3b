// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortImaging
import HTTPTypes
import RetortWire

/// What work on a picture can result in, with the forms in which it is sent.
///
/// A result that is encodable and can be drawn conforms with one function:
///
///     struct Stars: DrawnResult {
///         var stars: [Point]
///         func drawn(on image: Image) throws -> Image { … }
///     }
public protocol PictureResult: Sendable {
    /// The forms, of which the first is for clients that take everything.
    static var forms: [ResultForm] { get }

    /// The result in pixels of the original, where the work saw a smaller picture.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The result with its places moved.
    func scaled(from size: Size, to original: Size) -> Self

    /// The bytes of the result in a form.
    ///
    /// - Parameters:
    ///   - form: One of ``forms``.
    ///   - quality: 1–100 for pictures that are compressed with loss; nil for the usual.
    ///   - source: Decodes the original, for forms that show it.
    /// - Returns: The bytes.
    /// - Throws: What drawing or encoding throws.
    func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8]

    /// Describes the answers.
    ///
    /// - Parameter operation: Takes the answers.
    static func describeForms(in operation: inout OperationDescription)
}

extension PictureResult {
    /// The result as it is.
    ///
    /// - Parameters:
    ///   - size: The size of the picture that the work saw.
    ///   - original: The size of the original.
    /// - Returns: The result.
    public func scaled(from size: Size, to original: Size) -> Self { self }

    /// Describes each form as an answer.
    ///
    /// - Parameter operation: Takes the answers.
    public static func describeForms(in operation: inout OperationDescription) {
        for form in forms {
            let schema: Schema =
                form == .json
                ? operation.schema(of: Self.self) : form.imageFormat == nil ? .string : .file(form.mediaType)
            operation.addResponse(.ok, nil, form.mediaType, schema)
        }
        Negotiated.describe(forms, in: &operation)
    }
}

/// A result that is JSON, and can be drawn over its picture.
public protocol DrawnResult: PictureResult, Encodable {
    /// Draws the result.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture to send.
    /// - Throws: What drawing throws.
    func drawn(on image: Image) throws -> Image
}

extension DrawnResult {
    /// JSON, and pictures.
    public static var forms: [ResultForm] { [.json] + ResultForm.pictures }

    /// JSON, or the drawn picture.
    ///
    /// - Parameters:
    ///   - form: One of ``PictureResult/forms``.
    ///   - quality: 1–100 for pictures that are compressed with loss; nil for the usual.
    ///   - source: Decodes the original.
    /// - Returns: The bytes.
    /// - Throws: What drawing or encoding throws.
    public func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8] {
        guard let format = form.imageFormat else { return try JSONCoding.encode(self) }
        return try drawn(on: source()).encoded(as: ImageEncoding(format, quality: quality))
    }
}

/// A value that is JSON and nothing else.
public struct Measured<Value: Encodable & Sendable>: PictureResult {
    /// The value.
    public var value: Value

    /// Wraps a value.
    ///
    /// - Parameter value: The value.
    public init(_ value: Value) { self.value = value }

    /// JSON.
    public static var forms: [ResultForm] { [.json] }

    /// The value as JSON.
    ///
    /// - Parameters:
    ///   - form: JSON.
    ///   - quality: Not heeded.
    ///   - source: Not used.
    /// - Returns: The bytes.
    /// - Throws: What encoding throws.
    public func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8] {
        try JSONCoding.encode(value)
    }

    /// Describes the value as JSON.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeForms(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "application/json", operation.schema(of: Value.self))
    }
}
