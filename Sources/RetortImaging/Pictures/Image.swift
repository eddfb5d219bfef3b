// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// A picture: pixels of a size, a depth and a colour space.
///
/// It is a value: an operation returns a new picture and leaves this one alone, so pictures may be shared between threads
/// without thought. Copies are cheap, since they share the pixels; `crop` shares them too.
///
///     let edges = try Image(decoding: bytes).converted(to: .gray).canny(low: 100, high: 200)
///     let file = try edges.encoded(as: .jpeg(quality: 95))
///
/// The work is done by OpenCV on the calling thread, and can take long on large pictures: in a server call it inside a
/// pool for such work (`ComputePool`), not on an event loop.
public struct Image: Sendable {
    let storage: ImageStorage
    /// What the channels mean.
    public let colorSpace: ColorSpace
    /// Pixels from left to right and from top to bottom.
    public let size: Size
    /// What a channel is stored as.
    public let depth: Depth
    /// How many channels a pixel has.
    public let channels: Int

    /// Pixels from left to right.
    public var width: Int { size.width }
    /// Pixels from top to bottom.
    public var height: Int { size.height }
    /// The bytes that the pixels take.
    public var byteCount: Int { size.pixels * channels * depth.bytes }
    /// The whole picture as a box.
    public var bounds: Box { Box(x: 0, y: 0, width: width, height: height) }

    init(storage: ImageStorage, colorSpace: ColorSpace) {
        let info = rcv_describe(storage.handle)
        self.storage = storage
        size = Size(width: Int(info.width), height: Int(info.height))
        channels = Int(info.channels)
        depth = Depth(rawValue: info.depth) ?? .uint8
        self.colorSpace = (colorSpace.channels ?? channels) == channels ? colorSpace : .data
    }

    /// Makes a picture of one colour.
    ///
    /// - Parameters:
    ///   - size: Pixels from left to right and from top to bottom, 1 to 65,535 each.
    ///   - color: The colour of every pixel.
    ///   - colorSpace: Grey, or a colour space with red, green and blue.
    ///   - depth: What a channel is stored as.
    /// - Throws: `ImagingError` when the size is not usable.
    public init(
        size: Size, filledWith color: Color = .black, colorSpace: ColorSpace = .bgr, depth: Depth = .uint8
    ) throws {
        try Image.check(size)
        let made = try making(colorSpace) { out, error in
            rcv_create(
                clamped(size.width), clamped(size.height), clamped(colorSpace.channels ?? 1), depth.rawValue,
                color.scalar(colorSpace, depth), out, error)
        }
        self = made
    }

    /// Makes a picture from pixels in memory.
    ///
    /// - Parameters:
    ///   - pixels: Rows from the top without gaps, the channels of a pixel beside each other, whole numbers and floating
    ///     point in the machine's order.
    ///   - size: Pixels from left to right and from top to bottom.
    ///   - colorSpace: What the channels mean; for `data`, one channel.
    ///   - depth: What a channel is stored as.
    /// - Throws: `ImagingError` when the number of bytes does not match.
    public init(pixels: [UInt8], size: Size, colorSpace: ColorSpace, depth: Depth = .uint8) throws {
        try Image.check(size)
        let channels = colorSpace.channels ?? 1
        let stride = size.width * channels * depth.bytes
        guard pixels.count == stride * size.height else {
            throw ImagingError(
                .badArgument,
                "A picture of \(size) with \(channels) channels of \(depth.bytes) bytes has \(stride * size.height) "
                    + "bytes, not \(pixels.count).")
        }
        self = try making(colorSpace) { out, error in
            pixels.withUnsafeBytes { bytes in
                rcv_from_pixels(
                    clamped(size.width), clamped(size.height), clamped(channels), depth.rawValue, bytes.baseAddress,
                    stride, out, error)
            }
        }
    }

    /// Refuses sizes that no picture has.
    static func check(_ size: Size) throws(ImagingError) {
        guard (1...65_535).contains(size.width), (1...65_535).contains(size.height) else {
            throw ImagingError(.badArgument, "A picture has 1 to 65,535 pixels a side, not \(size).")
        }
    }

    /// The same pixels, said to mean something else.
    ///
    /// - Parameter colorSpace: What the channels mean; as many as there are.
    /// - Returns: The picture; nothing is copied.
    /// - Throws: `ImagingError` when the number of channels differs.
    public func reinterpreted(as colorSpace: ColorSpace) throws -> Image {
        guard (colorSpace.channels ?? channels) == channels else {
            throw ImagingError(.badArgument, "A picture with \(channels) channels is not \(colorSpace.rawValue).")
        }
        return Image(storage: storage, colorSpace: colorSpace)
    }
}

extension Image: CustomStringConvertible {
    /// `640×480 bgr uint8`.
    public var description: String { "\(size) \(colorSpace.rawValue) \(depth)" }
}
