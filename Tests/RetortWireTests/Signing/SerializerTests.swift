// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

private struct Invitation: Codable, Equatable {
    var id = 5
    var name = "itsdangerous"
}

private struct Everything: Codable, Equatable {
    var date = Date(timeIntervalSince1970: 1_709_209_845)
    var uuid = UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255))
    var bytes: [UInt8] = [0, 255]
    var number = 1e16
}

@Suite struct SerializerTests {
    @Test func plainTextsAreThoseOfTheNeighbour() throws {
        let serializer = try Serializer(keys: "secret")
        #expect(try serializer.dump(String?.none) == "null.mzpArLzCx4J5X46ifzkqnvDZKH8")
        #expect(try serializer.dump("hi") == "\"hi\".xIEV3r5Ik4ToMPo8kJN6YwsHxyI")
        #expect(
            try serializer.dump(Invitation())
                == "{\"id\": 5, \"name\": \"itsdangerous\"}.5EFq_4jeiu-BbbwBmZYuuc6PiAk")
        #expect(try serializer.dump(["é": 1e16]) == "{\"\\u00e9\": 1e+16}.SUA0IAxWIKxxDQcCC1f2ze9ObD0")
    }

    @Test func urlSafeTextsAreThoseOfTheNeighbour() throws {
        let serializer = try URLSafeSerializer(keys: "secret")
        #expect(try serializer.dump(String?.none) == "bnVsbA.VKZcJU4Bbujpuv6yk-_K4QlWKUM")
        #expect(try serializer.dump(42) == "NDI.wkhW1Nqlg7YpleE58p8KeXmmBKQ")
        #expect(try serializer.dump("hi") == "ImhpIg.4Q-T1831XNJhwHdq9EP609HVHuo")
        #expect(
            try serializer.dump(Invitation())
                == "eyJpZCI6NSwibmFtZSI6Iml0c2Rhbmdlcm91cyJ9.K1LhDTIH49qlnhmAOBwJVY8WOK8")
        #expect(try serializer.dump(["é": 1.0]) == "eyLDqSI6MS4wfQ.RH8z7HWZFY1rXSg7TnJfbyAJP0Q")
        let long = String(repeating: "x", count: 300)
        #expect(try serializer.dump(long) == ".eJxTqhgFRAMlAGb5jOU.lErZnIJh_3Y9PqFzTq6zLbXssok")
    }

    @Test func timedTextsAreThoseOfTheNeighbour() throws {
        let urlSafe = try URLSafeTimedSerializer(keys: "secret", clock: .fixed(1_700_000_000))
        #expect(try urlSafe.dump(["a": 1]) == "eyJhIjoxfQ.ZVPxAA.29jNa7P8cC3Mkvk3JRTL72cvH2o")
        let plain = try TimedSerializer(keys: "secret", clock: .fixed(1_700_000_000))
        #expect(try plain.dump(["a": 1]) == "{\"a\": 1}.ZVPxAA.i6MCrjGy3hR-5mriEglo6mGcr6w")
    }

    @Test("Values make the round trip", arguments: ["", "a", "é☃𝄞", "a.b", String(repeating: "ab", count: 900)])
    func roundTrip(text: String) throws {
        let value = [text: [text, "x"]]
        let plain = try Serializer(keys: "k")
        #expect(try plain.load([String: [String]].self, from: plain.dump(value)) == value)
        let urlSafe = try URLSafeSerializer(keys: "k")
        #expect(try urlSafe.load([String: [String]].self, from: urlSafe.dump(value)) == value)
        let timed = try URLSafeTimedSerializer(keys: "k")
        #expect(try timed.load([String: [String]].self, from: timed.dump(value), maxAge: .seconds(60)) == value)
    }

    @Test func typesBeyondJSONAreTexts() throws {
        let serializer = try Serializer(keys: "k")
        let json = String(decoding: try serializer.loadJSON(from: serializer.dump(Everything())), as: UTF8.self)
        #expect(json.contains("\"date\": \"Thu, 29 Feb 2024 12:30:45 GMT\""))
        #expect(json.contains("\"uuid\": \"00010203-0405-0607-0809-0a0b0c0d0eff\""))
        #expect(json.contains("\"bytes\": \"AP8=\""))
        #expect(try serializer.load(Everything.self, from: serializer.dump(Everything())) == Everything())
    }

    @Test func urlSafeTextsNeedNoEscape() throws {
        let serializer = try URLSafeTimedSerializer(keys: "k")
        let text = try serializer.dump("é☃ + / ? & = %")
        let safe = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.".utf8)
        #expect(safe.isSuperset(of: text.utf8))
    }

    @Test func jsonTextPassesUnchanged() throws {
        let serializer = try URLSafeSerializer(keys: "k")
        let json = Array("  {\"b\" :1,\"a\":2} ".utf8)
        #expect(try serializer.loadJSON(from: serializer.dump(json: json)) == json)
    }

    @Test func fallbackSettingsVerify() throws {
        let old = Signer.Options(keyDerivation: .concat, hash: .sha1)
        let new = Signer.Options(keyDerivation: .hmac, hash: .sha512)
        let written = try URLSafeSerializer(keys: "k", options: old).dump(1)
        #expect(throws: SigningError.self) {
            try URLSafeSerializer(keys: "k", options: new).load(Int.self, from: written)
        }
        let reader = try URLSafeSerializer(keys: "k", options: new, fallbacks: [Signer.Options(), old])
        #expect(try reader.load(Int.self, from: written) == 1)
        #expect(try reader.dump(1) == URLSafeSerializer(keys: "k", options: new).dump(1))
    }

    @Test func oldKeysVerifyUnderFallbackSettings() throws {
        let old = Signer.Options(hash: .sha256)
        let written = try URLSafeTimedSerializer(keys: "k1", options: old, clock: .fixed(10)).dump(1)
        let reader = try URLSafeTimedSerializer(keys: ["k1", "k2"], fallbacks: [old], clock: .fixed(20))
        #expect(try reader.load(Int.self, from: written, maxAge: .seconds(10)) == 1)
        let error = #expect(throws: SigningError.self) { try reader.load(Int.self, from: written, maxAge: .seconds(9)) }
        #expect(error?.code == .signatureExpired)
    }

    @Test func anExpiredValueEndsTheSearch() throws {
        let written = try TimedSerializer(keys: "k", clock: .fixed(10)).dump(1)
        let reader = try TimedSerializer(keys: "k", fallbacks: [Signer.Options(hash: .sha256)], clock: .fixed(100))
        let error = #expect(throws: SigningError.self) { try reader.load(Int.self, from: written, maxAge: .seconds(1)) }
        #expect(error?.code == .signatureExpired)
        #expect(try reader.loadJSON(from: written).signedAt == 10)
    }

    @Test func aValueOfAnotherTypeIsABadPayload() throws {
        let serializer = try URLSafeSerializer(keys: "k")
        let text = try serializer.dump(["id": "five", "name": "x"])
        let error = #expect(throws: SigningError.self) { try serializer.load(Invitation.self, from: text) }
        #expect(error?.code == .badPayload)
        #expect(error?.message == "The signed value is not of the type Invitation: 'id' does not fit.")
        #expect(error?.isSignatureValid == true)
    }

    @Test("Malformed payloads under a good signature", arguments: ["A", "====", "é", ".AAAA", ".eJx", "e30%"])
    func malformedPayloads(payload: String) throws {
        let signed = try Signer(keys: "k", salt: "itsdangerous").sign(payload)
        let serializer = try URLSafeSerializer(keys: "k")
        let error = #expect(throws: SigningError.self) { try serializer.loadJSON(from: signed) }
        #expect(error?.code == .badPayload)
    }

    @Test("Malformed JSON under a good signature", arguments: ["", "{", "nul", "1 2", "\u{7F}"])
    func malformedJSON(json: String) throws {
        let serializer = try Serializer(keys: "k")
        let signed = try serializer.dump(json: Array(json.utf8))
        let error = #expect(throws: SigningError.self) { try serializer.load(Int.self, from: signed) }
        #expect(error?.code == .badPayload)
    }

    @Test func aBombIsRefused() throws {
        var serializer = try URLSafeSerializer(keys: "k")
        let text = try serializer.dump(String(repeating: "x", count: 2_000_000))
        #expect(text.utf8.count < 5_000)
        let error = #expect(throws: SigningError.self) { try serializer.loadJSON(from: text) }
        #expect(error?.code == .badPayload)
        serializer.jsonLimit = 3_000_000
        #expect(try serializer.loadJSON(from: text).count == 2_000_002)
    }

    @Test func theLimitHoldsForPlainTextsToo() throws {
        var serializer = try Serializer(keys: "k")
        let text = try serializer.dump("abc")
        serializer.jsonLimit = 4
        #expect(throws: SigningError.self) { try serializer.loadJSON(from: text) }
        serializer.jsonLimit = 5
        #expect(try serializer.load(String.self, from: text) == "abc")
    }

    @Test func unsafeLoadingLooksBehindABadSignature() throws {
        let serializer = try URLSafeSerializer(keys: "k")
        let text = try serializer.dump("secret plan")
        let good = serializer.loadUnsafely(String.self, from: text)
        #expect(good.isSignatureValid)
        #expect(good.value == "secret plan")
        let forged = try URLSafeSerializer(keys: "other").loadUnsafely(String.self, from: text)
        #expect(!forged.isSignatureValid)
        #expect(forged.value == "secret plan")
        #expect(serializer.loadUnsafely(String.self, from: "nonsense").value == nil)
        #expect(serializer.loadUnsafely(String.self, from: "!!.x").value == nil)
        let otherType = serializer.loadUnsafely(Int.self, from: text)
        #expect(otherType.isSignatureValid)
        #expect(otherType.value == nil)
    }

    @Test func unsafeLoadingOfTimedTexts() throws {
        let text = try URLSafeTimedSerializer(keys: "k", clock: .fixed(0)).dump(7)
        let reader = try URLSafeTimedSerializer(keys: "k", clock: .fixed(100))
        #expect(reader.loadUnsafely(Int.self, from: text, maxAge: .seconds(200)).isAccepted)
        let old = reader.loadUnsafely(Int.self, from: text, maxAge: .seconds(50))
        #expect(!old.isAccepted)
        #expect(old.value == 7)
        let forged = try URLSafeTimedSerializer(keys: "other").loadUnsafely(Int.self, from: text)
        #expect(!forged.isAccepted)
        #expect(forged.value == 7)
    }
}

@Suite struct PayloadFormatTests {
    @Test("Compression is used where it is shorter by two", arguments: [0, 1, 5, 12, 20, 40, 200])
    func compression(count: Int) throws {
        let json = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        let packed = try Deflater.compress(json, format: .zlib)
        let payload = try URLSafePayload.encode(json)
        #expect((payload.first == UInt8(ascii: ".")) == (packed.count < count - 1))
        #expect(try URLSafePayload.decode(payload, limit: count) == json)
    }

    @Test func paddingIsTolerated() throws {
        #expect(try URLSafePayload.decode(Array("MQ==".utf8), limit: 5) == [0x31])
        #expect(try URLSafePayload.decode(Array("MQ".utf8), limit: 5) == [0x31])
    }

    @Test func limitsAreExact() throws {
        #expect(throws: SigningError.self) { try URLSafePayload.decode(Array("MTIz".utf8), limit: 2) }
        #expect(try URLSafePayload.decode(Array("MTIz".utf8), limit: 3).count == 3)
        #expect(throws: SigningError.self) { try PlainPayload.decode([1, 2, 3], limit: 2) }
    }
}
