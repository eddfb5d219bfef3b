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
    case badPath(BadPath)
}

/// Why a path cannot be read.
@usableFromInline
enum BadPath: Error {
    case noSlash
    case percent
    case nul
    case encoding

    @usableFromInline
    var error: WireError {
        switch self {
        case .noSlash: WireError(.malformedPath, "The path does not start with a slash.")
        case .percent:
            WireError(
                .malformedPath, "The path has a % without two hexadecimal digits. Write %25 for the sign itself.")
        case .nul: WireError(.malformedPath, "The path holds a NUL.")
        case .encoding: WireError(.malformedPath, "The path is not valid UTF-8.")
        }
    }
}

/// What does not change between the attempts to match one request.
struct RouteRequest {
    var method: Int32
    var isWebSocket: Bool
}

/// A root to start from, and the values that the host gave.
typealias HostRoot = (root: Int32, values: [String])

extension RouteTable {
    /// The place of the value of a route.
    @usableFromInline
    func valueIndex(of route: RouteID) -> Int { Int(frozen.pointee.facts[route.index].value) }

    /// Finds the route of a request.
    @usableFromInline
    func match(
        _ method: RouteMethod, host: Span<UInt8>, path: Span<UInt8>, isWebSocket: Bool
    ) -> RouteOutcome {
        let request = RouteRequest(method: methods.code(of: method), isWebSocket: isWebSocket)
        return path.withUnsafeBufferPointer { buffer in
            guard let bytes = PathBytes(buffer), bytes.count > 0 else {
                // The path of an absolute URL without one is "/". Source: RFC 9110 §4.2.3.
                return [UInt8(ascii: "/")].withPathBytes { match(request, host, $0) } ?? .miss(RouteMisses())
            }
            return match(request, host, bytes)
        }
    }

    private func match(_ request: RouteRequest, _ host: Span<UInt8>, _ bytes: PathBytes) -> RouteOutcome {
        guard bytes[0] == UInt8(ascii: "/"), bytes.count < Int(Int32.max) else { return .badPath(.noSlash) }
        let (hash, isPlain) = bytes.whole()
        if hosts == nil, anyHost >= 0 {
            let leaf = frozen.pointee.paths.child(of: anyHost, hash: hash, bytes, 0, bytes.count)
            if leaf >= 0 {
                let route = frozen.pointee.route(of: leaf, request.method, isWebSocket: request.isWebSocket)
                if route >= 0, frozen.pointee.facts[route].isSimple {
                    return .found(RouteID(index: route), PathValues())
                }
            }
        }
        if isPlain { return match(request, host, bytes, separator: UInt8(ascii: "/")) }
        do {
            let decoded = try PathDecoder.decode(bytes)
            return decoded.withPathBytes { match(request, host, $0, separator: 0) } ?? .miss(RouteMisses())
        } catch {
            return .badPath(error)
        }
    }

    /// Matches bytes that need no more decoding.
    private func match(
        _ request: RouteRequest, _ host: Span<UInt8>, _ bytes: PathBytes, separator: UInt8
    ) -> RouteOutcome {
        withUnsafeTemporaryAllocation(of: CaptureRange.self, capacity: PatternScanner.mostVariables) { captures in
            var walk = RouteWalk(
                frozen, bytes, separator: separator, request, captures: captures, misses: RouteMisses())
            if hosts == nil {
                let route = anyHost >= 0 ? walk.run(from: anyHost) : RouteWalk.none
                if route >= 0, frozen.pointee.facts[route].isSimple {
                    return .found(RouteID(index: route), Self.values(walk, frozen.pointee.facts[route].endsWithRest))
                }
                return conclude(route, &walk, request, [(anyHost, [])])
            }
            let roots = hosts?.roots(for: HostText.normalized(host), anyHost: anyHost) ?? []
            return conclude(nil, &walk, request, roots)
        }
    }

    /// Tries the roots, unless there is a result already, and makes an answer of what comes out.
    private func conclude(
        _ result: Int32?, _ walk: inout RouteWalk, _ request: RouteRequest, _ roots: [HostRoot]
    ) -> RouteOutcome {
        let (route, hostValues) = result.map { ($0, []) } ?? Self.follow(&walk, roots)
        if route >= 0 { return finish(route, walk, hostValues, request) }
        if route == RouteWalk.slashMissing {
            return .redirect(Self.location(walk.path, walk.separator, withSlash: true))
        }
        return matchMerged(request, walk, roots)
    }

