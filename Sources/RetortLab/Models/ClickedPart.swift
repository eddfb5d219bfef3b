// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortImaging
public import RetortInference
import RetortCompute

/// What somebody has clicked at, as JSON or drawn on the picture.
public struct ClickedPart: DrawnResult, SchemaDescribing {
    /// The size of the picture.
    public var image: Size
    /// The smallest box around it; nil where nothing belongs to it.
    public var box: Box?
    /// How many pixels belong to it.
    public var area: Int
    /// The share of the picture that belongs to it, 0 to 1.
    public var share: Double
    /// How sure the network is of the pixels that belong to it, 0 to 1.
    public var score: Double
    /// The pixels that belong to it.
    public var mask: Mask

    /// Makes a result of a mask.
    ///
    /// - Parameters:
    ///   - mask: What belongs to it, in any size.
    ///   - size: The size of the picture.
    /// - Throws: `ImagingError` where there is no memory for the mask.
    public init(_ mask: PictureMask, in size: Size) throws {
        let given = Size(width: mask.width, height: mask.height)
        let shares = try Image(pixels: mask.bytes, size: given, colorSpace: .gray)
        self.mask = try Mask(shares.resized(to: size, interpolation: .linear).thresholded(at: 127))
        image = size
        box = self.mask.bounds
        area = self.mask.area
        share = tidy(Float(area) / Float(max(1, size.pixels)))
        var (sum, count) = (0, 0)
        for byte in mask.bytes where byte > 127 { (sum, count) = (sum + Int(byte), count + 1) }
        score = count == 0 ? 0 : tidy(Float(sum) / Float(255 * count))
    }

    /// Colours what belongs to it, and draws its outline.
    ///
    /// - Parameter image: The original.
    /// - Returns: The picture.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        let grey = try mask.image()
        let outlines = try grey.contours()
        return try image.converted(to: .uint8).flattened(over: .white).converted(to: .bgr).drawing { canvas in
            try canvas.mask(grey, color: Palette.standard[0])
            for outline in outlines { try canvas.polygon(outline.points, color: Palette.standard[0]) }
        }
    }

    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        let counts = Schema.object(
            [("size", .array(of: .integer)), ("counts", .array(of: .integer))], required: ["size", "counts"])
        var schema = Schema.object(
            [
                ("image", .imageSize), ("box", Schema.array(of: .number).described("Left, top, right, bottom.")),
                ("area", Schema.integer.described("Pixels that belong to it.")),
                ("share", Schema.number.described("Its share of the picture, 0 to 1.")), ("score", .number),
                ("mask", counts.described("COCO's uncompressed run lengths.")),
            ], required: ["image", "area", "share", "score", "mask"])
        schema["x-retort-kind"] = "detections"
        return schema
    }
}

