// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Which part of a picture is meant.
public struct PictureMask: Sendable, Hashable {
    /// The number of columns.
    public let width: Int
    /// The number of rows.
    public let height: Int
    /// For each pixel, row by row, from 0 for what does not belong to it to 255 for what does.
    public let bytes: [UInt8]

    /// The share of the picture that belongs to it, 0 to 1.
    public var share: Double {
        bytes.isEmpty ? 0 : Double(bytes.reduce(0) { $0 + Int($1) }) / Double(255 * bytes.count)
    }

    /// Makes a mask; there are as many bytes as pixels.
    package init(width: Int, height: Int, bytes: [UInt8]) {
        self.width = width
        self.height = height
        self.bytes = bytes
    }

    /// Scales a map of a network to the picture.
    ///
    /// - Parameters:
    ///   - shares: For each pixel of the map how much it belongs to what is meant, 0 to 1.
    ///   - shape: The shape of the map: one, one, rows, columns.
    ///   - model: Whose map it is.
    ///   - width: The columns of the picture.
    ///   - height: The rows of the picture.
    /// - Throws: ``InferenceError`` with `.engineFailed` when it is no map.
    init(shares: [Float], shape: [Int], of model: Model, width: Int, height: Int) throws {
        guard shape.count == 4, shape[0] == 1, shape[1] == 1, shares.count == shape[2] * shape[3], !shares.isEmpty
        else {
            throw InferenceError(.engineFailed, "Model '\(model.name)' answered with a map of the shape \(shape).")
        }
        let small = try PixelBuffer(
            width: shape[3], height: shape[2], channels: .grey, bytes: shares.map { ($0 * 255).byte })
        let preparation = Preprocessing(width: width, height: height, colours: .grey, dataType: .uint8)
        self.init(width: width, height: height, bytes: try preparation.prepare(small).tensor.bytes)
    }
}

/// Cuts out what a picture shows in front of its background.
///
///     let cutter = try SubjectCutter(await repository.model("u2netp"))
///     let mask = try await cutter.mask(of: photo).value
///
/// Source: U²-Net, arXiv:2005.09007.
public struct SubjectCutter: Sendable {
    /// The model.
    public let model: Model

    private let preprocessing: Preprocessing

    /// Creates a cutter.
    ///
    /// - Parameter model: U²-Net: one picture in, maps of the same size out, the first of which is the best.
    /// - Throws: ``InferenceError`` with `.invalidDescription` when the model is another one.
    public init(_ model: Model) throws {
        self.model = model
        let input = try model.onlyInput(for: "cutting out")
        guard let output = model.outputs.first, output.dataType == .float32, output.shape?.count == 4 else {
            throw model.unfit(for: "cutting out", "its first output is no map")
        }
        let (width, height) = try model.pictureSize(input, layout: .planes, open: 320, for: "cutting out")
        preprocessing = Preprocessing(width: width, height: height, normalisation: .imageNet).fitting(input)
    }

    /// Finds what a picture shows in front of its background.
    ///
    /// - Parameter picture: A picture of at least 1 × 1 pixel.
    /// - Returns: A mask of the size of the picture.
    /// - Throws: ``InferenceError``, as ``Preprocessing/prepare(_:)`` and ``Model/infer(_:)-(InferenceRequest)`` do.
    public func mask(of picture: some Pixels) async throws -> Timed<PictureMask> {
        try await besideTheLoop {
            var timing = TaskTiming()
            let (width, height) = (picture.width, picture.height)
            let tensor = try timing.measure(\.preprocess) { try preprocessing.prepare(picture).tensor }
            let output = model.outputs[0].name
            let result = try await model.infer(
                InferenceRequest(inputs: [model.inputs[0].name: tensor], outputs: [output]))
            timing.add(result.timing)
            let mask = try timing.measure(\.postprocess) {
                try scaled(result.output(output), width: width, height: height)
            }
            return Timed(mask, timing: timing)
        }
    }

    /// The map from its least to its largest number, scaled to the picture.
    private func scaled(_ map: Tensor, width: Int, height: Int) throws -> PictureMask {
        let numbers = try map.elements(as: Float.self)
        let (least, largest) = (numbers.min() ?? 0, numbers.max() ?? 0)
        let factor = largest > least ? 1 / (largest - least) : 0
        return try PictureMask(
            shares: numbers.map { ($0 - least) * factor }, shape: map.shape, of: model, width: width, height: height)
    }
}
