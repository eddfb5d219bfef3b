// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The shape of host names: `www.example.com`, `{user}.example.com`, `www.{domain...}`.
///
/// `{name}` matches one label or what literals leave of it; `{name...}` matches one label or more. Letters count in
/// either case, and the port of a request does not count.
public struct HostPattern: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The whole host as one segment, literals in lower case.
    let segment: PatternSegment

    /// Reads a pattern.
    ///
    /// - Parameter text: A host name with variables, without a port. Names outside ASCII are written as `xn--…`.
    /// - Throws: ``RoutingError`` with `malformedPattern` and the position of the mistake, or `limitExceeded`.
    public init(parsing text: String) throws {
        var scanner = try PatternScanner(text)
        let read = try scanner.segment(until: nil, allowing: Self.complaint)
        if read.pieces.isEmpty { throw scanner.malformed("the host is empty.", at: 0) }
        if read.variables.count(where: { $0.takesRest }) > 1 {
            throw scanner.malformed("only one variable of a host can take several labels.", at: 0)
        }
        self.segment = PatternSegment(
            pieces: read.pieces.map { piece in
                if case .literal(let bytes) = piece { .literal(bytes.map(\.asciiLowercased)) } else { piece }
            })
    }

    /// Reads a pattern that stands in the source; a malformed one stops the program with a sentence.
    ///
    /// - Parameter value: The pattern.
    public init(stringLiteral value: String) {
        do {
            try self.init(parsing: value)
        } catch {
            stopAtStartUp("The host pattern is malformed. \(error)")
        }
    }

    /// The names of the variables from left to right.
    public var variableNames: [String] { segment.variables.map(\.name) }

    /// The pattern as it would be written, in lower case.
    public var description: String { PatternText.text(segment) }

    /// Puts this pattern, a subdomain, in front of a domain: `{user}` and `example.com` give `{user}.example.com`.
    ///
    /// - Parameter domain: The name of the domain; a port is left out.
    /// - Returns: The whole host.
    /// - Throws: ``RoutingError`` when the two do not fit together.
    public func appending(domain: String) throws -> HostPattern {
        try HostPattern(parsing: description + "." + HostText.normalized(domain.utf8.span))
    }

    private static func complaint(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: ":"): "a host pattern has no port, because the port of a request does not count."
        case 0x80...: "write the name in its ASCII form, xn--…, as clients send it."
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): nil
        case _ where byte.isASCIILetter || byte.isASCIIDigit: nil
        default: "a host name has letters, digits, hyphens and dots."
        }
    }
}

/// Host names as they come in requests.
enum HostText {
    /// The name without port and without a dot at the end, in lower case.
    static func normalized(_ host: Span<UInt8>) -> String {
        var end = host.count
        if host.count > 0, host[0] == UInt8(ascii: "[") {
            var index = 0
            while index < host.count, host[index] != UInt8(ascii: "]") { index += 1 }
            end = min(index + 1, host.count)
        } else {
            var index = 0
            while index < host.count, host[index] != UInt8(ascii: ":") { index += 1 }
            end = index
        }
        if end > 0, host[end - 1] == UInt8(ascii: ".") { end -= 1 }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end)
        for index in 0..<end { bytes.append(host[index].asciiLowercased) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
