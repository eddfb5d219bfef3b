// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a cascade looks for things.
public struct CascadeSettings: Sendable, Hashable {
    /// How much larger the next size is that is looked for, above 1 up to 4; near 1 is slow and thorough.
    public var scaleFactor = 1.1
    /// How many neighbours agree at least, 0 to 100; more means fewer false ones.
    public var minimumNeighbors = 5
    /// The smallest thing in pixels of the picture that is given.
    public var minimumSize = Size(width: 25, height: 25)
    /// The largest thing in pixels; `nil` for any.
    public var maximumSize: Size?

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - scaleFactor: How much larger the next size is, above 1 up to 4.
    ///   - minimumNeighbors: How many neighbours agree at least, 0 to 100.
    ///   - minimumSize: The smallest thing in pixels.
    ///   - maximumSize: The largest thing in pixels; `nil` for any.
    public init(
        scaleFactor: Double = 1.1, minimumNeighbors: Int = 5, minimumSize: Size = Size(width: 25, height: 25),
        maximumSize: Size? = nil
    ) {
        (self.scaleFactor, self.minimumNeighbors) = (scaleFactor, minimumNeighbors)
        (self.minimumSize, self.maximumSize) = (minimumSize, maximumSize)
    }

    func check() throws(ImagingError) {
        guard scaleFactor >= 1.001, scaleFactor <= 4, (0...100).contains(minimumNeighbors), minimumSize.width >= 0,
            minimumSize.height >= 0
        else {
            throw ImagingError(
                .badArgument, "A cascade takes a scale factor above 1 up to 4, 0 to 100 neighbours, and a size.")
        }
    }
}
