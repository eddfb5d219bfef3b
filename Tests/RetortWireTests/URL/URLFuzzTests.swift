// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// Feeds made-up texts to every parser.
///
/// Whatever comes in, nothing may stop the process, and the promises hold.
struct URLFuzzTests {
    /// Text made of pieces that matter somewhere, the same in each run.
    struct Texts: Sequence, IteratorProtocol {
        static let pieces = [
            "http:", "https://", "//", "/", "\\", "..", ".", ":", "@", "[", "]", "::1", "?", "#", "&", "=", "+", ";",
            ",",
            "%", "%4", "%41", "%2F", "%C3%BC", "%ff", "%00", "a", "B", "example.com", "xn--", "xn--n3h", "80", "65536",
            "0", "\u{0}", "\r\n", "\t", " ", "\"", "\u{7F}", "ü", "u\u{308}", "ß", "☃", "💩", "．", "／", "\u{202E}",
            "\u{AD}", "CON", "for=", "_x", "1.2.3.4", "text/html", "charset=", ".gz", ".png", "\u{10FFFF}", "\u{FB21}",
        ]
        var state: UInt64
        var left: Int

        mutating func next() -> String? {
            guard left > 0 else { return nil }
            left -= 1
            return (0..<random(12)).map { _ in Self.pieces[random(Self.pieces.count)] }.joined()
        }

        /// The next number below a bound, by a linear congruential generator.
        private mutating func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func nothingBreaksTheURLParsers(seed: UInt64) throws {
        for text in Texts(state: seed, left: 2000) {
            if let url = try? URLReference(text) {
                let again = try URLReference(url.description, maximumBytes: .max)
                #expect(again == url, "\(text.debugDescription)")
                _ = try? URLReference("http://a/b/c").resolving(url)
            }
            if let uri = try? IRI.toURI(text) {
                #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(text.debugDescription)")
                #expect(try IRI.toURI(uri) == uri, "\(text.debugDescription)")
            }
            if let iri = try? IRI.fromURI(text) {
                #expect(!iri.utf8.contains { $0 < 0x20 } || text.utf8.contains { $0 < 0x20 })
            }
            if let ascii = try? IDNA.toASCII(text) { #expect(ascii.utf8.count <= 255) }
            if let authority = Authority(text) { #expect(authority.description == text) }
            let form = try MultiDict(urlEncoded: text)
            #expect(try MultiDict(urlEncoded: form.urlEncoded) == form)
            #expect(PercentCoding.decode(PercentCoding.encode(text.utf8).utf8) == Array(text.utf8))
        }
    }

    @Test(arguments: [5, 6] as [UInt64])
    func aSafeRedirectStaysOnTheHost(seed: UInt64) throws {
        for text in Texts(state: seed, left: 4000) where isSafeRedirect(to: text) {
            let slashed = text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
            for reading in [text, slashed] {
                let target = try URLReference("https://here.example/x/").resolving(IRI.toURI(reading))
                #expect(target.scheme == "https" && target.host == "here.example", "\(text.debugDescription)")
            }
        }
    }

    @Test(arguments: [7, 8] as [UInt64])
    func nothingBreaksTheParsersOfNamesAndHeaders(seed: UInt64) {
        for text in Texts(state: seed, left: 3000) {
            if let path = safeJoin("/srv", text) {
                #expect(path.utf8.starts(with: "/srv".utf8) && !path.utf8.contains(0))
                #expect(!path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) })
            }
            let name = secureFilename(text)
            #expect(secureFilename(name) == name, "\(text.debugDescription)")
            if let type = MediaType(text) { #expect(MediaType(type.description) == type) }
            _ = FileType(fileName: text)
            for element in Forwarded.parse([text]) ?? [] where !element.description.isEmpty {
                #expect(Forwarded.parse([element.description])?.first == element)
            }
            let facts = TrustedProxies(host: 1, port: 1, prefix: 1).corrected(
                ConnectionFacts(),
                headers: ["Host", "Port", "Prefix", "For", "Proto"].map { ("X-Forwarded-\($0)", text) })
            #expect(facts.hostHeader.map { Authority($0) != nil } ?? true)
            #expect(facts.serverPort.map { (1...65_535).contains($0) } ?? true)
        }
    }
}
