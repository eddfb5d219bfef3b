// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortInference

/// Scales a picture row by row.
///
/// Each row of the original is scaled horizontally once and kept as long as rows of the result need it, so that the memory
/// used is a few rows and every pixel is read once.
struct Resampler {
    private let memory: PixelMemory
    private let placement: Placement
    private let horizontal: ResampleWeights
    private let vertical: ResampleWeights
    /// Whether numbers below 0 or above 255 can come out, beside edges.
    private let overshoots: Bool

    init(_ memory: PixelMemory, placement: Placement, interpolation: Resampling) {
        self.memory = memory
        self.placement = placement
        overshoots = interpolation == .cubic
        horizontal = ResampleWeights(
            source: memory.width, target: placement.scaledWidth, range: placement.columns, interpolation: interpolation)
        vertical = ResampleWeights(
            source: memory.height, target: placement.scaledHeight, range: placement.rows, interpolation: interpolation)
    }

    func run<Number>(_ sink: PixelSink<Number>, into target: UnsafeMutablePointer<Number>) {
        let columns = placement.columns.count
        let taps = vertical.taps
        // The rows that are kept, each in the place of its number modulo their count.
        let length = columns * 3 + 1
        let kept = UnsafeMutablePointer<Float>.allocate(capacity: (taps + 1) * length)
        defer { kept.deallocate() }
        kept.initialize(repeating: 0, count: (taps + 1) * length)
        let sum = kept + taps * length
        var scaled = 0
        vertical.weights.withUnsafeBufferPointer { all in
            guard let weights = all.baseAddress else { return }
            for row in 0..<placement.rows.count {
                let start = vertical.starts[row]
                scaled = max(scaled, start)
                while scaled < start + taps {
                    scale(scaled, to: kept + scaled % taps * length)
                    scaled += 1
                }
                let weights = weights + row * taps
                if taps == 2 {
                    let first = kept + start % taps * length
                    let second = kept + (start + 1) % taps * length
                    retort_blend(first, weights[0], second, weights[1], Int64(columns * 3), sum)
                } else {
                    for tap in 0..<taps {
                        let weight = weights[tap]
                        let source = kept + (start + tap) % taps * length
                        if tap == 0 {
                            for index in 0..<columns * 3 { sum[index] = weight * source[index] }
                        } else if weight != 0 {
                            for index in 0..<columns * 3 { sum[index] += weight * source[index] }
                        }
                    }
                }
                if overshoots { for index in 0..<columns * 3 { sum[index] = min(max(sum[index], 0), 255) } }
                sink.write(
                    sum, isBlueFirst: isBlueFirst, count: columns, column: placement.left, line: placement.top + row,
                    to: target)
            }
        }
    }

    /// Whether scaled pixels are blue, green, red: in the order that they have in pictures of three bytes.
    private var isBlueFirst: Bool { memory.channels.count == 3 && memory.channels.places.0 == 2 }

    /// Scales one row.
    private func scale(_ row: Int, to target: UnsafeMutablePointer<Float>) {
        let line = memory.start + row * memory.stride
        let step = memory.channels.count
        let (red, green, blue) = memory.channels.places
        let columns = placement.columns.count
        horizontal.weights.withUnsafeBufferPointer { weights in
            horizontal.starts.withUnsafeBufferPointer { starts in
                guard var weight = weights.baseAddress else { return }
                if horizontal.taps == 2, step == 3 {
                    starts.withMemoryRebound(to: Int64.self) { starts in
                        retort_scale_pairs(
                            line, memory.width * 3, starts.baseAddress, weight, Int64(columns), target)
                    }
                    return
                }
                let (first, third) = isBlueFirst ? (blue, red) : (red, blue)
                for column in 0..<columns {
                    var pixel = line + starts[column] * step
                    var sums: (Float, Float, Float) = (0, 0, 0)
                    for _ in 0..<horizontal.taps {
                        let share = weight.pointee
                        sums.0 += share * Float(pixel[first])
                        sums.1 += share * Float(pixel[green])
                        sums.2 += share * Float(pixel[third])
                        pixel += step
                        weight += 1
                    }
                    (target[3 * column], target[3 * column + 1], target[3 * column + 2]) = sums
                }
            }
        }
    }
}
