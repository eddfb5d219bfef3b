// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct FlaskSessionCookieTests {
    static let now: Int64 = 1_700_000_000

    /// Cookies that Flask 3.1 wrote at that time with the key `s3cr3t-é`, and the tagged JSON in them.
    static let recorded: [(String, String)] = [
        ("e30.ZVPxAA.UIe8C5MCxA26VfCFUVZwu3GPMtM", "{}"),
        ("eyJ1c2VyX2lkIjo0Mn0.ZVPxAA.PFFJ0oKpZAhPLQyGe3Xkzda6HyE", "{\"user_id\":42}"),
        (
            "eyJuYW1lIjoiWm9cdTAwZWIgXHUyNjAzIn0.ZVPxAA.YIkvTdLaMd_L_8yxzWfy5InQddk",
            "{\"name\":\"Zo\\u00eb \\u2603\"}"
        ),
        (
            ".eJyrVkpSsqpWUgCSSo4BFrZKtTpKKWARIKkUklGqo2BkqeCWmqRgZGBkomBoZGVsYGViquDuGwJSmgtWCiSVbJLs1BJzC6xt9JPsQDIlYBkgGW2"
                + "oo1ShFAsUKgULAUklA_zAXKm2FgA70ySB.ZVPxAA.8bgaP3GlSqPeqbqH2JJDT-TXCK4",
            "{\"b\":{\" b\":\"AP8=\"},\"d\":{\" d\":\"Thu, 29 Feb 2024 12:30:45 GMT\"},\"m\":{\" m\":\"<b>&amp;</b>\"},"
                + "\"t\":{\" t\":[1,\"x\"]},\"u\":{\" u\":\"00000000000000000000000000000007\"}}"
        ),
        (
            "eyJvbmx5Ijp7IiBkaSI6eyIgdF9fIjoiY2xhc2gifX19.ZVPxAA.vy8RHUwQjwX3lfyNY8KKLf2v0mE",
            "{\"only\":{\" di\":{\" t__\":\"clash\"}}}"
        ),
    ]

    private static func cookies(at seconds: Int64, keys: SecretKeys = "s3cr3t-é") throws -> FlaskSessionCookie {
        try FlaskSessionCookie(keys: keys, clock: .fixed(seconds))
    }

    @Test("Cookies of Flask are read and written byte for byte", arguments: recorded)
    func recordedCookies(cookie: String, json: String) throws {
        let session = try Self.cookies(at: Self.now + 60).read(cookie)
        #expect(!session.isNew)
        #expect(!session.isModified)
        #expect(!session.isAccessed)
        #expect(String(decoding: try session.taggedJSON(), as: UTF8.self) == json)
        #expect(try Self.cookies(at: Self.now).write(session) == cookie)
    }

    @Test("Changed cookies are new and empty sessions", arguments: recorded)
    func changedCookies(cookie: String, json: String) throws {
        let reader = try Self.cookies(at: Self.now)
        let changes = ["\(cookie.dropLast(2))AA", "A\(cookie.dropFirst())", "\(cookie.dropLast())", "\(cookie)A"]
        for changed in changes {
            let session = reader.read(changed)
            #expect(session.isNew)
            #expect(session.members.isEmpty)
        }
    }

    @Test("What is no cookie is a new session", arguments: ["", ".", "..", "a.b.c", "....", "é", nil] as [String?])
    func noCookie(cookie: String?) throws {
        #expect(try Self.cookies(at: Self.now).read(cookie).isNew)
    }

    @Test("The age has its limit", arguments: [(0, true), (-1, false), (2_678_400, true), (2_678_401, false)])
    func ages(age: Int64, isAccepted: Bool) throws {
        let session = try Self.cookies(at: Self.now + age).read(Self.recorded[1].0)
        #expect(session.isNew == !isAccepted)
    }

    @Test func fallbackKeysRead() throws {
        let keys = SecretKeys("new", fallbacks: ["older", "s3cr3t-é"])
        let session = try Self.cookies(at: Self.now, keys: keys).read(Self.recorded[1].0)
        #expect(session.members == [SessionValue.Member("user_id", 42)])
        let rewritten = try Self.cookies(at: Self.now, keys: keys).write(session)
        #expect(try !Self.cookies(at: Self.now, keys: "new").read(rewritten).isNew)
        #expect(try Self.cookies(at: Self.now).read(rewritten).isNew)
    }

    @Test func otherSaltsAndHashesSeparate() throws {
        let other = try FlaskSessionCookie(keys: "k", salt: "other", clock: .fixed(0))
        let longer = try FlaskSessionCookie(keys: "k", hash: .sha256, clock: .fixed(0))
        let cookie = try FlaskSessionCookie(keys: "k", clock: .fixed(0)).write(["a": 1])
        #expect(other.read(cookie).isNew)
        #expect(longer.read(cookie).isNew)
        #expect(try !longer.read(longer.write(["a": 1])).isNew)
    }

    @Test func aLongSessionIsAnError() throws {
        let noise = try SecureRandom.token(byteCount: 4_000)
        let error = #expect(throws: WireError.self) { try Self.cookies(at: 0).write(["a": .string(noise)]) }
        #expect(error?.code == .sessionTooLarge)
        #expect(error?.message.hasSuffix("and 4093 are allowed. Keep large values elsewhere.") == true)
    }

    @Test func aLongCookieIsRefusedUnread() throws {
        var cookies = try Self.cookies(at: 0)
        let noise = try SecureRandom.token(byteCount: 1_000)
        let cookie = try cookies.write(["a": .string(noise)])
        cookies.maximumLength = cookie.utf8.count - 1
        #expect(cookies.read(cookie).isNew)
        cookies.maximumLength = cookie.utf8.count
        #expect(!cookies.read(cookie).isNew)
    }

    @Test func aBombIsRefused() throws {
        var cookies = try Self.cookies(at: 0)
        let cookie = try cookies.write(["a": .string(String(repeating: "x", count: 100_000))])
        let error = #expect(throws: SigningError.self) { try cookies.readOrThrow(cookie) }
        #expect(error?.code == .badPayload)
        cookies.inflatedLimit = 200_000
        #expect(!cookies.read(cookie).isNew)
    }

    @Test func refusalsHaveReasons() throws {
        let reader = try Self.cookies(at: Self.now)
        func code(_ cookie: String) -> SigningError.Code? {
            #expect(throws: SigningError.self) { try reader.readOrThrow(cookie) }?.code
        }
        #expect(code("nothing") == .badData)
        #expect(code("e30.ZVPxAA.AAAA") == .badSignature)
        #expect(code(try Self.cookies(at: Self.now + 1).write([:])) == .signatureExpired)
        let serializer = try URLSafeTimedSerializer(
            keys: "s3cr3t-é", salt: "cookie-session", options: Signer.Options(keyDerivation: .hmac),
            clock: .fixed(Self.now))
        #expect(code(try serializer.dump(json: Array("[1]".utf8))) == .badPayload)
        #expect(code(try serializer.dump(json: Array("{".utf8))) == .badPayload)
        #expect(code(try serializer.dump(json: Array("{\"a\":{\" t\":1}}".utf8))) == .badPayload)
    }
}

