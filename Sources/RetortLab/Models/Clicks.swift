// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortImaging
import RetortWire

/// What somebody has clicked at in a picture, as a handler asks for it.
///
///     app.post("/clicked") { (photo: ImageInput, clicks: Clicks) in
///         photo.answer(segmenting: segmenter, at: clicks)
///     }
///
/// It comes in the query, in pixels of the upright picture: `?inside=203,150` for a place that belongs to what is wanted,
/// `?outside=20,20` for one that does not, each as often as one likes, and `?box=60,40,380,300` for left, top, right and
/// bottom of where it lies. At least one place inside or a box is needed; without, the answer is 422.
public struct Clicks: RequestArgument, Hashable {
    /// Places that belong to what is wanted, in pixels of the picture.
    public var inside: [Point]
    /// Places that do not belong to it.
    public var outside: [Point]
    /// Where all of it lies; nil for anywhere.
    public var box: Box?

    /// The most places of one request.
    public static let mostPlaces = 64

    /// Makes clicks, as a test may want them.
    ///
    /// - Parameters:
    ///   - inside: Places that belong to what is wanted, in pixels of the picture.
    ///   - outside: Places that do not belong to it.
    ///   - box: Where all of it lies; nil for anywhere.
    public init(inside: [Point] = [], outside: [Point] = [], box: Box? = nil) {
        (self.inside, self.outside, self.box) = (inside, outside, box)
    }

    /// Reads the clicks of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The clicks.
    /// - Throws: `HTTPError` with status 422 for a place that is not two numbers, a box that is not four in order, too many
    ///   places, or none.
    public static func make(from request: Request, path: inout PathValues) throws -> Clicks {
        let query = try request.query
        var errors: [FieldError] = []
        func places(_ name: String) -> [Point] {
            query.all(name).filter { !$0.isEmpty }.prefix(mostPlaces + 1).enumerated().compactMap { index, text in
                if let numbers = numbers(in: text, 2) { return Point(numbers[0], numbers[1]) }
                errors.append(
                    FieldError("\(name)[\(index)]", .invalidFormat, "is a place such as 203,150: pixels right and down")
                )
                return nil
            }
        }
        var clicks = Clicks(inside: places("inside"), outside: places("outside"))
        if let text = query["box"], !text.isEmpty {
            let edges = numbers(in: text, 4) ?? []
            if edges.count == 4, edges[0] < edges[2], edges[1] < edges[3] {
                clicks.box = Box(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
            } else {
                errors.append(
                    FieldError("box", .invalidFormat, "is left, top, right and bottom, such as 60,40,380,300"))
            }
        }
        if clicks.inside.count + clicks.outside.count > mostPlaces {
            errors.append(FieldError("inside", .invalidLength, "has more than \(mostPlaces) places with those outside"))
        } else if errors.isEmpty, clicks.inside.isEmpty, clicks.box == nil {
            errors.append(
                FieldError("inside", .missing, "needs a place that belongs to what is wanted, or box its edges"))
        }
        guard errors.isEmpty else { throw HTTPError(FieldErrors(errors)) }
        return clicks
    }

    /// Reads the clicks of a request, which takes no waiting.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The clicks.
    /// - Throws: As ``make(from:path:)``.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> Clicks? {
        try make(from: request, path: &path)
    }

    private static func numbers(in text: String, _ count: Int) -> [Double]? {
        guard text.utf8.count <= 100 else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Double($0) }.filter { $0.isFinite && $0.magnitude < 1e6 }
        return parts.count == count && numbers.count == count ? numbers : nil
    }

    /// Checks that all places lie in a picture.
    ///
    /// - Parameter size: The size of the upright picture.
    /// - Throws: `HTTPError` with status 422 that names what does not.
    func check(in size: Size) throws {
        let (width, height) = (Double(size.width), Double(size.height))
        var errors: [FieldError] = []
        for (name, points) in [("inside", inside), ("outside", outside)] {
            for (index, point) in points.enumerated() {
                guard point.x < 0 || point.y < 0 || point.x > width || point.y > height else { continue }
                errors.append(
                    FieldError(
                        "\(name)[\(index)]", .outOfRange, "lies outside of the \(size.width) × \(size.height) pixels"))
            }
        }
        if let box, box.intersection(Box(x: 0, y: 0, width: width, height: height)) == nil {
            errors.append(FieldError("box", .outOfRange, "lies outside of the \(size.width) × \(size.height) pixels"))
        }
        guard errors.isEmpty else { throw HTTPError(FieldErrors(errors)) }
    }

    /// Describes the parameters, and tells consoles that they are places of the picture (`x-retort-places`).
    ///
    /// - Parameter operation: Takes the parameters.
    public static func describe(in operation: inout OperationDescription) {
        func text(_ count: Int, _ example: String) -> Schema {
            let pattern = "^" + Array(repeating: #"-?\d+(\.\d+)?"#, count: count).joined(separator: ",") + "$"
            return Schema(["type": "string", "pattern": .string(pattern), "examples": [.string(example)]])
        }
        func add(_ name: String, _ schema: Schema, _ meaning: String) {
            operation.add(ParameterDescription(name, in: .query, schema.described(meaning), isRequired: false))
        }
        for (name, example, meaning) in [
            ("inside", "203,150", "Places that belong to what is wanted: pixels right and down."),
            ("outside", "20,20", "Places that do not belong to it."),
        ] {
            var list = Schema.array(of: text(2, example))
            list["maxItems"] = .int(Int64(mostPlaces))
            add(name, list, meaning)
        }
        add("box", text(4, "60,40,380,300"), "Where all of it lies: left, top, right, bottom.")
        operation.extensions["x-retort-places"] = [
            "points": ["inside", "outside"], "box": "box", "needed": ["inside", "box"],
        ]
        operation.addProblem(.unprocessableContent)
    }
}
