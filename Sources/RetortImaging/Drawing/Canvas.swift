// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// A picture that is being drawn on; `Image.drawing(_:)` lends one.
///
/// Lines are anti-aliased, and what lies outside of the picture is cut off. Sizes that are not given suit the picture: thin
/// on small ones, thick on large ones.
public struct Canvas: ~Copyable {
    private let storage: ImageStorage
    private let image: Image

    init(_ image: Image) {
        self.image = image
        storage = image.storage
    }

    /// The size of the picture.
    public var size: Size { image.size }
    /// A line's usual width in pixels.
    public var lineWidth: Int { max(1, Int((Double(size.longestSide) / 400).rounded())) }
    /// A text's usual height in pixels.
    public var textHeight: Double { max(9, Double(size.longestSide) / 45) }

    /// Draws a box.
    ///
    /// - Parameters:
    ///   - box: Where.
    ///   - color: The colour of the line.
    ///   - width: The width of the line in pixels.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func box(_ box: Box, color: Color, width: Int? = nil) throws {
        // The line lies on the last pixels inside.
        var area = box.rect
        area.width = max(1, area.width)
        area.height = max(1, area.height)
        try call { error in
            rcv_draw_rectangle(storage.handle, area, color.scalar(in: image), thickness(width), error)
        }
    }

    /// Fills a box.
    ///
    /// - Parameters:
    ///   - box: Where.
    ///   - color: The colour.
    ///   - opacity: How much of the colour is mixed in, 0 to 1.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func fill(_ box: Box, color: Color, opacity: Double = 1) throws {
        try call { error in
            rcv_draw_tint(storage.handle, box.rect, color.scalar(in: image), min(1, max(0, opacity)), error)
        }
    }

    /// Draws a line.
    ///
    /// - Parameters:
    ///   - start: Where it begins.
    ///   - end: Where it ends.
    ///   - color: The colour.
    ///   - width: The width in pixels.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func line(from start: Point, to end: Point, color: Color, width: Int? = nil) throws {
        try call { error in
            rcv_draw_line(storage.handle, start.whole, end.whole, color.scalar(in: image), thickness(width), error)
        }
    }

    /// Draws a circle.
    ///
    /// - Parameters:
    ///   - circle: Where, and how large.
    ///   - color: The colour.
    ///   - width: The width of the line in pixels.
    ///   - filled: Whether it is filled.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func circle(_ circle: Circle, color: Color, width: Int? = nil, filled: Bool = false) throws {
        try call { error in
            rcv_draw_circle(
                storage.handle, circle.center.whole, max(1, Int32(bounded: circle.radius.rounded())),
                color.scalar(in: image), filled ? -1 : thickness(width), error)
        }
    }

    /// Draws a dot.
    ///
    /// - Parameters:
    ///   - point: Where.
    ///   - color: The colour.
    ///   - radius: The radius in pixels.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func dot(_ point: Point, color: Color, radius: Double? = nil) throws {
        try circle(Circle(center: point, radius: radius ?? Double(lineWidth) * 1.5 + 1), color: color, filled: true)
    }

    /// Draws a box at an angle.
    ///
    /// - Parameters:
    ///   - box: Where.
    ///   - color: The colour of the line.
    ///   - width: The width of the line in pixels.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func box(_ box: RotatedBox, color: Color, width: Int? = nil) throws {
        let turn = AffineTransform.rotation(degrees: box.angle)
        let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { x, y in
            let corner = turn.applied(to: Point(x * box.width / 2, y * box.height / 2))
            return Point(box.center.x + corner.x, box.center.y + corner.y)
        }
        try polygon(corners, color: color, width: width)
    }

    /// Draws a line through points.
    ///
    /// - Parameters:
    ///   - points: The points, one after another.
    ///   - color: The colour.
    ///   - width: The width of the line in pixels.
    ///   - closed: Whether the last is joined to the first.
    ///   - filled: Whether the inside is filled.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func polygon(
        _ points: [Point], color: Color, width: Int? = nil, closed: Bool = true, filled: Bool = false
    ) throws {
        let corners = points.map(\.whole)
        try call { error in
            rcv_draw_polygon(
                storage.handle, corners, corners.count, closed, filled, color.scalar(in: image), thickness(width), error
            )
        }
    }

    /// Writes a line of text.
    ///
    /// The letters are OpenCV's Hershey letters, which are those of ASCII: accents are dropped, and other letters become `?`.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - point: Its lower left corner, on the baseline.
    ///   - color: The colour.
    ///   - height: The height of a capital letter in pixels.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func text(_ text: String, at point: Point, color: Color, height: Double? = nil) throws {
        let face = TextFace(height: height ?? textHeight)
        try call { error in
            rcv_draw_text(
                storage.handle, asciiText(text), point.whole, face.scale, color.scalar(in: image), face.thickness, error
            )
        }
    }

    /// Writes a label in a filled box, on top of a thing or, where there is no room, inside of it.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - box: The thing.
    ///   - color: The colour of the box; the letters are black or white, whichever is read better.
    ///   - height: The height of a capital letter in pixels.
    /// - Throws: `ImagingError` when the picture cannot be drawn on.
    public mutating func label(_ text: String, on box: Box, color: Color, height: Double? = nil) throws {
        guard !text.isEmpty else { return }
        let face = TextFace(height: height ?? textHeight)
        let extent = face.extent(of: text)
        let margin = max(2, (face.height / 4).rounded())
        let plate = Size(width: Int(extent.width + 2 * margin), height: Int(face.height + 2 * margin))
        let top = box.top >= Double(plate.height) ? box.top - Double(plate.height) : max(0, box.top)
        let left = min(max(0, box.left), max(0, Double(size.width - plate.width)))
        try fill(Box(x: left, y: top, width: Double(plate.width), height: Double(plate.height)), color: color)
        try self.text(
            text, at: Point(left + margin, top + margin + face.height),
            color: color.brightness > 140 ? .black : .white, height: face.height)
    }

    /// Mixes a colour into the pixels of a mask.
    ///
    /// - Parameters:
    ///   - mask: One channel of 8 bits, as large as the picture.
    ///   - color: The colour.
    ///   - opacity: How much of the colour is mixed in, 0 to 1.
    /// - Throws: `ImagingError` when the mask does not fit.
    public mutating func mask(_ mask: Image, color: Color, opacity: Double = 0.45) throws {
        try call { error in
            rcv_draw_mask(
                storage.handle, mask.storage.handle, mask.bounds.rect, color.scalar(in: image),
                min(1, max(0, opacity)), error)
        }
    }

    /// Lays another picture over this one.
    ///
    /// - Parameters:
    ///   - other: A picture; it is brought into this one's colours.
    ///   - point: Where its upper left corner comes.
    /// - Throws: `ImagingError` when the colours cannot be converted.
    public mutating func picture(_ other: Image, at point: Point) throws {
        let ready = try other.converted(to: image.depth).converted(to: image.colorSpace)
        try call { error in rcv_draw_image(storage.handle, ready.storage.handle, point.whole, error) }
    }

    private func thickness(_ width: Int?) -> Int32 { Int32(min(1_000, max(1, width ?? lineWidth))) }
}

extension Image {
    /// Draws on a copy of the picture.
    ///
    ///     let marked = try photo.drawing { canvas in
    ///         try canvas.box(face, color: .yellow)
    ///     }
    ///
    /// - Parameter body: What draws.
    /// - Returns: The picture with what was drawn.
    /// - Throws: `ImagingError` for pictures that are not of 8 bits in grey, BGR, BGRA, RGB or RGBA; what `body` throws.
    public func drawing(_ body: (inout Canvas) throws -> Void) throws -> Image {
        guard depth == .uint8, [.gray, .bgr, .bgra, .rgb, .rgba].contains(colorSpace) else {
            throw ImagingError(.badArgument, "Only 8-bit pictures in grey, BGR or RGB are drawn on, not \(self).")
        }
        // The clone has one owner until the closure is over, so writing into it is nobody else's business.
        let copy = try clone()
        var canvas = Canvas(copy)
        try body(&canvas)
        return copy
    }
}
