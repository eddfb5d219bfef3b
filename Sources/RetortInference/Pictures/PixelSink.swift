// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortInference

/// What a tensor of a picture consists of.
protocol PixelNumber: TensorElement {
    /// A number as it stands in the tensor.
    init(pixel: Float)

    /// Brings the three numbers of each pixel apart, each as `number × factor + offset` by its place.
    static func split(
        _ pixels: UnsafePointer<Float>, count: Int, _ factors: [Float], _ offsets: [Float],
        to first: UnsafeMutablePointer<Self>, _ second: UnsafeMutablePointer<Self>,
        _ third: UnsafeMutablePointer<Self>)
}

extension Float: PixelNumber {
    init(pixel: Float) { self = pixel }

    static func split(
        _ pixels: UnsafePointer<Float>, count: Int, _ factors: [Float], _ offsets: [Float],
        to first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>,
        _ third: UnsafeMutablePointer<Float>
    ) {
        retort_split(pixels, Int64(count), factors, offsets, first, second, third)
    }
}

extension UInt8: PixelNumber {
    init(pixel: Float) { self = pixel.byte }

    static func split(
        _ pixels: UnsafePointer<Float>, count: Int, _ factors: [Float], _ offsets: [Float],
        to first: UnsafeMutablePointer<UInt8>, _ second: UnsafeMutablePointer<UInt8>,
        _ third: UnsafeMutablePointer<UInt8>
    ) {
        retort_split_bytes(pixels, Int64(count), factors, offsets, first, second, third)
    }
}

/// Where pixels become numbers of a tensor.
struct PixelSink<Number: PixelNumber> {
    let width: Int
    let height: Int
    let colours: Preprocessing.Colours
    let layout: Preprocessing.Layout
    /// By channel of the tensor, three each.
    private let factors: [Float]
    private let offsets: [Float]
    /// The same from the last channel to the first.
    private let reversedFactors: [Float]
    private let reversedOffsets: [Float]

    init(
        width: Int, height: Int, colours: Preprocessing.Colours, normalisation: Preprocessing.Normalisation,
        layout: Preprocessing.Layout
    ) {
        self.width = width
        self.height = height
        self.colours = colours
        self.layout = layout
        func three(_ numbers: [Float], _ missing: Float) -> [Float] {
            let all = Array((numbers + [Float](repeating: missing, count: 3)).prefix(3))
            return colours == .bgr ? all.reversed() : all
        }
        factors = three(normalisation.factors, 1)
        offsets = three(normalisation.offsets, 0)
        reversedFactors = factors.reversed()
        reversedOffsets = offsets.reversed()
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
        let offsets = offsets.map(Number.init(pixel:))
        for line in 0..<height {
            let isBeside = !lines.contains(line)
            for part in isBeside ? [0..<width] : [0..<columns.lowerBound, columns.upperBound..<width] {
                for place in 0..<channels {
                    let target = numbers + (line * width + part.lowerBound) * pixel + place * channel
                    if pixel == 1 {
                        target.initialize(repeating: offsets[place], count: part.count)
                        continue
                    }
                    for index in 0..<part.count { target[index * pixel] = offsets[place] }
                }
            }
        }
    }

    /// Writes a row of pixels.
    ///
    /// - Parameters:
    ///   - row: Three numbers from 0 to 255 for each pixel.
    ///   - isBlueFirst: Whether they are blue, green, red, and not red, green, blue.
    ///   - count: The number of pixels.
    ///   - column: Where the first one belongs.
    ///   - line: The row that they belong to.
    ///   - numbers: The tensor's, of which there are enough.
    @inline(__always)
    func write(
        _ row: UnsafePointer<Float>, isBlueFirst: Bool, count: Int, column: Int, line: Int,
        to numbers: UnsafeMutablePointer<Number>
    ) {
        let (channel, pixel) = steps
        let target = numbers + (line * width + column) * pixel
        if colours == .grey {
            let (red, blue) = isBlueFirst ? (2, 0) : (0, 2)
            for index in 0..<count {
                let grey = 0.299 * row[3 * index + red] + 0.587 * row[3 * index + 1] + 0.114 * row[3 * index + blue]
                target[index * pixel] = Number(pixel: grey * factors[0] + offsets[0])
            }
            return
        }
        let isReversed = isBlueFirst != (colours == .bgr)
        if pixel == 1 {
            let last = target + 2 * channel
            if isReversed {
                Number.split(
                    row, count: count, reversedFactors, reversedOffsets, to: last, target + channel, target)
            } else {
                Number.split(row, count: count, factors, offsets, to: target, target + channel, last)
            }
            return
        }
        let (first, third) = isReversed ? (2, 0) : (0, 2)
        let (factors, offsets) = ((factors[0], factors[1], factors[2]), (offsets[0], offsets[1], offsets[2]))
        for index in 0..<count {
            let place = 3 * index
            target[place] = Number(pixel: row[place + first] * factors.0 + offsets.0)
            target[place + 1] = Number(pixel: row[place + 1] * factors.1 + offsets.1)
            target[place + 2] = Number(pixel: row[place + third] * factors.2 + offsets.2)
        }
    }
}