extension Mask {
    /// The smallest box around what is inside; nil where nothing is.
    var bounds: Box? {
        let height = pictureSize.height
        guard height > 0 else { return nil }
        var (left, top, right, bottom) = (Int.max, Int.max, 0, 0)
        var place = 0
        for (index, count) in counts.enumerated() {
            if index % 2 == 1, count > 0 {
                let last = place + count - 1
                let isOneColumn = place / height == last / height
                left = min(left, place / height)
                right = max(right, last / height + 1)
                // Runs go down the columns; one that goes on in the next has reached the bottom and the top.
                top = min(top, isOneColumn ? place % height : 0)
                bottom = max(bottom, isOneColumn ? last % height + 1 : height)
            }
            place += count
        }
        return right == 0 ? nil : Box(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension ImageInput {
    /// What somebody has clicked at.
    ///
    /// Without a place inside, the middle of the box is one. With a box the network looks at the box and its surroundings
    /// only, so that small things are cut out as well as large ones, and nothing outside of the box belongs to the result.
    ///
    /// - Parameters:
    ///   - segmenter: The network.
    ///   - clicks: The places, in pixels of the upright picture.
    /// - Returns: The answer: JSON with the mask, or the picture with it drawn. 422 where a place lies outside of the picture.
    public func answer(segmenting segmenter: ClickSegmenter, at clicks: Clicks) -> PictureAnswer<ClickedPart> {
        answer(DecodePlan(longestSide: 1_280)) { image async throws in
            try clicks.check(in: size)
            let view = ClickView(clicks, of: image, original: size)
            let part = view.box == nil ? image : try image.cropped(to: view.region)
            let pixels = try ImagePixels(part)
            var mask: PictureMask?
            // The network has learnt to correct what fewer clicks have led to.
            let inside = view.clicks.filter(\.isInside)
            if inside.count < view.clicks.count { mask = noted(try await segmenter.mask(of: pixels, clicks: inside)) }
            let last = noted(try await segmenter.mask(of: pixels, clicks: view.clicks, previous: mask))
            return try await lab.pool.run(isContinuation: true) {
                try ClickedPart(view.whole(last, in: image.size), in: size)
            }
        }
    }
}

/// The part of a picture that a network looks at for some clicks.
private struct ClickView {
    /// The part, in pixels of the decoded picture.
    let region: Box
    /// Where the result must lie, in the same pixels.
    let box: Box?
    /// The clicks in pixels of the part.
    let clicks: [SegmentationClick]

    init(_ given: Clicks, of image: Image, original: Size) {
        let (x, y) = (
            Double(image.width) / Double(max(1, original.width)), Double(image.height) / Double(max(1, original.height))
        )
        func moved(_ point: Point) -> Point { Point(point.x * x, point.y * y) }
        var (inside, outside) = (given.inside.map(moved), given.outside.map(moved))
        let bounds = image.bounds
        if let box = given.box?.scaled(x: x, y: y).intersection(bounds) {
            let (across, down) = (max(box.width / 4, 8), max(box.height / 4, 8))
            let around = Box(
                left: (box.left - across).rounded(.down), top: (box.top - down).rounded(.down),
                right: (box.right + across).rounded(.up), bottom: (box.bottom + down).rounded(.up))
            self.box = box
            region = around.intersection(bounds) ?? bounds
            if inside.isEmpty { inside = [box.center] }
            // The corners of the surroundings belong to something else, where there are any.
            outside += [
                Point(region.left, region.top), Point(region.right - 1, region.top),
                Point(region.left, region.bottom - 1), Point(region.right - 1, region.bottom - 1),
            ].filter { $0.x < box.left || $0.x > box.right || $0.y < box.top || $0.y > box.bottom }
        } else {
            (box, region) = (nil, bounds)
        }
        let places = region
        func click(_ point: Point, _ isInside: Bool) -> SegmentationClick {
            // What lies outside of the part is taken as lying at its edge.
            let (x, y) = (point.x - places.left, point.y - places.top)
            return SegmentationClick(
                PicturePoint(x: Float(min(max(x, 0), places.width)), y: Float(min(max(y, 0), places.height))),
                isInside: isInside)
        }
        clicks = inside.map { click($0, true) } + outside.map { click($0, false) }
    }

    /// The mask of the part in the whole picture, without what lies outside of the box.
    func whole(_ mask: PictureMask, in size: Size) throws -> PictureMask {
        guard let box else { return mask }
        var bytes = [UInt8](repeating: 0, count: size.pixels)
        let (left, top) = (Int(region.left), Int(region.top))
        for row in Self.range(box.top, box.bottom, from: top, limit: mask.height) {
            for column in Self.range(box.left, box.right, from: left, limit: mask.width) {
                bytes[(row + top) * size.width + column + left] = mask.bytes[row * mask.width + column]
            }
        }
        return PictureMask(width: size.width, height: size.height, bytes: bytes)
    }
    /// The whole pixels between two edges, counted from the first of the part.
    private static func range(_ low: Double, _ high: Double, from first: Int, limit: Int) -> Range<Int> {
        let start = min(max(0, Int(low.rounded()) - first), limit)
        return start..<max(start, min(limit, Int(high.rounded()) - first))
    }
}
