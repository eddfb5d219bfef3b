// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct HashFunctionTests {
    /// FIPS 180-4 examples of the message "abc".
    static let ofABC: [(HashFunction, String)] = [
        (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha384,
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .sha512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ]

    @Test("The digest of abc is the published one", arguments: ofABC)
    func published(hash: HashFunction, expected: String) throws {
        #expect(Hex.encode(try hash.digest(of: "abc".utf8)) == expected)
    }

    @Test("A digest has its size, of nothing too", arguments: HashFunction.allCases)
    func size(hash: HashFunction) throws {
        #expect(try hash.digest(of: [UInt8]()).count == hash.digestSize)
    }

    @Test func bytesInPiecesOfMemoryHashAlike() throws {
        let joined = [UInt8](0...99)
        let inPieces = [Array(joined[..<40]), Array(joined[40...])].joined()
        let slice = ([7] + joined).dropFirst()
        #expect(try HashFunction.sha256.digest(of: joined) == HashFunction.sha256.digest(of: slice))
        #expect(
            try HashFunction.sha256.digest(of: Array(inPieces))
                == HashFunction.sha256.digest(of: joined.lazy.map { $0 })
        )
    }
}

@Suite struct HMACKeyTests {
    /// RFC 4231 §4.2, §4.3 and §4.7 (a key longer than a block); RFC 2202 §3 for SHA-1.
    static let vectors: [(HashFunction, [UInt8], String, String)] = [
        (
            .sha256, [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            .sha256, Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            .sha256, [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            .sha384, Array("Jefe".utf8), "what do ya want for nothing?",
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
        ),
        (
            .sha512, Array("Jefe".utf8), "what do ya want for nothing?",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        ),
        (.sha1, Array("Jefe".utf8), "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
    ]

    @Test("The code is the published one", arguments: vectors)
    func published(hash: HashFunction, key: [UInt8], message: String, expected: String) throws {
        let hmac = try HMACKey(key, hash: hash)
        #expect(Hex.encode(try hmac.authenticationCode(for: message.utf8)) == expected)
        #expect(Hex.encode(try hmac.authenticationCode(for: message.utf8)) == expected)
    }

    @Test func aFlippedBitIsRejected() throws {
        let key = try HMACKey("secret".utf8)
        var code = try key.authenticationCode(for: "message".utf8)
        #expect(try key.isValid(code, for: "message".utf8))
        #expect(try !key.isValid(code, for: "messagf".utf8))
        #expect(try !key.isValid(code.dropLast(), for: "message".utf8))
        #expect(try !key.isValid([UInt8](), for: "message".utf8))
        code[31] ^= 1
        #expect(try !key.isValid(code, for: "message".utf8))
    }

    @Test func emptyKeyAndMessageWork() throws {
        let code = try HMACKey([UInt8]()).authenticationCode(for: [UInt8]())
        #expect(Hex.encode(code) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func oneKeyServesManyTasksAtOnce() async throws {
        let key = try HMACKey("shared".utf8)
        let expected = try key.authenticationCode(for: "x".utf8)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    (0..<2_000).count { _ in (try? key.authenticationCode(for: "x".utf8)) != expected }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}

@Suite struct HKDFTests {
    @Test func publishedVectorWithSalt() throws {
        // RFC 5869 §A.1.
        let key = try HKDF.deriveKey(
            from: [UInt8](repeating: 0x0B, count: 22), salt: [UInt8](0...0x0C), info: [UInt8](0xF0...0xF9), count: 42)
        #expect(
            Hex.encode(key) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test func publishedVectorWithoutSalt() throws {
        // RFC 5869 §A.3.
        let key = try HKDF.deriveKey(from: [UInt8](repeating: 0x0B, count: 22), info: [UInt8](), count: 42)
        #expect(
            Hex.encode(key) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }

    @Test func lengthsHaveTheirLimit() throws {
        #expect(try HKDF.deriveKey(from: [1], info: [2], count: 255 * 32).count == 255 * 32)
        #expect(try HKDF.deriveKey(from: [1], info: [2], count: 0).isEmpty)
        #expect(throws: WireError.self) { try HKDF.deriveKey(from: [1], info: [2], count: 255 * 32 + 1) }
        #expect(throws: WireError.self) { try HKDF.deriveKey(from: [1], info: [2], count: -1) }
    }
}

@Suite struct ChecksumTests {
    @Test func publishedValues() {
        #expect(Checksum.crc32("123456789".utf8) == 0xCBF4_3926)
        #expect(Checksum.adler32("Wikipedia".utf8) == 0x11E6_0398)
    }

    @Test func nothingLeavesTheStart() {
        #expect(Checksum.crc32([UInt8]()) == 0)
        #expect(Checksum.adler32([UInt8]()) == 1)
    }

    @Test("Pieces continue each other", arguments: [0, 1, 4, 9])
    func pieces(split: Int) {
        let all = Array("123456789".utf8)
        let crc = Checksum.crc32(all[split...], continuing: Checksum.crc32(all[..<split]))
        let adler = Checksum.adler32(all[split...], continuing: Checksum.adler32(all[..<split]))
        #expect(crc == Checksum.crc32(all))
        #expect(adler == Checksum.adler32(all))
    }
}
