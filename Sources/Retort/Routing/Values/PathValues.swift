// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The decoded values that a route found in a path, in the order in which a handler asks for them.
///
/// First come the variables of the host, then those of the path from left to right, then the defaults of the route.
public struct PathValues: Sendable, Hashable {
    /// All texts one behind the other with NUL between, which no path can hold.
    ///
    /// One `String` means one allocation at most, and none for up to 15 bytes. The segments of a rest are divided in
    /// the same way; it comes last.
    let joined: String

    /// Where in `joined` the next value starts.
    private var offset: UInt32 = 0

    /// The number of values, which is small.
    ///
    /// Three bytes instead of three words make a match cheaper to hand on.
    private let number: UInt8

    /// How many values were taken.
    private var taken: UInt8 = 0

    /// Whether the last value is the rest of a path.
    let endsWithRest: Bool

    /// Creates the values of a route without variables.
    public init() { self.init(joined: "", count: 0, endsWithRest: false) }

    /// Creates values from texts, as a test may want them.
    ///
    /// - Parameter texts: Decoded texts, 255 at most. A NUL in one is dropped.
    public init(_ texts: [String]) {
        let texts = texts.prefix(Int(UInt8.max))
        let parts = texts.map { $0.utf8.contains(0) ? String(decoding: $0.utf8.filter { $0 != 0 }, as: UTF8.self) : $0 }
        self.init(joined: parts.joined(separator: "\0"), count: texts.count, endsWithRest: false)
    }

    init(joined: String, count: Int, endsWithRest: Bool) {
        self.joined = joined
        self.number = UInt8(clamping: count)
        self.endsWithRest = endsWithRest
    }

    /// The number of values.
    public var count: Int { Int(number) }

    /// Whether there is no value.
    public var isEmpty: Bool { number == 0 }

    /// The decoded texts; the segments of a rest are joined by slashes.
    public var texts: [String] {
        var copy = self
        copy.taken = 0
        copy.offset = 0
        var result: [String] = []
        result.reserveCapacity(count)
        while let text = copy.nextText() { result.append(text) }
        return result
    }

    /// The decoded text of a value.
    ///
    /// - Parameter index: Its place, from 0.
    /// - Returns: Nil when there is no such place.
    public subscript(index: Int) -> String? {
        guard index >= 0, index < count else { return nil }
        var copy = self
        copy.taken = 0
        copy.offset = 0
        for _ in 0..<index { _ = copy.nextRange() }
        return copy.nextText()
    }

    /// Takes the next value, from left to right.
    ///
    /// - Parameter type: The type to read it as.
    /// - Returns: Nil when all are taken, or when the text is not such a value. A failed attempt takes the value too.
    public mutating func next<Value: PathValue>(_ type: Value.Type = Value.self) -> Value? {
        if Value.self == RestOfPath.self, endsWithRest, taken &+ 1 == number {
            guard let range = nextRange() else { return nil }
            return RestOfPath(segments: segments(range)) as? Value
        }
        guard let text = nextText() else { return nil }
        return Value(pathText: text)
    }

    /// Takes the next value as text.
    mutating func nextText() -> String? {
        let isRest = endsWithRest && taken &+ 1 == number
        guard let range = nextRange() else { return nil }
        if isRest { return segments(range).joined(separator: "/") }
        return text(range)
    }

    /// Takes the bytes of the next value.
    private mutating func nextRange() -> Range<Int>? {
        guard taken < number else { return nil }
        taken += 1
        let start = Int(offset)
        guard taken < number else {
            offset = UInt32(truncatingIfNeeded: joined.utf8.count)
            return start..<joined.utf8.count
        }
        let bytes = joined.utf8.span
        var end = start
        while end < bytes.count, bytes[end] != 0 { end += 1 }
        offset = UInt32(truncatingIfNeeded: end + 1)
        return start..<end
    }

    private func text(_ range: Range<Int>) -> String {
        if range.lowerBound == 0, range.upperBound == joined.utf8.count { return joined }
        let utf8 = joined.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        return String(joined[start..<utf8.index(start, offsetBy: range.count)])
    }

    private func segments(_ range: Range<Int>) -> [String] {
        text(range).utf8.split(separator: 0, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
}
