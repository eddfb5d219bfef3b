// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How pixels between pixels are computed when a picture is scaled.
public enum Resampling: Sendable, Hashable {
    /// From the two nearest on each axis, also when it is made smaller: fast, and fine details may flicker.
    case linear
    /// From the four nearest on each axis: sharper than ``linear``.
    case cubic
    /// When it is made smaller, from all that fall into a pixel, each by its share; otherwise as ``linear``.
    case area
}

/// For each place of a scaled axis, which of the original ones it is made of.
///
/// Source: the definitions of OpenCV's `resize`, with the centres of pixels at halves.
struct ResampleWeights {
    /// The first original place of each.
    let starts: [Int]
    /// As many for each place as the most that one needs; those not needed are zero.
    let weights: [Float]
    let taps: Int

    /// - Parameters:
    ///   - source: The original length.
    ///   - target: The scaled length.
    ///   - range: The scaled places that are wanted.
    ///   - interpolation: How pixels between pixels are computed.
    init(source: Int, target: Int, range: Range<Int>, interpolation: Resampling) {
        let scale = Double(source) / Double(target)
        let places = range.map { place in
            switch interpolation {
            case .area where scale > 1: Self.area(place, scale: scale, source: source)
            case .cubic: Self.cubic(place, scale: scale, source: source)
            case .linear, .area: Self.linear(place, scale: scale, source: source)
            }
        }
        let taps = places.map(\.weights.count).max() ?? 1
        var starts: [Int] = []
        var weights: [Float] = []
        weights.reserveCapacity(places.count * taps)
        for place in places {
            // Zeros are put in front where they would lead out of the picture behind.
            let start = max(min(place.start, source - taps), 0)
            starts.append(start)
            for tap in start..<start + taps {
                let index = tap - place.start
                weights.append(place.weights.indices.contains(index) ? Float(place.weights[index]) : 0)
            }
        }
        self.starts = starts
        self.weights = weights
        self.taps = taps
    }

    private typealias Place = (start: Int, weights: [Double])

    private static func linear(_ place: Int, scale: Double, source: Int) -> Place {
        let exact = (Double(place) + 0.5) * scale - 0.5
        let first = Int(exact.rounded(.down))
        return gathered([(first, 1 - (exact - Double(first))), (first + 1, exact - Double(first))], source: source)
    }

    private static func cubic(_ place: Int, scale: Double, source: Int) -> Place {
        let exact = (Double(place) + 0.5) * scale - 0.5
        let first = Int(exact.rounded(.down))
        let x = exact - Double(first)
        let sharpness = -0.75
        func outer(_ x: Double) -> Double {
            ((sharpness * x - 5 * sharpness) * x + 8 * sharpness) * x - 4 * sharpness
        }
        func inner(_ x: Double) -> Double { ((sharpness + 2) * x - (sharpness + 3)) * x * x + 1 }
        return gathered(
            [(first - 1, outer(x + 1)), (first, inner(x)), (first + 1, inner(1 - x)), (first + 2, outer(2 - x))],
            source: source)
    }

    private static func area(_ place: Int, scale: Double, source: Int) -> Place {
        let begin = Double(place) * scale
        let end = min(begin + scale, Double(source))
        let first = min(Int(begin), source - 1)
        let last = min(max(Int(end.rounded(.up)) - 1, first), source - 1)
        let shares = (first...last).map { max(min(end, Double($0 + 1)) - max(begin, Double($0)), 0) }
        let sum = shares.reduce(0, +)
        return (first, shares.map { $0 / sum })
    }

    /// Weights of places that may lie outside of the axis, where its ends go on for ever.
    private static func gathered(_ weights: [(place: Int, weight: Double)], source: Int) -> Place {
        let places = weights.map { min(max($0.place, 0), source - 1) }
        let first = places.first ?? 0
        var sums = [Double](repeating: 0, count: (places.last ?? first) - first + 1)
        for (place, weight) in zip(places, weights) { sums[place - first] += weight.weight }
        return (first, sums)
    }
}
