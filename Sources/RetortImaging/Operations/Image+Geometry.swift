// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// How values between pixels are found.
public enum Interpolation: Int32, Sendable, Hashable, CaseIterable {
    /// The nearest pixel; for masks and labels.
    case nearest = 0
    /// Straight lines between the four neighbours.
    case linear = 1
    /// Cubic curves through sixteen neighbours.
    case cubic = 2
    /// The mean of the area; the right one for making pictures smaller.
    case area = 3
    /// Lanczos' windowed sinc over 8 × 8 neighbours; the sharpest for making pictures larger.
    case lanczos = 4
}

/// What lies outside of a picture when an operation looks there.
public enum Border: Sendable, Hashable {
    /// One colour.
    case constant(Color)
    /// The pixel at the edge, again and again.
    case replicate
    /// The picture mirrored, the pixel at the edge once.
    case reflect

    var code: Int32 {
        switch self {
        case .constant: Int32(RCV_BORDER_CONSTANT)
        case .replicate: Int32(RCV_BORDER_REPLICATE)
        case .reflect: Int32(RCV_BORDER_REFLECT)
        }
    }

    func scalar(in image: Image) -> rcv_scalar {
        if case .constant(let color) = self { return color.scalar(in: image) }
        return rcv_scalar()
    }
}

extension Image {
    /// A part of the picture; it shares the pixels.
    ///
    /// - Parameter box: The part; edges are rounded to whole pixels.
    /// - Returns: The part.
    /// - Throws: `ImagingError` when it is not inside the picture; `intersection` of `bounds` and a box is.
    public func cropped(to box: Box) throws -> Image {
        let area = box.rect
        return try making(colorSpace) { out, error in rcv_crop(storage.handle, area, out, error) }
    }

    /// The picture at another size; proportions are not kept.
    ///
    /// - Parameters:
    ///   - size: The new size, 1 to 65,535 pixels a side.
    ///   - interpolation: How values are found; by default `area` for smaller and `cubic` for larger results.
    /// - Returns: The picture; itself when it has that size already.
    /// - Throws: `ImagingError` when the size is not usable.
    public func resized(to size: Size, interpolation: Interpolation? = nil) throws -> Image {
        try Image.check(size)
        guard size != self.size else { return self }
        let smaller = size.width <= width && size.height <= height
        return try making(colorSpace) { out, error in
            rcv_resize(
                storage.handle, clamped(size.width), clamped(size.height),
                (interpolation ?? (smaller ? .area : .cubic)).rawValue, out, error)
        }
    }

    /// The picture made smaller, in its proportions, until its longer side fits.
    ///
    /// - Parameters:
    ///   - longestSide: The most pixels of the longer side.
    ///   - interpolation: How values are found.
    /// - Returns: The picture; itself when it fits already.
    /// - Throws: `ImagingError` when `longestSide` is below 1.
    public func resized(toFit longestSide: Int, interpolation: Interpolation = .area) throws -> Image {
        guard longestSide > 0 else { throw ImagingError(.badArgument, "The longest side has at least one pixel.") }
        return try resized(to: size.fitting(longestSide), interpolation: interpolation)
    }

    /// The picture in its proportions in the middle of a larger one, as detection networks take it.
    ///
    /// - Parameters:
    ///   - size: The size of the result.
    ///   - color: What lies around.
    /// - Returns: The picture, and where the old one lies in it.
    /// - Throws: `ImagingError` when the size is not usable.
    public func letterboxed(to size: Size, color: Color = .letterbox) throws -> (image: Image, placement: Box) {
        try Image.check(size)
        let factor = min(Double(size.width) / Double(width), Double(size.height) / Double(height))
        let inner = Size(
            width: min(size.width, max(1, Int((Double(width) * factor).rounded()))),
            height: min(size.height, max(1, Int((Double(height) * factor).rounded()))))
        let (left, top) = ((size.width - inner.width) / 2, (size.height - inner.height) / 2)
        let image = try resized(to: inner, interpolation: factor < 1 ? .area : .linear).padded(
            top: top, left: left, bottom: size.height - inner.height - top, right: size.width - inner.width - left,
            border: .constant(color))
        return (image, Box(x: left, y: top, width: inner.width, height: inner.height))
    }

    /// The picture with margins.
    ///
    /// - Parameters:
    ///   - top: Rows above.
    ///   - left: Columns on the left.
    ///   - bottom: Rows below.
    ///   - right: Columns on the right.
    ///   - border: What the margins show.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for negative margins.
    public func padded(
        top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0, border: Border = .constant(.black)
    ) throws -> Image {
        try making(colorSpace) { out, error in
            rcv_pad(
                storage.handle, clamped(top), clamped(left), clamped(bottom), clamped(right), border.code,
                border.scalar(in: self), out, error)
        }
    }

    /// The picture turned and mirrored as an EXIF orientation says.
    ///
    /// - Parameter orientation: 1 to 8; others change nothing.
    /// - Returns: The upright picture.
    /// - Throws: `ImagingError` when memory is short.
    public func oriented(_ orientation: Int) throws -> Image {
        guard (2...8).contains(orientation) else { return self }
        return try making(colorSpace) { out, error in rcv_orient(storage.handle, Int32(orientation), out, error) }
    }

