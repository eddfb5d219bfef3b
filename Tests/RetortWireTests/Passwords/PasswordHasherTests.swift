// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

private let quick = PasswordScheme(.scrypt(cost: 16, blockSize: 1, parallelism: 1))
private let scryptDigest =
    "ea97c1e98822ff7ac42debc66b60cbbf6a49970c9b00e9b4bac90aa0f5270ec6"
    + "cac1427c7a96eae87cb0a524ea2dc51beddf1146a3d9c81f2aa5c60dcaa9c8f6"

@Suite struct PasswordHasherTests {
    /// Hashes that Python's `hashlib` computed for `paßword`, in the forms of Werkzeug and Django.
    static let recorded = [
        "scrypt:1024:8:1$saltsaltsaltsalt$\(scryptDigest)",
        "pbkdf2:sha512:1000$0uc8G0tywv9mv1Q4$01eb61d10ff7ac4f7756490f30c2e7c86cbc39d02083e0bc1378c00ce153787e"
            + "05fab2602133f78bf90f60c5c04b3b528f355c67701318b68dba081dc5f8be92",
        "pbkdf2_sha256$1000$saltsaltsaltsaltsaltsa$v4Yc0XGzFW+Tub9tfsxxggr0vtetU7N0wol9gDMFTug=",
        "pbkdf2_sha1$1000$saltsaltsaltsaltsaltsa$6DgCUiHyungJjmqmnoPB/yOV9IM=",
        "scrypt$1024$saltsaltsaltsaltsaltsa$8$5$T4M5VpaiGLvSPJ1M+z1FBPIx25q98tlp0GmMOIE4OlCcyhOEx4WFqMY+REAbq+"
            + "xxN8EU74UO34GWxqcf/eLLvQ==",
    ]

    @Test("Hashes of the neighbours verify", arguments: recorded)
    func recordedHashes(hash: String) throws {
        let hasher = PasswordHasher(quick)
        #expect(try hasher.verify("paßword", against: hash))
        #expect(try !hasher.verify("paßwordx", against: hash))
        #expect(try !hasher.verify("passsword", against: hash))
        #expect(try !hasher.verify("", against: hash))
        #expect(hasher.needsRehash(hash))
    }

    @Test func theDefaultOfWerkzeugVerifies() throws {
        let hash =
            "scrypt:32768:8:1$ZL3dBphKlZ1p4atK$dcb25a929dd36ba62b46c6eb3ed929e8b52c4be2b3282c2a2315feeea5d5da1b"
            + "c34b22c4e6e74c7eca6ad5af23988fa4fb2d2659739bbd03d84357ffd86f1ec6"
        #expect(try PasswordHasher().verify("paßword", against: hash))
        #expect(!PasswordHasher().needsRehash(hash))
    }

    @Test(
        "Other hash functions of PBKDF2 verify",
        arguments: [
            (
                "",
                "pbkdf2:sha512:10$saltsaltsaltsalt$9b0fbdb3ac72a5ee412b497b85c3aea68c9a2acc78e160e1061a239c1f3cd6e6"
                    + "a4e6ff3c01bdf77315e65bda4685791f1038a3093f1771c5c08376fd9a6aeab0"
            ),
            ("x", "pbkdf2:sha1:10$saltsaltsaltsalt$36a74eed0060a8a5af419e07138dd2df7397f400"),
            (
                "x",
                "pbkdf2:sha384:10$saltsaltsaltsalt$984e3de7f9a940847b0c1f453740f1fe9799b1672008c3e4ec6deae5ade283ec"
                    + "5881bee66c2a6463a47868a5b5d9b0b0"
            ),
        ])
    func otherFunctions(password: String, hash: String) throws {
        #expect(try PasswordHasher(quick).verify(password, against: hash))
        #expect(try !PasswordHasher(quick).verify(password + "y", against: hash))
    }

    static let schemes: [(PasswordScheme, prefix: String)] = [
        (quick, "scrypt:16:1:1$"),
        (PasswordScheme(.scrypt(cost: 32, blockSize: 2, parallelism: 3), style: .django), "scrypt$32$"),
        (PasswordScheme(.pbkdf2(hash: .sha256, iterations: 3)), "pbkdf2:sha256:3$"),
        (PasswordScheme(.pbkdf2(hash: .sha512, iterations: 3)), "pbkdf2:sha512:3$"),
        (PasswordScheme(.pbkdf2(hash: .sha256, iterations: 3), style: .django), "pbkdf2_sha256$3$"),
        (PasswordScheme(.argon2id(passes: 1, memory: 64, lanes: 2)), "argon2$argon2id$v=19$m=64,t=1,p=2$"),
    ]

    @Test("New hashes verify and are up to date", arguments: schemes, ["", "a", "pässwörd ☃", "\u{0}x"])
    func newHashes(scheme: (PasswordScheme, prefix: String), password: String) throws {
        let hasher = PasswordHasher(scheme.0)
        let hash = try hasher.hash(password)
        #expect(hash.hasPrefix(scheme.prefix))
        #expect(try hasher.verify(password, against: hash))
        #expect(try !hasher.verify(password + "!", against: hash))
        #expect(!hasher.needsRehash(hash))
        #expect(try hasher.hash(password) != hash)
        #expect(try PasswordHasher(quick).verify(password, against: hash))
    }

