// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import RetortWire
import Testing

/// What a reader of HTTP/1 makes of bytes.
private enum Reading: Equatable {
    case refused(String)
    case unfinished
    case request(Facts)

    struct Facts: Equatable {
        var method: String
        var target: String
        var version: String
        var fields: [String]
        var body: [UInt8]
        var trailers: [String]
    }
}

/// Another parser of the field and ours read the same, or ours is the stricter one for a reason.
@Suite struct NIOAgreementTests {
    private static func ours(_ bytes: [UInt8]) -> Reading {
        let all = bytes.span
        do {
            var parser = RequestHeadParser()
            guard case .head(let head, var position) = try parser.parse(all) else { return .unfinished }
            var facts = Reading.Facts(
                method: head.method.rawValue, target: head.path + (head.query.map { "?" + $0 } ?? ""),
                version: head.version.description,
                fields: head.fields.map { "\($0.name.canonicalName)=\($0.value)" }, body: [], trailers: [])
            switch head.framing {
            case .none: return .request(facts)
            case .length(let length):
                guard bytes.count - position >= length else { return .unfinished }
                facts.body = Array(bytes[position..<position + length])
                return .request(facts)
            case .chunked:
                var decoder = ChunkedDecoder()
                while true {
                    switch try decoder.next(all.extracting(position..<bytes.count)) {
                    case .skip(let count): position += count
                    case .data(let count):
                        facts.body += bytes[position..<position + count]
                        position += count
                    case .needsMore: return .unfinished
                    case .end:
                        facts.trailers = decoder.trailers.map { "\($0.name.canonicalName)=\($0.value)" }
                        return .request(facts)
                    }
                }
            }
        } catch {
            return .refused((error as? WireError)?.code.description ?? "\(error)")
        }
    }

    private static func theirs(_ bytes: [UInt8]) -> Reading {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var failure: (any Error)?
        do {
            try channel.writeInbound(ByteBuffer(bytes: bytes))
        } catch {
            failure = error
        }
        var facts: Reading.Facts?
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head):
                facts = Reading.Facts(
                    method: head.method.rawValue, target: head.uri, version: head.version.description,
                    fields: head.headers.map { "\($0.name.lowercased())=\($0.value)" }, body: [], trailers: [])
            case .body(let piece): facts?.body += piece.readableBytesView
            case .end(let trailers):
                facts?.trailers = trailers?.map { "\($0.name.lowercased())=\($0.value)" } ?? []
                return facts.map { .request($0) } ?? .unfinished
            }
        }
        return failure.map { .refused("\($0)") } ?? .unfinished
    }

    /// The path and the query of a target in absolute form, as ours gives them.
    private static func originForm(_ target: String) -> String {
        let bytes = Array(target.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes.first != UInt8(ascii: "/") else {
            return target
        }
        let rest = bytes[min(colon + 3, bytes.count)...]
        guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) else {
            return "/"
        }
        let text = String(decoding: rest[end...], as: UTF8.self)
        return rest[end] == UInt8(ascii: "?") ? "/" + text : text
    }

    /// Spells what either read in one way.
    private static func normalized(_ reading: Reading) -> Reading {
        guard case .request(var facts) = reading else { return reading }
        facts.fields = facts.fields.map(plain)
        facts.trailers = facts.trailers.map(plain)
        facts.target = originForm(facts.target)
        // NIO names its case for this method without the hyphen.
        if facts.method == "MSEARCH" { facts.method = "M-SEARCH" }
        return .request(facts)
    }

    /// Leaves out what stands in ours as ISO 8859-1 and in NIO's as a replacement, and the tab at the end.
    ///
    /// RFC 9110 §5.5 counts tabs among the white space around a value; NIO drops spaces there.
    private static func plain(_ field: String) -> String {
        var scalars = field.unicodeScalars.filter(\.isASCII)
        while let last = scalars.last, last == "\t" || last == " " { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Why the two may differ; nil when they may not.
    private static func reason(_ ours: Reading, _ theirs: Reading, _ bytes: [UInt8]) -> String? {
        switch (ours, theirs) {
        case (.refused, .refused): return "both refuse"
        case (.refused(let code), _): return stricter[code]
        case (_, .refused(let why)):
            // NIO knows a list of methods, ours any token.
            if why.contains("invalid HTTP method") { return "method" }
            // RFC 9110 §2.5: a later minor version is read as 1.1.
            if why.contains("invalid HTTP version") { return "minor version" }
            // Ours looks at a line when all of it is there.
            if ours == .unfinished { return "not looked at yet" }
            // Ours passes chunk extensions over unless they hold control characters; NIO reads their grammar.
            let isExtension = why.contains("strict mode") && bytes.contains(UInt8(ascii: ";"))
            return isExtension ? "chunk extension" : nil
        default: return nil
        }
    }

    /// What ours refuses and NIO leaves to its users.
    private static let stricter: [String: String] = [
        // RFC 9112 §3.2: NIO does not look at Host.
        "bad-host": "host",
        // RFC 9112 §3.2.4: `*` belongs to OPTIONS; `#` and others must be encoded.
        "bad-target": "target",
        // RFC 9112 §6.1: no transfer coding in HTTP/1.0, and no two headers of it.
        "bad-framing": "framing",
        // RFC 9112 §6.1: codings other than chunked alone are not spoken here.
        "unsupported-transfer-coding": "coding",
        // RFC 9112 §2.2: an empty line before the request ends with CRLF too.
        "bad-request-line": "line feed before the request",
    ]

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func generatedRequestsAreReadAlikeOrForAReason(_ seed: UInt64) {
        var generator = RequestGenerator(seed: seed)
        var same = 0
        var wellFormed = 0
        for _ in 0..<1_500 {
            let (bytes, isSpoiled) = generator.next()
            let ours = Self.normalized(Self.ours(bytes))
            let theirs = Self.normalized(Self.theirs(bytes))
            if ours == theirs {
                same += 1
                if !isSpoiled, case .request = ours { wellFormed += 1 }
            } else if Self.reason(ours, theirs, bytes) == nil {
                Issue.record("\(String(decoding: bytes, as: UTF8.self).debugDescription)\n\(ours)\n\(theirs)")
            }
        }
        #expect(same > 300)
        #expect(wellFormed > 150)
    }
}
