// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 §10.
    static let vectors: [(String, String)] = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test("Published texts", arguments: vectors)
    func published(plain: String, text: String) {
        #expect(Base64.encode(plain.utf8) == text)
        #expect(Base64.encodedBytes(plain.utf8) == Array(text.utf8))
        #expect(Base64.decode(text.utf8) == Array(plain.utf8))
        #expect(Base64.decodeLeniently(text.utf8) == Array(plain.utf8))
        let bare = text.prefix { $0 != "=" }
        #expect(Base64.encode(plain.utf8, padding: false) == String(bare))
        #expect(Base64.decode(bare.utf8, padding: .forbidden) == Array(plain.utf8))
        #expect(Base64.decode(bare.utf8, padding: .optional) == Array(plain.utf8))
        #expect(Base64.decode(text.utf8, padding: .optional) == Array(plain.utf8))
    }

    @Test func alphabetsDifferInTwoCharacters() {
        let bytes: [UInt8] = [0xFB, 0xEF, 0xFF]
        #expect(Base64.encode(bytes) == "++//")
        #expect(Base64.encode(bytes, alphabet: .urlSafe) == "--__")
        #expect(Base64.decode("++//".utf8, alphabet: .urlSafe) == nil)
        #expect(Base64.decode("--__".utf8) == nil)
        #expect(Base64.decode("--__".utf8, alphabet: .urlSafe) == bytes)
        #expect(Base64.decodeLeniently("+-/_".utf8) == bytes)
    }

    @Test("Every length and byte makes the round trip", arguments: 0..<70)
    func roundTrip(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
        for alphabet in [Base64.Alphabet.standard, .urlSafe] {
            let text = Base64.encode(bytes, alphabet: alphabet)
            #expect(text.utf8.count % 4 == 0)
            #expect(Base64.decode(text.utf8, alphabet: alphabet) == bytes)
            let bare = Base64.encode(bytes, alphabet: alphabet, padding: false)
            #expect(Base64.decode(bare.utf8, alphabet: alphabet, padding: .forbidden) == bytes)
        }
    }

    @Test(
        "The strict reader refuses",
        arguments: [
            "Zg", "Zg=", "Zg===", "=", "==", "====", "Z", "Zm9vY", "Zm 9", "Zm9v\n", "Zm=v", "Z===", "Zh==", "Zm9=",
            "Zm9v====", "Zm9vé", "\u{0}AAA",
        ])
    func strictRefusals(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test("Forbidden padding is refused", arguments: ["Zg==", "Zm8=", "=", "Zm9v="])
    func forbiddenPadding(text: String) {
        #expect(Base64.decode(text.utf8, padding: .forbidden) == nil)
    }

    @Test("Unused bits make no second text", arguments: ["ZgA", "Zh", "Zm9"])
    func unusedBits(text: String) {
        let canonical = Base64.decodeLeniently(text.utf8).map { Base64.encode($0, padding: false) }
        let isCanonical = canonical == text
        #expect((Base64.decode(text.utf8, padding: .forbidden) != nil) == isCanonical)
    }

    @Test(
        "The lenient reader skips",
        arguments: [
            (" Z m\r\n9v ", "foo"), ("Zg", "f"), ("Zh==", "f"), ("Zm9v!YmFy", "foobar"), ("Zm8=Zm8=", "fo"),
            ("é☃", ""),
        ])
    func lenient(text: String, plain: String) {
        #expect(Base64.decodeLeniently(text.utf8) == Array(plain.utf8))
    }

    @Test func theLenientReaderRefusesAStrayCharacter() {
        #expect(Base64.decodeLeniently("Zm9vY".utf8) == nil)
        #expect(Base64.decodeLeniently("Z".utf8) == nil)
    }

    @Test func slicesAndLazyCollectionsAreRead() {
        let text = "xxZm9vxx".dropFirst(2).dropLast(2)
        #expect(Base64.decode(text.utf8) == Array("foo".utf8))
        #expect(Base64.decode(Array("Zm9v".utf8).lazy.map { $0 }) == Array("foo".utf8))
    }
}

@Suite struct HexTests {
    @Test func roundTrip() {
        #expect(Hex.encode([UInt8](0...255)).utf8.count == 512)
        #expect(Hex.decode(Hex.encode([UInt8](0...255))) == [UInt8](0...255))
        #expect(Hex.encode([0x0A, 0xFF]) == "0aff")
        #expect(Hex.decode("0aFf") == [0x0A, 0xFF])
        #expect(Hex.decode("") == [])
    }

    @Test("Refused", arguments: ["a", "abc", "zz", "0x", "a ", "é"])
    func refused(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