    @Test func spellingsOfOneCharacterAreDifferentPasswords() throws {
        let hasher = PasswordHasher(quick)
        #expect(try !hasher.verify("\u{e9}", against: hasher.hash("e\u{301}")))
    }

    @Test(
        "Damaged hashes match nothing",
        arguments: [
            "", "x", "scrypt", "scrypt:16:1:1$salt", "scrypt:16:1$salt$00", "scrypt:16:1:1:1$salt$00",
            "scrypt:a:1:1$salt$00",
            "scrypt:16:1:1$salt$zz", "scrypt:-16:1:1$s$00", "scrypt:99999999999999999999:1:1$s$00",
            "scrypt:16:1:1$s$00$00",
            "pbkdf2:sha256:x$salt$00", "pbkdf2:sha256:1:1$salt$00", "pbkdf2:sha256:1$salt$0",
            "pbkdf2_sha256$x$salt$AA==",
            "pbkdf2_sha256$1$salt$AA", "scrypt$x$salt$8$1$AA==", "scrypt$16$salt$8$1$!", "!", "!unusable$a$b$c",
            "argon2$argon2x$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA", "argon2$argon2id$19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$m=64,t=1$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$t=1,m=64,p=1$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$m=64,t=1,p=1$c2Fs$AAAAAAAA", "argon2$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AA",
        ])
    func damaged(hash: String) throws {
        let hasher = PasswordHasher(quick)
        #expect(try !hasher.verify("x", against: hash))
        #expect(hasher.needsRehash(hash))
    }

    @Test(
        "Unknown algorithms are errors and not wrong passwords",
        arguments: [
            "md5$salt$abc", "bcrypt_sha256$$2b$12$abc", "pbkdf2:md5:1$salt$00", "pbkdf2:sha3:1$s$00", "plain$$x",
            "$1$salt$hash",
        ])
    func unknown(hash: String) {
        let hasher = PasswordHasher(quick)
        let error = #expect(throws: WireError.self) { try hasher.verify("x", against: hash) }
        #expect(error?.code == .passwordRefused)
        #expect(error?.status == 500)
        #expect(hasher.needsRehash(hash))
    }

    @Test(
        "Costs beyond the limits are refused at once",
        arguments: [
            "scrypt:1073741824:8:1$salt$00", "scrypt:32768:1000000000:1$salt$00", "scrypt:32768:8:100000$salt$00",
            "scrypt:9223372036854775807:8:1$s$00", "scrypt:1000:8:1$salt$00", "scrypt:1:8:1$salt$00",
            "scrypt:0:8:1$salt$00",
            "scrypt:16:0:1$salt$00", "scrypt:2:536870912:1$s$00", "scrypt:2:1048576:1$s$00",
            "scrypt:2:1048576:65536$s$00", "scrypt:2:8:65536$s$00", "scrypt:1099511627776:1:1$s$00",
            "scrypt:16:1:0$salt$00", "scrypt:4611686018427387904:9223372036854775807:1$s$00",
            "scrypt:16384:8:9223372036854775807$s$00", "pbkdf2:sha256:10000001$salt$00", "pbkdf2:sha256:0$salt$00",
            "pbkdf2_sha256$9223372036854775807$salt$AA==", "scrypt$1073741824$salt$8$1$AA==",
            "argon2$argon2id$v=19$m=4294967296,t=1,p=1$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$m=64,t=4294967295,p=1$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$m=8192,t=1,p=65$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$m=7,t=1,p=1$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHQ$AAAAAAAA",
            "argon2$argon2id$v=19$m=64,t=1,p=0$c2FsdHNhbHQ$AAAAAAAA",
        ])
    func tooCostly(hash: String) {
        let seconds = cpuSeconds {
            let error = #expect(throws: WireError.self) { try PasswordHasher(quick).verify("x", against: hash) }
            #expect(error?.code == .passwordRefused)
        }
        #expect(seconds < 0.1)
    }

    @Test func ownLimitsHold() {
        var limits = PasswordLimits()
        limits.memory = 1 << 20
        limits.iterations = 10
        let hasher = PasswordHasher(quick, limits: limits)
        #expect(throws: WireError.self) { try hasher.verify("x", against: "scrypt:16384:8:1$salt$00") }
        #expect(throws: WireError.self) { try hasher.verify("x", against: "pbkdf2:sha256:11$salt$00") }
        #expect(throws: Never.self) { try hasher.verify("x", against: "pbkdf2:sha256:10$salt$00") }
        #expect(throws: WireError.self) { try PasswordHasher(.scrypt, limits: limits).hash("x") }
    }

