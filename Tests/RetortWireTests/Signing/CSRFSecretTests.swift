// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct CSRFSecretTests {
    @Test func tokensVerifyAndDiffer() throws {
        let secret = try CSRFSecret.random()
        let tokens = try (0..<20).map { _ in try secret.token() }
        #expect(Set(tokens).count == 20)
        #expect(tokens.allSatisfy { secret.isValid($0) })
        #expect(tokens.allSatisfy { $0.utf8.count == 86 })
    }

    @Test func theSecretSurvivesTheSession() throws {
        let secret = try CSRFSecret.random()
        #expect(secret.text.utf8.count == 43)
        let again = try #require(CSRFSecret(secret.text))
        #expect(again.isValid(try secret.token()))
        #expect(again.text == secret.text)
    }

    @Test func anotherSecretRefuses() throws {
        let token = try CSRFSecret.random().token()
        #expect(try !CSRFSecret.random().isValid(token))
    }

    @Test func tokensAreGoodForTheirActionOnly() throws {
        let secret = try CSRFSecret.random()
        let token = try secret.token(for: "POST /transfer")
        #expect(secret.isValid(token, for: "POST /transfer"))
        #expect(!secret.isValid(token, for: "POST /delete"))
        #expect(!secret.isValid(token))
        #expect(!secret.isValid(try secret.token(), for: "POST /transfer"))
    }

    @Test("Every changed character is found", arguments: 0..<85)
    func changed(index: Int) throws {
        let secret = try CSRFSecret.random()
        var bytes = Array(try secret.token().utf8)
        bytes[index] = bytes[index] == UInt8(ascii: "g") ? UInt8(ascii: "h") : UInt8(ascii: "g")
        #expect(!secret.isValid(String(decoding: bytes, as: UTF8.self)))
    }

    @Test(
        "Malformed tokens are refused",
        arguments: [
            "", "a", String(repeating: "A", count: 86), String(repeating: "A", count: 85),
            String(repeating: "A", count: 100_000), String(repeating: "é", count: 43),
        ])
    func malformed(token: String) throws {
        #expect(try !CSRFSecret.random().isValid(token))
    }

    @Test("Malformed secrets are nil", arguments: ["", "abc", String(repeating: "A", count: 44), "é"])
    func malformedSecret(text: String) {
        #expect(CSRFSecret(text) == nil)
    }

    @Test func theTokenDoesNotContainTheSecret() throws {
        let secret = try CSRFSecret.random()
        let plain = try #require(Base64.decode(secret.text.utf8, alphabet: .urlSafe, padding: .forbidden))
        let token = try #require(
            Base64.decode(try secret.token().utf8, alphabet: .urlSafe, padding: .forbidden))
        let unmasked = zip(token.prefix(32), token.suffix(32)).map { $0 ^ $1 }
        #expect(Array(token.prefix(32)) != plain)
        #expect(unmasked != plain)
    }
}
