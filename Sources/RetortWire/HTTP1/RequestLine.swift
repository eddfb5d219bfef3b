// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// A request line, checked, as positions in the bytes of its head.
///
/// Source: RFC 9112 §3.
struct RequestLine: Sendable {
    let method: HTTPRequest.Method
    let version: HTTPVersion
    let path: Range<Int>
    let query: Range<Int>?

    /// The authority of an absolute target.
    let targetAuthority: Range<Int>?

    /// The first byte behind the line's end.
    let end: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws {
        var space = line.lowerBound
        while space < line.upperBound, bytes[space].isTokenByte { space += 1 }
        guard space > line.lowerBound, space < line.upperBound, bytes[space] == 0x20 else {
            throw WireError(
                .badRequestLine, "A request line is a method, one space, a target, one space and a version.")
        }
        guard space - line.lowerBound <= 32 else {
            throw WireError(.badRequestLine, "The method has more than 32 bytes.", status: 501)
        }
        method = Self.method(bytes, line.lowerBound..<space)
        version = try Self.version(bytes, line)
        let target = (space + 1)..<max(line.upperBound - 9, space + 1)
        end = line.upperBound + 2
        let question = try Self.checkTarget(bytes, target)
        guard method != .connect else {
            throw WireError(.badTarget, "CONNECT is not spoken here; this server is no proxy.", status: 501)
        }
        var pathStart = target.lowerBound
        var authority: Range<Int>?
        switch bytes[target.lowerBound] {
        case UInt8(ascii: "/"): break
        case UInt8(ascii: "*") where target.count == 1 && method == .options: break
        default:
            let found = try Self.authority(bytes, target, question: question)
            authority = found
            pathStart = found.upperBound
        }
        targetAuthority = authority
        let pathEnd = question ?? target.upperBound
        path = pathStart..<max(pathStart, pathEnd)
        query = question.map { ($0 + 1)..<target.upperBound }
    }

    /// Refuses a beginning that no request line can have, before its line end has come.
    static func checkBeginning(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws {
        guard start < bytes.count else { return }
        let first = bytes[start]
        guard first.isTokenByte || first == 0x0D else {
            throw WireError(
                .badRequestLine, "A request starts with a method in plain letters; is this TLS or another protocol?")
        }
    }

    /// The authority that the request is for, from the target or from Host, which must agree.
    func authority(
        _ bytes: UnsafeBufferPointer<UInt8>, host: Range<Int>?, hostCount: Int
    ) throws -> Range<Int>? {
        guard hostCount <= 1 else { throw WireError(.badHost, "There is more than one Host header.") }
        guard let host else {
            if version == .http10 { return targetAuthority }
            throw WireError(.badHost, "An HTTP/1.1 request needs a Host header.")
        }
        guard !host.isEmpty else { throw WireError(.badHost, "The Host header is empty.") }
        for index in host where !bytes[index].isAuthorityByte {
            throw WireError(.badHost, "The Host header has a byte that no host has.")
        }
        guard let targetAuthority else { return host }
        let same = bytes[host].elementsEqual(bytes[targetAuthority]) { $0.asciiLowercased == $1.asciiLowercased }
        guard same else {
            throw WireError(.badHost, "The Host header and the authority of the target differ.")
        }
        return targetAuthority
    }

    private static func method(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> HTTPRequest.Method {
        // The common methods without a new String.
        switch range.count {
        case 3:
            if bytes[range.lowerBound] == UInt8(ascii: "G"), bytes[range.lowerBound + 1] == UInt8(ascii: "E"),
                bytes[range.lowerBound + 2] == UInt8(ascii: "T")
            {
                return .get
            }
        case 4:
            if bytes[range.lowerBound] == UInt8(ascii: "P"), bytes[range.lowerBound + 1] == UInt8(ascii: "O"),
                bytes[range.lowerBound + 2] == UInt8(ascii: "S"), bytes[range.lowerBound + 3] == UInt8(ascii: "T")
            {
                return .post
            }
        default: break
        }
        // Every byte is a token's, so the name is always accepted.
        return HTTPRequest.Method(String(decoding: bytes[range], as: UTF8.self)) ?? .get
    }

    private static func version(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws -> HTTPVersion {
        let begin = line.upperBound - 8
        guard begin > line.lowerBound, bytes[begin - 1] == 0x20, bytes[begin] == UInt8(ascii: "H"),
            bytes[begin + 1] == UInt8(ascii: "T"), bytes[begin + 2] == UInt8(ascii: "T"),
            bytes[begin + 3] == UInt8(ascii: "P"), bytes[begin + 4] == UInt8(ascii: "/"),
            bytes[begin + 5].isASCIIDigit, bytes[begin + 6] == UInt8(ascii: "."), bytes[begin + 7].isASCIIDigit
        else {
            throw WireError(.badRequestLine, "The request line does not end with a version such as HTTP/1.1.")
        }
        guard bytes[begin + 5] == UInt8(ascii: "1") else {
            throw WireError(.unsupportedVersion, "This connection speaks HTTP/1.0 and HTTP/1.1.", status: 505)
        }
        return bytes[begin + 7] == UInt8(ascii: "0") ? .http10 : .http11
    }

    /// Checks each byte of the target; answers the position of the first `?`.
    private static func checkTarget(_ bytes: UnsafeBufferPointer<UInt8>, _ target: Range<Int>) throws -> Int? {
        guard !target.isEmpty else { throw WireError(.badTarget, "The request target is empty.") }
        var question: Int?
        for index in target {
            let byte = bytes[index]
            if byte == UInt8(ascii: "?"), question == nil { question = index }
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#") else {
                throw WireError(.badTarget, "The request target has a byte that must be percent-encoded.")
            }
        }
        return question
    }

    /// The authority of an absolute target: `http://authority/path`.
    private static func authority(
        _ bytes: UnsafeBufferPointer<UInt8>, _ target: Range<Int>, question: Int?
    ) throws -> Range<Int> {
        let limit = question ?? target.upperBound
        var start = target.lowerBound
        if limit - start > 7, bytes.equals(start..<start + 7, "http://") {
            start += 7
        } else if limit - start > 8, bytes.equals(start..<start + 8, "https://") {
            start += 8
        } else {
            throw WireError(.badTarget, "The request target is neither a path that starts with / nor an http URL.")
        }
        var end = start
        while end < limit, bytes[end] != UInt8(ascii: "/") {
            guard bytes[end].isAuthorityByte else {
                throw WireError(.badTarget, "The authority of the request target has a byte that no host has.")
            }
            end += 1
        }
        guard end > start else { throw WireError(.badTarget, "The request target names no host.") }
        return start..<end
    }
}

extension UInt8 {
    /// Whether the byte may stand in a host with a port; user names, paths and lists are left out.
    ///
    /// Source: RFC 3986 §3.2.2.
    var isAuthorityByte: Bool {
        if isASCIILetter || isASCIIDigit { return true }
        switch self {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "$"),
            UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "="):
            return true
        default: return false
        }
    }
}
