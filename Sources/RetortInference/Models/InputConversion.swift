// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What callers give to an input in place of what the file of its model wants; the model converts it itself.
///
/// A picture of bytes is a quarter of the same picture as FP32, which matters where it is sent through a network, and where
/// it is made: the tasks of this library see that their model takes bytes, and leave the rest to it.
///
///     var options = ModelOptions()
///     options.conversions["x"] = InputConversion(
///         .uint8, mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375])
public struct InputConversion: Sendable, Hashable {
    /// The type that is given.
    public var dataType: DataType

    /// What is taken from each channel, in the order of the input, at most four; empty for nothing.
    public var mean: [Float]

    /// What the rest is divided by, for each channel; empty for nothing.
    public var deviation: [Float]

    /// Creates a conversion.
    ///
    /// - Parameters:
    ///   - dataType: The type that is given; not BYTES.
    ///   - mean: What is taken from each channel, at most four of them, in the unit of what is given; empty for nothing.
    ///   - deviation: What the rest is divided by, one for each channel and none of them zero; empty for nothing.
    public init(_ dataType: DataType, mean: [Float] = [], deviation: [Float] = []) {
        self.dataType = dataType
        self.mean = mean
        self.deviation = deviation
    }

    /// The channels that are changed, each in its own way; none where all numbers stay.
    var channels: Int { max(mean.count, deviation.count) }

    /// Whether there is something for each channel, and nothing that cannot be divided by.
    var isSound: Bool {
        channels <= 4 && (mean.isEmpty || mean.count == channels)
            && (deviation.isEmpty || deviation.count == channels) && (mean + deviation).allSatisfy(\.isFinite)
            && !deviation.contains(0)
    }
}
