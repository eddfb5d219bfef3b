// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct SignerTests {
    /// Values that ItsDangerous 2.2 signed: derivation, hash, salt, signed text of `hello.world` under `secret`.
    static let recorded: [(Signer.KeyDerivation, HashFunction, String, String)] = [
        (.djangoConcat, .sha256, "itsdangerous.Signer", "Bkb1QUg0uREmLdEwtU5_HLgQx6vqLQXBdTUy0qha82M"),
        (
            .djangoConcat, .sha512, "itsdangerous.Signer",
            "D_hrMdEO_TgmaYqkz6YD8B4g7DU_RznWRALvodp83mmJxm5v4LXcROLePQNcUIA5Gfcl5-F1V94pV3r0iT8JRw"
        ),
        (.concat, .sha1, "itsdangerous.Signer", "-Km7Xsb7Q9y18mAmDP6zr2RNxRc"),
        (.concat, .sha256, "itsdangerous.Signer", "mxekaPzrn47bqx8CRLMb6jrWcmAGKsRsz6aHKmJyLpQ"),
        (.hmac, .sha1, "email-confirm", "WemmAbxeoXTBN4C-aNPixXgWb0s"),
        (.hmac, .sha256, "email-confirm", "phTqymRfBHj4N4LjMWa286RmECnf_4B5GxkKzkNwMSA"),
        (.none, .sha256, "itsdangerous.Signer", "TwuHCS2_GIiXI360gBYQBvqhSkJiS2eJ69Y166Fhyqw"),
    ]

    @Test("Signatures are those of the neighbour", arguments: recorded)
    func recordedSignatures(
        derivation: Signer.KeyDerivation, hash: HashFunction, salt: String, signature: String
    ) throws {
        let options = Signer.Options(keyDerivation: derivation, hash: hash)
        let signer = try Signer(keys: "secret", salt: salt, options: options)
        #expect(try signer.sign("hello.world") == "hello.world.\(signature)")
        #expect(try signer.unsign("hello.world.\(signature)") == "hello.world")
        #expect(signer.options == options)
    }

    @Test(
        "Every setting makes the round trip", arguments: Signer.KeyDerivation.allCases, HashFunction.allCases)
    func roundTrip(derivation: Signer.KeyDerivation, hash: HashFunction) throws {
        let signer = try Signer(
            keys: "key", salt: "salt", options: Signer.Options(keyDerivation: derivation, hash: hash))
        for value in ["", ".", "a.b.c", "é☃", "a\r\nb", String(repeating: "x", count: 5_000)] {
            #expect(try signer.unsign(signer.sign(value)) == value)
        }
        #expect(try signer.signature(of: []).count == hash.digestSize)
    }

    @Test func bytesThatAreNoTextAreSignedToo() throws {
        let signer = try Signer(keys: "key")
        let signed = try signer.sign(bytes: [0xFF, 0x00, 0x2E])
        #expect(try signer.unsign(bytes: signed) == [0xFF, 0x00, 0x2E])
    }

    @Test("Every changed byte is found", arguments: 0..<33)
    func changedByte(index: Int) throws {
        let signer = try Signer(keys: "key")
        var bytes = Array(try signer.sign("hello").utf8)
        bytes[index] = bytes[index] == UInt8(ascii: "Q") ? UInt8(ascii: "R") : UInt8(ascii: "Q")
        #expect(!signer.isValid(String(decoding: bytes, as: UTF8.self)))
    }

    @Test(
        "Other spellings of a signature are refused",
        arguments: ["=", " ", "A", "\n", "%3D", "!"])
    func suffixes(suffix: String) throws {
        let signer = try Signer(keys: "key")
        let signed = try signer.sign("hello")
        #expect(signer.isValid(signed))
        #expect(!signer.isValid(signed + suffix))
    }

    @Test func unusedBitsOfTheLastCharacterMatter() throws {
        let signer = try Signer(keys: "key")
        let signed = try signer.sign("hello")
        // The last character of 20 bytes holds four bits, so only every fourth character can stand there.
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let others = alphabet.filter { signer.isValid(signed.dropLast() + String($0)) }
        #expect(others.count == 1)
    }

    @Test("What has no signature is bad data", arguments: ["", "hello", "é", "hello,signature"])
    func withoutSignature(text: String) throws {
        let signer = try Signer(keys: "key")
        let error = #expect(throws: SigningError.self) { try signer.unsign(text) }
        #expect(error?.code == .badData)
        #expect(error?.unsafePayload == nil)
        #expect(error?.isSignatureValid == false)
    }

    @Test("A wrong signature keeps the payload as unsafe", arguments: ["hello.", "hello.abc", "hello.!!", "hello.é"])
    func wrongSignature(text: String) throws {
        let signer = try Signer(keys: "key")
        let error = #expect(throws: SigningError.self) { try signer.unsign(text) }
        #expect(error?.code == .badSignature)
        #expect(error?.unsafePayload == Array("hello".utf8))
        #expect(error?.isSignatureValid == false)
        #expect(error?.wireError.status == 400)
        #expect(error?.description == "bad-signature: The signature does not match the value.")
    }

    @Test func saltAndKeyAndSettingsSeparate() throws {
        let signed = try Signer(keys: "key", salt: "a").sign("x")
        #expect(try Signer(keys: "key", salt: "a").isValid(signed))
        #expect(try !Signer(keys: "key", salt: "b").isValid(signed))
        #expect(try !Signer(keys: "other", salt: "a").isValid(signed))
        let other = Signer.Options(keyDerivation: .hmac)
        #expect(try !Signer(keys: "key", salt: "a", options: other).isValid(signed))
        let longer = Signer.Options(hash: .sha256)
        #expect(try !Signer(keys: "key", salt: "a", options: longer).isValid(signed))
    }

    @Test("Separators of several bytes work", arguments: [":", "::", "☃", "--!", "!--", "..", "|.|"])
    func separators(separator: String) throws {
        let signer = try Signer(keys: "key", options: Signer.Options(separator: separator))
        for value in ["", "a", "a\(separator)b", separator, "\(separator)\(separator)", "-", "!"] {
            #expect(try signer.unsign(signer.sign(value)) == value)
        }
    }

    @Test("Separators that a signature may contain are refused", arguments: ["", "a", "-", "_", "=", "Z9", "--", "0"])
    func unusableSeparators(separator: String) {
        let error = #expect(throws: WireError.self) {
            try Signer(keys: "key", options: Signer.Options(separator: separator))
        }
        #expect(error?.code == .invalidSeparator)
        #expect(error?.status == 500)
    }

    @Test func recordedSignatureWithALongSeparator() throws {
        let signer = try Signer(keys: "k", options: Signer.Options(separator: "::"))
        #expect(try signer.sign("a::b") == "a::b::bt8fYOb0yJtDGEbGvbJ4btRkv6E")
    }
}

