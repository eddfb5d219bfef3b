// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// What becomes of values above and below a threshold.
public enum ThresholdKind: Int32, Sendable, Hashable, CaseIterable {
    /// Above: the maximum; else 0.
    case binary = 0
    /// Above: 0; else the maximum.
    case inverseBinary = 1
    /// Above: the threshold; else unchanged.
    case truncate = 2
    /// Above: unchanged; else 0.
    case toZero = 3
    /// Above: 0; else unchanged.
    case inverseToZero = 4
}

/// How a threshold is chosen from the picture itself.
public enum AutomaticThreshold: Int32, Sendable, Hashable, CaseIterable {
    /// The one that makes both sides most alike within themselves (N. Otsu, 1979).
    case otsu = 8
    /// The one farthest from the line between peak and tail of the histogram (G. Zack, 1977).
    case triangle = 16
}

extension Image {
    /// Splits values at a threshold.
    ///
    /// - Parameters:
    ///   - value: The threshold.
    ///   - maximum: The value of what is chosen.
    ///   - kind: What becomes of values above and below.
    /// - Returns: The picture.
    /// - Throws: `ImagingError` for depths that OpenCV does not take (int32).
    public func thresholded(at value: Double, maximum: Double = 255, kind: ThresholdKind = .binary) throws -> Image {
        var used = 0.0
        return try making(colorSpace) { out, error in
            rcv_threshold(storage.handle, value, maximum, kind.rawValue, &used, out, error)
        }
    }

    /// Splits the brightness at a threshold that the picture itself gives.
    ///
    /// - Parameters:
    ///   - method: How the threshold is chosen.
    ///   - maximum: The value of what is chosen.
    ///   - kind: What becomes of values above and below.
    /// - Returns: The picture, grey of 8 bits, and the threshold.
    /// - Throws: `ImagingError` when memory is short.
    public func thresholded(
        _ method: AutomaticThreshold, maximum: Double = 255, kind: ThresholdKind = .binary
    ) throws -> (image: Image, threshold: Double) {
        let source = try gray8()
        var used = 0.0
        let image = try making(.gray) { out, error in
            rcv_threshold(source.storage.handle, 0, maximum, kind.rawValue | method.rawValue, &used, out, error)
        }
        return (image, used)
    }

    /// Splits the brightness at a threshold that follows the neighbourhood: for pages with shadows.
    ///
    /// - Parameters:
    ///   - block: Pixels of a side of the neighbourhood, odd, 3 to 999.
    ///   - offset: What is taken from the mean of the neighbourhood.
    ///   - gaussian: Whether near pixels count more.
    ///   - inverse: Whether dark is chosen.
    /// - Returns: Black and white, grey of 8 bits.
    /// - Throws: `ImagingError` for a block out of range.
    public func adaptivelyThresholded(
        block: Int = 11, offset: Double = 2, gaussian: Bool = true, inverse: Bool = false
    ) throws -> Image {
        guard block % 2 == 1, (3...999).contains(block) else {
            throw ImagingError(.badArgument, "A block has an odd size of 3 to 999, not \(block).")
        }
        let source = try gray8()
        return try making(.gray) { out, error in
            rcv_adaptive_threshold(source.storage.handle, 255, gaussian, inverse, clamped(block), offset, out, error)
        }
    }

    /// White where every channel is in a range: finds colours, best in HSV.
    ///
    /// - Parameters:
    ///   - low: The least value of each channel.
    ///   - high: The largest value of each channel.
    /// - Returns: A mask, grey of 8 bits.
    /// - Throws: `ImagingError` unless there is one number for each channel.
    public func mask(from low: [Double], to high: [Double]) throws -> Image {
        guard low.count == channels, high.count == channels else {
            throw ImagingError(.badArgument, "The picture has \(channels) channels; give as many numbers twice.")
        }
        let (first, last) = (rcv_scalar(low), rcv_scalar(high))
        return try making(.gray) { out, error in rcv_in_range(storage.handle, first, last, out, error) }
    }
}

extension rcv_scalar {
    init(_ numbers: [Double]) {
        func at(_ index: Int) -> Double { index < numbers.count ? numbers[index] : 0 }
        self.init(v: (at(0), at(1), at(2), at(3)))
    }

    /// The first numbers.
    func numbers(_ count: Int) -> [Double] { Array([v.0, v.1, v.2, v.3].prefix(count)) }
}
