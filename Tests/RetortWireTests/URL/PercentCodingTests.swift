// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct PercentCodingTests {
    @Test(arguments: [
        ("", ""), ("abc", "abc"), ("a%20b", "a b"), ("%41%42", "AB"), ("a+b", "a+b"), ("%2b", "+"), ("%", "%"),
        ("%4", "%4"), ("%zz", "%zz"), ("%4g", "%4g"), ("%%41", "%A"), ("%25%34%31", "%41"), ("100%", "100%"),
        ("%C3%BC", "ü"), ("%e2%98%83", "☃"), ("a%00b", "a\u{0}b"),
    ])
    func escapesBecomeBytes(encoded: String, decoded: String) {
        #expect(PercentCoding.decode(encoded.utf8) == Array(decoded.utf8))
        #expect(PercentCoding.decodedText(encoded).utf8.elementsEqual(decoded.utf8))
    }

    @Test(arguments: [("a+b", "a b"), ("+", " "), ("%2B+", "+ "), ("a+%zz", "a %zz")])
    func plusIsASpaceWhereFormsWantIt(encoded: String, decoded: String) {
        #expect(PercentCoding.decode(encoded.utf8, plusIsSpace: true) == Array(decoded.utf8))
        #expect(PercentCoding.decodedText(encoded, plusIsSpace: true) == decoded)
    }

    @Test(arguments: [("%A4", "\u{FFFD}"), ("%C3", "\u{FFFD}"), ("%C3x", "\u{FFFD}x"), ("%FF%C3%BC", "\u{FFFD}ü")])
    func bytesThatAreNoUTF8AreRepaired(encoded: String, decoded: String) {
        #expect(PercentCoding.decodedText(encoded).utf8.elementsEqual(decoded.utf8))
    }

    @Test func decodingKeepsBytesThatAreNoUTF8() {
        #expect(PercentCoding.decode("%ff%FE".utf8) == [0xFF, 0xFE])
    }

    @Test func decodingAcceptsCollectionsThatAreNotContiguous() {
        #expect(PercentCoding.decode("x%41+".utf8.lazy.map { $0 }, plusIsSpace: true) == Array("xA ".utf8))
    }

    @Test(arguments: [
        ("", ""), ("AZaz09-._~", "AZaz09-._~"), ("a b", "a%20b"), ("/", "%2F"), ("ü", "%C3%BC"), ("%", "%25"),
        ("a\r\nb", "a%0D%0Ab"), ("\u{0}\u{7F}", "%00%7F"),
        ("!$&'()*+,/:;=@?#[]", "%21%24%26%27%28%29%2A%2B%2C%2F%3A%3B%3D%40%3F%23%5B%5D"),
    ])
    func unsafeBytesBecomeEscapes(text: String, encoded: String) {
        #expect(PercentCoding.encode(text.utf8) == encoded)
        #expect(PercentCoding.encode(text.utf8.lazy.map { $0 }) == encoded)
    }

    @Test func safeBytesStayAsTheyAre() {
        #expect(PercentCoding.encode("a/b c?".utf8, safe: "/") == "a/b%20c%3F")
        #expect(PercentCoding.encode("a/b c?".utf8, safe: .path) == "a/b%20c%3F")
        #expect(PercentCoding.encode("a/b c?".utf8, safe: .query) == "a/b%20c?")
    }

    @Test func everyByteComesBack() {
        let bytes = [UInt8](0...255)
        let encoded = PercentCoding.encode(bytes)
        #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(PercentCoding.decode(encoded.utf8) == bytes)
        #expect(PercentCoding.decode(encoded.lowercased().utf8).count == 256)
    }

    @Test func safeSetsHoldTheUnreservedBytesAndThoseGiven() {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(PercentCoding.SafeSet.unreserved.contains(byte) == unreserved.contains(byte))
            #expect(PercentCoding.SafeSet("%é".utf8).contains(byte) == (unreserved.contains(byte) || byte == 0x25))
        }
    }
}
