// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Where pixels become numbers of a tensor.
struct PixelSink {
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

    /// Makes all of it black.
    func fill(_ numbers: inout [Float]) {
        let (channel, pixel) = steps
        for index in 0..<width * height {
            numbers[index * pixel] = offsets.0
            if channels == 3 {
                numbers[index * pixel + channel] = offsets.1
                numbers[index * pixel + 2 * channel] = offsets.2
            }
        }
    }

    /// Writes a row of pixels that have their first, second and third colour one after the other.
    ///
    /// - Parameters:
    ///   - row: Three numbers from 0 to 255 for each pixel, in the order red, green, blue.
    ///   - count: The number of pixels.
    ///   - column: Where the first one belongs.
    ///   - line: The row that they belong to.
    ///   - numbers: The tensor's, of which there are enough.
    @inline(__always)
    func write(
        _ row: UnsafePointer<Float>, count: Int, column: Int, line: Int, to numbers: UnsafeMutablePointer<Float>
    ) {
        let (channel, pixel) = steps
        var target = numbers + (line * width + column) * pixel
        switch colours {
        case .grey:
            for index in 0..<count {
                let grey = 0.299 * row[3 * index] + 0.587 * row[3 * index + 1] + 0.114 * row[3 * index + 2]
                target.pointee = grey * factors.0 + offsets.0
                target += pixel
            }
        case .rgb, .bgr:
            let first = colours == .rgb ? 0 : 2
            for index in 0..<count {
                target[0] = row[3 * index + first] * factors.0 + offsets.0
                target[channel] = row[3 * index + 1] * factors.1 + offsets.1
                target[2 * channel] = row[3 * index + 2 - first] * factors.2 + offsets.2
                target += pixel
            }
        }
    }
}
