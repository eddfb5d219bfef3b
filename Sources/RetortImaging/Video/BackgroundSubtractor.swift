// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// Tells what moves in front of a still background, frame by frame.
///
/// It learns from each frame, so it belongs to one stream of frames; it cannot be copied or shared by accident.
public struct BackgroundSubtractor: ~Copyable {
    private let handle: OpaquePointer

    /// How the background is modelled.
    public enum Method: Sendable, Hashable {
        /// A mixture of Gaussians for each pixel (Z. Zivkovic, 2004).
        case mixtureOfGaussians
        /// The nearest of the last values of each pixel (Z. Zivkovic, F. van der Heijden, 2006).
        case nearestNeighbors
    }

    /// Makes a subtractor that has seen nothing.
    ///
    /// - Parameters:
    ///   - method: How the background is modelled.
    ///   - history: How many frames matter, 1 to 10,000.
    ///   - threshold: How different a pixel must be; by default OpenCV's value for the method.
    ///   - marksShadows: Whether shadows get the value 127.
    /// - Throws: `ImagingError` for values out of range.
    public init(
        _ method: Method = .mixtureOfGaussians, history: Int = 500, threshold: Double? = nil, marksShadows: Bool = true
    ) throws {
        try Image.check(history, in: 1...10_000, "The history")
        var made: OpaquePointer?
        try call { error in
            rcv_background_create(
                method == .nearestNeighbors, clamped(history),
                threshold ?? (method == .nearestNeighbors ? 400 : 16), marksShadows, &made, error)
        }
        guard let made else { throw ImagingError(.outOfMemory, "No subtractor was made.") }
        handle = made
    }

    /// Looks at the next frame.
    ///
    /// - Parameters:
    ///   - frame: The frame, of one size for the whole stream.
    ///   - learningRate: How fast the background is learnt, 0 to 1; below 0 it is chosen.
    /// - Returns: A mask, grey of 8 bits: 255 what moves, 127 its shadows, 0 the background.
    /// - Throws: `ImagingError` when the frame does not fit.
    public mutating func foreground(of frame: Image, learningRate: Double = -1) throws -> Image {
        let source = try frame.color8()
        let handle = handle
        return try making(.gray) { out, error in
            rcv_background_apply(handle, source.storage.handle, learningRate, out, error)
        }
    }

    deinit { rcv_background_free(handle) }
}
