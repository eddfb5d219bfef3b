// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Synchronization
import Testing

@testable import Retort
@testable import RetortWire

@Suite struct TokenBucketTests {
    @Test func aBucketHoldsItsBurstAndFillsSteadily() {
        var buckets = TokenBuckets<Int>(interval: 10, burst: 3, capacity: 10)
        let taken = (0..<4).map { _ in buckets.take(1, now: 0) }
        #expect(taken.map(\.isAllowed) == [true, true, true, false])
        #expect(taken.map(\.remaining) == [2, 1, 0, 0])
        #expect(taken.map(\.reset) == [10, 20, 30, 30])
        #expect(taken[3].retryAfter == 10)
        #expect(!buckets.take(1, now: 9).isAllowed)
        #expect(buckets.take(1, now: 10).isAllowed)
        #expect(buckets.take(1, now: 19).retryAfter == 1)
        #expect(buckets.take(1, now: 1_000).remaining == 2)
    }

    @Test(arguments: [1, 2, 5, 50])
    func noPeriodLetsMorePassThanItsBurstAndItsShare(_ burst: Int) {
        var buckets = TokenBuckets<Int>(interval: 7, burst: burst, capacity: 1)
        var times: [Int64] = []
        var state: UInt64 = 1
        var now: Int64 = 0
        for _ in 0..<5_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            now += Int64(state >> 62)
            if buckets.take(1, now: now).isAllowed { times.append(now) }
        }
        #expect(times.count > burst)
        for (index, time) in times.enumerated() where index + burst < times.count {
            // So many requests later a token for each but the first ones must have come.
            #expect(times[index + burst] - time >= 7)
        }
        #expect(Int64(times.count) <= Int64(burst) + now / 7 + 1)
    }

    @Test func clientsDoNotDisturbEachOtherAndFewAreRemembered() {
        var buckets = TokenBuckets<Int>(interval: 1_000, burst: 1, capacity: 2)
        #expect(buckets.take(1, now: 0).isAllowed)
        #expect(buckets.take(2, now: 0).isAllowed)
        #expect(!buckets.take(1, now: 0).isAllowed)
        #expect(buckets.take(3, now: 0).isAllowed)
        // The second was not seen for the longest time.
        #expect(buckets.take(2, now: 0).isAllowed)
    }

    @Test(arguments: [(Int64.max, Int.max), (0, 0), (-5, -5), (.max, 1), (1, .max)])
    func extremesDoNotOverflow(_ interval: Int64, _ burst: Int) {
        var buckets = TokenBuckets<Int>(interval: interval, burst: burst, capacity: 1)
        for now in [0, 1, Int64.max / 4, Int64.max / 2] { _ = buckets.take(1, now: now) }
        #expect(buckets.take(1, now: .max / 2).remaining >= 0)
    }
}

@Suite struct RateLimitTests {
    private static func app(_ limit: RateLimit) -> App {
        var app = App()
        app.use(limit)
        app.get("/") { "x" }
        return app
    }

    private static func limit(
        _ requests: Int, _ period: Duration = .seconds(60), burst: Int? = nil, clock: ManualClock,
        key: (@Sendable (Request) -> String?)? = nil
    ) -> RateLimit {
        RateLimit(
            requests, per: period, burst: burst, name: "default", clients: 100, key: key,
            now: { clock.now * 1_000_000_000 })
    }

    @Test func tooManyRequestsAreStatus429WithTheTimeToWait() async throws {
        let clock = ManualClock(0)
        let probe = try AppProbe(Self.app(Self.limit(3, clock: clock)))
        for left in [2, 1, 0] {
            let answer = try await probe.get()
            #expect(answer.status == 200)
            #expect(answer["RateLimit-Policy"] == "\"default\";q=3;w=60")
            #expect(answer["RateLimit"] == "\"default\";r=\(left);t=\((3 - left) * 20)")
        }
        let refused = try await probe.get()
        #expect(refused.status == 429)
        #expect(refused[.retryAfter] == "20")
        #expect(refused["RateLimit"] == "\"default\";r=0;t=60")
        #expect(refused.text.contains("Try again in 20 seconds."))
        clock.advance(19)
        #expect(try await probe.get()[.retryAfter] == "1")
        clock.advance(1)
        #expect(try await probe.get().status == 200)
    }

