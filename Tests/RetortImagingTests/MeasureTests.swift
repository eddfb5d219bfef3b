// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging
import Testing

/// The operations whose results are numbers, beside Debian's OpenCV.
struct MeasureTests {
    /// An operation, and how far each number may be from OpenCV's.
    struct Measure: Sendable, CustomTestStringConvertible {
        let name: String
        var tolerance = 1e-6
        let make: @Sendable (Image) throws -> [Double]
        var testDescription: String { name }
    }

    static let measures: [Measure] = [
        Measure(name: "otsu-threshold") { [try $0.thresholded(.otsu).threshold] },
        Measure(name: "triangle-threshold") { [try $0.thresholded(.triangle).threshold] },
        Measure(name: "sharpness", tolerance: 1e-3) { [try $0.sharpness()] },
        Measure(name: "hough-lines", tolerance: 1e-5) {
            try $0.canny().houghLines(threshold: 120).flatMap { [$0.rho, $0.theta] }
        },
        Measure(name: "hough-segments") {
            try $0.canny().houghSegments().flatMap { [$0.start.x, $0.start.y, $0.end.x, $0.end.y] }
        },
        Measure(name: "hough-circles", tolerance: 1e-4) {
            try $0.houghCircles(minimumDistance: 40).flatMap { [$0.center.x, $0.center.y, $0.radius] }
        },
        Measure(name: "contour-areas") { try $0.thresholded(.otsu).image.contours().map(\.area) },
        Measure(name: "contour-perimeters", tolerance: 1e-3) {
            try $0.thresholded(.otsu).image.contours().map(\.perimeter)
        },
        Measure(name: "contour-points") {
            try $0.thresholded(.otsu).image.contours().flatMap(\.points).flatMap { [$0.x, $0.y] }
        },
        Measure(name: "component-stats") {
            try $0.thresholded(.otsu).image.connectedComponents().components.flatMap {
                [$0.bounds.left, $0.bounds.top, $0.bounds.width, $0.bounds.height, Double($0.area)]
            }
        },
        Measure(name: "histogram") { try $0.histogram(bins: 64).counts.flatMap { $0 } },
        Measure(name: "correlation") {
            [try $0.histogram(bins: 64).compared(with: $0.blurred(sigma: 2.5).histogram(bins: 64))]
        },
        Measure(name: "orb", tolerance: 1e-3) {
            try $0.orbFeatures(most: 300).keypoints.flatMap { [$0.point.x, $0.point.y, $0.angle] }
        },
        Measure(name: "good-features", tolerance: 1e-3) {
            try $0.goodFeatures(most: 50).flatMap { [$0.x, $0.y] }
        },
        Measure(name: "flow", tolerance: 0.02) { image in
            try image.tracked(image.goodFeatures(most: 50), to: ReferenceTests.moved(image)).flatMap {
                [$0.point?.x ?? .nan, $0.point?.y ?? .nan]
            }
        },
        Measure(name: "hash") { image in
            let bits = try image.perceptualHash().bits
            return (0..<64).map { index in index == 0 ? 1 : Double(bits >> (63 - index) & 1) }
        },
        Measure(name: "statistics") {
            let statistics = try $0.statistics()
            return statistics.mean + statistics.deviation
        },
        Measure(name: "jpeg-bytes") { image in
            let encodings: [ImageEncoding] = [
                .jpeg(quality: 95), .jpeg(quality: 40), .jpeg(quality: 90, progressive: true),
            ]
            return try [image, image.converted(to: .gray)].flatMap { image in
                try encodings.flatMap { encoding in
                    let bytes = try image.encoded(as: encoding)
                    // Each byte and its place count.
                    let sum = bytes.enumerated().reduce(0) { ($0 + ($1.offset + 1) * Int($1.element)) % 1_000_003 }
                    return [Double(bytes.count), Double(sum)]
                }
            }
        },
    ]

    @Test(arguments: ReferenceTests.photos, measures) func isWhatOpenCVMeasures(photo: String, measure: Measure) throws
    {
        OpenCV.setThreads(1)
        let expected = try Reference.of(photo).numbers(measure.name)
        let found = try measure.make(Photos.image(photo))
        try #require(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) <= measure.tolerance * max(1, abs(b))) }
    }

    @Test(arguments: ReferenceTests.photos, CascadeModel.Name.allCases)
    func cascadesFindWhatOpenCVFinds(photo: String, name: CascadeModel.Name) throws {
        OpenCV.setThreads(1)
        let numbers = try Reference.of(photo).numbers("cascade-" + name.rawValue.dropFirst("haarcascade_".count))
        let expected = Set(
            stride(from: 0, to: numbers.count, by: 4).map {
                Box(x: numbers[$0], y: numbers[$0 + 1], width: numbers[$0 + 2], height: numbers[$0 + 3])
            })
        #expect(Set(try CascadeDetector(name).detect(in: Photos.image(photo)).boxes) == expected)
    }
}
