// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortImaging
public import RetortInference

/// A picture as the tasks of models look at it, for those who call them directly.
///
///     let found = try await detector.detect(in: ImagePixels(image)).value
public struct ImagePixels: Pixels {
    private let image: Image

    /// Takes a picture, brought into 8 bits of grey or BGR where it is something else.
    ///
    /// - Parameter image: The picture; nothing is copied where it is fitting already.
    /// - Throws: `ImagingError` for what has no colours.
    public init(_ image: Image) throws {
        let image = try image.converted(to: .uint8)
        self.image = [.gray, .bgr, .rgb].contains(image.colorSpace) ? image : try image.converted(to: .bgr)
    }

    /// The number of columns.
    public var width: Int { image.width }
    /// The number of rows.
    public var height: Int { image.height }
    /// The bytes of a row.
    public var rowStride: Int { image.width * image.channels }

    /// What the bytes of a pixel are.
    public var channels: PixelChannels {
        switch image.colorSpace {
        case .gray: .grey
        case .rgb: .rgb
        default: .bgr
        }
    }

    /// Lends the pixels.
    ///
    /// - Parameter body: Reads them.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws.
    public func withPixelBytes<Result>(_ body: (RawSpan) throws -> Result) throws -> Result {
        try image.withBytes(body)
    }
}

extension Box {
    init(_ box: PictureBox) {
        self.init(left: tenths(box.left), top: tenths(box.top), right: tenths(box.right), bottom: tenths(box.bottom))
    }
}

extension Point {
    init(_ point: PicturePoint) { self.init(tenths(point.x), tenths(point.y)) }
}

/// A place to a tenth of a pixel: networks are no surer than that.
private func tenths(_ value: Float) -> Double { (Double(value) * 10).rounded() / 10 }