@Suite struct EncryptedSessionCookieTests {
    static let session: SessionData = [
        "user_id": 42, "t": .tuple([1, "é"]), "b": .bytes([0, 255]), "nested": ["a": [nil, true, 0.5]],
    ]

    private static func cookies(at seconds: Int64 = 1_000, keys: SecretKeys = "secret") throws -> EncryptedSessionCookie
    {
        try EncryptedSessionCookie(keys: keys, clock: .fixed(seconds))
    }

    @Test func roundTrip() throws {
        let cookies = try Self.cookies()
        let cookie = try cookies.write(Self.session)
        let session = cookies.read(cookie)
        #expect(!session.isNew)
        #expect(!session.isAccessed)
        #expect(try session.taggedJSON() == Self.session.taggedJSON())
    }

    @Test func anEmptySessionMakesTheRoundTrip() throws {
        let cookies = try Self.cookies()
        #expect(try !cookies.read(cookies.write([:])).isNew)
    }

    @Test func theTextFollowsTheDocumentedFormat() throws {
        let cookie = try Self.cookies(at: 0x0102_0304).write(["a": 1])
        #expect(cookie.hasPrefix("1."))
        let body = try #require(Base64.decode(cookie.dropFirst(2).utf8, alphabet: .urlSafe, padding: .forbidden))
        #expect(body.count == 4 + 8 + 12 + 7 + 16)
        #expect(Array(body[4..<12]) == [0, 0, 0, 0, 1, 2, 3, 4])
        let label = Array("retort-session-1".utf8) + [0, 0, 0, 7] + Array("session".utf8)
        let root = try HKDF.extract(from: "secret".utf8, salt: label)
        #expect(try HKDF.expand(root, info: "id".utf8, count: 4) == Array(body[..<4]))
        let key = try AESGCMKey(HKDF.expand(root, info: Array("key".utf8) + body[4..<12], count: 32))
        let json = try key.open(
            Array(body[24...]), nonce: Array(body[12..<24]), authenticating: label + body[..<12])
        #expect(json == Array("{\"a\":1}".utf8))
    }

