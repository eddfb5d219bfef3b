// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Pictures of three shapes on a ground that goes from one colour to another, as PNG.
enum SamplePicture {
    /// A shape and its place, in shares of the picture.
    struct Shape {
        var label: String
        var score: Double
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double
    }

    static let shapes = [
        Shape(label: "circle", score: 0.97, left: 0.08, top: 0.2, right: 0.34, bottom: 0.72),
        Shape(label: "square", score: 0.82, left: 0.42, top: 0.3, right: 0.62, bottom: 0.7),
        Shape(label: "triangle", score: 0.41, left: 0.7, top: 0.16, right: 0.94, bottom: 0.68),
    ]

    /// A picture, whose ground is blue at a warmth of 0 and red at 1.
    static func png(width: Int = 960, height: Int = 480, warmth: Double = 0.3) throws -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(height * (width * 3 + 1))
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width {
                rows += pixel(Double(x) / Double(width), Double(y) / Double(height), warmth)
            }
        }
        var header = number(width) + number(height)
        header += [8, 2, 0, 0, 0]
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", header)
        file += chunk("IDAT", try Deflater.compress(rows, format: .zlib))
        return file + chunk("IEND", [])
    }

    private static func pixel(_ x: Double, _ y: Double, _ warmth: Double) -> [UInt8] {
        for shape in shapes where contains(shape, x, y) {
            switch shape.label {
            case "circle": return [250, 214, 120]
            case "square": return [236, 110, 92]
            default: return [104, 196, 170]
            }
        }
        let light = 0.35 + 0.4 * (1 - y) + 0.1 * x
        return [0.3 + warmth * 0.7, 0.62, 1 - warmth * 0.6].map { UInt8(min(255, $0 * light * 255)) }
    }

    private static func contains(_ shape: Shape, _ x: Double, _ y: Double) -> Bool {
        let across = (x - shape.left) / (shape.right - shape.left)
        let down = (y - shape.top) / (shape.bottom - shape.top)
        guard (0...1).contains(across), (0...1).contains(down) else { return false }
        switch shape.label {
        case "circle": return (across - 0.5) * (across - 0.5) + (down - 0.5) * (down - 0.5) <= 0.25
        case "square": return true
        default: return abs(across - 0.5) <= down / 2
        }
    }

    /// Width and height of a PNG; nil for what is none.
    static func size(of png: [UInt8]) -> (width: Int, height: Int)? {
        guard png.count > 24, png.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        func number(_ start: Int) -> Int { png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (number(16), number(20))
    }

    private static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func chunk(_ kind: String, _ bytes: [UInt8]) -> [UInt8] {
        let content = Array(kind.utf8) + bytes
        return number(bytes.count) + content + number(Int(Checksum.crc32(content)))
    }
}
