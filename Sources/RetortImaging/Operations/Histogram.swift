// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// How often values occur in a picture, for each channel.
public struct Histogram: Sendable, Hashable {
    /// The names of the channels, such as `blue`.
    public var names: [String]
    /// For each channel, how many pixels fall in each bin.
    public var counts: [[Double]]
    /// The values that the bins divide: from the first up to but without the last.
    public var range: Range<Double>

    /// How alike two histograms are.
    public enum Comparison: Int32, Sendable, Hashable, CaseIterable {
        /// Correlation: 1 for equal ones, down to -1.
        case correlation = 0
        /// Chi-square: 0 for equal ones.
        case chiSquare = 1
        /// Intersection: the sum of the smaller counts.
        case intersection = 2
        /// Bhattacharyya's distance: 0 for equal ones, up to 1.
        case bhattacharyya = 3
    }

    /// Compares two histograms with as many channels and bins.
    ///
    /// - Parameters:
    ///   - other: The other histogram.
    ///   - method: The measure.
    /// - Returns: The mean of the measure over the channels.
    /// - Throws: `ImagingError` when their shapes differ.
    public func compared(with other: Histogram, _ method: Comparison = .correlation) throws -> Double {
        guard counts.map(\.count) == other.counts.map(\.count), !counts.isEmpty else {
            throw ImagingError(.badArgument, "The histograms have different channels or bins.")
        }
        var sum = 0.0
        for (a, b) in zip(counts, other.counts) {
            let (first, second) = (a.map(Float.init), b.map(Float.init))
            var result = 0.0
            try call { error in
                rcv_compare_histograms(first, second, first.count, method.rawValue, &result, error)
            }
            sum += result
        }
        return sum / Double(counts.count)
    }
}

extension Image {
    /// Counts how often values occur.
    ///
    /// - Parameters:
    ///   - bins: How many bins, 1 to 65,536.
    ///   - mask: One channel of 8 bits: pixels where it is 0 are not counted.
    /// - Returns: One row of counts for each channel.
    /// - Throws: `ImagingError` for bins out of range or a mask of another size.
    public func histogram(bins: Int = 256, mask: Image? = nil) throws -> Histogram {
        try Image.check(bins, in: 1...65_536, "The number of bins")
        let high = depth == .uint8 ? 256 : depth == .uint16 ? 65_536 : 1.0
        guard depth != .int16, depth != .int32 else {
            throw ImagingError(.badArgument, "A histogram counts uint8, uint16 or float32, not \(depth).")
        }
        let counts = try (0..<channels).map { channel in
            try elements(of: Float.self) { out, error in
                rcv_histogram(
                    storage.handle, clamped(channel), mask?.storage.handle, clamped(bins), 0, Float(high), out, error)
            }.map(Double.init)
        }
        return Histogram(names: channelNames, counts: counts, range: 0..<high)
    }

    private var channelNames: [String] {
        switch colorSpace {
        case .gray: ["gray"]
        case .bgr: ["blue", "green", "red"]
        case .bgra: ["blue", "green", "red", "alpha"]
        case .rgb: ["red", "green", "blue"]
        case .rgba: ["red", "green", "blue", "alpha"]
        case .hsv: ["hue", "saturation", "value"]
        case .hls: ["hue", "lightness", "saturation"]
        case .lab: ["lightness", "a", "b"]
        case .luv: ["lightness", "u", "v"]
        case .yCrCb: ["luma", "cr", "cb"]
        case .xyz: ["x", "y", "z"]
        case .yuv: ["luma", "u", "v"]
        case .data: (0..<channels).map { "channel\($0)" }
        }
    }

    /// The picture with its brightness spread over the whole range.
    ///
    /// - Returns: 8 bits; colours keep their hue.
    /// - Throws: `ImagingError` when memory is short.
    public func equalized() throws -> Image {
        try onBrightness { gray in
            try making(.gray) { out, error in rcv_equalize(gray.storage.handle, out, error) }
        }
    }

    /// The picture with its brightness spread tile by tile, without making noise loud (CLAHE).
    ///
    /// Source: K. Zuiderveld, "Contrast Limited Adaptive Histogram Equalization", 1994.
    ///
    /// - Parameters:
    ///   - clipLimit: How much contrast may grow, 0.1 to 40.
    ///   - tiles: How many tiles along each side, 1 to 64.
    /// - Returns: 8 bits; colours keep their hue.
    /// - Throws: `ImagingError` for values out of range.
    public func clahe(clipLimit: Double = 2, tiles: Int = 8) throws -> Image {
        guard (0.1...40).contains(clipLimit) else { throw ImagingError(.badArgument, "The clip limit is 0.1 to 40.") }
        try Image.check(tiles, in: 1...64, "The number of tiles")
        return try onBrightness { gray in
            try making(.gray) { out, error in
                rcv_clahe(gray.storage.handle, clipLimit, clamped(tiles), clamped(tiles), out, error)
            }
        }
    }

    /// Changes the brightness alone: L of Lab for colours.
    private func onBrightness(_ body: (Image) throws -> Image) throws -> Image {
        let source = try color8()
        guard source.colorSpace != .gray else { return try body(source) }
        let lab = try source.converted(to: .lab)
        let parts = try [body(lab.channel(0)), lab.channel(1), lab.channel(2)]
        return try Image.merging(parts, as: .lab).converted(to: .bgr)
    }
}
