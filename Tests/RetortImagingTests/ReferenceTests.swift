// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortImaging
import Testing

/// Each operation beside Debian's OpenCV, on real photographs.
struct ReferenceTests {
    /// An operation, and how far its result may be from OpenCV's: the largest difference of a value.
    struct Operation: Sendable, CustomTestStringConvertible {
        let name: String
        var tolerance = 0.0
        let make: @Sendable (Image) throws -> Image
        var testDescription: String { name }
    }

    static let photos = ["astronaut.png", "street.jpg"]

    static let operations: [Operation] = [
        Operation(name: "decode") { $0 },
        Operation(name: "gray") { try $0.converted(to: .gray) },
        Operation(name: "rgb") { try $0.converted(to: .rgb) },
        Operation(name: "hsv") { try $0.converted(to: .hsv) },
        Operation(name: "hls") { try $0.converted(to: .hls) },
        Operation(name: "lab") { try $0.converted(to: .lab) },
        Operation(name: "luv") { try $0.converted(to: .luv) },
        Operation(name: "ycrcb") { try $0.converted(to: .yCrCb) },
        Operation(name: "xyz") { try $0.converted(to: .xyz) },
        Operation(name: "yuv") { try $0.converted(to: .yuv) },
        Operation(name: "bgra") { try $0.converted(to: .bgra) },
        Operation(name: "crop") { try $0.cropped(to: Box(x: 30, y: 20, width: 150, height: 100)) },
        Operation(name: "resize-area") {
            try $0.resized(to: Size(width: $0.width / 3, height: $0.height / 3), interpolation: .area)
        },
        Operation(name: "resize-lanczos") {
            try $0.resized(to: Size(width: $0.width + 37, height: $0.height + 51), interpolation: .lanczos)
        },
        Operation(name: "resize-cubic") { try $0.resized(to: Size(width: $0.width + 37, height: $0.height + 51)) },
        Operation(name: "turned") { try $0.turned(quarters: 1) },
        Operation(name: "flipped") { try $0.flipped() },
        // OpenCV finds source pixels at a 32nd of a pixel; the last digits of the matrix decide between two of them.
        Operation(name: "warp", tolerance: 8) {
            try $0.warped(by: AffineTransform.rotation(degrees: 30, around: Point(100, 80)))
        },
        Operation(name: "perspective") {
            try $0.straightened(
                [Point(30, 20), Point(250, 40), Point(240, 200), Point(20, 210)], size: Size(width: 200, height: 150))
        },
        Operation(name: "threshold") { try $0.converted(to: .gray).thresholded(at: 100) },
        Operation(name: "otsu") { try $0.thresholded(.otsu).image },
        Operation(name: "triangle") { try $0.thresholded(.triangle).image },
        Operation(name: "adaptive") { try $0.adaptivelyThresholded() },
        Operation(name: "range") { try $0.converted(to: .hsv).mask(from: [5, 40, 40], to: [30, 255, 255]) },
        Operation(name: "box-blur") { try $0.boxBlurred(width: 7, height: 5) },
        Operation(name: "gaussian") { try $0.blurred(sigma: 2.5) },
        Operation(name: "median") { try $0.medianBlurred(size: 5) },
        Operation(name: "bilateral") { try $0.bilateralFiltered() },
        Operation(name: "filter") { try $0.filtered([0, -1, 0, -1, 5, -1, 0, -1, 0], columns: 3) },
        Operation(name: "erode") { try $0.morphed(.erode, shape: .ellipse, size: 5, iterations: 2) },
        Operation(name: "dilate") { try $0.morphed(.dilate, shape: .ellipse, size: 5, iterations: 2) },
        Operation(name: "open") { try $0.morphed(.open, shape: .ellipse, size: 5, iterations: 2) },
        Operation(name: "close") { try $0.morphed(.close, shape: .ellipse, size: 5, iterations: 2) },
        Operation(name: "gradient") { try $0.morphed(.gradient, shape: .ellipse, size: 5, iterations: 2) },
        Operation(name: "tophat") { try $0.morphed(.topHat, shape: .ellipse, size: 5, iterations: 2) },
        Operation(name: "blackhat") { try $0.morphed(.blackHat, shape: .ellipse, size: 5, iterations: 2) },
        Operation(name: "difference") { try $0.combined(with: $0.flipped(), .difference) },
        Operation(name: "blend") { try $0.blended(with: $0.flipped(), weights: (0.3, 0.7), offset: 5) },
        Operation(name: "canny") { try $0.canny() },
        Operation(name: "canny-all") { try $0.canny(low: 0, high: 0) },
        Operation(name: "canny-few") { try $0.canny(low: 10.5, high: 900) },
        Operation(name: "canny-crossed") { try $0.canny(low: 300, high: 50.9) },
        Operation(name: "canny-odd") { try $0.cropped(to: Box(x: 31, y: 17, width: 173, height: 91)).canny() },
        Operation(name: "canny-tiny") {
            try $0.cropped(to: Box(x: 40, y: 30, width: 2, height: 3)).canny(low: 1, high: 9)
        },
        Operation(name: "canny-row") {
            try $0.cropped(to: Box(x: 5, y: 50, width: 200, height: 1)).canny(low: 5, high: 20)
        },
        Operation(name: "canny-column") {
            try $0.cropped(to: Box(x: 60, y: 0, width: 1, height: 200)).canny(low: 5, high: 20)
        },
        Operation(name: "canny-5-l2") { try $0.canny(low: 400, high: 900, aperture: 5, accurate: true) },
        Operation(name: "sobel") { try $0.sobel(dx: 1, dy: 0) },
        Operation(name: "laplacian") { try $0.laplacian() },
        Operation(name: "components") { try $0.thresholded(.otsu).image.connectedComponents().labels },
        Operation(name: "equalize") { try $0.converted(to: .gray).equalized() },
        Operation(name: "clahe") { try $0.converted(to: .gray).clahe() },
        Operation(name: "template", tolerance: 1e-4) {
            try $0.templateResponse(of: $0.cropped(to: Box(x: 60, y: 40, width: 70, height: 50)))
        },
        Operation(name: "dense-flow", tolerance: 1e-3) { try $0.denseFlow(to: moved($0)) },
        Operation(name: "background") { image in
            var subtractor = try BackgroundSubtractor()
            for _ in 0..<5 { _ = try subtractor.foreground(of: image) }
            return try subtractor.foreground(of: image.flipped())
        },
    ]

    /// The photograph three pixels to the right and two down, its edges going on.
    static func moved(_ image: Image) throws -> Image {
        try image.converted(to: .gray).warped(by: AffineTransform.translation(x: 3, y: 2), border: .replicate)
    }

    @Test(arguments: photos, operations) func isWhatOpenCVMakes(photo: String, operation: Operation) throws {
        OpenCV.setThreads(1)
        let reference = try Reference.of(photo)
        let (largest, share) = try reference.difference(operation.name, operation.make(Photos.image(photo)))
        #expect(largest <= operation.tolerance, "\(share * 100) % of the values differ")
    }

    @Test func aDirectGrayDecodeOfAJPEGIsOpenCVs() throws {
        #expect(
            try Reference.of("street.jpg").difference("decode-gray", Photos.image("street.jpg", .gray)).largest == 0)
    }

    /// OpenCV lets libpng make the grey, whose weights are others than those of its own `cvtColor`; here both agree.
    @Test func aDirectGrayDecodeOfAPNGIsTheGrayOfItsColours() throws {
        #expect(try Reference.of("astronaut.png").difference("gray", Photos.image("astronaut.png", .gray)).largest == 0)
    }
}
