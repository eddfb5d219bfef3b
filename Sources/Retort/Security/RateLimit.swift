// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
public import RetortServer
import RetortWire
import Synchronization

/// Slows down clients that ask too often.
///
/// It is added as `.rateLimit(…)`.
///
/// Each client has a bucket of tokens, and each request takes one. An empty bucket is answered with status 429 and the
/// time to wait. What is counted is in the memory of this process.
///
/// Source: RFC 6585 §4; RateLimit header fields for HTTP, draft-ietf-httpapi-ratelimit-headers.
public struct RateLimit: CheckedMiddleware {
    private final class Buckets: Sendable {
        let state: Mutex<TokenBuckets<ClientNetwork>>

        init(_ buckets: TokenBuckets<ClientNetwork>) { state = Mutex(buckets) }
    }

    private let buckets: Buckets
    private let requests: Int
    private let period: Duration
    private let policy: String
    private let name: String
    private let key: (@Sendable (Request) -> String?)?
    private let now: @Sendable () -> Int64

    init(
        _ requests: Int, per period: Duration, burst: Int?, name: String, clients: Int,
        key: (@Sendable (Request) -> String?)?, now: @escaping @Sendable () -> Int64
    ) {
        self.requests = requests
        self.period = period
        self.key = key
        self.now = now
        self.name = HeaderText.quoted(name, allowingToken: false)
        let nanoseconds = Self.nanoseconds(period)
        buckets = Buckets(
            TokenBuckets(
                interval: nanoseconds / Int64(max(requests, 1)), burst: burst ?? requests, capacity: max(clients, 1)))
        policy = "\(self.name);q=\(requests);w=\(Self.seconds(nanoseconds))"
    }

    /// Passes the request on, or refuses it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response, which tells how many requests are left.
    /// - Throws: ``HTTPError`` with status 429 and `Retry-After` when there are too many.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let client: ClientNetwork
        if let key {
            // A request that has no key is not counted.
            guard let text = key(request) else { return try await next(request) }
            client = .text(text)
        } else {
            client = request.origin.address.map { ClientNetwork($0) } ?? .text("")
        }
        let decision = buckets.state.withLock { $0.take(client, now: now()) }
        let state = "\(name);r=\(decision.remaining);t=\(Self.seconds(decision.reset))"
        guard decision.isAllowed else {
            let wait = max(Self.seconds(decision.retryAfter), 1)
            request.log.debug("refused a client that asks too often", metadata: ["limit": "\(policy)"])
            throw HTTPError(
                .tooManyRequests, "Too many requests. Try again in \(wait) \(wait == 1 ? "second" : "seconds").",
                headers: [.retryAfter: "\(wait)", .rateLimitPolicy: policy, .rateLimit: state])
        }
        var response = try await next(request)
        response.fields[.rateLimitPolicy] = policy
        response.fields[.rateLimit] = state
        return response
    }

    /// Refuses limits that let nothing pass.
    ///
    /// - Parameter outer: The middlewares in front of this one.
    /// - Throws: ``SetupError``.
    public func check(behind outer: [any Middleware]) throws {
        guard requests >= 1, period > .zero else {
            throw SetupError(".rateLimit(\(requests), per: \(period)) lets nothing pass. Allow one request or more.")
        }
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carry ? .max / 4 : min(sum, .max / 4)
    }

    /// Whole seconds, rounded up.
    private static func seconds(_ nanoseconds: Int64) -> Int64 {
        nanoseconds / 1_000_000_000 + (nanoseconds % 1_000_000_000 > 0 ? 1 : 0)
    }

    /// A clock that never goes back.
    static let systemClock: @Sendable () -> Int64 = {
        let start = ContinuousClock.now
        return { nanoseconds(start.duration(to: .now)) }
    }()
}

extension Middleware where Self == RateLimit {
    /// Slows down clients that ask too often.
    ///
    ///     app.use(.rateLimit(100, per: .seconds(60)))
    ///     app.post("/login", .middleware(.rateLimit(5, per: .seconds(60), name: "login")), use: login)
    ///
    /// - Parameters:
    ///   - requests: How many requests a client may make in the period, 1 or more.
    ///   - period: The period.
    ///   - burst: How many of them may come at once; nil for all.
    ///   - name: What the limit is called in the headers.
    ///   - clients: The most clients that are remembered. Those that were not seen for the longest time are forgotten.
    ///   - key: Names the client that a request counts for, or nil when it does not count. Without this function it is
    ///     the address, and of an IPv6 address the network (64 bits). Behind a proxy that needs `.trustedProxies()`.
    /// - Returns: The middleware.
    public static func rateLimit(
        _ requests: Int, per period: Duration, burst: Int? = nil, name: String = "default", clients: Int = 10_000,
        key: (@Sendable (Request) -> String?)? = nil
    ) -> RateLimit {
        RateLimit(
            requests, per: period, burst: burst, name: name, clients: clients, key: key, now: RateLimit.systemClock)
    }
}
