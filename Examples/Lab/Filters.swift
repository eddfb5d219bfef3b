// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab

/// Pictures out of pictures: each operation is one line, and its options are its form.
struct Filters: Blueprint {
    struct CannyOptions: Input {
        /// Gradients below are no edge.
        @Field(in: 0...500, step: 5) var low = 100.0
        /// Gradients above are an edge; those between are where they touch one.
        @Field(in: 0...500, step: 5) var high = 200.0
        /// The blur before, which takes noise away.
        @Field(in: 0...5, step: 0.1, unit: "px") var blur = 0.0
    }

    struct ResizeOptions: Input {
        /// The most pixels of the longer side.
        @Field(in: 16...4_096, step: 16, unit: "px") var longestSide = 640
    }

    enum ThresholdMethod: String, Codable, CaseIterable, Sendable { case fixed, otsu, triangle, adaptive }

    struct ThresholdOptions: Input {
        /// How black and white are told apart.
        @Field var method: ThresholdMethod = .otsu
        /// The value that divides them, for the fixed method.
        @Field(in: 0...255, step: 1) var level = 128.0
        /// The neighbourhood of the adaptive method.
        @Field(in: 3...99, step: 2, unit: "px") var block = 11
    }

    enum BlurMethod: String, Codable, CaseIterable, Sendable { case gaussian, box, median, bilateral }

    struct BlurOptions: Input {
        /// How the neighbours are mixed.
        @Field var method: BlurMethod = .gaussian
        /// How far neighbours count.
        @Field(in: 1...30, step: 1, unit: "px") var radius = 5
    }

    enum MorphologyMethod: String, Codable, CaseIterable, Sendable {
        case erode, dilate, open, close, gradient, topHat, blackHat

        var operation: Morphology {
            switch self {
            case .erode: .erode
            case .dilate: .dilate
            case .open: .open
            case .close: .close
            case .gradient: .gradient
            case .topHat: .topHat
            case .blackHat: .blackHat
            }
        }
    }

    struct MorphologyOptions: Input {
        /// What is done with bright areas.
        @Field var operation: MorphologyMethod = .gradient
        /// The shape that is looked under.
        @Field(in: 1...41, step: 2, unit: "px") var size = 5
    }

    struct RotateOptions: Input {
        /// The angle, clockwise.
        @Field(in: -180...180, step: 1, unit: "°") var degrees = 15.0
    }

    struct ContrastOptions: Input {
        /// How much contrast may grow.
        @Field(in: 0.5...10, step: 0.5) var clipLimit = 2.0
    }

    struct SharpenOptions: Input {
        /// How much.
        @Field(in: 0...5, step: 0.1) var amount = 1.0
    }

    func routes(_ r: inout Routes) {
        r.on([.get, .post], "/canny", note("Edges after Canny")) { (photo: ImageInput, options: Query<CannyOptions>) in
            photo.answer(.gray) { image in
                let smooth = options.blur > 0 ? try image.blurred(sigma: options.blur) : image
                return try smooth.canny(low: options.low, high: options.high)
            }
        }
        r.on([.get, .post], "/resize", note("A smaller picture")) {
            (photo: ImageInput, options: Query<ResizeOptions>) in
            photo.answer(DecodePlan(longestSide: options.longestSide)) { $0 }
        }
        r.on([.get, .post], "/threshold", note("Black and white")) {
            (photo: ImageInput, options: Query<ThresholdOptions>) in
            photo.answer(.gray) { image in
                switch options.method {
                case .fixed: try image.thresholded(at: options.level)
                case .otsu: try image.thresholded(.otsu).image
                case .triangle: try image.thresholded(.triangle).image
                case .adaptive: try image.adaptivelyThresholded(block: options.block | 1)
                }
            }
        }
        r.on([.get, .post], "/blur", note("Less detail")) { (photo: ImageInput, options: Query<BlurOptions>) in
            photo.answer { image in
                switch options.method {
                case .gaussian: try image.blurred(sigma: Double(options.radius))
                case .box: try image.boxBlurred(width: 2 * options.radius + 1)
                case .median: try image.medianBlurred(size: 2 * options.radius + 1)
                case .bilateral: try image.bilateralFiltered(diameter: min(25, 2 * options.radius + 1))
                }
            }
        }
        r.on([.get, .post], "/morphology", note("Grow, shrink and clean")) {
            (photo: ImageInput, options: Query<MorphologyOptions>) in
            photo.answer { try $0.morphed(options.operation.operation, shape: .ellipse, size: options.size) }
        }
        r.on([.get, .post], "/rotate", note("Turned")) { (photo: ImageInput, options: Query<RotateOptions>) in
            photo.answer { try $0.rotated(degrees: options.degrees, border: .constant(.white)) }
        }
        r.on([.get, .post], "/contrast", note("More contrast, tile by tile")) {
            (photo: ImageInput, options: Query<ContrastOptions>) in
            photo.answer { try $0.clahe(clipLimit: options.clipLimit) }
        }
        r.on([.get, .post], "/sharpen", note("Sharper")) { (photo: ImageInput, options: Query<SharpenOptions>) in
            photo.answer { try $0.sharpened(amount: options.amount) }
        }
    }

    private func note(_ summary: String) -> [RouteTrait] { [.summary(summary), .tags("filters")] }
}
