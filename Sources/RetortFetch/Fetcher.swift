// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CRetortFetch
import NIOPosix
import RetortWire
import Synchronization

/// Fetches what URLs from strangers lead to, and nothing that they must not reach.
///
///     let fetcher = Fetcher()
///     let picture = try await fetcher.get("https://example.com/cat.jpg")
///
/// The host is looked up once, and the connection goes to the address that was checked, so a name that changes its address
/// in between gains nothing. Each redirect is checked like the first URL. Nothing is decompressed, no cookie and no
/// password is sent, no proxy is used.
public struct Fetcher: Sendable {
    /// What may be fetched.
    public var policy: FetchPolicy

    private let resolver: any Resolver
    private let places: FetchPlaces

    /// Creates a fetcher.
    ///
    /// - Parameters:
    ///   - policy: What may be fetched.
    ///   - resolver: Finds the addresses of hosts.
    ///   - concurrency: The most transfers at once; each blocks a thread of the pool for files while it lasts. More are
    ///     refused.
    public init(policy: FetchPolicy = FetchPolicy(), resolver: any Resolver = SystemResolver(), concurrency: Int = 8) {
        self.policy = policy
        self.resolver = resolver
        places = FetchPlaces(max(1, concurrency))
    }

    /// Fetches a URL.
    ///
    /// When the calling task is cancelled, the transfer ends within a second.
    ///
    /// - Parameters:
    ///   - url: The URL. Characters outside ASCII are encoded.
    ///   - content: What answers are accepted.
    /// - Returns: The answer with status 200 that the URL, or the last of its redirects, gave.
    /// - Throws: ``FetchError``; `CancellationError` when the task is cancelled.
    public func get(_ url: String, accepting content: FetchContent = .anything) async throws -> Fetched {
        let interest = FetchInterest()
        let policy = policy
        let resolver = resolver
        return try await withTaskCancellationHandler {
            guard places.take() else {
                throw FetchError(.busy, "Too much is being fetched already. Try again soon.")
            }
            defer { places.give() }
            return try await NIOThreadPool.singleton.runIfActive {
                try FetchChain(policy: policy, resolver: resolver, content: content, interest: interest).run(url)
            }
        } onCancel: {
            interest.leave()
        }
    }
}

/// How many transfers may begin.
private final class FetchPlaces: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) { free = Mutex(count) }

    func take() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func give() { free.withLock { $0 += 1 } }
}

/// A URL and the redirects behind it.
///
/// Blocks its thread.
struct FetchChain {
    /// How many addresses of one host are tried.
    static let mostAttempts = 3

    let policy: FetchPolicy
    let resolver: any Resolver
    let content: FetchContent
    let interest: FetchInterest
    private let start = ContinuousClock.now

    init(policy: FetchPolicy, resolver: any Resolver, content: FetchContent, interest: FetchInterest) {
        self.policy = policy
        self.resolver = resolver
        self.content = content
        self.interest = interest
    }

    func run(_ url: String) throws -> Fetched {
        var reference = try parse(url)
        for _ in 0...max(0, policy.redirects) {
            let target = try FetchTarget(reference, policy: policy, resolver: resolver)
            let transfer = try request(target)
            switch transfer.status {
            case 200:
                let type = transfer.header("content-type")
                let duration = start.duration(to: .now)
                return Fetched(url: target.url, contentType: type, bytes: transfer.body, duration: duration)
            case 301, 302, 303, 307, 308:
                guard let location = transfer.header("location"), let ascii = try? IRI.toURI(location),
                    let next = try? reference.resolving(ascii)
                else { throw FetchError(.redirects, "The URL redirects to a place that is no URL.") }
                reference = next
            default:
                throw FetchError(.status, "The URL answered with status \(transfer.status).")
            }
        }
        throw FetchError(.redirects, "The URL redirects more than \(policy.redirects) times.")
    }

    private func parse(_ url: String) throws -> URLReference {
        guard url.utf8.count <= policy.limits.urlBytes else {
            throw FetchError(.invalidURL, "The URL has more than \(policy.limits.urlBytes) bytes.")
        }
        do {
            return try URLReference(IRI.toURI(url))
        } catch let error as WireError {
            throw FetchError(.invalidURL, error.message)
        }
    }

    /// Asks one address after the other until one can be connected to.
    private func request(_ target: FetchTarget) throws -> Transfer {
        var failure = FetchError(.unreachable, "The host of the URL cannot be reached.")
        for address in target.addresses.prefix(Self.mostAttempts) {
            guard interest.goesOn else { throw CancellationError() }
            let left = policy.limits.totalTime - start.duration(to: .now)
            guard left > .zero else { throw timedOut }
            let transfer = Transfer(limits: policy.limits, content: content, interest: interest)
            let result = transfer.run(target, at: address, userAgent: policy.userAgent, time: left)
            guard let error = try self.failure(result, transfer) else { return transfer }
            failure = error
            guard error.code == .unreachable else { break }
        }
        throw failure
    }

    private var timedOut: FetchError {
        FetchError(.timedOut, "The URL took longer than \(policy.limits.totalTime) to answer.")
    }

    private func failure(_ result: retort_fetch_result, _ transfer: Transfer) throws -> FetchError? {
        let tooLarge = FetchError(
            .tooLarge, "What the URL leads to is larger than \(policy.limits.bodyBytes) bytes.")
        let message = withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        switch transfer.stop {
        case .nobodyWaits: throw CancellationError()
        case .bodyTooLarge: return tooLarge
        case .headersTooLarge: return FetchError(.brokenAnswer, "The URL answered with too many header lines.")
        case .wrongContent: return wrongContent
        case .notWanted: return nil
        case nil: break
        }
        switch result.outcome {
        case RETORT_FETCH_OK: return transfer.status != 200 || transfer.checkBeginning() ? nil : wrongContent
        case RETORT_FETCH_SIZE: return transfer.status == 200 ? tooLarge : nil
        case RETORT_FETCH_TIME: return timedOut
        case RETORT_FETCH_CONNECT:
            return FetchError(.unreachable, "The host of the URL cannot be reached.", underlying: message)
        case RETORT_FETCH_TLS:
            return FetchError(.unreachable, "The host of the URL cannot be trusted over TLS.", underlying: message)
        case RETORT_FETCH_ADDRESS:
            return FetchError(.refused, "The host of the URL leads to an address that was not checked.")
        default: return FetchError(.brokenAnswer, "The URL did not give a complete answer.", underlying: message)
        }
    }

    private var wrongContent: FetchError { FetchError(.wrongContent, "The URL does not lead to \(content.name).") }
}

extension Transfer {
    /// The value of the first header line of a name, which is in small letters.
    func header(_ name: String) -> String? {
        headers.first { $0.name.asciiLowercased.utf8.elementsEqual(name.utf8) }?.value
    }
}
