// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The shape of paths: literals and variables, such as `/posts/{id}`, `/v{major}.{minor}` or `/files/{path...}`.
///
/// - `{name}` matches one segment, or what literals leave of it, and never matches an empty text.
/// - `{name...}` matches all that is left, slashes included. It must come last.
/// - `{{` and `}}` stand for braces.
///
/// Write literals as people read them, `/café`: a request may encode them as it likes. A slash at the end counts: a
/// route for `/posts/` also answers `/posts`, with a redirection, and a route for `/posts` does not answer `/posts/`.
public struct PathPattern: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The segments between the slashes; `/` has one empty segment.
    let segments: [PatternSegment]

    /// Reads a pattern.
    ///
    /// - Parameter text: The pattern, which starts with a slash.
    /// - Throws: ``RoutingError`` with `malformedPattern` and the position of the mistake, or `limitExceeded`.
    public init(parsing text: String) throws {
        var scanner = try PatternScanner(text)
        guard scanner.bytes.first == UInt8(ascii: "/") else {
            throw scanner.malformed("a path starts with a slash. Write \"/\(text)\".", at: 0)
        }
        var segments: [PatternSegment] = []
        while !scanner.isAtEnd {
            scanner.index += 1
            let start = scanner.index
            if let last = segments.last, let rest = last.variables.first(where: \.takesRest) {
                throw scanner.malformed("\(rest.text) takes all that is left, so nothing can follow it.", at: start - 1)
            }
            let segment = try scanner.segment(until: UInt8(ascii: "/"), allowing: Self.complaint)
            try Self.check(segment, of: scanner, at: start)
            segments.append(segment)
        }
        if segments.count > 1, segments[0].pieces.isEmpty {
            throw scanner.malformed("a path does not start with two slashes.", at: 1)
        }
        if segments.count > PatternScanner.mostSegments {
            throw RoutingError(
                .limitExceeded, "A path has at most \(PatternScanner.mostSegments) segments: \"\(text)\".")
        }
        self.segments = segments
    }

    /// Reads a pattern that stands in the source; a malformed one stops the program with a sentence.
    ///
    /// - Parameter value: The pattern.
    public init(stringLiteral value: String) {
        do {
            try self.init(parsing: value)
        } catch {
            stopAtStartUp("The path pattern is malformed. \(error)")
        }
    }

    init(segments: [PatternSegment]) { self.segments = segments }

    /// The names of the variables from left to right.
    public var variableNames: [String] { variables.map(\.name) }

    /// Whether the last variable takes the rest of the path.
    public var takesRest: Bool { segments.last?.takesRest ?? false }

    /// The pattern as it would be written.
    public var description: String {
        segments.map { "/" + PatternText.text($0) }.joined()
    }

    /// Puts this pattern, a prefix, in front of another: `/blog` and `/{id}` give `/blog/{id}`.
    ///
    /// A slash at the end of the prefix counts once; `/blog` and `/` give `/blog/`.
    ///
    /// - Parameter other: What follows.
    /// - Returns: The whole pattern.
    /// - Throws: ``RoutingError`` when a name stands in both, or when the prefix takes the rest of the path.
    public func appending(_ other: PathPattern) throws -> PathPattern {
        var front = segments
        if front.last?.pieces.isEmpty == true { front.removeLast() }
        // Reading the text again checks names, limits and the place of the rest over the whole.
        return try PathPattern(parsing: PathPattern(segments: front).description + other.description)
    }

    var variables: [PatternVariable] { segments.flatMap(\.variables) }

    /// The segments without the empty ones that are not last: how `//` is read when slashes are merged.
    var merged: PathPattern {
        var kept = segments.dropLast().filter { !$0.pieces.isEmpty }
        if let last = segments.last { kept.append(last) }
        return PathPattern(segments: kept)
    }

    private static func complaint(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "?"): "a query is no part of a route. Ask for it in the handler, as Query<…>."
        case UInt8(ascii: "#"): "a fragment never reaches a server. Leave it out."
        case UInt8(ascii: "%"):
            "write the character itself, as in \"/a b\": requests are decoded before they are compared."
        case 0..<0x20, 0x7F: "control characters cannot stand in a path."
        default: nil
        }
    }

    private static func check(_ segment: PatternSegment, of scanner: PatternScanner, at start: Int) throws(RoutingError)
    {
        if let literal = segment.literal, DotSegments.isOne(literal) {
            throw scanner.malformed(
                "clients resolve the segments . and .. before they ask, so this never matches.", at: start)
        }
        let variables = segment.variables
        guard let rest = variables.first(where: \.takesRest) else { return }
        if variables.count > 1 {
            throw scanner.malformed(
                "\(rest.text) can share its segment with text before it, but not with another variable.", at: start)
        }
        if segment.pieces.last != .variable(rest) {
            throw scanner.malformed("\(rest.text) takes all that is left, so no text can follow it.", at: start)
        }
    }
}

/// Patterns as text.
enum PatternText {
    /// The segment as it is written in a pattern.
    static func text(_ segment: PatternSegment) -> String {
        segment.pieces.map { piece in
            switch piece {
            case .variable(let variable): return variable.text
            case .literal(let bytes):
                var escaped: [UInt8] = []
                for byte in bytes {
                    escaped.append(byte)
                    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") { escaped.append(byte) }
                }
                return String(decoding: escaped, as: UTF8.self)
            }
        }.joined()
    }
}
