// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads a pattern into steps.
struct PatternCompiler {
    /// Steps of which the numbers are counted from the start of the part.
    private typealias Part = [PatternStep]

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    /// A pattern may become so many steps, and groups may stand in each other so deep.
    private static let mostSteps = 10_000
    private static let deepest = 50
    private static let mostRepeats = 1_000

    init(_ text: String) {
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "^" { scalars.removeFirst() }
        let isEscaped = scalars.dropLast().reversed().prefix { $0 == "\\" }.count % 2 == 1
        if scalars.last == "$", !isEscaped { scalars.removeLast() }
        self.scalars = scalars
    }

    /// The pattern as one that finds nothing else in a longer text.
    var anchoredText: String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return scalars.contains("|") ? "^(?:\(text))$" : "^\(text)$"
    }

    mutating func compile() throws(PatternError) -> [PatternStep] {
        var program = try alternatives()
        guard index == scalars.count else { throw complaint("there is a `)` without its `(`") }
        program.append(.end)
        return program
    }

    private func complaint(_ text: String) -> PatternError { PatternError(message: "At \(index + 1), \(text).") }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() throws(PatternError) -> Part {
        var result = try sequence()
        while take("|") {
            let other = try sequence()
            // Either this way and over the other, or the other.
            result =
                [.either(1, result.count + 2)] + Self.moved(result, by: 1) + [.go(result.count + 2 + other.count)]
                + Self.moved(other, by: result.count + 2)
        }
        return result
    }

    private mutating func sequence() throws(PatternError) -> Part {
        var result: Part = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let part = try repeated(try atom())
            result += Self.moved(part, by: result.count)
            guard result.count <= Self.mostSteps else { throw complaint("the pattern becomes too long") }
        }
        return result
    }

    private mutating func repeated(_ part: Part) throws(PatternError) -> Part {
        var result = part
        if take("*") {
            result = Self.loop(part)
        } else if take("+") {
            result = part + Self.moved(Self.loop(part), by: part.count)
        } else if take("?") {
            result = Self.maybe(part)
        } else if take("{") {
            result = try counted(part)
        } else {
            return part
        }
        // What is written lazily fits the same texts.
        _ = take("?")
        if let scalar = next, ["*", "+", "{", "?"].contains(scalar) {
            throw complaint("`\(scalar)` follows what is repeated already")
        }
        return result
    }

    private mutating func counted(_ part: Part) throws(PatternError) -> Part {
        guard let least = try number() else { throw complaint("a number must follow `{`; write `\\{` for the brace") }
        var most: Int? = least
        if take(",") { most = try number() }
        guard take("}") else { throw complaint("the `}` is missing") }
        if let most, most < least { throw complaint("the numbers in `{}` are the wrong way round") }
        guard (most ?? least) * max(part.count, 1) <= Self.mostSteps else {
            throw complaint("the pattern becomes too long")
        }
        var result: Part = []
        for _ in 0..<least { result += Self.moved(part, by: result.count) }
        guard let most else { return result + Self.moved(Self.loop(part), by: result.count) }
        for _ in least..<max(most, least) { result += Self.moved(Self.maybe(part), by: result.count) }
        return result
    }

    private mutating func number() throws(PatternError) -> Int? {
        var value: Int?
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
            guard (value ?? 0) <= Self.mostRepeats else {
                throw complaint("nothing is repeated more than \(Self.mostRepeats) times")
            }
            index += 1
        }
        return value
    }

    private static func loop(_ part: Part) -> Part {
        [.either(1, part.count + 2)] + moved(part, by: 1) + [.go(0)]
    }

    private static func maybe(_ part: Part) -> Part { [.either(1, part.count + 1)] + moved(part, by: 1) }

    private static func moved(_ part: Part, by distance: Int) -> Part {
        part.map { step in
            switch step {
            case .either(let first, let second): .either(first + distance, second + distance)
            case .go(let target): .go(target + distance)
            case .scalar, .end: step
            }
        }
    }

    private mutating func atom() throws(PatternError) -> Part {
        guard let scalar = next else { return [] }
        index += 1
        switch scalar {
        case ".": return [.scalar(PatternSet(ranges: [0x0A...0x0A, 0x0D...0x0D], isNegated: true))]
        case "[": return [.scalar(try set())]
        case "\\": return [.scalar(try escape())]
        case "(":
            guard depth < Self.deepest else { throw complaint("the groups stand too deep in each other") }
            if take("?"), !take(":") { throw complaint("of groups with `?`, only `(?:` is known") }
            depth += 1
            defer { depth -= 1 }
            let part = try alternatives()
            guard take(")") else { throw complaint("the `)` is missing") }
            return part
        case "*", "+", "?", "{": throw complaint("nothing stands before `\(scalar)` that could be repeated")
        case "^", "$": throw complaint("`\(scalar)` can only stand at the ends; write `\\\(scalar)` for the character")
        default: return [.scalar(PatternSet(ranges: [scalar.value...scalar.value]))]
        }
    }

    private mutating func escape() throws(PatternError) -> PatternSet {
        guard let scalar = next else { throw complaint("something must follow `\\`") }
        index += 1
        let digits: [ClosedRange<UInt32>] = [0x30...0x39]
        let words = digits + [0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
        let spaces: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20]
        switch scalar {
        case "d": return PatternSet(ranges: digits)
        case "D": return PatternSet(ranges: digits, isNegated: true)
        case "w": return PatternSet(ranges: words)
        case "W": return PatternSet(ranges: words, isNegated: true)
        case "s": return PatternSet(ranges: spaces)
        case "S": return PatternSet(ranges: spaces, isNegated: true)
        case "n": return PatternSet(ranges: [0x0A...0x0A])
        case "r": return PatternSet(ranges: [0x0D...0x0D])
        case "t": return PatternSet(ranges: [0x09...0x09])
        case "a"..."z", "A"..."Z", "0"..."9": throw complaint("`\\\(scalar)` is not known")
        default: return PatternSet(ranges: [scalar.value...scalar.value])
        }
    }

    private mutating func set() throws(PatternError) -> PatternSet {
        var set = PatternSet(ranges: [], isNegated: take("^"))
        while !take("]") {
            let first = try setMember()
            // `a-z`, but not `a-]`.
            guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
                set.ranges += first
                continue
            }
            index += 1
            let last = try setMember()
            guard let low = Self.single(first), let high = Self.single(last), low <= high else {
                throw complaint("the ends of a range are single characters, the lower one first")
            }
            set.ranges.append(low...high)
        }
        return set
    }

    private static func single(_ ranges: [ClosedRange<UInt32>]) -> UInt32? {
        guard ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }

    private mutating func setMember() throws(PatternError) -> [ClosedRange<UInt32>] {
        guard let scalar = next else { throw complaint("the `]` is missing") }
        index += 1
        guard scalar == "\\" else { return [scalar.value...scalar.value] }
        let escaped = try escape()
        guard !escaped.isNegated else { throw complaint("write `[^…]` for the opposite of a class") }
        return escaped.ranges
    }
}
