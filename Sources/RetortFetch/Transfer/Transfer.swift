// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CRetortFetch
import Synchronization

/// Whether somebody still waits for a transfer.
final class FetchInterest: Sendable {
    private let isGone = Atomic(false)

    func leave() { isGone.store(true, ordering: .relaxed) }

    var goesOn: Bool { !isGone.load(ordering: .relaxed) }
}

/// One request to one address, and its answer as far as it has arrived.
///
/// Lives on the thread that waits for it.
final class Transfer {
    /// Why the transfer was stopped from this side.
    enum Stop {
        case nobodyWaits
        case bodyTooLarge
        case headersTooLarge
        case wrongContent
        case notWanted
    }

    private let limits: FetchLimits
    private let content: FetchContent
    private let interest: FetchInterest
    private var headerBytes = 0
    private var isChecked = false
    private(set) var stop: Stop?
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var status = 0
    private(set) var body: [UInt8] = []

    init(limits: FetchLimits, content: FetchContent, interest: FetchInterest) {
        self.limits = limits
        self.content = content
        self.interest = interest
    }

    /// Sends the request and waits for the answer.
    ///
    /// - Parameters:
    ///   - target: What to fetch.
    ///   - address: Where to connect.
    ///   - userAgent: The value of the `User-Agent` header.
    ///   - time: The longest time it may take.
    /// - Returns: What became of it.
    func run(_ target: FetchTarget, at address: IPAddress, userAgent: String, time: Duration) -> retort_fetch_result {
        retort_fetch_set_up()
        let place = address.isIPv4 ? address.description : "[\(address)]"
        return withExtendedLifetime(self) {
            target.url.withCString { url in
                "::\(place):\(target.port)".withCString { connectTo in
                    userAgent.withCString { agent in
                        "Accept: \(content.accept)".withCString { accept in
                            var request = retort_fetch_request()
                            request.url = url
                            request.connect_to = connectTo
                            request.user_agent = agent
                            request.accept = accept
                            withUnsafeMutableBytes(of: &request.address) { $0.copyBytes(from: address.bytes) }
                            request.is_ipv6 = !address.isIPv4
                            request.most_bytes = Int64(limits.bodyBytes)
                            request.total_milliseconds = max(1, time.milliseconds)
                            request.connect_milliseconds = max(1, min(limits.connectTime, time).milliseconds)
                            request.least_bytes_per_second = Int64(limits.bytesPerSecond)
                            return perform(request)
                        }
                    }
                }
            }
        }
    }

    private func perform(_ request: retort_fetch_request) -> retort_fetch_result {
        var request = request
        var callbacks = retort_fetch_callbacks()
        callbacks.context = Unmanaged.passUnretained(self).toOpaque()
        callbacks.header = { context, bytes, count in
            Transfer.of(context)?.header(UnsafeBufferPointer(start: bytes, count: count)) ?? false
        }
        callbacks.body = { context, bytes, count in
            Transfer.of(context)?.body(UnsafeBufferPointer(start: bytes, count: count)) ?? false
        }
        callbacks.goes_on = { context in Transfer.of(context)?.goesOn() ?? false }
        return retort_fetch_get(&request, &callbacks)
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func goesOn() -> Bool {
        if interest.goesOn { return true }
        stop = .nobodyWaits
        return false
    }

    private func header(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        headerBytes += line.count
        guard headerBytes <= limits.headerBytes else {
            stop = .headersTooLarge
            return false
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            // A status line begins a new head: that of the answer behind an interim one.
            if line.starts(with: "HTTP/".utf8) {
                headers = []
                status = line.drop { $0 != 0x20 }.dropFirst().prefix(3).reduce(0) { $0 * 10 + Int($1 & 15) }
            }
            return true
        }
        let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
        let end = value.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? value.startIndex
        headers.append(
            (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value[..<end], as: UTF8.self)))
        return true
    }

    private func body(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // What comes with a redirect or a failure is of no use, and ends with the connection.
        guard status == 200 else {
            stop = .notWanted
            return false
        }
        guard bytes.count <= limits.bodyBytes - body.count else {
            stop = .bodyTooLarge
            return false
        }
        body.append(contentsOf: bytes)
        if !isChecked, body.count >= FetchContent.firstBytes { return checkBeginning() }
        return true
    }

    /// Looks at the first bytes, once.
    ///
    /// - Returns: Whether they may be the beginning of what is accepted.
    func checkBeginning() -> Bool {
        guard !isChecked else { return stop == nil }
        isChecked = true
        if content.begins(Array(body.prefix(FetchContent.firstBytes))) { return true }
        stop = .wrongContent
        return false
    }
}

extension Duration {
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedReportingOverflow(by: 1000).partialValue + attoseconds / 1_000_000_000_000_000
    }
}
