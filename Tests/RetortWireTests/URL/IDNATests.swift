// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

struct PunycodeTests {
    /// The examples of RFC 3492 §7.1 whose letters have no capitals to mark.
    static let examples: [(String, String)] = [
        (
            "\u{644}\u{64A}\u{647}\u{645}\u{627}\u{628}\u{62A}\u{643}\u{644}\u{645}"
                + "\u{648}\u{634}\u{639}\u{631}\u{628}\u{64A}\u{61F}",
            "egbpdaj6bu4bxfgehfvwxn"
        ),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"), ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
        (
            "\u{5DC}\u{5DE}\u{5D4}\u{5D4}\u{5DD}\u{5E4}\u{5E9}\u{5D5}\u{5D8}\u{5DC}\u{5D0}\u{5DE}\u{5D3}\u{5D1}\u{5E8}"
                + "\u{5D9}\u{5DD}\u{5E2}\u{5D1}\u{5E8}\u{5D9}\u{5EA}",
            "4dbcagdahymbxekheh6e0a7fei0b"
        ),
        ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
        ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
        ("そのスピードで", "d9juau41awczczp"), ("-> $1.00 <-", "-> $1.00 <--"), ("bücher", "bcher-kva"), ("☃", "n3h"),
        ("", ""), ("abc", "abc-"), ("💩", "ls8h"), ("\u{10FFFF}", "dn32g"),
    ]

    @Test(arguments: examples)
    func textIsEncodedAndDecoded(text: String, encoded: String) {
        let scalars = Array(text.unicodeScalars)
        #expect(Punycode.encode(scalars) == encoded)
        #expect(Punycode.decode(encoded.utf8) == scalars)
    }

    @Test(arguments: [
        "\u{80}", "é", "-a", "!", "99999999", "zzzzzzzzzzzzzzzzzzzzzzzz", "a-b-ü", "ls8h0000000", "z", "0",
    ])
    func malformedTextIsRefused(encoded: String) {
        #expect(Punycode.decode(encoded.utf8) == nil)
    }

    @Test func surrogatesAndValuesBeyondUnicodeAreNoCharacters() {
        // U+D800, U+DFFF and U+110000, as an encoder without a check would write them.
        for encoded in ["ib9b", "zy0c", "en32g"] { #expect(Punycode.decode(encoded.utf8) == nil) }
    }

    @Test func longTextIsRefused() {
        #expect(Punycode.encode(Array(repeating: "ü", count: 257)) == nil)
        #expect(Punycode.decode(Array(repeating: UInt8(ascii: "a"), count: 257)) == nil)
    }

    @Test func everyCharacterComesBack() {
        for value in stride(from: UInt32(0x80), through: 0x10FFFF, by: 257) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text: [Unicode.Scalar] = ["a", scalar, "-", scalar, "\u{FC}"]
            #expect(Punycode.encode(text).flatMap { Punycode.decode($0.utf8) } == text)
        }
    }
}

struct IDNATests {
    @Test(arguments: [
        ("", ""), ("example.com", "example.com"), ("Example.COM", "Example.COM"), ("example.com.", "example.com."),
        ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.example", "xn--bcher-kva.example"),
        ("bu\u{308}cher", "xn--bcher-kva"),
        ("straße.de", "strasse.de"), ("ΒΌΛΟΣ.com", "xn--nxasmq6b.com"), ("βόλος.com", "xn--nxasmq6b.com"),
        ("ｅｘａｍｐｌｅ．com", "example.com"), ("日本。jp", "xn--wgv71a.jp"), ("a\u{AD}ü", "xn--a-eha"), ("𝐞xample", "example"),
        ("a\u{323}\u{302}.vn", "xn--zkg.vn"), ("â\u{323}.vn", "xn--zkg.vn"), ("か\u{3099}", "xn--v8j"),
        ("\u{1100}\u{1161}\u{11A8}", "xn--p39a"),
        ("क़", "xn--11b2f"), ("💩.la", "xn--ls8h.la"), ("موقع.test", "xn--4gbrim.test"),
        ("_dmarc.ü", "_dmarc.xn--tda"),
    ])
    func namesBecomeASCII(domain: String, ascii: String) throws {
        #expect(try IDNA.toASCII(domain) == ascii)
    }

    @Test(arguments: [
        "a..b", ".a", "..", "ü..b", "ü\u{FF61}.b", "a\u{2488}", "\u{AD}.x", "ü x", "ü\u{A0}", "ü／x", "ü：80", "ü＠x",
        "ü\u{202E}", "ü\u{E000}",
        "ü\u{FFFD}", "xn--ü", "\u{FB21}", "カ\u{FF9E}", "\u{F900}", "aם", "ם1", "ü\u{378}", "℡/ü", "c\u{2100}ü",
    ])
    func namesThatNoHostHasAreRefused(domain: String) {
        let error = #expect(throws: WireError.self) { try IDNA.toASCII(domain) }
        #expect(error?.code == .invalidDomain)
    }

    @Test func labelsAndNamesHaveALongestLength() throws {
        let label = String(repeating: "a", count: 63)
        #expect(try IDNA.toASCII(label) == label)
        #expect(throws: WireError.self) { try IDNA.toASCII(label + "a") }
        #expect(throws: WireError.self) { try IDNA.toASCII(String(repeating: "ü", count: 64)) }
        let name = [label, label, label, label].joined(separator: ".")
        #expect(try IDNA.toASCII(name).utf8.count == 255)
        #expect(throws: WireError.self) { try IDNA.toASCII(name + ".") }
        #expect(throws: WireError.self) { try IDNA.toASCII("ü." + name) }
        #expect(throws: WireError.self) { try IDNA.toASCII(String(repeating: "ü", count: 100_000)) }
    }

    @Test(arguments: [
        ("xn--bcher-kva.example", "bücher.example"), ("XN--N3H.net", "☃.net"), ("example.com", "example.com"),
        ("xn--a.com", "xn--a.com"), ("xn--", "xn--"), ("xn--strae-oqa.de", "xn--strae-oqa.de"), ("ü.de", "ü.de"),
        ("a..xn--n3h", "a..☃"), ("xn--zzzz99", "xn--zzzz99"), ("xn--a-", "xn--a-"),
    ])
    func namesAreDecodedWhereTheyComeBack(ascii: String, domain: String) {
        #expect(IDNA.toUnicode(ascii) == domain)
    }

    @Test func messagesNameTheCharacter() {
        let error = #expect(throws: WireError.self) { try IDNA.toASCII("ü\u{202E}") }
        #expect(error?.message == "The host name has the character U+202E, which no name may have.")
    }
}