@Suite struct SecretKeysTests {
    @Test func theNewestSignsAndAllVerify() throws {
        let old = try Signer(keys: "old")
        let new = try Signer(keys: "new")
        let both = try Signer(keys: ["old", "new"])
        #expect(try both.sign("x") == new.sign("x"))
        #expect(try both.isValid(old.sign("x")))
        #expect(try both.isValid(new.sign("x")))
        #expect(try !old.isValid(both.sign("x")))
    }

    @Test func fallbacksComeBeforeTheCurrentKey() throws {
        let keys = SecretKeys("current", fallbacks: ["oldest", "older"])
        let signer = try Signer(keys: keys)
        #expect(try signer.sign("x") == Signer(keys: "current").sign("x"))
        for key in ["oldest", "older", "current"] {
            #expect(try signer.isValid(Signer(keys: SecretKeys(key)).sign("x")))
        }
    }

    @Test func bytesAndTextsAreTheSameKeys() throws {
        #expect(try Signer(keys: SecretKeys([Array("é".utf8)])).sign("x") == Signer(keys: "é").sign("x"))
    }

    @Test(
        "Missing and empty keys are errors",
        arguments: [SecretKeys([String]()), "", ["", "new"], ["old", ""]] as [SecretKeys])
    func missing(keys: SecretKeys) {
        let error = #expect(throws: WireError.self) { try Signer(keys: keys) }
        #expect(error?.code == .secretKeyMissing)
        #expect(error?.status == 500)
        #expect(error?.message == "A secret key is missing or empty. Set it to a long random text.")
    }

    @Test func printingShowsNoKey() {
        let keys: SecretKeys = ["hush", "secret"]
        #expect("\(keys)" == "SecretKeys(2)")
        #expect(String(reflecting: keys) == "SecretKeys(2)")
        var dumped = ""
        dump(keys, to: &dumped)
        #expect(!dumped.contains("hush"))
        #expect(!dumped.contains("104"))
    }
}
