// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What somebody has clicked at.
public struct SegmentationClick: Sendable, Hashable, Codable {
    /// Where, in pixels of the picture.
    public var point: PicturePoint
    /// Whether the place belongs to what is wanted.
    public var isInside: Bool

    /// Creates a click.
    ///
    /// - Parameters:
    ///   - point: Where, in pixels of the picture.
    ///   - isInside: Whether the place belongs to what is wanted.
    public init(_ point: PicturePoint, isInside: Bool = true) {
        self.point = point
        self.isInside = isInside
    }
}

/// Cuts out what somebody clicks at.
///
///     let segmenter = try ClickSegmenter(await repository.model("eiseg"))
///     var clicks = [SegmentationClick(PicturePoint(x: 203, y: 150))]
///     var mask = try await segmenter.mask(of: photo, clicks: clicks).value
///     clicks.append(SegmentationClick(PicturePoint(x: 20, y: 20), isInside: false))
///     mask = try await segmenter.mask(of: photo, clicks: clicks, previous: mask).value
///
/// Source: EISeg, arXiv:2210.08788, after RITM, arXiv:2102.06583.
public struct ClickSegmenter: Sendable {
    /// The model.
    public let model: Model

    /// The most clicks that are taken.
    public static let maximumClicks = 256

    private let preprocessing: Preprocessing
    /// The radius of the discs that clicks become, in pixels of what the network sees.
    private static let radius = 5

    /// Creates a segmenter.
    ///
    /// - Parameter model: EISeg: `image`, and `coord_features` with the last mask, clicks inside and clicks outside, in;
    ///   logits out. Sides that are open in it are taken as 400 pixels.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model) throws {
        self.model = model
        let task = "cutting out by clicks"
        guard model.inputs.count == 2, let image = model.inputs.first(where: { $0.name == "image" }),
            let features = model.inputs.first(where: { $0.name == "coord_features" }), features.shape?.count == 4,
            features.shape?[1].contains(3) == true
        else { throw model.unfit(for: task, "it has not the inputs 'image' and 'coord_features'") }
        guard let output = model.outputs.first, output.dataType == .float32, output.shape?.count == 4 else {
            throw model.unfit(for: task, "its first output is no map")
        }
        let (width, height) = try model.pictureSize(image, layout: .planes, open: 400, for: task)
        preprocessing = Preprocessing(width: width, height: height, normalisation: .imageNet).fitting(image)
    }

    /// Finds what was clicked at.
    ///
    /// - Parameters:
    ///   - picture: A picture of at least 1 × 1 pixel.
    ///   - clicks: At least one that lies inside of what is wanted, and all lie in the picture.
    ///   - previous: The mask that all but the last click led to, so that the network corrects it.
    /// - Returns: A mask of the size of the picture.
    /// - Throws: ``InferenceError`` with `.invalidData` for clicks that are none, `.tooLarge` for more than 256 of them,
    ///   `.wrongShape` for a mask of another picture, and as ``Model/infer(_:)-(InferenceRequest)``.
    public func mask(
        of picture: some Pixels, clicks: [SegmentationClick], previous: PictureMask? = nil
    ) async throws -> Timed<PictureMask> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let (width, height) = (picture.width, picture.height)
            let inputs = try timing.measure(\.preprocess) {
                let features = try self.features(clicks, previous: previous, width: width, height: height)
                return ["image": try preprocessing.prepare(picture).tensor, "coord_features": features]
            }
            let output = model.outputs[0].name
            let result = try await model.infer(InferenceRequest(inputs: inputs, outputs: [output]))
            timing.add(result.timing)
            let mask = try timing.measure(\.postprocess) {
                let map = try result.output(output)
                return try PictureMask(
                    shares: map.elements(as: Float.self).map(\.sigmoid), shape: map.shape, of: model, width: width,
                    height: height)
            }
            return Timed(mask, timing: timing)
        }
    }

    /// The last mask, and discs where clicks lie inside and outside, as three planes.
    private func features(
        _ clicks: [SegmentationClick], previous: PictureMask?, width: Int, height: Int
    ) throws -> Tensor {
        guard clicks.contains(where: \.isInside) else {
            throw InferenceError(.invalidData, "No click lies inside of what is wanted; at least one must.")
        }
        guard clicks.count <= Self.maximumClicks else {
            throw InferenceError(.tooLarge, "\(clicks.count) clicks are too many; \(Self.maximumClicks) are the most.")
        }
        let (columns, rows) = (preprocessing.width, preprocessing.height)
        var numbers: [Float]
        if let previous {
            guard previous.width == width, previous.height == height else {
                throw InferenceError(
                    .wrongShape,
                    "The last mask is one of \(previous.width) × \(previous.height) pixels, and the picture has \(width) × \(height)."
                )
            }
            let grey = try PixelBuffer(width: width, height: height, channels: .grey, bytes: previous.bytes)
            let preparation = Preprocessing(width: columns, height: rows, colours: .grey, normalisation: .unit)
            numbers = try preparation.prepare(grey).tensor.elements(as: Float.self)
        } else {
            numbers = [Float](repeating: 0, count: columns * rows)
        }
        numbers += [Float](repeating: 0, count: 2 * columns * rows)
        for click in clicks {
            guard click.point.x >= 0, click.point.y >= 0, click.point.x <= Float(width), click.point.y <= Float(height)
            else {
                throw InferenceError(
                    .invalidData,
                    "A click at \(click.point.x), \(click.point.y) lies outside of \(width) × \(height) pixels.")
            }
            let x = click.point.x * Float(columns) / Float(width)
            let y = click.point.y * Float(rows) / Float(height)
            let plane = (click.isInside ? 1 : 2) * columns * rows
            let (middleX, middleY) = (Int(x.rounded()), Int(y.rounded()))
            for row in max(middleY - Self.radius, 0)..<min(middleY + Self.radius + 1, rows) {
                for column in max(middleX - Self.radius, 0)..<min(middleX + Self.radius + 1, columns) {
                    let (right, down) = (Float(column) - x, Float(row) - y)
                    if right * right + down * down <= Float(Self.radius * Self.radius) {
                        numbers[plane + row * columns + column] = 1
                    }
                }
            }
        }
        return try Tensor(numbers, shape: [1, 3, rows, columns])
    }
}