    /// The picture turned by quarters, without loss.
    ///
    /// - Parameter quarters: How many quarters clockwise; negative ones go the other way.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when memory is short.
    public func turned(quarters: Int) throws -> Image { try oriented([1, 6, 3, 8][((quarters % 4) + 4) % 4]) }

    /// The picture mirrored.
    ///
    /// - Parameter horizontally: Whether left and right change places; else top and bottom.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when memory is short.
    public func flipped(horizontally: Bool = true) throws -> Image { try oriented(horizontally ? 2 : 4) }

    /// The picture moved, turned, stretched and sheared.
    ///
    /// - Parameters:
    ///   - transform: Where each point goes.
    ///   - size: The size of the result; by default this picture's.
    ///   - interpolation: How values are found.
    ///   - border: What is seen where the picture does not reach.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when the size is not usable.
    public func warped(
        by transform: AffineTransform, size: Size? = nil, interpolation: Interpolation = .linear,
        border: Border = .constant(.black)
    ) throws -> Image {
        let size = size ?? self.size
        return try making(colorSpace) { out, error in
            transform.matrix.withUnsafeBufferPointer { matrix in
                rcv_warp_affine(
                    storage.handle, matrix.baseAddress, clamped(size.width), clamped(size.height),
                    interpolation.rawValue, border.code, border.scalar(in: self), out, error)
            }
        }
    }

    /// The picture turned around its middle; the result is as large as it must be to show all of it.
    ///
    /// - Parameters:
    ///   - degrees: The angle, clockwise.
    ///   - border: What is seen where the picture does not reach.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for an angle that is no number.
    public func rotated(degrees: Double, border: Border = .constant(.black)) throws -> Image {
        guard degrees.isFinite else { throw ImagingError(.badArgument, "An angle is a finite number.") }
        let turn = AffineTransform.rotation(degrees: degrees)
        let corners = [(0, 0), (width, 0), (0, height), (width, height)].map {
            turn.applied(to: Point(Double($0.0), Double($0.1)))
        }
        let (left, right) = (corners.map(\.x).min() ?? 0, corners.map(\.x).max() ?? 0)
        let (top, bottom) = (corners.map(\.y).min() ?? 0, corners.map(\.y).max() ?? 0)
        let size = Size(width: Int((right - left).rounded(.up)), height: Int((bottom - top).rounded(.up)))
        return try warped(by: turn.then(.translation(x: -left, y: -top)), size: size, border: border)
    }

    /// The picture as seen through a perspective.
    ///
    /// - Parameters:
    ///   - transform: Where each point goes.
    ///   - size: The size of the result; by default this picture's.
    ///   - interpolation: How values are found.
    ///   - border: What is seen where the picture does not reach.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` when the size is not usable.
    public func warped(
        by transform: PerspectiveTransform, size: Size? = nil, interpolation: Interpolation = .linear,
        border: Border = .constant(.black)
    ) throws -> Image {
        let size = size ?? self.size
        return try making(colorSpace) { out, error in
            transform.matrix.withUnsafeBufferPointer { matrix in
                rcv_warp_perspective(
                    storage.handle, matrix.baseAddress, clamped(size.width), clamped(size.height),
                    interpolation.rawValue, border.code, border.scalar(in: self), out, error)
            }
        }
    }

    /// A quadrilateral of the picture, such as a sheet of paper on a table, seen from straight above.
    ///
    /// - Parameters:
    ///   - corners: Upper left, upper right, lower right, lower left.
    ///   - size: The size of the result; by default as long as the quadrilateral's longer sides.
    /// - Returns: The straightened part.
    /// - Throws: `ImagingError` when there are not four corners, or three lie on a line.
    public func straightened(_ corners: [Point], size: Size? = nil) throws -> Image {
        guard corners.count == 4, corners.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
            throw ImagingError(.badArgument, "A quadrilateral has four corners, not \(corners.count).")
        }
        let across = max(corners[0].distance(to: corners[1]), corners[3].distance(to: corners[2]))
        let along = max(corners[0].distance(to: corners[3]), corners[1].distance(to: corners[2]))
        let result = size ?? Size(width: Int(min(65_535, across).rounded()), height: Int(min(65_535, along).rounded()))
        let (right, bottom) = (Double(result.width), Double(result.height))
        let transform = try PerspectiveTransform(
            from: corners, to: [Point(0, 0), Point(right, 0), Point(right, bottom), Point(0, bottom)])
        return try warped(by: transform, size: result)
    }
}

extension Box {
    /// The nearest whole pixels, as C has them.
    var rect: rcv_rect {
        let left = Int32(bounded: left.rounded()), top = Int32(bounded: top.rounded())
        let right = Int32(bounded: right.rounded()), bottom = Int32(bounded: bottom.rounded())
        return rcv_rect(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension Int32 {
    /// A number held inside a million, so that sums of a few cannot overflow; what is no number is 0.
    init(bounded value: Double) {
        self = value.isNaN ? 0 : Int32(Swift.min(Swift.max(value, -1_000_000), 1_000_000))
    }
}
