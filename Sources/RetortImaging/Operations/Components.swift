// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// A connected area of white pixels.
public struct Component: Sendable, Hashable {
    /// The upright box around it.
    public var bounds: Box
    /// How many pixels it has.
    public var area: Int
    /// Its centre of mass.
    public var centroid: Point
}

/// The connected areas of a picture.
public struct Components: Sendable {
    /// The number of each pixel's area, from 1; 0 is the background.
    ///
    /// One channel of int32.
    public let labels: Image
    /// The areas; number n of `labels` is at `n - 1`.
    public let components: [Component]

    /// White where one area is.
    ///
    /// - Parameter index: Which, from 0.
    /// - Returns: A mask, grey of 8 bits.
    /// - Throws: `ImagingError` when memory is short.
    public func mask(of index: Int) throws -> Image {
        try labels.mask(from: [Double(index + 1)], to: [Double(index + 1)])
    }
}

extension Image {
    /// Finds the connected white areas of a picture of black and white.
    ///
    /// - Parameters:
    ///   - diagonal: Whether areas that touch at corners are one.
    ///   - most: The most areas; more are an error.
    /// - Returns: The areas.
    /// - Throws: `ImagingError` with the code `tooLarge` when there are more.
    public func connectedComponents(diagonal: Bool = true, most: Int = 100_000) throws -> Components {
        let source = try gray8()
        var found = rcv_buffer()
        defer { rcv_buffer_free(found) }
        let labels = try making(.data) { out, error in
            rcv_components(source.storage.handle, diagonal ? 8 : 4, max(0, most) + 1, out, &found, error)
        }
        let components = found.elements(of: rcv_component.self).dropFirst().map { one in
            Component(bounds: Box(one.bounds), area: Int(one.area), centroid: Point(one.x, one.y))
        }
        return Components(labels: labels, components: Array(components))
    }
}
