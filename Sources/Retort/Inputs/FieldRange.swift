// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A range that a field can be limited to: `0...1`, `0..<360`, `1...` or `...100`.
public protocol FieldRange<Bound> {
    /// The type of the values.
    associatedtype Bound: Comparable

    /// The lowest value; nil for a range without one.
    var lowest: Bound? { get }

    /// The highest value; nil for a range without one.
    var highest: Bound? { get }

    /// Whether the highest value itself is outside.
    var excludesHighest: Bool { get }
}

extension FieldRange {
    /// No lowest value.
    public var lowest: Bound? { nil }

    /// No highest value.
    public var highest: Bound? { nil }

    /// The highest value belongs to the range.
    public var excludesHighest: Bool { false }
}

extension ClosedRange: FieldRange {
    /// The lower bound.
    public var lowest: Bound? { lowerBound }

    /// The upper bound.
    public var highest: Bound? { upperBound }
}

extension Range: FieldRange {
    /// The lower bound.
    public var lowest: Bound? { lowerBound }

    /// The upper bound.
    public var highest: Bound? { upperBound }

    /// The upper bound is outside.
    public var excludesHighest: Bool { true }
}

extension PartialRangeFrom: FieldRange {
    /// The lower bound.
    public var lowest: Bound? { lowerBound }
}

extension PartialRangeThrough: FieldRange {
    /// The upper bound.
    public var highest: Bound? { upperBound }
}

extension PartialRangeUpTo: FieldRange {
    /// The upper bound.
    public var highest: Bound? { upperBound }

    /// The upper bound is outside.
    public var excludesHighest: Bool { true }
}

/// The bounds of a range, as something that can be kept and sent.
struct FieldBounds<Bound: Comparable & Sendable>: Sendable {
    let lowest: Bound?
    let highest: Bound?
    let excludesHighest: Bool

    init(_ range: some FieldRange<Bound>) {
        lowest = range.lowest
        highest = range.highest
        excludesHighest = range.excludesHighest
    }

    func contains(_ value: Bound) -> Bool {
        if let lowest, !(lowest <= value) { return false }
        guard let highest else { return true }
        return excludesHighest ? value < highest : value <= highest
    }

    /// `from 0 to 1`, `at least 1`, `at most 9`, `below 9`, `at least 0 and below 360`.
    var sentence: String {
        let texts = (lowest.map(FieldNumber.text), highest.map(FieldNumber.text))
        return switch texts {
        case (let lowest?, let highest?) where lowest == highest && !excludesHighest: lowest
        case (let lowest?, let highest?):
            excludesHighest ? "at least \(lowest) and below \(highest)" : "from \(lowest) to \(highest)"
        case (let lowest?, nil): "at least \(lowest)"
        case (nil, let highest?): excludesHighest ? "below \(highest)" : "at most \(highest)"
        case (nil, nil): "anything"
        }
    }
}
