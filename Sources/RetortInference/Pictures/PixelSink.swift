// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortInference

/// What a tensor of a picture consists of.
protocol PixelNumber: TensorElement {
    /// A number as it stands in the tensor.
    init(pixel: Float)

    /// `numbers × factor + offset`, each as it stands in the tensor.
    static func normalise(
        _ numbers: UnsafePointer<Float>, _ factor: Float, _ offset: Float, count: Int,
        to target: UnsafeMutablePointer<Self>)
}

extension Float: PixelNumber {
    init(pixel: Float) { self = pixel }

    static func normalise(
        _ numbers: UnsafePointer<Float>, _ factor: Float, _ offset: Float, count: Int,
        to target: UnsafeMutablePointer<Float>
    ) {
        retort_normalise(numbers, factor, offset, Int64(count), target)
    }
}

extension UInt8: PixelNumber {
    init(pixel: Float) { self = pixel.byte }

    static func normalise(
        _ numbers: UnsafePointer<Float>, _ factor: Float, _ offset: Float, count: Int,
        to target: UnsafeMutablePointer<UInt8>
    ) {
        retort_normalise_bytes(numbers, factor, offset, Int64(count), target)
    }
}

/// Where pixels become numbers of a tensor.
struct PixelSink<Number: PixelNumber> {
    let width: Int
    let height: Int
    let colours: Preprocessing.Colours
    let layout: Preprocessing.Layout
    /// By channel of the tensor.
    private let factors: (Float, Float, Float)
    private let offsets: (Float, Float, Float)

    init(
        width: Int, height: Int, colours: Preprocessing.Colours, normalisation: Preprocessing.Normalisation,
        layout: Preprocessing.Layout
    ) {
        self.width = width
        self.height = height
        self.colours = colours
        self.layout = layout
        func three(_ numbers: [Float], _ missing: Float) -> (Float, Float, Float) {
            let all = numbers + [Float](repeating: missing, count: 3)
            return colours == .bgr ? (all[2], all[1], all[0]) : (all[0], all[1], all[2])
        }
        factors = three(normalisation.factors, 1)
        offsets = three(normalisation.offsets, 0)
    }

    var channels: Int { colours == .grey ? 1 : 3 }

    /// How many numbers lie between two channels of a pixel, and between two pixels of a row.
    private var steps: (channel: Int, pixel: Int) {
        layout == .planes ? (width * height, 1) : (1, channels)
    }

    /// Makes what lies beside a rectangle black.
    ///
    /// - Parameters:
    ///   - columns: The columns of the rectangle.
    ///   - lines: Its rows.
    ///   - numbers: The tensor's, of which there are enough.
    func fill(besides columns: Range<Int>, _ lines: Range<Int>, _ numbers: UnsafeMutablePointer<Number>) {
        let (channel, pixel) = steps
        let offsets = [offsets.0, offsets.1, offsets.2].map(Number.init(pixel:))
        for line in 0..<height {
            let isBeside = !lines.contains(line)
            for part in isBeside ? [0..<width] : [0..<columns.lowerBound, columns.upperBound..<width] {
                for place in 0..<channels {
                    let target = numbers + (line * width + part.lowerBound) * pixel + place * channel
                    for index in 0..<part.count { target[index * pixel] = offsets[place] }
                }
            }
        }
    }

    /// Writes a row of pixels whose colours lie apart: all of red, then green, then blue.
    ///
    /// - Parameters:
    ///   - row: Three numbers from 0 to 255 for each pixel, as many of red as there are pixels, and so on.
    ///   - count: The number of pixels.
    ///   - column: Where the first one belongs.
    ///   - line: The row that they belong to.
    ///   - numbers: The tensor's, of which there are enough.
    @inline(__always)
    func write(
        _ row: UnsafePointer<Float>, count: Int, column: Int, line: Int, to numbers: UnsafeMutablePointer<Number>
    ) {
        let (channel, pixel) = steps
        let target = numbers + (line * width + column) * pixel
        let (reds, greens, blues) = (row, row + count, row + 2 * count)
        switch colours {
        case .grey:
            for index in 0..<count {
                let grey = 0.299 * reds[index] + 0.587 * greens[index] + 0.114 * blues[index]
                target[index * pixel] = Number(pixel: grey * factors.0 + offsets.0)
            }
        case .rgb, .bgr:
            let (first, third) = colours == .rgb ? (reds, blues) : (blues, reds)
            guard pixel == 1 else {
                for index in 0..<count {
                    target[index * pixel] = Number(pixel: first[index] * factors.0 + offsets.0)
                    target[index * pixel + 1] = Number(pixel: greens[index] * factors.1 + offsets.1)
                    target[index * pixel + 2] = Number(pixel: third[index] * factors.2 + offsets.2)
                }
                return
            }
            Number.normalise(first, factors.0, offsets.0, count: count, to: target)
            Number.normalise(greens, factors.1, offsets.1, count: count, to: target + channel)
            Number.normalise(third, factors.2, offsets.2, count: count, to: target + 2 * channel)
        }
    }
}
