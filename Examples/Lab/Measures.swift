// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab

/// What can be measured in a picture.
struct Measures: Blueprint {
    struct ContourOptions: Input {
        /// The smallest area that counts.
        @Field(in: 0...10_000, step: 10, unit: "px²") var minimumArea = 200.0
        /// Whether dark things on light ground are looked for.
        @Field var inverse = false
    }

    struct LineOptions: Input {
        /// The shortest line.
        @Field(in: 10...500, step: 5, unit: "px") var minimumLength = 60.0
        /// How much may be missing inside of a line.
        @Field(in: 0...50, step: 1, unit: "px") var maximumGap = 8.0
    }

    struct CircleOptions: Input {
        /// How sure a circle is at least.
        @Field(in: 10...200, step: 5) var votes = 60.0
        /// How far apart their middles are.
        @Field(in: 5...500, step: 5, unit: "px") var distance = 40.0
    }

    struct KeypointOptions: Input {
        /// The most keypoints.
        @Field(in: 10...2_000, step: 10) var most = 300
    }

    struct HistogramOptions: Input {
        /// How many bins.
        @Field(in: 8...256, step: 8) var bins = 128
    }

    struct ColorOptions: Input {
        /// How many colours.
        @Field(in: 1...12, step: 1) var count = 5
    }

    struct Facts: Encodable, Sendable {
        var format: String
        var width: Int
        var height: Int
        var orientation: Int
        var frames: Int
        var alpha: Bool
        var profile: Bool
        var bytes: Int
        var sharpness: Double
        var hash: String
    }

    struct Share: Encodable, Sendable {
        var label: String
        var score: Double
    }

    struct Colors: Encodable, Sendable { var classes: [Share] }

    struct Likeness: Encodable, Sendable {
        /// How many of 64 bits of their hashes differ.
        var hashDistance: Int
        /// How alike their colours are, -1 to 1.
        var histogramCorrelation: Double
        /// Whether they show the same.
        var isSame: Bool
    }

    func routes(_ r: inout Routes) {
        r.on([.get, .post], "/contours", note("Outlines of bright areas")) {
            (photo: ImageInput, options: Query<ContourOptions>) in
            photo.answer(DecodePlan(colors: .gray, longestSide: 1_280)) { image in
                let white = try image.thresholded(.otsu, kind: options.inverse ? .inverseBinary : .binary).image
                return FoundContours(try white.contours().filter { $0.area >= options.minimumArea }, in: image.size)
            }
        }
        r.on([.get, .post], "/lines", note("Straight lines")) { (photo: ImageInput, options: Query<LineOptions>) in
            photo.answer(DecodePlan(colors: .gray, longestSide: 1_280)) { image in
                let lines = try image.canny().houghSegments(
                    minimumLength: options.minimumLength, maximumGap: options.maximumGap)
                return FoundLines(lines, in: image.size)
            }
        }
        r.on([.get, .post], "/circles", note("Circles")) { (photo: ImageInput, options: Query<CircleOptions>) in
            photo.answer(DecodePlan(colors: .gray, longestSide: 1_280)) { image in
                let circles = try image.medianBlurred(size: 5).houghCircles(
                    minimumDistance: options.distance, votes: options.votes)
                return FoundCircles(circles, in: image.size)
            }
        }
        r.on([.get, .post], "/keypoints", note("Places to find again (ORB)")) {
            (photo: ImageInput, options: Query<KeypointOptions>) in
            photo.answer(DecodePlan(colors: .gray, longestSide: 1_280)) { image in
                FoundKeypoints(try image.orbFeatures(most: options.most).keypoints, in: image.size)
            }
        }
        r.on([.get, .post], "/histogram", note("How often values occur")) {
            (photo: ImageInput, options: Query<HistogramOptions>) in
            photo.answer { FoundHistogram(try $0.histogram(bins: options.bins)) }
        }
        r.on([.get, .post], "/colors", note("The colours that it is made of")) {
            (photo: ImageInput, options: Query<ColorOptions>) in
            photo.answer(DecodePlan(longestSide: 200)) { image in
                Colors(
                    classes: try image.dominantColors(options.count).map {
                        Share(label: $0.color.description, score: $0.share)
                    })
            }
        }
        r.on([.get, .post], "/facts", note("What kind of picture it is")) { (photo: ImageInput) in
            photo.answer(.gray) { image in
                let header = photo.header
                return Facts(
                    format: header.format.rawValue, width: photo.size.width, height: photo.size.height,
                    orientation: header.orientation, frames: header.frames, alpha: header.hasAlpha,
                    profile: header.hasProfile, bytes: photo.bytes.count, sharpness: try image.sharpness(),
                    hash: try image.perceptualHash().description)
            }
        }
        r.post("/compare", .summary("Whether two pictures show the same"), .tags("measure"), use: compare)
    }

    func compare(photos: ImageInputs) async throws -> Likeness {
        guard photos.count == 2 else {
            throw HTTPError(.unprocessableContent, "Two pictures are compared; there are \(photos.count).")
        }
        let (first, second) = (photos[0], photos[1])
        return try await first.run(DecodePlan(longestSide: 640)) { one in
            let two = try second.decoded(DecodePlan(longestSide: 640))
            let distance = try one.perceptualHash().distance(to: two.perceptualHash())
            let correlation = try one.histogram(bins: 64).compared(with: two.histogram(bins: 64))
            return Likeness(hashDistance: distance, histogramCorrelation: correlation, isSame: distance <= 10)
        }
    }

    private func note(_ summary: String) -> [RouteTrait] { [.summary(summary), .tags("measure")] }
}
