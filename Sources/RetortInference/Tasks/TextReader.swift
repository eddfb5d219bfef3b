// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A line of text that was read in a picture.
public struct TextLine: Sendable, Hashable, Codable {
    /// What it says.
    public var text: String
    /// The mean certainty of its characters, 0 to 1.
    public var score: Float
    /// Upper left, upper right, lower right and lower left corner, in pixels of the picture.
    public var corners: [PicturePoint]

    /// Creates a line.
    ///
    /// - Parameters:
    ///   - text: What it says.
    ///   - score: The mean certainty of its characters, 0 to 1.
    ///   - corners: Upper left, upper right, lower right and lower left corner, in pixels of the picture.
    public init(text: String, score: Float, corners: [PicturePoint]) {
        self.text = text
        self.score = score
        self.corners = corners
    }
}

/// Reads texts in pictures: one network finds the lines, another one reads them.
///
///     let reader = try TextReader(
///         detection: await repository.model("ocr-detection-tiny"),
///         recognition: await repository.model("ocr-recognition-tiny"))
///     let lines = try await reader.read(page).value.map(\.text)
///
/// Source: PP-OCR, arXiv:2009.09941; the lines are found as in arXiv:1911.08947 and read as in arXiv:2205.00159.
public struct TextReader: Sendable {
    /// The model that finds lines.
    public let detection: Model
    /// The model that reads a line.
    public let recognition: Model

    /// The longest side that is looked at, in pixels; larger pictures are scaled down.
    public var longestSide = 960
    /// The length that the shorter side of small pictures is scaled up to, in pixels.
    public var shortestSide = 736

