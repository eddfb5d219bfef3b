// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a picture becomes the input of a model.
///
/// Scaling, cutting, the order of colours, mean and deviation, and the order of axes are done in one pass over the pixels.
/// Nothing is rounded to 8 bits in between.
///
///     let preparation = Preprocessing(width: 224, height: 224, fit: .middle(shortSide: 256), normalisation: .imageNet)
///     let picture = try preparation.prepare(photo)
///     let result = try await model.infer(["x": picture.tensor])
public struct Preprocessing: Sendable, Hashable {
    /// How a picture is brought to the width and height.
    public enum Fit: Sendable, Hashable {
        /// Both sides are scaled on their own.
        case stretch
        /// It is scaled to fit in, lies in the upper left corner, and black fills the rest.
        case upperLeft
        /// It is scaled to fit in, lies in the middle, and black fills the rest.
        case letterbox
        /// It is scaled to this length of its shorter side, and the middle is cut out.
        case middle(shortSide: Int)
        /// Both sides are scaled to this length on their own, and the middle is cut out.
        case middleOfSquare(side: Int)
    }

    /// The order of the axes.
    public enum Layout: Sendable, Hashable {
        /// `[1, channels, height, width]`, as most models have it.
        case planes
        /// `[1, height, width, channels]`, as TensorFlow has it.
        case pixels
    }

    /// The colours of the tensor.
    public enum Colours: Sendable, Hashable {
        /// Red, green, blue.
        case rgb
        /// Blue, green, red.
        case bgr
        /// Brightness alone, by the weights of ITU-R BT.601.
        case grey
    }

    /// What is made of the numbers from 0 to 255.
    public struct Normalisation: Sendable, Hashable {
        /// What each channel is multiplied by, in the order red, green, blue.
        public var factors: [Float]
        /// What is added to each channel then.
        public var offsets: [Float]

        /// The numbers as they are.
        public static let none = Normalisation(mean: [0, 0, 0], deviation: [1, 1, 1])
        /// From 0 to 1.
        public static let unit = Normalisation(mean: [0, 0, 0], deviation: [255, 255, 255])
        /// From -1 to 1.
        public static let signedUnit = Normalisation(mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5])
        /// By the mean and the deviation of the photographs of ImageNet.
        public static let imageNet = Normalisation(
            mean: [0.485 * 255, 0.456 * 255, 0.406 * 255], deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255])

        /// Creates a normalisation: from each number the mean is taken, and the rest is divided by the deviation.
        ///
        /// - Parameters:
        ///   - mean: For red, green and blue, in the range 0 to 255.
        ///   - deviation: For red, green and blue, in the same unit; not zero.
        public init(mean: [Double], deviation: [Double]) {
            factors = (0..<3).map { index in
                deviation.indices.contains(index) && deviation[index] != 0 ? Float(1 / deviation[index]) : 1
            }
            offsets = (0..<3).map { index in
                guard mean.indices.contains(index), deviation.indices.contains(index), deviation[index] != 0 else {
                    return 0
                }
                return Float(-mean[index] / deviation[index])
            }
        }
    }

    /// The columns of the tensor.
    public var width: Int
    /// The rows of the tensor.
    public var height: Int
    /// How a picture is brought to them.
    public var fit: Fit
    /// How pixels between pixels are computed.
    public var interpolation: Resampling
    /// The colours of the tensor.
    public var colours: Colours
    /// What is made of the numbers from 0 to 255.
    public var normalisation: Normalisation
    /// The order of the axes.
    public var layout: Layout
    /// FP32, or UINT8 for models that want bytes, which are rounded then.
    public var dataType: DataType

    /// Creates a preparation.
    ///
    /// - Parameters:
    ///   - width: The columns of the tensor.
    ///   - height: The rows of the tensor.
    ///   - fit: How a picture is brought to them.
    ///   - interpolation: How pixels between pixels are computed.
    ///   - colours: The colours of the tensor.
    ///   - normalisation: What is made of the numbers from 0 to 255.
    ///   - layout: The order of the axes.
    ///   - dataType: FP32, or UINT8 for models that want bytes.
    public init(
        width: Int, height: Int, fit: Fit = .stretch, interpolation: Resampling = .linear, colours: Colours = .rgb,
        normalisation: Normalisation = .none, layout: Layout = .planes, dataType: DataType = .float32
    ) {
        self.width = width
        self.height = height
        self.fit = fit
        self.interpolation = interpolation
        self.colours = colours
        self.normalisation = normalisation
        self.layout = layout
        self.dataType = dataType
    }

    /// The same preparation for an input that takes bytes, where the model normalises by itself.
    func fitting(_ input: Port) -> Preprocessing {
        guard input.dataType == .uint8 else { return self }
        var copy = self
        copy.dataType = .uint8
        copy.normalisation = .none
        return copy
    }

    /// A picture as a model wants it.
    public struct Prepared: Sendable {
        /// The tensor, with a first axis of one row.
        public let tensor: Tensor
        /// The way back to the picture.
        public let mapping: PictureMapping
    }

    /// Makes a tensor of a picture.
    ///
    /// - Parameter pixels: Any picture.
    /// - Returns: The tensor, and the way from places in it to places in the picture.
    /// - Throws: ``InferenceError`` with `.invalidData` when the picture does not lie in its memory, `.invalidDescription`
    ///   when this preparation asks for a picture that cannot be.
    public func prepare(_ pixels: some Pixels) throws -> Prepared {
        let limit = 1...PixelMemory.longestSide
        guard limit.contains(width), limit.contains(height), width * height <= 1 << 26,
            dataType == .float32 || dataType == .uint8
        else {
            throw InferenceError(
                .invalidDescription, "No picture can become \(width) × \(height) numbers of \(dataType.rawValue).")
        }
        return try PixelMemory.with(pixels) { memory in
            let placement = try Placement(self, width: memory.width, height: memory.height)
            let tensor =
                try dataType == .uint8
                ? self.tensor(of: UInt8.self, memory, placement) : self.tensor(of: Float.self, memory, placement)
            return Prepared(tensor: tensor, mapping: placement.mapping)
        }
    }

    private func tensor<Number: PixelNumber>(
        of type: Number.Type, _ memory: PixelMemory, _ placement: Placement
    ) throws -> Tensor {
        let channels = colours == .grey ? 1 : 3
        let sink = PixelSink<Number>(
            width: width, height: height, colours: colours, normalisation: normalisation, layout: layout)
        let count = channels * width * height
        let size = MemoryLayout<Number>.stride
        // At once as bytes; what is not written by the rows is filled.
        let bytes = [UInt8](unsafeUninitializedCapacity: size * count) { buffer, filled in
            filled = size * count
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            let numbers = start.bindMemory(to: Number.self, capacity: count)
            if placement.isPartial {
                let (left, top) = (placement.left, placement.top)
                sink.fill(besides: left..<left + placement.columns.count, top..<top + placement.rows.count, numbers)
            }
            Resampler(memory, placement: placement, interpolation: interpolation).run(sink, into: numbers)
            start.bindMemory(to: UInt8.self, capacity: size * count)
        }
        return try Tensor(
            dataType: Number.dataType,
            shape: layout == .planes ? [1, channels, height, width] : [1, height, width, channels],
            bytes: bytes)
    }
}

