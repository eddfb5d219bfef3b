// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire
import Testing

/// A row of a table: bytes, and what becomes of them however they are cut.
struct HeadCase: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let expected: String

    /// Makes a row whose expectation is what ``readHead(_:cuts:limits:)`` answers.
    init(_ bytes: [UInt8], _ expected: String) {
        self.bytes = bytes
        self.expected = expected
    }

    init(_ text: String, _ expected: String) { self.init(Array(text.utf8), expected) }

    /// A whole GET request with this request line and a Host header.
    static func line(_ line: String, _ expected: String) -> HeadCase {
        HeadCase("\(line)\r\nHost: a\r\n\r\n", expected)
    }

    /// A whole POST request with these header lines behind a Host header.
    static func fields(_ lines: String, _ expected: String) -> HeadCase {
        HeadCase("POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n", expected)
    }

    var testDescription: String {
        String(
            decoding: bytes.prefix(90).flatMap { byte -> [UInt8] in
                byte < 0x20 || byte > 0x7E ? Array("\\\(String(byte, radix: 16))".utf8) : [byte]
            }, as: UTF8.self)
    }
}

/// Gives the bytes to a parser in pieces that end at the cuts, and says in one line what became of them.
///
/// - Returns: `GET /path?query 1.1 none keep host` with the rest's length where there is one, `400 bad-header`,
///   or `more`.
func readHead(_ bytes: [UInt8], cuts: [Int], limits: HeadLimits = HeadLimits()) -> String {
    var parser = RequestHeadParser(limits: limits)
    let all = bytes.span
    do {
        for cut in cuts + [bytes.count] {
            guard case .head(let head, let consumed) = try parser.parse(all.extracting(0..<cut)) else { continue }
            return summary(head) + (consumed < bytes.count ? " +\(bytes.count - consumed)" : "")
        }
        return "more"
    } catch let error as WireError {
        return "\(error.status) \(error.code)"
    } catch {
        return "\(error)"
    }
}

func summary(_ head: RequestHead) -> String {
    let target = head.path + (head.query.map { "?" + $0 } ?? "")
    let framing =
        switch head.framing {
        case .none: "none"
        case .length(let length): "\(length)"
        case .chunked: "chunked"
        }
    var words = [head.method.rawValue, target, head.version == .http10 ? "1.0" : "1.1", framing]
    words.append(head.keepsAlive ? "keep" : "close")
    words.append(head.authority ?? "-")
    if head.expectsContinue { words.append("expect") }
    if head.asksForUpgrade { words.append("upgrade") }
    return words.joined(separator: " ")
}

/// Every way to cut bytes that is tried: not at all, in two anywhere, and in single bytes.
func everyCut(of count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return [[], Array(1..<max(count, 2))] + (1..<max(count, 2)).map { [$0] }
}

/// Expects the same of every way to cut the bytes of a row.
func expectAtEveryCut(
    _ row: HeadCase, limits: HeadLimits = HeadLimits(), sourceLocation: SourceLocation = #_sourceLocation
) {
    for cuts in everyCut(of: row.bytes.count) {
        let found = readHead(row.bytes, cuts: cuts, limits: limits)
        guard found != row.expected else { continue }
        let where_ = cuts.count == 1 ? "cut at \(cuts[0])" : cuts.isEmpty ? "whole" : "in single bytes"
        Issue.record(
            "\(row.testDescription) \(where_): \(found) instead of \(row.expected)", sourceLocation: sourceLocation)
        return
    }
}
