// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct AESGCMKeyTests {
    static let key = [UInt8](0..<32)
    static let nonce = [UInt8](repeating: 9, count: 12)

    @Test func publishedVectors() throws {
        // The GCM specification of McGrew and Viega, test cases 13 and 14.
        let key = try AESGCMKey([UInt8](repeating: 0, count: 32))
        let nonce = [UInt8](repeating: 0, count: 12)
        #expect(Hex.encode(try key.seal([], nonce: nonce)) == "530f8afbc74536b9a963b4f1c4cb738b")
        let sealed = try key.seal([UInt8](repeating: 0, count: 16), nonce: nonce)
        #expect(Hex.encode(sealed) == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
    }

    @Test("A round trip gives the same bytes", arguments: [0, 1, 15, 16, 17, 5_000], [0, 20])
    func roundTrip(count: Int, contextCount: Int) throws {
        let key = try AESGCMKey(Self.key)
        let plain = [UInt8](repeating: 0xA5, count: count)
        let context = [UInt8](repeating: 3, count: contextCount)
        let sealed = try key.seal(plain, nonce: Self.nonce, authenticating: context)
        #expect(sealed.count == count + AESGCMKey.tagSize)
        #expect(try key.open(sealed, nonce: Self.nonce, authenticating: context) == plain)
    }

    @Test("Each flipped bit is found", arguments: 0..<21)
    func flipped(index: Int) throws {
        let key = try AESGCMKey(Self.key)
        var sealed = try key.seal([1, 2, 3, 4, 5], nonce: Self.nonce, authenticating: [7])
        sealed[index] ^= 0x10
        let changed = sealed
        let error = #expect(throws: WireError.self) {
            try key.open(changed, nonce: Self.nonce, authenticating: [7])
        }
        #expect(error?.code == .authenticationFailed)
        #expect(error?.status == 400)
    }

    @Test func otherKeyNonceOrContextIsFound() throws {
        let key = try AESGCMKey(Self.key)
        let sealed = try key.seal([1], nonce: Self.nonce, authenticating: [7])
        let otherKey = try AESGCMKey(Self.key.reversed())
        let otherNonce = [UInt8](repeating: 8, count: 12)
        #expect(throws: WireError.self) { try otherKey.open(sealed, nonce: Self.nonce, authenticating: [7]) }
        #expect(throws: WireError.self) { try key.open(sealed, nonce: otherNonce, authenticating: [7]) }
        #expect(throws: WireError.self) { try key.open(sealed, nonce: Self.nonce, authenticating: [8]) }
        #expect(throws: WireError.self) { try key.open(sealed, nonce: Self.nonce) }
    }

    @Test("Too short to hold a tag", arguments: [0, 1, 15])
    func short(count: Int) throws {
        let key = try AESGCMKey(Self.key)
        #expect(throws: WireError.self) { try key.open([UInt8](repeating: 0, count: count), nonce: Self.nonce) }
    }

    @Test("Keys and nonces of another length are errors", arguments: [0, 11, 13, 16, 24, 33])
    func lengths(count: Int) throws {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(throws: WireError.self) { try AESGCMKey(bytes) }
        let key = try AESGCMKey(Self.key)
        let error = #expect(throws: WireError.self) { try key.seal([1], nonce: bytes) }
        #expect(error?.code == .cryptoFailed)
    }
}

@Suite struct SecureRandomTests {
    @Test("Bytes come in the number asked for", arguments: [0, 1, 12, 1_000])
    func counts(count: Int) throws {
        #expect(try SecureRandom.bytes(count).count == count)
        #expect(try SecureRandom.alphanumeric(count).utf8.count == count)
    }

    @Test func twoAreNeverAlike() throws {
        #expect(try SecureRandom.bytes(16) != SecureRandom.bytes(16))
        #expect(try SecureRandom.token() != SecureRandom.token())
    }

    @Test func tokensAreSafeInURLs() throws {
        let token = try SecureRandom.token(byteCount: 300)
        #expect(token.utf8.count == 400)
        #expect(Base64.decode(token.utf8, alphabet: .urlSafe, padding: .forbidden)?.count == 300)
        #expect(try SecureRandom.token().utf8.count == 43)
    }

    @Test func allCharactersOccur() throws {
        let text = try SecureRandom.alphanumeric(5_000)
        #expect(Set(text.utf8).count == 62)
    }

    @Test func aNegativeCountIsAnError() {
        #expect(throws: WireError.self) { try SecureRandom.bytes(-1) }
    }
}

@Suite struct ConstantTimeTests {
    @Test("Equality is that of the bytes", arguments: [("", ""), ("a", "a"), ("abc", "abd"), ("abc", "ab"), ("", "a")])
    func equality(left: String, right: String) {
        #expect(ConstantTime.areEqual(left, right) == (Array(left.utf8) == Array(right.utf8)))
    }

    @Test func otherSpellingsAreNotEqual() {
        #expect(!ConstantTime.areEqual("e\u{301}", "\u{e9}"))
        #expect(!ConstantTime.areEqual("\u{212A}", "K"))
    }
}