    @Test func eachAddressHasItsOwnBucketAndANetworkHasOne() async throws {
        var probe = try AppProbe(Self.app(Self.limit(1, clock: ManualClock(0))))
        for (peer, status) in [
            ("192.0.2.1", 200), ("192.0.2.1", 429), ("192.0.2.2", 200), ("2001:db8::1", 200), ("2001:db8::2", 429),
            ("2001:db8:0:1::1", 200), ("::ffff:192.0.2.1", 429),
        ] {
            probe.peer = peer
            #expect(try await probe.get().status == status, "\(peer)")
        }
        probe.peer = nil
        #expect(try await probe.get().status == 200)
        #expect(try await probe.get().status == 429)
    }

    @Test func anAppChoosesWhomARequestCountsFor() async throws {
        let limit = Self.limit(1, clock: ManualClock(0)) { $0.header(.from) }
        let probe = try AppProbe(Self.app(limit))
        for (user, status) in [("a", 200), ("a", 429), ("b", 200), (nil, 200), (nil, 200)] as [(String?, Int)] {
            #expect(try await probe.get("/", user.map { [("From", $0)] } ?? []).status == status)
        }
    }

    @Test func theClientOfATrustedProxyCounts() async throws {
        var app = App()
        app.use(.trustedProxies(), Self.limit(1, clock: ManualClock(0)))
        app.get("/") { "x" }
        let probe = try AppProbe(app)
        for (address, status) in [("1.1.1.1", 200), ("1.1.1.1:99", 429), ("9.9.9.9, 1.1.1.1", 429), ("2.2.2.2", 200)] {
            #expect(try await probe.get("/", [("X-Forwarded-For", address)]).status == status)
        }
    }

    @Test func aRouteHasALimitOfItsOwn() async throws {
        var app = App()
        app.get("/login", .middleware(.rateLimit(1, per: .seconds(600), name: "log\"in"))) { "in" }
        app.get("/") { "x" }
        let probe = try AppProbe(app)
        let first = try await probe.get("/login")
        #expect(first["RateLimit-Policy"] == "\"log\\\"in\";q=1;w=600")
        #expect(try await probe.get("/login").status == 429)
        #expect(try await probe.get()["RateLimit"] == nil)
    }

    @Test(arguments: [(0, Duration.seconds(1)), (-1, .seconds(1)), (1, .zero), (1, .seconds(-1))])
    func aLimitThatLetsNothingPassStopsTheApp(_ requests: Int, _ period: Duration) throws {
        #expect(throws: SetupError.self) { try Self.app(.rateLimit(requests, per: period)).freeze() }
    }
}

@Suite struct TimeoutTests {
    @Test(.timeLimit(.minutes(1)))
    func aSlowHandlerIsCancelledAndAnswered() async throws {
        let wasCancelled = Flag()
        var app = App()
        app.get("/", .middleware(.timeout(.milliseconds(20)))) { () async throws -> String in
            do {
                try await Task.sleep(for: .seconds(50))
            } catch {
                wasCancelled.set()
                throw error
            }
            return "late"
        }
        app.get("/gateway", .middleware(.timeout(.milliseconds(1), status: .gatewayTimeout))) { () async throws in
            try await Task.sleep(for: .seconds(50))
            return "late"
        }
        let probe = try AppProbe(app)
        let answer = try await probe.get()
        #expect(answer.status == 503)
        #expect(answer.text.contains("The server took too long."))
        #expect(wasCancelled.isSet)
        #expect(try await probe.get("/gateway").status == 504)
    }

    @Test(.timeLimit(.minutes(1)))
    func whatIsInTimeIsLeftAlone() async throws {
        var app = App()
        app.use(.timeout(.seconds(50)))
        app.get("/fast") { () async in "fast" }
        app.get("/error") { () async throws -> String in throw HTTPError(.conflict) }
        let probe = try AppProbe(app)
        #expect(try await probe.get("/fast").text == "fast")
        #expect(try await probe.get("/error").status == 409)
        #expect(try await probe.get("/missing").status == 404)
    }

    @Test(.timeLimit(.minutes(1)))
    func aClientThatGoesIsNoTimeout() async throws {
        let isWaiting = Flag()
        var app = App()
        app.use(.timeout(.seconds(50)))
        app.get("/") { () async throws -> String in
            isWaiting.set()
            try await Task.sleep(for: .seconds(50))
            return "late"
        }
        let probe = try AppProbe(app)
        let status = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { try await probe.get().status }
            while !isWaiting.isSet { try await Task.sleep(for: .milliseconds(1)) }
            group.cancelAll()
            return try await group.next()
        }
        #expect(status == 500)
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
