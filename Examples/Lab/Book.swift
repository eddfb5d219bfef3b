// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab

/// The applications of the book's chapter: edges (D), faces (E), cats (F), and the directory of H.
///
/// Same URLs, same JSON, same boxes. What the original does wrong it does right: HEAD works, what cannot be read is an
/// error of the client, `file:` is refused, photographs of phones are upright, and two callers at once both get the right
/// boxes.
struct Book: Blueprint {
    let faces: CascadeDetector
    let catFaces: CascadeDetector

    func routes(_ r: inout Routes) {
        r.get("/hello", .summary("A greeting"), .tags("book")) { HTML("Hello World!") }
        r.get("/user", .summary("Another greeting"), .tags("book")) { HTML("User: Hello World!") }

        // D: the edges of a picture that the server fetches, as a JPEG of quality 95.
        r.get("/canny", .summary("Edges of a picture by its URL"), .tags("book")) { (photo: ImageInput) in
            photo.answer { Edges(image: try $0.canny(low: 100, high: 200)) }
        }

        // E and F: faces of people and of cats.
        for (path, what, detector) in [("/detect", "Faces", faces), ("/catfacedetection", "Faces of cats", catFaces)] {
            r.get(path, .summary("\(what) in a picture by its URL"), .tags("book")) {
                (photo: ImageInput?) in
                guard let photo else { throw BookError(.badRequest, "bad request", "Parameter url is not present") }
                return Book.boxes(in: photo, detector)
            }
            r.post(path, .summary("\(what) in a picture"), .tags("book")) { (photo: ImageInput?) in
                guard let photo else { throw BookError(.badRequest, "bad request", "Parameter image is not present") }
                return Book.boxes(in: photo, detector)
            }
            r.put(path, .hidden) {
                Reply(
                    BookError(.methodNotAllowed, "failure", "PUT method not supported for API"),
                    status: .methodNotAllowed, headers: [.allow: "GET, HEAD, OPTIONS, POST"])
            }
        }

        Book.errors(&r)
    }

    /// Errors as the book writes them, for these paths.
    static func errors(_ r: inout Routes) {
        r.onError(BookError.self) { error, _ in error }
        r.onError(ImagingError.self) { error, _ in BookError(error.httpError.status, "not ok", error.message) }
        r.onError(FetchError.self) { error, _ in BookError(error.httpError.status, "not ok", error.message) }
    }

    /// Looks at every pixel of a picture for a screen, and at a smaller copy of what a camera takes, which is 28 times as
    /// fast.
    static func boxes(in photo: ImageInput, _ detector: CascadeDetector) -> PictureAnswer<BookBoxes> {
        let plan = DecodePlan(longestSide: photo.size.longestSide <= 2_500 ? nil : 640)
        return photo.answer(plan) { BookBoxes(found: try detector.detect(in: $0)) }
    }

    static let directory = BookText([
        "detect faces via GET": "GET /detect", "detect faces via POST": "POST /detect", "info": "GET /",
    ])
}

/// `{"result": [{"box": [left, top, right, bottom]}, …], "status": "ok"}`, or the annotated picture.
struct BookBoxes: DrawnResult {
    var found: Detections

    enum CodingKeys: String, CodingKey { case result, status }
    struct Item: Encodable { var box: [Int] }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        let boxes = found.boxes.map { [$0.left, $0.top, $0.right, $0.bottom].map { Int($0.rounded()) } }
        try values.encode(boxes.map(Item.init), forKey: .result)
        try values.encode("ok", forKey: .status)
    }

    func scaled(from size: Size, to original: Size) -> BookBoxes {
        BookBoxes(found: found.scaled(from: size, to: original))
    }
    func drawn(on image: Image) throws -> Image { try found.drawn(on: image) }

    func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8] {
        guard form == .json else { return try found.bytes(as: form, quality: quality, source: source) }
        return try JSONCoding.encode(self) + Array("\n".utf8)
    }
}

/// Edges, which are a JPEG of quality 95 unless something else is asked for.
struct Edges: PictureResult {
    var image: Image
    static let forms = Image.forms

    func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8] {
        try image.bytes(as: form, quality: quality ?? 95, source: source)
    }
}

/// An error as the book writes it: `{"message": …, "status": …}`.
struct BookError: Error, ResponseConvertible {
    var code: HTTPResponse.Status
    var status: String
    var message: String

    init(_ code: HTTPResponse.Status, _ status: String, _ message: String) {
        (self.code, self.status, self.message) = (code, status, message)
    }

    func response(to request: Request) throws -> Response {
        var response = try BookText(["message": message, "status": status]).response(to: request)
        response.status = code
        return response
    }
}

/// JSON as Flask writes it: keys in order, and a line feed at the end.
struct BookText: ResponseConvertible {
    var values: [(name: String, text: String)]

    init(_ values: KeyValuePairs<String, String>) { self.values = values.map { ($0.key, $0.value) } }

    func response(to request: Request) throws -> Response {
        let object = JSONObject(values.map { (key: $0.name, value: .string($0.text)) })
        return Response(.text(try JSONValue.object(object).text() + "\n"), contentType: "application/json")
    }
}

/// A value as Flask writes it: JSON, and a line feed at the end.
struct BookJSON<Value: Encodable & Sendable>: ResponseConvertible {
    var value: Value

    init(_ value: Value) { self.value = value }

    func response(to request: Request) throws -> Response {
        Response(.bytes(try JSONCoding.encode(value) + Array("\n".utf8)), contentType: "application/json")
    }

    static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "application/json", operation.schema(of: Value.self))
    }
}
