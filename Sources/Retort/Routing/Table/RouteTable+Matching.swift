// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

extension WireError.Code {
    /// The path of a request cannot be read: a broken `%`, a NUL, bytes that are no UTF-8, or no slash at its start.
    public static let malformedPath = WireError.Code("malformed-path")
}

/// What a ``RouteTable`` says of a request, with places instead of values.
@usableFromInline
enum RouteOutcome {
    case found(RouteID, PathValues)
    case redirect(String)
    case miss(RouteMisses)
    case badPath(WireError)
}

extension RouteTable {
    /// The place of the value of a route.
    @usableFromInline
    func valueIndex(of route: RouteID) -> Int { Int(facts[Int(route.index)].value) }

    /// Finds the route of a request.
    @usableFromInline
    func match(
        _ method: RouteMethod, host: Span<UInt8>, path: Span<UInt8>, isWebSocket: Bool
    ) -> RouteOutcome {
        path.withUnsafeBufferPointer { buffer in
            guard let bytes = PathBytes(buffer), bytes.count > 0 else {
                // The path of an absolute URL without one is "/". Source: RFC 9110 §4.2.3.
                let outcome = [UInt8(ascii: "/")].withPathBytes {
                    match(method, host: host, bytes: $0, isWebSocket: isWebSocket)
                }
                return outcome ?? .miss(RouteMisses())
            }
            return match(method, host: host, bytes: bytes, isWebSocket: isWebSocket)
        }
    }

    private func match(
        _ method: RouteMethod, host: Span<UInt8>, bytes: PathBytes, isWebSocket: Bool
    ) -> RouteOutcome {
        guard bytes[0] == UInt8(ascii: "/"), bytes.count < Int(Int32.max) else {
            return .badPath(WireError(.malformedPath, "The path does not start with a slash."))
        }
        let (hash, isPlain) = bytes.whole()
        if hosts == nil, anyHost >= 0 {
            let leaf = paths.child(of: anyHost, hash: hash, bytes, 0, bytes.count)
            if leaf >= 0 {
                let route = route(of: leaf, method, isWebSocket)
                if route >= 0, !facts[Int(route)].mayRedirect, !facts[Int(route)].hasDefaults {
                    return .found(RouteID(index: route), PathValues())
                }
            }
        }
        let request = Request(
            method: method, isWebSocket: isWebSocket,
            roots: hosts?.roots(for: HostText.normalized(host), anyHost: anyHost), hash: hash)
        if isPlain { return match(request, bytes, separator: UInt8(ascii: "/")) }
        do {
            let decoded = try PathDecoder.decode(bytes)
            return decoded.withPathBytes { match(request, $0, separator: 0) } ?? .miss(RouteMisses())
        } catch {
            return .badPath(error)
        }
    }

    /// What does not change between the attempts to match one request.
    private struct Request {
        var method: RouteMethod
        var isWebSocket: Bool
        /// Nil when no route asks for the host.
        var roots: [(root: Int32, values: [String])]?
        var hash: UInt64
    }

    /// Matches bytes that need no more decoding.
    private func match(_ request: Request, _ bytes: PathBytes, separator: UInt8) -> RouteOutcome {
        withUnsafeTemporaryAllocation(of: CaptureRange.self, capacity: PatternScanner.mostVariables) { captures in
            var walk = RouteWalk(
                self, bytes, separator: separator, method: request.method, isWebSocket: request.isWebSocket,
                captures: captures, misses: RouteMisses())
            let (route, hostValues) = follow(&walk, request.roots)
            if route >= 0 { return finish(route, walk, hostValues) }
            if route == RouteWalk.End.slashMissing.rawValue {
                return .redirect(Self.location(bytes, separator, withSlash: true))
            }
            return matchMerged(request, bytes, separator, walk.misses, captures)
        }
    }

    private func follow(
        _ walk: inout RouteWalk, _ roots: [(root: Int32, values: [String])]?
    ) -> (route: Int32, hostValues: [String]) {
        guard let roots else {
            return (anyHost >= 0 ? walk.run(from: anyHost) : RouteWalk.End.none.rawValue, [])
        }
        for (root, values) in roots {
            let route = walk.run(from: root)
            if route != RouteWalk.End.none.rawValue { return (route, values) }
        }
        return (RouteWalk.End.none.rawValue, [])
    }

