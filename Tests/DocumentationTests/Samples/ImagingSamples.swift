// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortCompute
import RetortImaging

// sample: imaging-first
func edges(of file: [UInt8]) throws -> [UInt8] {
    let image = try Image(decoding: file, plan: .gray)
    return try image.blurred(sigma: 1.5).canny(low: 50, high: 150).encoded(as: .png())
}
// end

// sample: imaging-header
func describe(_ file: [UInt8]) throws -> String {
    let header = try ImageHeader(file)
    return "\(header.format) of \(header.uprightSize), \(header.frames) frames"
}
// end

// sample: imaging-plan
func thumbnail(of file: [UInt8]) throws -> [UInt8] {
    try Image(decoding: file, plan: DecodePlan(longestSide: 320)).encoded(as: .webp(quality: 80))
}
// end

// sample: imaging-limits
func avatar(in file: [UInt8]) throws -> Image {
    var limits = ImageLimits()
    limits.pixels = 4_000_000
    limits.formats = [.jpeg, .png]
    return try Image(decoding: file, limits: limits)
}
// end

// sample: imaging-pixels
func darkPixels(of image: Image) throws -> Int {
    try image.converted(to: .gray).withPixels { pixels in
        var count = 0
        for index in pixels.indices where pixels[index] < 32 { count += 1 }
        return count
    }
}
// end

// sample: imaging-faces
func annotated(_ image: Image, by faces: CascadeDetector) throws -> Image {
    let found = try faces.detect(in: image, workingSize: 640)
    return try found.drawn(on: image)
}
// end

// sample: imaging-measure
func roundThings(in image: Image) throws -> [Contour] {
    try image.converted(to: .gray).thresholded(.otsu).image.contours()
        .filter { $0.area > 200 && $0.circularity > 0.8 }
}
// end

// sample: compute-run
func preview(of file: [UInt8], on pool: ComputePool) async throws -> [UInt8] {
    try await pool.run { try thumbnail(of: file) }
}
// end

// sample: compute-cancel
func largest(of files: [[UInt8]], on pool: ComputePool) async throws -> Size? {
    try await pool.run { job in
        var largest: Size?
        for file in files {
            try job.checkCancellation()
            let size = try Image(decoding: file).size
            if size.pixels > largest?.pixels ?? 0 { largest = size }
        }
        return largest
    }
}
// end
