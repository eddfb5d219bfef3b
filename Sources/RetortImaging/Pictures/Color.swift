// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// A colour of 8 bits per channel, as people write it: red, green, blue.
public struct Color: Sendable, Hashable, CustomStringConvertible {
    /// Red, 0–255.
    public var red: UInt8
    /// Green, 0–255.
    public var green: UInt8
    /// Blue, 0–255.
    public var blue: UInt8
    /// How opaque, 0–255.
    public var alpha: UInt8

    /// Makes a colour.
    ///
    /// - Parameters:
    ///   - red: Red, 0–255.
    ///   - green: Green, 0–255.
    ///   - blue: Blue, 0–255.
    ///   - alpha: How opaque, 0–255.
    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }

    /// Reads `#rgb`, `#rrggbb` or `#rrggbbaa`, with or without the `#`, as CSS writes them.
    ///
    /// - Parameter hex: The text.
    public init?(hex: String) {
        var digits: [UInt8] = []
        for byte in hex.utf8.first == 0x23 ? Array(hex.utf8.dropFirst()) : Array(hex.utf8) {
            switch byte {
            case 0x30...0x39: digits.append(byte - 0x30)
            case 0x41...0x46: digits.append(byte - 0x41 + 10)
            case 0x61...0x66: digits.append(byte - 0x61 + 10)
            default: return nil
            }
        }
        switch digits.count {
        case 3: self.init(red: digits[0] * 17, green: digits[1] * 17, blue: digits[2] * 17)
        case 6, 8:
            let values = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
            self.init(red: values[0], green: values[1], blue: values[2], alpha: values.count == 4 ? values[3] : 255)
        default: return nil
        }
    }

    /// Black.
    public static let black = Color(red: 0, green: 0, blue: 0)
    /// White.
    public static let white = Color(red: 255, green: 255, blue: 255)
    /// The grey that networks are trained to see around a letterboxed picture.
    public static let letterbox = Color(red: 114, green: 114, blue: 114)
    /// Nothing.
    public static let clear = Color(red: 0, green: 0, blue: 0, alpha: 0)
    /// Pure yellow.
    public static let yellow = Color(red: 255, green: 255, blue: 0)
    /// Pure green.
    public static let green = Color(red: 0, green: 255, blue: 0)

    /// How bright the colour looks, 0–255, by the weights of ITU-R BT.601.
    public var brightness: Double { 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue) }

    /// `#rrggbb`, with the alpha where it is not full.
    public var description: String {
        let digits = Array("0123456789abcdef")
        let bytes = alpha == 255 ? [red, green, blue] : [red, green, blue, alpha]
        return bytes.reduce(into: "#") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }

    /// The colour as the channels of a picture have it.
    func scalar(in image: Image) -> rcv_scalar { scalar(image.colorSpace, image.depth) }

    /// The colour in a colour space and a depth.
    func scalar(_ space: ColorSpace, _ depth: Depth) -> rcv_scalar {
        let factor = depth.maximum / 255
        let (r, g, b, a) = (Double(red), Double(green), Double(blue), Double(alpha))
        let values: (Double, Double, Double, Double) =
            switch space {
            case .gray: (brightness.rounded(), 0, 0, 0)
            case .rgb, .rgba: (r, g, b, a)
            default: (b, g, r, a)
            }
        return rcv_scalar(v: (values.0 * factor, values.1 * factor, values.2 * factor, values.3 * factor))
    }
}
