// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A pattern that a whole text must fit, checked in time linear in its length.
///
/// The language is the part of regular expressions that browsers and JSON Schema share and that needs no
/// backtracking: characters, `.`, classes such as `[a-z0-9_]` and `[^,]`, `\d`, `\w`, `\s` and their opposites,
/// groups, `|`, `?`, `*`, `+`, `{2}`, `{2,}`, `{2,5}`. A `^` at the start and a `$` at the end say what holds anyway.
/// Classes with a backslash mean ASCII.
///
///     @Field(length: 1...40, matching: "[a-z][a-z0-9-]*") var slug: String
///
/// Source: ECMA-262 §22.2, as JSON Schema 2020-12 §6.4 recommends it.
public struct FieldPattern: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The pattern with `^` and `$`, as documents have it.
    public let text: String

    private let program: [PatternStep]

    /// Reads a pattern that stands in the source; one that cannot be read stops the program with a sentence.
    ///
    /// - Parameter value: The pattern.
    public init(stringLiteral value: String) {
        do {
            try self.init(parsing: value)
        } catch {
            stopAtStartUp("The pattern `\(value)` cannot be read: \(error.message)")
        }
    }

    /// Reads a pattern.
    ///
    /// - Parameter pattern: The pattern.
    /// - Throws: ``PatternError`` that says what cannot be read.
    public init(parsing pattern: String) throws(PatternError) {
        var compiler = PatternCompiler(pattern)
        program = try compiler.compile()
        text = compiler.anchoredText
    }

    /// The pattern with `^` and `$`.
    public var description: String { text }

    /// Whether a text fits as a whole.
    ///
    /// - Parameter text: The text.
    /// - Returns: Whether it fits.
    /// - Complexity: O(*n* · *m*), where *n* is the length of the text and *m* that of the pattern.
    public func matches(_ text: String) -> Bool {
        var current = PatternStates(program.count)
        var next = PatternStates(program.count)
        current.add(0, program)
        for scalar in text.unicodeScalars {
            next.removeAll()
            for state in current.list {
                if case .scalar(let set) = program[state], set.contains(scalar) { next.add(state + 1, program) }
            }
            if next.list.isEmpty { return false }
            swap(&current, &next)
        }
        return current.list.contains { program[$0] == .end }
    }
}

/// A pattern that cannot be read.
public struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found, and what to do.
    public var message: String

    /// The sentence.
    public var description: String { message }
}

/// What stands for one character.
struct PatternSet: Sendable, Hashable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isNegated
    }
}

/// A step of a pattern: the next one follows it in the program, unless it says others.
enum PatternStep: Sendable, Hashable {
    case scalar(PatternSet)
    case either(Int, Int)
    case go(Int)
    case end
}

/// The steps that a text may have come to, each once.
private struct PatternStates {
    private(set) var list: [Int] = []
    private var isIn: [Bool]

    init(_ count: Int) { isIn = [Bool](repeating: false, count: count) }

    mutating func removeAll() {
        for state in list { isIn[state] = false }
        for state in passed { isIn[state] = false }
        list.removeAll(keepingCapacity: true)
        passed.removeAll(keepingCapacity: true)
    }

    /// Steps without a character that were passed through.
    private var passed: [Int] = []

    mutating func add(_ start: Int, _ program: [PatternStep]) {
        var waiting = [start]
        while let state = waiting.popLast() {
            guard !isIn[state] else { continue }
            isIn[state] = true
            switch program[state] {
            case .scalar, .end: list.append(state)
            case .go(let target):
                passed.append(state)
                waiting.append(target)
            case .either(let first, let second):
                passed.append(state)
                waiting.append(second)
                waiting.append(first)
            }
        }
    }
}
