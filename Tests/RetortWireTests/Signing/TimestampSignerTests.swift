// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Synchronization
import Testing

private func signer(at seconds: Int64) throws -> TimestampSigner {
    try TimestampSigner(keys: "secret", clock: .fixed(seconds))
}

@Suite struct TimestampSignerTests {
    /// Values that ItsDangerous 2.2 signed, and the letters of their times.
    static let recorded: [(Int64, String)] = [
        (1, "value.AQ.b1UFlu7-yM4XKrvI_kQnmRLm16o"), (4_294_967_296, "value.AQAAAAA.fYbO3MXxSVnUhDFKsTrOTlnrhOs"),
    ]

    @Test("Values are those of the neighbour", arguments: recorded)
    func recordedValues(seconds: Int64, signed: String) throws {
        #expect(try signer(at: seconds).sign("value") == signed)
        #expect(try signer(at: seconds).unsign(signed) == "value")
        #expect(try signer(at: 0).unsign(bytes: Array(signed.utf8)).signedAt == seconds)
    }

    @Test(
        "Times make the round trip",
        arguments: [
            0, 1, 127, 128, 255, 256, 65_535, 65_536, 1_700_000_000, 2_147_483_648, 4_294_967_295, 1 << 40, .max,
        ])
    func times(seconds: Int64) throws {
        let signer = try signer(at: seconds)
        let signed = try signer.sign("a.b")
        let (value, time) = try signer.unsign(bytes: Array(signed.utf8), maxAge: .zero)
        #expect(value == Array("a.b".utf8))
        #expect(time == seconds)
    }

    @Test(
        "The age is compared with the most that is allowed",
        arguments: [
            (100, 0, true), (100, 1, true), (101, 0, false), (101, 1, true), (110, 9, false), (110, 10, true),
            (99, 50, false), (0, 1_000, false),
        ] as [(Int64, Int, Bool)])
    func ages(now: Int64, maxAge: Int, isAccepted: Bool) throws {
        let signed = try signer(at: 100).sign("value")
        let reader = try signer(at: now)
        #expect(reader.isValid(signed, maxAge: .seconds(maxAge)) == isAccepted)
        #expect(reader.isValid(signed))
    }

    @Test func anExpiredValueSaysWhatItWas() throws {
        let signed = try signer(at: 100).sign("value")
        let error = #expect(throws: SigningError.self) {
            try signer(at: 200).unsign(signed, maxAge: .seconds(99))
        }
        #expect(error?.code == .signatureExpired)
        #expect(error?.isSignatureValid == true)
        #expect(error?.unsafePayload == Array("value".utf8))
        #expect(error?.unsafeTimestamp == 100)
    }

    @Test func aBadSignatureStillShowsValueAndTime() throws {
        let signed = try signer(at: 100).sign("value")
        let changed = signed.dropLast(3) + (signed.hasSuffix("AAA") ? "BBB" : "AAA")
        let error = #expect(throws: SigningError.self) { try signer(at: 100).unsign(String(changed)) }
        #expect(error?.code == .badSignature)
        #expect(error?.unsafePayload == Array("value".utf8))
        #expect(error?.unsafeTimestamp == 100)
    }

    @Test func aBadSignatureWithoutTimeShowsThePayload() throws {
        let error = #expect(throws: SigningError.self) { try signer(at: 100).unsign("value.xyz") }
        #expect(error?.code == .badSignature)
        #expect(error?.unsafePayload == Array("value".utf8))
        #expect(error?.unsafeTimestamp == nil)
    }

    @Test func aValueSignedWithoutTimeHasABadTime() throws {
        let signed = try Signer(keys: "secret").sign("value")
        let error = #expect(throws: SigningError.self) { try signer(at: 100).unsign(signed) }
        #expect(error?.code == .badTimestamp)
        #expect(error?.isSignatureValid == true)
        #expect(error?.unsafePayload == Array("value".utf8))
    }

    @Test(
        "Malformed times under a good signature",
        arguments: ["!", "A", "AQ=", "AQAAAAAAAAAAA", "AAAAAAAAAAAA", "__________8", "é", "A Q"])
    func malformedTimes(time: String) throws {
        let signed = try Signer(keys: "secret").sign("value.\(time)")
        let error = #expect(throws: SigningError.self) { try signer(at: 100).unsign(signed) }
        #expect(error?.code == .badTimestamp)
        #expect(error?.unsafePayload == Array("value".utf8))
    }

    @Test func anEmptyTimeIsZero() throws {
        let signed = try signer(at: 0).sign("value")
        #expect(signed.hasPrefix("value.."))
        #expect(try signer(at: 5).unsign(bytes: Array(signed.utf8)).signedAt == 0)
    }

    @Test func withoutSignatureItIsBadData() throws {
        let error = #expect(throws: SigningError.self) { try signer(at: 100).unsign("value") }
        #expect(error?.code == .badData)
    }

    @Test func extremeClocksDoNotOverflow() throws {
        let signed = try signer(at: .max).sign("value")
        #expect(try !signer(at: .min).isValid(signed, maxAge: .seconds(1)))
        let early = try signer(at: 0).sign("value")
        #expect(try signer(at: .max).isValid(early, maxAge: .seconds(Int64.max)))
    }

    @Test func aTimeBefore1970IsRefusedWhenRead() throws {
        // Eight bytes hold it as a number that no clock shows.
        let signed = try signer(at: -1).sign("value")
        let error = #expect(throws: SigningError.self) { try signer(at: 0).unsign(signed) }
        #expect(error?.code == .badTimestamp)
    }
}

@Suite struct UnixClockTests {
    @Test func theSystemClockIsInThisCentury() {
        #expect((1_700_000_000..<4_102_444_800).contains(UnixClock.system.now))
    }

    @Test func aFunctionIsAskedEachTime() {
        #expect(UnixClock.fixed(7).now == 7)
        let clock = UnixClock { Ticker.next() }
        let first = clock.now
        #expect(clock.now == first + 1)
    }
}

private enum Ticker {
    static let count = Mutex<Int64>(0)
    static func next() -> Int64 {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
