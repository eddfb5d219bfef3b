// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a picture is to be decoded: what is not needed is not made.
///
/// The colour, the depth and the alpha are normalised, so that code behind it sees one kind of picture: `standard` gives
/// BGR of 8 bits, upright, in sRGB, transparent parts over white.
public struct DecodePlan: Sendable, Hashable {
    /// The colours that are wanted.
    public enum Colors: Sendable, Hashable {
        /// Blue, green, red.
        case bgr
        /// One channel of brightness; a JPEG is decoded to it directly, which halves the work.
        ///
        /// It is what the file stores as luma. OpenCV's `IMREAD_GRAYSCALE` gives the same.
        case gray
        /// Blue, green, red, alpha; opaque where the file has no alpha.
        case bgra
        /// As the file has it: grey stays grey, and alpha stays.
        case asStored
    }

    /// A size below which a picture would lose what is looked for.
    public enum Enough: Sendable, Hashable {
        /// The longer side has at least so many pixels.
        case longestSide(Int)
        /// Both sides have at least so many pixels.
        case shortestSide(Int)
    }

    /// The colours that are wanted.
    public var colors = Colors.bgr
    /// The most pixels of the longer side; a larger picture is made smaller.
    ///
    /// A JPEG is decoded at a half, a quarter or an
    /// eighth of its size where that is enough.
    public var longestSide: Int?
    /// How large is large enough, or `nil` for the size of the file.
    ///
    /// A JPEG is decoded at a half, a quarter or an eighth of its size where it still has so many pixels then. Nothing is
    /// scaled besides, as for networks, which scale what they get in any case.
    public var enough: Enough?
    /// Whether 16 bits a channel are kept where the file has them; else 8.
    public var keepsDepth = false
    /// Whether the EXIF orientation is applied.
    public var upright = true
    /// Whether an embedded colour profile is converted to sRGB.
    public var convertsProfile = true
    /// What lies behind transparent pixels when the alpha is dropped.
    public var background = Color.white
    /// Which frame of an animation, from 0.
    public var frame = 0

    /// Makes a plan.
    ///
    /// - Parameters:
    ///   - colors: The colours that are wanted.
    ///   - longestSide: The most pixels of the longer side, or `nil` for the size of the file.
    public init(colors: Colors = .bgr, longestSide: Int? = nil) {
        self.colors = colors
        self.longestSide = longestSide
    }

    /// Makes a plan for BGR of 8 bits that need not be larger than is enough.
    ///
    /// - Parameter enough: How many pixels are enough.
    public init(enough: Enough) { self.enough = enough }

    /// BGR of 8 bits at full size.
    public static let standard = DecodePlan()
    /// Grey of 8 bits at full size.
    public static let gray = DecodePlan(colors: .gray)

    /// The divisor, 1, 2, 4 or 8, at which a JPEG of this size is still large enough.
    func reduction(of size: Size) -> Int {
        let (side, least): (Int, Int) =
            switch (longestSide, enough) {
            case (let longestSide?, _): (size.longestSide, longestSide)
            case (nil, .longestSide(let least)): (size.longestSide, least)
            case (nil, .shortestSide(let least)): (min(size.width, size.height), least)
            case (nil, nil): (0, 0)
            }
        guard least > 0 else { return 1 }
        return [8, 4, 2].first { (side + $0 - 1) / $0 >= least } ?? 1
    }
}