    @Test func longPasswordsAndHashesAreRefused() throws {
        let hasher = PasswordHasher(quick)
        let longest = String(repeating: "x", count: 4_096)
        #expect(try hasher.verify(longest, against: hasher.hash(longest)))
        let error = #expect(throws: WireError.self) { try hasher.hash(longest + "x") }
        #expect(error?.status == 422)
        #expect(error?.message == "The password is longer than 4096 bytes.")
        #expect(throws: WireError.self) { try hasher.verify(longest + "x", against: hasher.hash("a")) }
        let longHash = "scrypt:16:1:1$" + String(repeating: "s", count: 1_100) + "$00"
        #expect(throws: WireError.self) { try hasher.verify("x", against: longHash) }
        #expect(hasher.needsRehash(longHash))
    }

    @Test(
        "Another cost, style, function or short salt asks for a new hash",
        arguments: [
            "scrypt:32:1:1$saltsaltsaltsalt$00", "scrypt:16:2:1$saltsaltsaltsalt$00",
            "scrypt:16:1:2$saltsaltsaltsalt$00",
            "scrypt$16$saltsaltsaltsalt$1$1$AA==", "pbkdf2:sha256:16$saltsaltsaltsalt$00", "scrypt:16:1:1$short$00",
        ])
    func rehash(hash: String) {
        #expect(PasswordHasher(quick).needsRehash(hash))
        #expect(!PasswordHasher(quick).needsRehash("scrypt:16:1:1$saltsaltsaltsalt$00"))
    }

    @Test func formsWithoutCostsHaveTheirDefaults() throws {
        #expect(!PasswordHasher(.scrypt).needsRehash("scrypt$saltsaltsaltsalt$00"))
        #expect(!PasswordHasher(.pbkdf2).needsRehash("pbkdf2$saltsaltsaltsalt$00"))
        #expect(!PasswordHasher(.pbkdf2).needsRehash("pbkdf2:sha256$saltsaltsaltsalt$00"))
        #expect(PasswordHasher(.pbkdf2).needsRehash("pbkdf2:sha512$saltsaltsaltsalt$00"))
    }

    @Test("Nobody takes as long as somebody", arguments: ["", "!", "damaged"])
    func equalWork(hash: String) throws {
        let hasher = PasswordHasher(PasswordScheme(.pbkdf2(hash: .sha256, iterations: 60_000)))
        let stored = try hasher.hash("right")
        let somebody = try cpuSeconds { _ = try hasher.verify("wrong", against: stored) }
        let nobody = try cpuSeconds { try hasher.verifyNobody("wrong") }
        let unusable = try cpuSeconds { _ = try hasher.verify("wrong", against: hash) }
        #expect(nobody > somebody / 2)
        #expect(unusable > somebody / 2)
    }

    @Test func defaultSchemesAreThoseOfTheNeighbours() {
        #expect(PasswordScheme.scrypt.algorithm == .scrypt(cost: 32_768, blockSize: 8, parallelism: 1))
        #expect(PasswordScheme.pbkdf2.style == .werkzeug)
        #expect(PasswordScheme.djangoPBKDF2.style == .django)
        #expect(PasswordScheme.djangoScrypt.algorithm == .scrypt(cost: 16_384, blockSize: 8, parallelism: 5))
        #expect(PasswordScheme(.argon2id(passes: 1, memory: 64, lanes: 1), style: .werkzeug).style == .django)
        #expect(PasswordHasher().scheme == .scrypt)
        #expect(PasswordHasher().limits == PasswordLimits())
    }

    @Test(
        "The defaults stay within the limits",
        arguments: [
            PasswordScheme.scrypt, .djangoScrypt, .djangoPBKDF2, .pbkdf2, .argon2id,
        ])
    func defaultsAreAllowed(scheme: PasswordScheme) {
        #expect(PasswordLimits().allow(scheme.algorithm))
    }
}

@Suite struct Argon2Tests {
    /// From the tests of the reference implementation: `password` and `somesalt`.
    static let published = [
        "argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "argon2$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "argon2$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
        "argon2$argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
    ]

    @Test("Published hashes verify", arguments: published)
    func publishedHashes(hash: String) throws {
        let hasher = PasswordHasher(PasswordScheme(.argon2id(passes: 2, memory: 256, lanes: 1)))
        #expect(try hasher.verify("password", against: hash))
        #expect(try !hasher.verify("Password", against: hash))
        #expect(hasher.needsRehash(hash), "the salt has eight bytes")
    }

    @Test func oldVariantsAndVersionsAskForANewHash() {
        let hasher = PasswordHasher(PasswordScheme(.argon2id(passes: 2, memory: 256, lanes: 1)))
        func hash(_ variant: String, _ version: Int) -> String {
            "argon2$\(variant)$v=\(version)$m=256,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
        }
        #expect(!hasher.needsRehash(hash("argon2id", 19)))
        #expect(hasher.needsRehash(hash("argon2i", 19)))
        #expect(hasher.needsRehash(hash("argon2d", 19)))
        #expect(hasher.needsRehash(hash("argon2id", 16)))
    }

    @Test func anUnknownVersionIsAnError() {
        let hash = "argon2$argon2id$v=99$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
        #expect(throws: WireError.self) { try PasswordHasher().verify("password", against: hash) }
    }
}
