// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import Retort

/// What the router does, written to be obvious and not to be fast: every route is compared with the path, and of those
/// that match the first in the order of trying wins.
struct ReferenceMatcher {
    struct Entry {
        var name: String
        var methods: RouteMethods
        var types: [any PathValue.Type]
        var segments: [PatternSegment]
        var isStrict: Bool
    }

    /// How a route met a path.
    ///
    /// Smaller ways are tried first.
    private struct Way {
        var entry: Entry
        var values: [String]
        /// One rank for each segment of the path that was followed.
        var ranks: [Rank]
        var needsSlash: Bool
    }

    /// Literals before variables, those in the order of their ranks.
    private enum Rank: Comparable {
        case end
        case slash
        case literal
        case variables(SegmentRank)
        case surplusSlash
    }

    var entries: [Entry] = []

    mutating func add(
        _ name: String, _ pattern: PathPattern, _ methods: RouteMethods, types: [any PathValue.Type], isStrict: Bool
    ) {
        entries.append(
            Entry(name: name, methods: methods, types: types, segments: pattern.segments, isStrict: isStrict))
    }

    func answer(_ path: String, _ method: RouteMethod) -> String {
        let first = attempt(path, method)
        if first.answer != nil || !path.utf8.elementsEqual(merged(path).utf8) {
            if let answer = first.answer { return answer }
            let second = attempt(merged(path), method)
            if let answer = second.answer { return answer.hasPrefix("308 ") ? answer : "308 \(merged(path))" }
            return miss(first.allowed.union(second.allowed))
        }
        return miss(first.allowed)
    }

    private func miss(_ allowed: Set<String>) -> String {
        if allowed.isEmpty { return "404" }
        return "405 \(RouteMethods(allowed.compactMap { RouteMethod($0) }))"
    }

    private func merged(_ path: String) -> String {
        var result = ""
        for character in path where !(character == "/" && result.last == "/") { result.append(character) }
        return result
    }

    private func attempt(_ path: String, _ method: RouteMethod) -> (answer: String?, allowed: Set<String>) {
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var best: Way?
        var allowed: Set<String> = []
        for entry in entries {
            for way in ways(entry, segments) {
                let answers = entry.methods.contains(method) || (method == .head && entry.methods.contains(.get))
                if answers {
                    if best.map({ way.ranks.lexicographicallyPrecedes($0.ranks) }) ?? true { best = way }
                } else if !way.needsSlash || !entry.isStrict {
                    allowed.formUnion(entry.methods.names)
                    if entry.methods.contains(.get) { allowed.insert("HEAD") }
                    allowed.insert("OPTIONS")
                }
            }
        }
        guard let best else { return (nil, allowed) }
        if best.needsSlash, best.entry.isStrict { return ("308 \(path)/", allowed) }
        return ((["\(best.entry.name)"] + best.values).joined(separator: " "), allowed)
    }

    /// The ways in which a route meets a path: as it is, with a slash that lacks, or with one too many.
    private func ways(_ entry: Entry, _ segments: [String]) -> [Way] {
        var result: [Way] = []
        if let (values, ranks) = follow(entry.segments[...], segments[...], entry.types[...]) {
            result.append(Way(entry: entry, values: values, ranks: ranks + [.end], needsSlash: false))
        }
        if entry.segments.last?.pieces.isEmpty == true, entry.segments.count > 1,
            let (values, ranks) = follow(entry.segments.dropLast(), segments[...], entry.types[...])
        {
            result.append(Way(entry: entry, values: values, ranks: ranks + [.slash], needsSlash: true))
        }
        if !entry.isStrict, segments.count > 1, segments.last == "",
            let (values, ranks) = follow(entry.segments[...], segments.dropLast(), entry.types[...])
        {
            result.append(Way(entry: entry, values: values, ranks: ranks + [.surplusSlash], needsSlash: false))
        }
        return result
    }

    private func follow(
        _ pattern: ArraySlice<PatternSegment>, _ segments: ArraySlice<String>, _ types: ArraySlice<any PathValue.Type>
    ) -> (values: [String], ranks: [Rank])? {
        guard let part = pattern.first else { return segments.isEmpty ? ([], []) : nil }
        guard let text = segments.first else { return nil }
        let count = part.variables.count
        let own = Array(types.prefix(count))
        if let literal = part.literal {
            guard text.utf8.elementsEqual(literal),
                let rest = follow(pattern.dropFirst(), segments.dropFirst(), types)
            else { return nil }
            return (rest.values, [.literal] + rest.ranks)
        }
        if text.isEmpty || text == "." || text == ".." { return nil }
        let rank = Rank.variables(SegmentRank(part, types: own))
        if part.takesRest {
            guard let values = divide(part.pieces[...], segments.joined(separator: "/"), own[...]),
                RestOfPath(pathText: values[0]) != nil
            else { return nil }
            return (values, [rank])
        }
        guard let values = divide(part.pieces[...], text, own[...]),
            let rest = follow(pattern.dropFirst(), segments.dropFirst(), types.dropFirst(count))
        else { return nil }
        return (values + rest.values, [rank] + rest.ranks)
    }

    /// The first division of a text among pieces in which early variables are as long as they can be.
    private func divide(
        _ pieces: ArraySlice<PatternPiece>, _ text: String, _ types: ArraySlice<any PathValue.Type>
    ) -> [String]? {
        switch pieces.first {
        case nil: return text.isEmpty ? [] : nil
        case .literal(let bytes):
            guard text.utf8.starts(with: bytes) else { return nil }
            return divide(pieces.dropFirst(), String(text.dropFirst(bytes.count)), types)
        case .variable:
            for length in stride(from: text.count, to: 0, by: -1) {
                let value = String(text.prefix(length))
                guard let type = types.first, type.init(pathText: value) != nil,
                    let rest = divide(pieces.dropFirst(), String(text.dropFirst(length)), types.dropFirst())
                else { continue }
                return [value] + rest
            }
            return nil
        }
    }
}
