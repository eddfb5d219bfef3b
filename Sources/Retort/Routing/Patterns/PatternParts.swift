// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A variable in a pattern.
struct PatternVariable: Hashable, Sendable {
    /// The name between the braces.
    var name: String

    /// Whether it is written `{name...}` and takes all that is left.
    var takesRest: Bool

    /// As it is written.
    var text: String { takesRest ? "{\(name)...}" : "{\(name)}" }
}

/// Literal bytes or a variable.
enum PatternPiece: Hashable, Sendable {
    case literal([UInt8])
    case variable(PatternVariable)
}

/// What stands between two slashes of a pattern, or a whole host.
///
/// No two variables are neighbours, and no two literals.
struct PatternSegment: Hashable, Sendable {
    var pieces: [PatternPiece]

    /// The bytes, if there is no variable.
    var literal: [UInt8]? {
        switch pieces.first {
        case nil: []
        case .literal(let bytes) where pieces.count == 1: bytes
        default: nil
        }
    }

    var variables: [PatternVariable] {
        pieces.compactMap { piece in
            if case .variable(let variable) = piece { variable } else { nil }
        }
    }

    /// Whether the segment is the last and takes all that is left.
    var takesRest: Bool { variables.contains { $0.takesRest } }
}

/// Reads the pieces of patterns: literals, `{name}`, `{name...}`, and `{{` and `}}` for the braces themselves.
struct PatternScanner {
    static let mostBytes = 4_096
    static let mostVariables = 64
    static let mostSegments = 256

    let text: String
    let bytes: [UInt8]
    var index = 0
    var names: Set<String> = []

    init(_ text: String) throws(RoutingError) {
        self.text = text
        self.bytes = Array(text.utf8)
        if bytes.count > Self.mostBytes {
            throw RoutingError(
                .limitExceeded, "A pattern has at most \(Self.mostBytes) bytes; this one has \(bytes.count).")
        }
    }

    var isAtEnd: Bool { index >= bytes.count }

    /// An error that shows the pattern and the place.
    func malformed(_ sentence: String, at position: Int) -> RoutingError {
        RoutingError(.malformedPattern, "\"\(text)\", byte \(position): \(sentence)", position: position)
    }

    /// Reads pieces up to a byte that ends the segment, or to the end.
    mutating func segment(until end: UInt8?, allowing isLegal: (UInt8) -> String?) throws(RoutingError)
        -> PatternSegment
    {
        var pieces: [PatternPiece] = []
        var literal: [UInt8] = []
        while !isAtEnd, bytes[index] != end {
            let byte = bytes[index]
            let isDoubled = index + 1 < bytes.count && bytes[index + 1] == byte
            switch byte {
            case UInt8(ascii: "{") where !isDoubled:
                let start = index
                let variable = try variable()
                if !literal.isEmpty {
                    pieces.append(.literal(literal))
                } else if case .variable(let last)? = pieces.last {
                    throw malformed(
                        "the variables \(last.text) and \(variable.text) touch, so nobody could tell where one ends. "
                            + "Put a literal between them, as in \(last.text)-\(variable.text).", at: start)
                }
                literal = []
                pieces.append(.variable(variable))
            case UInt8(ascii: "}") where !isDoubled:
                throw malformed("this } closes nothing. Write {name}, or }} for the brace itself.", at: index)
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                literal.append(byte)
                index += 2
            default:
                if let complaint = isLegal(byte) { throw malformed(complaint, at: index) }
                literal.append(byte)
                index += 1
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        return PatternSegment(pieces: pieces)
    }

    /// Reads `{name}` or `{name...}`.
    private mutating func variable() throws(RoutingError) -> PatternVariable {
        let start = index
        guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else {
            throw malformed("this { is never closed. Write {name}, or {{ for the brace itself.", at: start)
        }
        var name = bytes[(start + 1)..<close]
        let dots = Array("...".utf8)
        let takesRest = name.suffix(3).elementsEqual(dots)
        if takesRest { name = name.dropLast(3) }
        if name.isEmpty { throw malformed("the variable has no name. Write {name} or {name...}.", at: start) }
        for (place, byte) in zip(name.indices, name) {
            let isDigit = byte.isASCIIDigit && place > name.startIndex
            guard byte.isASCIILetter || byte == UInt8(ascii: "_") || isDigit else {
                throw malformed(
                    "a name has letters, digits and _, and does not start with a digit. The type stands in the "
                        + "handler: { (id: Int) in … }.", at: place)
            }
        }
        let word = String(decoding: name, as: UTF8.self)
        if !names.insert(word).inserted {
            throw malformed("the name \(word) stands twice. Give the second variable another name.", at: start)
        }
        if names.count > Self.mostVariables {
            throw RoutingError(.limitExceeded, "A pattern has at most \(Self.mostVariables) variables: \"\(text)\".")
        }
        index = close + 1
        return PatternVariable(name: word, takesRest: takesRest)
    }
}
