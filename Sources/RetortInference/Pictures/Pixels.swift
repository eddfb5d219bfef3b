// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A picture in memory, whoever holds it: rows of pixels of 8 bits for each channel.
///
/// A library of pictures makes its own type one; ``PixelBuffer`` is there for those who have none.
public protocol Pixels: Sendable {
    /// The number of columns, at least 1.
    var width: Int { get }

    /// The number of rows, at least 1.
    var height: Int { get }

    /// What the bytes of a pixel are.
    var channels: PixelChannels { get }

    /// How many bytes lie between the beginnings of two rows, at least those of the pixels of a row.
    var rowStride: Int { get }

    /// Gives the memory to a function.
    ///
    /// - Parameter body: Gets the bytes from the first pixel to the last one; they must not be used after it returns.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws.
    func withPixelBytes<Result>(_ body: (RawSpan) throws -> Result) throws -> Result
}

/// What the bytes of a pixel are, in the order of the memory.
public enum PixelChannels: Sendable, Hashable {
    /// One byte of brightness.
    case grey
    /// Blue, green, red: what OpenCV has.
    case bgr
    /// Red, green, blue.
    case rgb
    /// Blue, green, red, and an opacity that is not looked at.
    case bgra
    /// Red, green, blue, and an opacity that is not looked at.
    case rgba

    /// The bytes of a pixel.
    public var count: Int {
        switch self {
        case .grey: 1
        case .bgr, .rgb: 3
        case .bgra, .rgba: 4
        }
    }

    /// Where red, green and blue lie in a pixel.
    var places: (red: Int, green: Int, blue: Int) {
        switch self {
        case .grey: (0, 0, 0)
        case .bgr, .bgra: (2, 1, 0)
        case .rgb, .rgba: (0, 1, 2)
        }
    }
}

/// A picture that holds its own bytes, without gaps between the rows.
public struct PixelBuffer: Pixels, Equatable {
    /// The number of columns.
    public let width: Int

    /// The number of rows.
    public let height: Int

    /// What the bytes of a pixel are.
    public let channels: PixelChannels

    /// All pixels, row by row.
    public let bytes: [UInt8]

    /// How many bytes a row has.
    public var rowStride: Int { width * channels.count }

    /// Creates a picture.
    ///
    /// - Parameters:
    ///   - width: The number of columns, 1 to 65,535.
    ///   - height: The number of rows, 1 to 65,535.
    ///   - channels: What the bytes of a pixel are.
    ///   - bytes: All pixels, row by row, without gaps.
    /// - Throws: ``InferenceError`` with `.invalidData` when the bytes do not fill the picture.
    public init(width: Int, height: Int, channels: PixelChannels, bytes: [UInt8]) throws {
        guard (1...PixelMemory.longestSide).contains(width), (1...PixelMemory.longestSide).contains(height),
            bytes.count == width * height * channels.count
        else {
            throw InferenceError(
                .invalidData,
                "\(bytes.count) bytes are no picture of \(width) × \(height) with \(channels.count) channels.")
        }
        self.width = width
        self.height = height
        self.channels = channels
        self.bytes = bytes
    }

    /// Creates a picture from a tensor of bytes.
    ///
    /// - Parameters:
    ///   - tensor: UINT8 of the shape `[height, width]` or `[height, width, channels]`.
    ///   - channels: What the bytes of a pixel are.
    /// - Throws: ``InferenceError`` with `.wrongShape` or `.wrongType` when it is no such tensor.
    public init(_ tensor: Tensor, channels: PixelChannels) throws {
        guard tensor.dataType == .uint8 else {
            throw InferenceError(.wrongType, "A picture has elements of UINT8, not of \(tensor.dataType.rawValue).")
        }
        let depth = tensor.shape.count == 2 ? 1 : tensor.shape.last ?? 0
        guard (2...3).contains(tensor.shape.count), depth == channels.count else {
            throw InferenceError(
                .wrongShape, "A picture has the shape [height, width, \(channels.count)], not \(tensor.shape).")
        }
        try self.init(width: tensor.shape[1], height: tensor.shape[0], channels: channels, bytes: tensor.bytes)
    }

    /// Gives the memory to a function.
    ///
    /// - Parameter body: Gets all bytes; they must not be used after it returns.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws.
    public func withPixelBytes<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
        try bytes.withUnsafeBytes { try body($0.bytes) }
    }
}

/// The memory of a picture whose measures have been checked against it, so that loops over it need no checks.
struct PixelMemory {
    /// Beyond it, products of sides and strides are left unmultiplied.
    static let longestSide = 65_535

    let start: UnsafePointer<UInt8>
    let width: Int
    let height: Int
    let channels: PixelChannels
    let stride: Int

    static func with<Result>(_ pixels: some Pixels, _ body: (PixelMemory) throws -> Result) throws -> Result {
        try pixels.withPixelBytes { span in
            try span.withUnsafeBytes { bytes in
                let (width, height, stride) = (pixels.width, pixels.height, pixels.rowStride)
                let row = width.multipliedReportingOverflow(by: pixels.channels.count).partialValue
                guard (1...longestSide).contains(width), (1...longestSide).contains(height), stride >= row,
                    stride <= 1 << 32, bytes.count >= (height - 1) * stride + row, let start = bytes.baseAddress
                else {
                    throw InferenceError(
                        .invalidData, "A picture of \(width) × \(height) does not lie in \(bytes.count) bytes.")
                }
                return try body(
                    PixelMemory(
                        start: start.assumingMemoryBound(to: UInt8.self), width: width, height: height,
                        channels: pixels.channels, stride: stride))
            }
        }
    }
}