    /// Tries again with one slash for several, and redirects to that path when some route has it.
    private func matchMerged(
        _ request: Request, _ bytes: PathBytes, _ separator: UInt8, _ misses: RouteMisses,
        _ captures: UnsafeMutableBufferPointer<CaptureRange>
    ) -> RouteOutcome {
        var merged: [UInt8] = []
        for index in 0..<bytes.count where !(bytes[index] == separator && merged.last == separator) {
            merged.append(bytes[index])
        }
        if merged.count == bytes.count { return .miss(misses) }
        let outcome = merged.withPathBytes { path -> RouteOutcome in
            var walk = RouteWalk(
                self, path, separator: separator, method: request.method, isWebSocket: request.isWebSocket,
                captures: captures, misses: misses)
            let (route, _) = follow(&walk, request.roots)
            if route >= 0, facts[Int(route)].mergesSlashes {
                return .redirect(Self.location(path, separator, withSlash: false))
            }
            if route == RouteWalk.End.slashMissing.rawValue {
                return .redirect(Self.location(path, separator, withSlash: true))
            }
            return .miss(walk.misses)
        }
        return outcome ?? .miss(misses)
    }

    /// The path as URLs write it.
    private static func location(_ bytes: PathBytes, _ separator: UInt8, withSlash: Bool) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 1)
        var first = 0
        while first <= bytes.count {
            let end = bytes.segment(at: first, separator: separator).end
            URLText.append(bytes.buffer(first, end), keeping: .segment, to: &result)
            if end < bytes.count { result.append(UInt8(ascii: "/")) }
            first = end + 1
        }
        if withSlash { result.append(UInt8(ascii: "/")) }
        return String(decoding: result, as: UTF8.self)
    }

    private func finish(_ route: Int32, _ walk: RouteWalk, _ hostValues: [String]) -> RouteOutcome {
        let facts = facts[Int(route)]
        let values = Self.values(walk, hostValues, facts, facts.hasDefaults ? records[Int(route)].defaults : [])
        if facts.mayRedirect, let location = redirection(records[Int(route)], values, walk.method) {
            return .redirect(location)
        }
        // An alias whose URL cannot be written has nothing else to offer.
        return facts.value >= 0 ? .found(RouteID(index: route), values) : .miss(walk.misses)
    }

    /// Copies the captured bytes into one `String`.
    private static func values(
        _ walk: RouteWalk, _ hostValues: [String], _ facts: RouteFacts, _ defaults: [RouteDefault]
    ) -> PathValues {
        let captures = walk.captures
        let captured = walk.captured
        if captured == 0, hostValues.isEmpty, defaults.isEmpty { return PathValues() }
        var total = captured - 1
        for index in 0..<captured { total += Int(captures[index].end - captures[index].first) }
        let keepsSlashes = walk.separator != UInt8(ascii: "/")
        let text = String(unsafeUninitializedCapacity: max(total, 0)) { buffer in
            var place = 0
            for index in 0..<captured {
                if index > 0 {
                    buffer[place] = 0
                    place &+= 1
                }
                let range = captures[index]
                let isRest = facts.endsWithRest && index == captured - 1
                for byte in walk.path.buffer(Int(range.first), Int(range.end)) {
                    buffer[place] = isRest && !keepsSlashes && byte == UInt8(ascii: "/") ? 0 : byte
                    place &+= 1
                }
            }
            return place
        }
        let count = captured + hostValues.count + defaults.count
        if hostValues.isEmpty, defaults.isEmpty {
            return PathValues(joined: text, count: count, endsWithRest: facts.endsWithRest)
        }
        let all = hostValues + (captured > 0 ? [text] : []) + defaults.map(\.text)
        return PathValues(joined: all.joined(separator: "\0"), count: count, endsWithRest: facts.endsWithRest)
    }
}

/// Turns a path as it came into decoded segments.
enum PathDecoder {
    /// Decodes each segment, and puts NUL in the place of each slash between two, so that `%2F` stays in its segment.
    static func decode(_ path: PathBytes) throws(WireError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(path.count)
        var index = 0
        while index < path.count {
            var byte = path[index]
            index += 1
            if byte == UInt8(ascii: "/") {
                result.append(0)
                continue
            }
            if byte == UInt8(ascii: "%") {
                guard index + 1 < path.count, let high = path[index].hexDigitValue,
                    let low = path[index + 1].hexDigitValue
                else {
                    throw WireError(
                        .malformedPath, "The path has a % without two hexadecimal digits. Write %25 for the sign itself.")
                }
                byte = high << 4 | low
                index += 2
            }
            if byte == 0 { throw WireError(.malformedPath, "The path holds a NUL.") }
            result.append(byte)
        }
        guard (try? UTF8Span(validating: result.span)) != nil else {
            throw WireError(.malformedPath, "The path is not valid UTF-8.")
        }
        return result
    }
}