    /// The makers trained with blue first and kept the numbers of red for it.
    private static let normalisation = Preprocessing.Normalisation(
        mean: [0.406 * 255, 0.456 * 255, 0.485 * 255], deviation: [0.225 * 255, 0.224 * 255, 0.229 * 255])
    private let characters: [String]
    private static let lineHeight = 48
    private static let regions = TextRegions()

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - detection: A picture of any size in, a map of probabilities out.
    ///   - recognition: A line of 48 pixels of height in, the probabilities of characters along it out. Its metadata has
    ///     the characters, or its labels are them.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the models are others.
    public init(detection: Model, recognition: Model) throws {
        let task = "reading texts"
        self.detection = detection
        self.recognition = recognition
        for model in [detection, recognition] {
            _ = try model.onlyInput(for: task)
            guard model.outputs.count == 1, model.outputs[0].dataType == .float32 else {
                throw model.unfit(for: task, "it has not one output of FP32")
            }
        }
        var known = recognition.labels
        if known.isEmpty, let text = recognition.metadata["character"] {
            known = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
                String($0) ?? ""
            }
            while known.last?.isEmpty == true { known.removeLast() }
        }
        guard !known.isEmpty else { throw recognition.unfit(for: task, "it does not say which characters it knows") }
        // The first class is that of no character, and the last one a space.
        characters = [""] + known + [" "]
    }

    /// Reads the texts in a picture.
    ///
    /// - Parameters:
    ///   - picture: A picture of at least 1 × 1 pixel.
    ///   - minimumScore: The certainty below which a line is left out, 0 to 1.
    /// - Returns: Lines in the order in which one reads them: from top to bottom, and from left to right.
    /// - Throws: ``InferenceError``, as ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func read(_ picture: some Pixels, minimumScore: Float = 0.5) async throws -> Timed<[TextLine]> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let prepared = try timing.measure(\.preprocess) {
                try preprocessing(width: picture.width, height: picture.height).prepare(picture)
            }
            let result = try await detection.infer([detection.inputs[0].name: prepared.tensor])
            timing.add(result.timing)
            let boxes = try timing.measure(\.postprocess) {
                try Self.inReadingOrder(
                    self.boxes(in: result.output(detection.outputs[0].name), mapping: prepared.mapping))
            }
            var lines: [TextLine] = []
            for box in boxes {
                try Task.checkCancellation()
                let tensor = try timing.measure(\.preprocess) { try Self.line(box, in: picture) }
                let read = try await recognition.infer([recognition.inputs[0].name: tensor])
                timing.add(read.timing)
                let line = try timing.measure(\.postprocess) { try decoded(read.output(recognition.outputs[0].name)) }
                if !line.text.isEmpty, line.score >= minimumScore {
                    lines.append(TextLine(text: line.text, score: line.score, corners: box.corners))
                }
            }
            return Timed(lines, timing: timing)
        }
    }

    /// The engine prepares itself anew for each size that it sees, so sizes are rounded up to a few.
    private func preprocessing(width: Int, height: Int) -> Preprocessing {
        let (short, long) = (Double(min(width, height)), Double(max(width, height)))
        var factor = 1.0
        if long > Double(longestSide) {
            factor = Double(longestSide) / long
        } else if short < Double(shortestSide) {
            factor = min(Double(shortestSide) / short, max(2000, long) / long)
        }
        func rounded(_ side: Int) -> Int { max((Int(Double(side) * factor) + 159) / 160 * 160, 160) }
        return Preprocessing(
            width: rounded(width), height: rounded(height), fit: .upperLeft, colours: .bgr,
            normalisation: Self.normalisation)
    }

    private func boxes(in map: Tensor, mapping: PictureMapping) throws -> [TurnedBox] {
        guard map.shape.count == 4, let width = map.shape.last, width > 0 else {
            throw InferenceError(.engineFailed, "Model '\(detection.name)' answered with the shape \(map.shape).")
        }
        let found = try map.withElements(as: Float.self) { Self.regions.find(in: $0, width: width) }
        return found.map { TurnedBox(corners: $0.corners.map(mapping.point)) }
    }

    /// From top to bottom, and those of one height from left to right.
    static func inReadingOrder(_ boxes: [TurnedBox]) -> [TurnedBox] {
        let sorted = boxes.sorted { $0.bounds.top + $0.bounds.bottom < $1.bounds.top + $1.bounds.bottom }
        var rows: [[TurnedBox]] = []
        for box in sorted {
            if let last = rows.last?.last,
                box.bounds.top + box.bounds.bottom - last.bounds.top - last.bounds.bottom
                    < min(box.bounds.height, last.bounds.height)
            {
                rows[rows.count - 1].append(box)
            } else {
                rows.append([box])
            }
        }
        return rows.flatMap { row in row.sorted { $0.bounds.left < $1.bounds.left } }
    }

    /// A line of text, turned upright and scaled to the height that the model expects, in grey where there is no text.
    static func line(_ box: TurnedBox, in picture: some Pixels) throws -> Tensor {
        var corners = box.corners
        var (width, height) = (max(box.width, 1), max(box.height, 1))
        if height >= 1.5 * width {
            // Text from the bottom to the top, as on the back of a book.
            corners = [corners[1], corners[2], corners[3], corners[0]]
            (width, height) = (height, width)
        }
        let rows = lineHeight
        let columns = min(max(Int((Float(rows) * width / height).rounded(.up)), 16), 3200)
        let room = columns <= 320 ? 320 : (columns + 159) / 160 * 160
        func part(_ from: PicturePoint, _ to: PicturePoint, _ share: Float) -> PicturePoint {
            PicturePoint(x: (to.x - from.x) * share, y: (to.y - from.y) * share)
        }
        let column = part(corners[0], corners[1], 1 / Float(columns))
        let row = part(corners[0], corners[3], 1 / Float(rows))
        // Pixels lie half a pixel behind their edges, here and there.
        let (right, down) = (0.5 - 0.5 * Float(columns) / width, 0.5 - 0.5 * Float(rows) / height)
        let map = AffineMap(
            origin: PicturePoint(
                x: corners[0].x + right * column.x + down * row.x, y: corners[0].y + right * column.y + down * row.y),
            column: column, row: row)
        let sink = PixelSink<Float>(
            width: room, height: rows, colours: .bgr, normalisation: .signedUnit, layout: .planes)
        let numbers = try AffineSampler.sample(picture, map: map, columns: columns, border: .edge, sink: sink)
        return try Tensor(numbers, shape: [1, 3, rows, room])
    }

    /// The most probable characters, where one that is repeated without a gap counts once.
    ///
    /// Source: Graves et al., "Connectionist Temporal Classification", 2006, best path decoding.
    private func decoded(_ probabilities: Tensor) throws -> (text: String, score: Float) {
        let classes = probabilities.shape.last ?? 0
        guard classes == characters.count, classes > 0 else {
            throw InferenceError(
                .engineFailed,
                "Model '\(recognition.name)' knows \(characters.count) characters and answered with \(classes).")
        }
        return try probabilities.withElements(as: Float.self) { numbers in
            var (text, sum, count, previous) = ("", Float(0), 0, 0)
            for step in 0..<numbers.count / classes {
                var best = 0
                for index in 1..<classes where numbers[step * classes + index] > numbers[step * classes + best] {
                    best = index
                }
                if best != 0 && best != previous {
                    text += characters[best]
                    sum += numbers[step * classes + best]
                    count += 1
                }
                previous = best
            }
            return (text, count > 0 ? sum / Float(count) : 0)
        }
    }
}
