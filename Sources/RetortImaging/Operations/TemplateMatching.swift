// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// How a pattern is compared with the places of a picture.
public enum TemplateMethod: Int32, Sendable, Hashable, CaseIterable {
    /// The squared difference: small is alike.
    case squaredDifference = 0
    /// The squared difference, normalised: 0 is equal.
    case normalizedSquaredDifference = 1
    /// The correlation: large is alike.
    case correlation = 2
    /// The correlation, normalised: 1 is equal.
    case normalizedCorrelation = 3
    /// The correlation of what differs from the mean: large is alike.
    case coefficient = 4
    /// The correlation of what differs from the mean, normalised: 1 is equal, and changes of light matter little.
    case normalizedCoefficient = 5

    /// Whether small numbers are good matches.
    public var smallIsGood: Bool { self == .squaredDifference || self == .normalizedSquaredDifference }
}

/// A place where a pattern was found.
public struct TemplateMatch: Sendable, Hashable, Codable {
    /// Where, as large as the pattern.
    public var box: Box
    /// The number of the method.
    public var score: Double
}

extension Image {
    /// How well a pattern fits at each place.
    ///
    /// - Parameters:
    ///   - pattern: A picture of the same depth and channels, not larger than this one.
    ///   - method: How they are compared.
    /// - Returns: One channel of float32, one number for each place of the pattern's upper left corner.
    /// - Throws: `ImagingError` when the pattern does not fit.
    public func templateResponse(of pattern: Image, _ method: TemplateMethod = .normalizedCoefficient) throws -> Image {
        guard depth == pattern.depth, channels == pattern.channels else {
            throw ImagingError(
                .badArgument, "The pattern is \(pattern), the picture \(self): convert one to the other.")
        }
        return try making(.data) { out, error in
            rcv_match_template(storage.handle, pattern.storage.handle, method.rawValue, nil, out, error)
        }
    }

    /// Finds a pattern.
    ///
    /// - Parameters:
    ///   - pattern: A picture of the same depth and channels, not larger than this one.
    ///   - minimumScore: The least score of a match, by the normalised coefficient: -1 to 1.
    ///   - most: The most matches.
    /// - Returns: The best places, best first; none overlaps a better one by more than half.
    /// - Throws: `ImagingError` when the pattern does not fit.
    public func matches(of pattern: Image, minimumScore: Double = 0.8, most: Int = 10) throws -> [TemplateMatch] {
        let response = try templateResponse(of: pattern)
        let columns = response.width
        var candidates: [(score: Float, place: Int)] = []
        try response.withBytes { bytes in
            bytes.withUnsafeBytes { memory in
                for (place, score) in memory.bindMemory(to: Float.self).enumerated()
                where score.isFinite && Double(score) >= minimumScore { candidates.append((score, place)) }
            }
        }
        candidates.sort { $0.score > $1.score }
        var found: [TemplateMatch] = []
        for candidate in candidates where found.count < most {
            let box = Box(
                x: candidate.place % columns, y: candidate.place / columns, width: pattern.width, height: pattern.height
            )
            if found.allSatisfy({ $0.box.intersectionOverUnion(box) < 1.0 / 3 }) {
                found.append(TemplateMatch(box: box, score: Double(candidate.score)))
            }
        }
        return found
    }
}
