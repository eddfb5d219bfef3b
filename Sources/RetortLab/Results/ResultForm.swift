// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Retort
public import RetortImaging
import RetortServer
import RetortWire

/// A form in which a result is sent: JSON, a picture, or a format of annotations.
public struct ResultForm: Sendable, Hashable, CustomStringConvertible {
    /// What `?format=` calls it.
    public let name: String
    /// What `Accept` calls it.
    public let mediaType: String
    /// The format of the picture; nil for text.
    public let imageFormat: ImageFormat?

    /// Makes a form of text.
    ///
    /// - Parameters:
    ///   - name: What `?format=` calls it.
    ///   - mediaType: What `Accept` calls it.
    public init(_ name: String, mediaType: String) {
        (self.name, self.mediaType, imageFormat) = (name, mediaType, nil)
    }

    /// Makes a form of a picture.
    ///
    /// - Parameter format: The format of the picture.
    public init(_ format: ImageFormat) {
        (name, mediaType, imageFormat) = (format.rawValue, format.mediaType, format)
    }

    /// The name.
    public var description: String { name }

    /// JSON.
    public static let json = ResultForm("json", mediaType: "application/json")
    /// A data set of one picture in COCO's form.
    public static let coco = ResultForm("coco", mediaType: "application/vnd.coco+json")
    /// YOLO's lines of text.
    public static let yolo = ResultForm("yolo", mediaType: "text/vnd.yolo")
    /// Pascal VOC's XML.
    public static let voc = ResultForm("voc", mediaType: "application/xml")

    /// The pictures that this OpenCV writes; the cheapest first.
    public static let pictures: [ResultForm] =
        [.jpeg, .png, .webp, .gif, .tiff, .bmp].map(ResultForm.init) + (OpenCV.hasAVIF ? [ResultForm(.avif)] : [])
}

/// What a client asked for.
struct Negotiated: Sendable {
    var form: ResultForm
    var quality: Int?

    /// Chooses a form by `?format=` or, without it, by `Accept`.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - forms: The forms that the result has; the first is for clients that take everything.
    /// - Throws: `HTTPError` with status 422 for an unknown format, 406 where nothing fits.
    init(_ request: Request, among forms: [ResultForm]) throws {
        let query = try request.query
        var errors: [FieldError] = []
        if let text = query["quality"], !text.isEmpty {
            quality = Int(text)
            if !(1...100).contains(quality ?? 0) {
                errors.append(
                    FieldError(field: "quality", code: .outOfRange, message: "quality is a whole number from 1 to 100.")
                )
            }
        }
        if let name = query["format"], !name.isEmpty {
            let wanted = ImageFormat(named: name)?.rawValue ?? name.lowercased()
            if let found = forms.first(where: { $0.name == wanted }) {
                form = found
            } else {
                let names = forms.map(\.name).joined(separator: ", ")
                errors.append(FieldError(field: "format", code: .invalidChoice, message: "format is one of \(names)."))
                form = forms[0]
            }
        } else {
            form = try Negotiated.form(for: request.header(.accept), among: forms)
        }
        guard errors.isEmpty else { throw HTTPError(FieldErrors(errors)) }
    }

    /// The form that the client likes best; of those that it likes equally, our first.
    private static func form(for accept: String?, among forms: [ResultForm]) throws -> ResultForm {
        guard let accept, !accept.isEmpty else { return forms[0] }
        let accepted = AcceptedMediaTypes(headerValue: accept)
        var best: (form: ResultForm, quality: Double)?
        for form in forms {
            let quality = accepted.quality(of: form.mediaType)
            if quality > best?.quality ?? 0 { best = (form, quality) }
        }
        guard let best else {
            let names = forms.map(\.mediaType).joined(separator: ", ")
            throw HTTPError(.notAcceptable, "The answer comes as \(names).", code: "not-acceptable")
        }
        return best.form
    }

    /// Describes the choice.
    static func describe(_ forms: [ResultForm], in operation: inout OperationDescription) {
        let names = forms.map { JSONValue.string($0.name) }
        operation.add(
            ParameterDescription(
                "format", in: .query, .choice(names).described("The form of the answer, instead of Accept."),
                isRequired: false))
        operation.extensions["x-retort-formats"] = [
            "parameter": "format",
            "types": .object(JSONObject(forms.map { (key: $0.name, value: .string($0.mediaType)) })),
        ]
        if forms.contains(where: { $0.imageFormat != nil }) {
            operation.add(
                ParameterDescription(
                    "quality", in: .query,
                    Schema(["type": "integer", "minimum": 1, "maximum": 100]).described(
                        "The quality of pictures that are compressed with loss."), isRequired: false))
        }
        operation.addProblem(.notAcceptable, "The answer has no form that is accepted.")
        operation.addProblem(.unprocessableContent)
    }
}