    private static func follow(_ walk: inout RouteWalk, _ roots: [HostRoot]) -> (route: Int32, hostValues: [String]) {
        for (root, values) in roots where root >= 0 {
            let route = walk.run(from: root)
            if route != RouteWalk.none { return (route, values) }
        }
        return (RouteWalk.none, [])
    }

    /// Tries again with one slash for several, and redirects to that path when some route has it.
    private func matchMerged(_ request: RouteRequest, _ walk: RouteWalk, _ roots: [HostRoot]) -> RouteOutcome {
        let bytes = walk.path
        let separator = walk.separator
        guard Self.hasDoubleSeparator(bytes, separator) else { return .miss(walk.misses) }
        var merged: [UInt8] = []
        merged.reserveCapacity(bytes.count)
        for index in 0..<bytes.count where !(bytes[index] == separator && merged.last == separator) {
            merged.append(bytes[index])
        }
        let outcome = merged.withPathBytes { path -> RouteOutcome in
            var walk = RouteWalk(
                frozen, path, separator: separator, request, captures: walk.captures, misses: walk.misses)
            let (route, _) = Self.follow(&walk, roots)
            if route >= 0, frozen.pointee.facts[route].mergesSlashes {
                return .redirect(Self.location(path, separator, withSlash: false))
            }
            if route == RouteWalk.slashMissing {
                return .redirect(Self.location(path, separator, withSlash: true))
            }
            return .miss(walk.misses)
        }
        return outcome ?? .miss(walk.misses)
    }

    private static func hasDoubleSeparator(_ bytes: PathBytes, _ separator: UInt8) -> Bool {
        var last: UInt8 = separator &+ 1
        for index in 0..<bytes.count {
            if bytes[index] == separator, last == separator { return true }
            last = bytes[index]
        }
        return false
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

    private func finish(
        _ route: Int32, _ walk: RouteWalk, _ hostValues: [String], _ request: RouteRequest
    ) -> RouteOutcome {
        let record = records[Int(route)]
        let facts = frozen.pointee.facts[route]
        var values = Self.values(walk, facts.endsWithRest)
        if !hostValues.isEmpty || !record.defaults.isEmpty {
            let all = hostValues + (walk.captured > 0 ? [values.joined] : []) + record.defaults.map(\.text)
            values = PathValues(
                joined: all.joined(separator: "\0"), count: record.variables.count, endsWithRest: facts.endsWithRest)
        }
        if facts.mayRedirect, let location = redirection(record, values, request) { return .redirect(location) }
        // An alias whose URL cannot be written has nothing else to offer.
        return facts.value >= 0 ? .found(RouteID(index: route), values) : .miss(walk.misses)
    }

    /// Copies the captured bytes into one `String`.
    @inline(__always)
    private static func values(_ walk: RouteWalk, _ endsWithRest: Bool) -> PathValues {
        let count = walk.captured
        if count == 0 { return PathValues() }
        var total = count &- 1
        for index in 0..<count { total &+= Int(walk.captures[index].end &- walk.captures[index].first) }
        let text = String(unsafeUninitializedCapacity: total) { copy(walk, endsWithRest, to: $0) }
        return PathValues(joined: text, count: count, endsWithRest: endsWithRest)
    }

    private static func copy(
        _ walk: RouteWalk, _ endsWithRest: Bool, to buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var place = 0
        for index in 0..<walk.captured {
            if index > 0 {
                buffer[place] = 0
                place &+= 1
            }
            let range = walk.captures[index]
            let bytes = walk.path.buffer(Int(range.first), Int(range.end))
            // Slashes between the segments of a rest become NUL. In decoded bytes they are that already.
            let divides = endsWithRest && index == walk.captured &- 1 && walk.separator == UInt8(ascii: "/")
            for byte in bytes {
                buffer[place] = divides && byte == UInt8(ascii: "/") ? 0 : byte
                place &+= 1
            }
        }
        return place
    }
}

/// Turns a path as it came into decoded segments.
enum PathDecoder {
    /// Decodes each segment, and puts NUL in the place of each slash between two, so that `%2F` stays in its segment.
    static func decode(_ path: PathBytes) throws(BadPath) -> [UInt8] {
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
                else { throw BadPath.percent }
                byte = high << 4 | low
                index += 2
            }
            if byte == 0 { throw BadPath.nul }
            result.append(byte)
        }
        guard (try? UTF8Span(validating: result.span)) != nil else {
            throw BadPath.encoding
        }
        return result
    }
}
