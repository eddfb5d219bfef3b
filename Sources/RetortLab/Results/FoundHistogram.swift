// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortImaging
import RetortWire

/// A histogram, as JSON or as a chart.
public struct FoundHistogram: DrawnResult, SchemaDescribing {
    /// The histogram.
    public var histogram: Histogram

    /// Makes a result.
    ///
    /// - Parameter histogram: The histogram.
    public init(_ histogram: Histogram) { self.histogram = histogram }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes `{"histogram": {"blue": [...], …}}`.
    ///
    /// - Parameter encoder: Where it goes.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Name.self)
        var channels = values.nestedContainer(keyedBy: Name.self, forKey: Name(stringValue: "histogram"))
        for (name, counts) in zip(histogram.names, histogram.counts) {
            // Counts of pixels are whole numbers.
            try channels.encode(counts.map { Int($0) }, forKey: Name(stringValue: name))
        }
    }

    /// Draws a chart: a filled curve for each channel, on a dark ground.
    ///
    /// - Parameter image: Not shown.
    /// - Returns: A picture of 800×400 pixels.
    /// - Throws: What drawing throws.
    public func drawn(on image: Image) throws -> Image {
        let (width, height, margin) = (800.0, 400.0, 16.0)
        let ground = Color(red: 18, green: 20, blue: 26)
        let chart = try Image(size: Size(width: Int(width), height: Int(height)), filledWith: ground)
        let colors: [String: Color] = [
            "blue": Color(red: 77, green: 139, blue: 255), "green": Color(red: 46, green: 230, blue: 130),
            "red": Color(red: 255, green: 92, blue: 92), "gray": Color(red: 220, green: 224, blue: 232),
        ]
        let highest = max(1, histogram.counts.flatMap { $0 }.max() ?? 1)
        return try chart.drawing { canvas in
            for step in 0...4 {
                let y = margin + (height - 2 * margin) * Double(step) / 4
                try canvas.line(
                    from: Point(margin, y), to: Point(width - margin, y), color: Color(red: 44, green: 48, blue: 58),
                    width: 1)
            }
            for (index, (name, counts)) in zip(histogram.names, histogram.counts).enumerated() {
                let color = colors[name] ?? Palette.standard[index]
                let points = counts.enumerated().map { bin, count in
                    Point(
                        margin + (width - 2 * margin) * Double(bin) / Double(max(1, counts.count - 1)),
                        height - margin - (height - 2 * margin) * count / highest)
                }
                try canvas.polygon(points, color: color, width: 2, closed: false)
            }
        }
    }

    /// What the JSON looks like.
    ///
    /// - Parameter table: Not needed.
    /// - Returns: The schema.
    public static func schema(in table: inout SchemaTable) -> Schema {
        var schema = Schema.object(
            [("histogram", .dictionary(of: .array(of: .number)).described("How many pixels fall in each bin."))],
            required: ["histogram"])
        schema["x-retort-kind"] = "histogram"
        return schema
    }
}