    @Test func twoCookiesOfOneSessionDiffer() throws {
        let cookies = try Self.cookies()
        #expect(try cookies.write(Self.session) != cookies.write(Self.session))
    }

    @Test func contentsAreHidden() throws {
        let cookie = try Self.cookies().write(["name": "Ada Lovelace"])
        let body = try #require(Base64.decodeLeniently(cookie.dropFirst(2).utf8))
        #expect(!String(decoding: body, as: UTF8.self).contains("Ada"))
    }

    @Test func everyChangedCharacterIsFound() throws {
        let cookies = try Self.cookies()
        let bytes = Array(try cookies.write(["a": 1]).utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = changed[index] == UInt8(ascii: "g") ? UInt8(ascii: "h") : UInt8(ascii: "g")
            #expect(cookies.read(String(decoding: changed, as: UTF8.self)).isNew)
        }
    }

    @Test(
        "What is no cookie is a new session",
        arguments: [nil, "", "1.", "1", "2.AAAA", "1.!!!!", "é", "1.AAAA"] as [String?])
    func noCookie(cookie: String?) throws {
        #expect(try Self.cookies().read(cookie).isNew)
    }

    @Test(
        "The age has its limit, and clocks may differ by a minute",
        arguments: [(0, true), (2_678_400, true), (2_678_401, false), (-60, true), (-61, false)])
    func ages(age: Int64, isAccepted: Bool) throws {
        let cookie = try Self.cookies(at: 100_000).write(["a": 1])
        #expect(try Self.cookies(at: 100_000 + age).read(cookie).isNew == !isAccepted)
    }

    @Test func oldKeysOpenAndTheNewestSeals() throws {
        let old = try Self.cookies(keys: "old")
        let both = try Self.cookies(keys: ["old", "new"])
        let new = try Self.cookies(keys: "new")
        #expect(try !both.read(old.write(["a": 1])).isNew)
        #expect(try !new.read(both.write(["a": 1])).isNew)
        #expect(try old.read(both.write(["a": 1])).isNew)
    }

    @Test func purposesSeparate() throws {
        let first = try EncryptedSessionCookie(keys: "k", purpose: "session", clock: .fixed(0))
        let second = try EncryptedSessionCookie(keys: "k", purpose: "admin", clock: .fixed(0))
        let cookie = try first.write(["a": 1])
        #expect(!first.read(cookie).isNew)
        #expect(second.read(cookie).isNew)
    }

    @Test func refusalsHaveReasons() throws {
        let cookies = try Self.cookies()
        func code(_ cookie: String) -> SigningError.Code? {
            #expect(throws: SigningError.self) { try cookies.readOrThrow(cookie) }?.code
        }
        #expect(code("nonsense") == .badData)
        #expect(code("1." + String(repeating: "A", count: 5_000)) == .badData)
        #expect(code("1." + String(repeating: "A", count: 60)) == .badSignature)
        #expect(code(try Self.cookies(keys: "other").write(["a": 1])) == .badSignature)
        #expect(code(try Self.cookies(at: 5_000).write(["a": 1])) == .signatureExpired)
    }

    @Test("Sizes have their limit", arguments: [2_000, 2_990, 3_100])
    func sizes(count: Int) throws {
        let cookies = try Self.cookies()
        let session: SessionData = ["a": .string(String(repeating: "x", count: count))]
        if count < 3_000 {
            let cookie = try cookies.write(session)
            #expect(cookie.utf8.count <= 4_093)
            #expect(!cookies.read(cookie).isNew)
        } else {
            let error = #expect(throws: WireError.self) { try cookies.write(session) }
            #expect(error?.code == .sessionTooLarge)
        }
    }

    @Test("The length that is checked is the length that is written", arguments: 0..<7)
    func exactLimit(count: Int) throws {
        var cookies = try Self.cookies()
        let session: SessionData = ["a": .string(String(repeating: "x", count: count))]
        let length = try cookies.write(session).utf8.count
        cookies.maximumLength = length
        #expect(try cookies.write(session).utf8.count == length)
        cookies.maximumLength = length - 1
        #expect(throws: WireError.self) { try cookies.write(session) }
    }

    @Test func extremeClocksDoNotOverflow() throws {
        let late = try Self.cookies(at: .max).write(["a": 1])
        #expect(try Self.cookies(at: .min).read(late).isNew)
        let early = try Self.cookies(at: .min).write(["a": 1])
        #expect(try Self.cookies(at: .max).read(early).isNew)
    }
}
