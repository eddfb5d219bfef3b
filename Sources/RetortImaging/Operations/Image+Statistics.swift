// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// Mean and spread of the channels of a picture.
public struct ImageStatistics: Sendable, Hashable {
    /// The mean of each channel.
    public var mean: [Double]
    /// The standard deviation of each channel.
    public var deviation: [Double]
}

/// The extremes of a picture with one channel.
public struct Extremes: Sendable, Hashable {
    /// The smallest value.
    public var minimum: Double
    /// The largest value.
    public var maximum: Double
    /// Where the smallest is.
    public var minimumPlace: Point
    /// Where the largest is.
    public var maximumPlace: Point
}

/// A colour and how much of a picture has it.
public struct DominantColor: Sendable, Hashable {
    /// The colour.
    public var color: Color
    /// The part of the pixels, 0 to 1.
    public var share: Double
}

extension Image {
    /// Mean and standard deviation of each channel.
    ///
    /// - Returns: The numbers, in the order of the channels.
    /// - Throws: `ImagingError` when memory is short.
    public func statistics() throws -> ImageStatistics {
        var mean = rcv_scalar()
        var deviation = rcv_scalar()
        try call { error in rcv_mean_deviation(storage.handle, &mean, &deviation, error) }
        return ImageStatistics(mean: mean.numbers(channels), deviation: deviation.numbers(channels))
    }

    /// The smallest and the largest value of a picture with one channel, and where they are.
    ///
    /// - Returns: The extremes.
    /// - Throws: `ImagingError` when there are more channels.
    public func extremes() throws -> Extremes {
        guard channels == 1 else { throw ImagingError(.badArgument, "Extremes need one channel, not \(channels).") }
        var (minimum, maximum) = (0.0, 0.0)
        var (low, high) = (rcv_point(), rcv_point())
        try call { error in rcv_extremes(storage.handle, &minimum, &maximum, &low, &high, error) }
        return Extremes(minimum: minimum, maximum: maximum, minimumPlace: Point(low), maximumPlace: Point(high))
    }

    /// How many pixels of a picture with one channel are not zero.
    ///
    /// - Returns: The number.
    /// - Throws: `ImagingError` when there are more channels.
    public func nonzeroCount() throws -> Int {
        var count: Int64 = 0
        try call { error in rcv_count_nonzero(storage.handle, &count, error) }
        return Int(count)
    }

    /// The colours that the picture is made of, found by k-means on a small copy; the same picture gives the same colours.
    ///
    /// - Parameter count: How many, 1 to 64.
    /// - Returns: The colours, the most frequent first.
    /// - Throws: `ImagingError` for counts out of range.
    public func dominantColors(_ count: Int = 5) throws -> [DominantColor] {
        try Image.check(count, in: 1...64, "The number of colours")
        let source = try converted(to: .uint8).converted(to: .bgr)
        var centers = [Float](repeating: 0, count: count * 3)
        var shares = [Float](repeating: 0, count: count)
        try call { error in
            rcv_dominant_colors(source.storage.handle, clamped(count), &centers, &shares, error)
        }
        func byte(_ value: Float) -> UInt8 { UInt8(min(255, max(0, value.rounded()))) }
        return (0..<count).filter { shares[$0] > 0 }.sorted { shares[$0] > shares[$1] }.map { index in
            let color = Color(
                red: byte(centers[index * 3 + 2]), green: byte(centers[index * 3 + 1]), blue: byte(centers[index * 3]))
            return DominantColor(color: color, share: Double(shares[index]))
        }
    }
}
