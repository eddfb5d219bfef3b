// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// What the channels of a picture mean.
///
/// Ranges for 8 bits are OpenCV's: hue is 0–179 (degrees halved), everything else 0–255. For float pictures grey, BGR and
/// RGB run from 0 to 1, hue from 0 to 360.
/// Source: OpenCV's documentation, "Color conversions".
public enum ColorSpace: String, Sendable, Hashable, CaseIterable {
    /// One channel of brightness.
    case gray
    /// Blue, green, red: OpenCV's order, and what decoding gives.
    case bgr
    /// Blue, green, red, and how opaque the pixel is.
    case bgra
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, and how opaque the pixel is.
    case rgba
    /// Hue, saturation, value.
    case hsv
    /// Hue, lightness, saturation.
    case hls
    /// CIE L*a*b* under D65.
    case lab
    /// CIE L*u*v* under D65.
    case luv
    /// Luma and two differences of colour, ITU-R BT.601.
    case yCrCb = "ycrcb"
    /// CIE XYZ under D65.
    case xyz
    /// Luma and two differences of colour, as analogue television has them.
    case yuv
    /// Numbers that are no colours: labels, moves, responses.
    case data

    /// How many channels a pixel has; `nil` for `data`, which may have 1 to 4.
    public var channels: Int? {
        switch self {
        case .gray: 1
        case .bgra, .rgba: 4
        case .data: nil
        default: 3
        }
    }

    /// Whether the fourth channel says how opaque a pixel is.
    public var hasAlpha: Bool { self == .bgra || self == .rgba }

    /// The number of COpenCV.
    var code: Int32? {
        switch self {
        case .gray: Int32(RCV_GRAY)
        case .bgr: Int32(RCV_BGR)
        case .bgra: Int32(RCV_BGRA)
        case .rgb: Int32(RCV_RGB)
        case .rgba: Int32(RCV_RGBA)
        case .hsv: Int32(RCV_HSV)
        case .hls: Int32(RCV_HLS)
        case .lab: Int32(RCV_LAB)
        case .luv: Int32(RCV_LUV)
        case .yCrCb: Int32(RCV_YCRCB)
        case .xyz: Int32(RCV_XYZ)
        case .yuv: Int32(RCV_YUV)
        case .data: nil
        }
    }
}

/// What a channel of a pixel is stored as.
public enum Depth: Int32, Sendable, Hashable, CaseIterable {
    /// 8 bits, 0–255.
    case uint8 = 0
    /// 16 bits, 0–65,535.
    case uint16 = 2
    /// 16 bits with a sign; what derivatives of 8-bit pictures need.
    case int16 = 3
    /// 32 bits with a sign; what labels of components are.
    case int32 = 4
    /// 32-bit floating point; colours run from 0 to 1.
    case float32 = 5

    /// The bytes of one channel.
    public var bytes: Int {
        switch self {
        case .uint8: 1
        case .uint16, .int16: 2
        case .int32, .float32: 4
        }
    }

    /// The value of full brightness: 255, 65,535 or 1.
    public var maximum: Double {
        switch self {
        case .uint8: 255
        case .uint16: 65_535
        case .int16: 32_767
        case .int32: 2_147_483_647
        case .float32: 1
        }
    }
}
