// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The whole numbers from one to another in steps, as `range()` gives them.
final class TemplateRange: TemplateObject {
    let start: Int
    let stop: Int
    let step: Int
    private let length: Int

    /// Creates a range.
    ///
    /// - Throws: ``TemplateError`` for a step of zero.
    init(_ start: Int, _ stop: Int, _ step: Int = 1) throws {
        guard step != 0 else { throw TemplateError(.value, "range() arg 3 must not be zero") }
        self.start = start
        self.stop = stop
        self.step = step
        let isEmpty = step > 0 ? start >= stop : start <= stop
        // The distance of two numbers of 64 bits fits into 64 bits without a sign.
        let distance = UInt(bitPattern: step > 0 ? stop &- start : start &- stop)
        let count = isEmpty ? 0 : (distance - 1) / step.magnitude + 1
        length = Int(clamping: count)
    }

    var typeName: String { "range" }
    var count: Int? { length }
    var text: String { step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))" }

    func number(_ index: Int) -> Int { start &+ index &* step }

    func item(_ key: TemplateValue) throws -> TemplateValue? {
        guard let index = key.integer else { return nil }
        let place = index < 0 ? length + index : index
        return (0..<length).contains(place) ? .int(number(place)) : nil
    }

    /// The most numbers that are made into a list.
    static let mostElements = 1_000_000

    func elements() throws -> [TemplateValue]? {
        guard length <= Self.mostElements else {
            throw TemplateError(.limit, "The range has more than \(Self.mostElements) numbers.")
        }
        return (0..<length).map { .int(number($0)) }
    }

    func holds(_ value: TemplateValue) throws -> Bool {
        guard let number = value.integer, step > 0 ? number >= start && number < stop : number <= start && number > stop
        else { return false }
        return UInt(bitPattern: number &- start) % step.magnitude == 0 || step.magnitude == 1
            || UInt(bitPattern: start &- number) % step.magnitude == 0
    }

    func isEqual(to other: TemplateValue) -> Bool? {
        guard case .object(let other) = other, let other = other as? TemplateRange else { return false }
        return length == other.length && (length == 0 || (start == other.start && (length == 1 || step == other.step)))
    }
}