/// Where a scaled picture lies in the tensor, and which part of it is seen.
struct Placement {
    /// The size of the whole picture when it is scaled.
    let scaledWidth: Int
    let scaledHeight: Int
    /// The columns and rows of the scaled picture that are seen.
    let columns: Range<Int>
    let rows: Range<Int>
    /// Where they begin in the tensor.
    let left: Int
    let top: Int
    let isPartial: Bool
    let mapping: PictureMapping

    init(_ preparation: Preprocessing, width: Int, height: Int) throws {
        let (targetWidth, targetHeight) = (preparation.width, preparation.height)
        func scaled(_ factor: Double) -> (Int, Int) {
            (max(Int((Double(width) * factor).rounded()), 1), max(Int((Double(height) * factor).rounded()), 1))
        }
        switch preparation.fit {
        case .stretch: (scaledWidth, scaledHeight) = (targetWidth, targetHeight)
        case .upperLeft, .letterbox:
            let factor = min(Double(targetWidth) / Double(width), Double(targetHeight) / Double(height))
            let (wide, high) = scaled(factor)
            (scaledWidth, scaledHeight) = (min(wide, targetWidth), min(high, targetHeight))
        case .middle(let shortSide):
            let (wide, high) = scaled(Double(shortSide) / Double(min(width, height)))
            guard wide >= targetWidth, high >= targetHeight, wide <= 1 << 20, high <= 1 << 20 else {
                throw InferenceError(
                    .invalidData,
                    "From a picture of \(width) × \(height) no \(targetWidth) × \(targetHeight) can be cut.")
            }
            (scaledWidth, scaledHeight) = (wide, high)
        case .middleOfSquare(let side):
            guard side >= targetWidth, side >= targetHeight, side <= 1 << 20 else {
                throw InferenceError(
                    .invalidDescription, "From a square of \(side) no \(targetWidth) × \(targetHeight) can be cut.")
            }
            (scaledWidth, scaledHeight) = (side, side)
        }
        let isCut = scaledWidth > targetWidth || scaledHeight > targetHeight
        let firstColumn = isCut ? (scaledWidth - targetWidth) / 2 : 0
        let firstRow = isCut ? (scaledHeight - targetHeight) / 2 : 0
        columns = firstColumn..<firstColumn + min(scaledWidth, targetWidth)
        rows = firstRow..<firstRow + min(scaledHeight, targetHeight)
        let isCentred = preparation.fit == .letterbox
        left = isCentred ? (targetWidth - columns.count) / 2 : 0
        top = isCentred ? (targetHeight - rows.count) / 2 : 0
        isPartial = columns.count < targetWidth || rows.count < targetHeight
        mapping = PictureMapping(
            scaleX: Float(scaledWidth) / Float(width), scaleY: Float(scaledHeight) / Float(height),
            offsetX: Float(left - firstColumn), offsetY: Float(top - firstRow))
    }
}
