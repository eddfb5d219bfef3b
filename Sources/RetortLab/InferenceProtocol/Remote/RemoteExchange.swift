// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortRemote
internal import RetortCompute

/// One request to a server of the protocol, and its answer as far as it has arrived.
///
/// Lives on the thread that waits for it.
final class RemoteExchange {
    /// What is sent.
    struct Request: Sendable {
        var url: String
        /// A whole header line.
        var headerLength: String?
        /// A whole header line.
        var authorization: String?
        /// The body in pieces; nil for GET.
        var body: [[UInt8]]?
        var connectTime: Duration
        var time: Duration
        /// The most bytes of the answer.
        var answerBytes: Int
    }

    /// What came back.
    struct Answer: Sendable {
        var status = 0
        /// The bytes of JSON in front of tensors; nil where all is JSON.
        var headerLength: Int?
        var retryAfter: Duration?
        var body: [UInt8] = []
    }

    /// Why there is no answer.
    enum Failure: Error, Sendable {
        /// The server could not be reached, or broke off; another one may do better.
        case unreachable(String)
        case tooSlow
        case tooLarge
        case cancelled
        case other(String)
    }

    private let limit: Int
    private let job: ComputeJob
    private var answer = Answer()
    private var headerBytes = 0
    private var isTooLarge = false

    private init(limit: Int, job: ComputeJob) {
        self.limit = limit
        self.job = job
    }

    /// Sends a request and waits for the answer.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - job: Tells whether somebody still waits.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``Failure``.
    static func send(_ request: Request, job: ComputeJob) throws(Failure) -> Answer {
        let exchange = RemoteExchange(limit: request.answerBytes, job: job)
        let result = exchange.run(request)
        switch result.outcome {
        case RETORT_REMOTE_OK:
            exchange.answer.status = Int(result.status)
            return exchange.answer
        case RETORT_REMOTE_STOPPED: throw exchange.isTooLarge ? .tooLarge : .cancelled
        case RETORT_REMOTE_TIME: throw .tooSlow
        case RETORT_REMOTE_CONNECT, RETORT_REMOTE_BROKEN: throw .unreachable(text(of: result))
        default: throw .other(text(of: result))
        }
    }

    private static func text(of result: retort_remote_result) -> String {
        withUnsafeBytes(of: result.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private func run(_ request: Request) -> retort_remote_result {
        withExtendedLifetime(self) {
            request.url.withCString { url in
                withOptional(request.headerLength) { first in
                    withOptional(request.authorization) { second in
                        var sent = retort_remote_request()
                        sent.url = url
                        sent.first_header = first
                        sent.second_header = second
                        sent.is_post = request.body != nil
                        sent.connect_milliseconds = request.connectTime.wholeMilliseconds
                        sent.total_milliseconds = request.time.wholeMilliseconds
                        return withPieces(request.body ?? [], []) { pieces in
                            pieces.withUnsafeBufferPointer { buffer in
                                sent.pieces = buffer.baseAddress
                                sent.piece_count = buffer.count
                                return perform(sent)
                            }
                        }
                    }
                }
            }
        }
    }

    private func withOptional<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
        guard let text else { return body(nil) }
        return text.withCString(body)
    }

    /// Where the pieces lie, one within the scope of the other.
    private func withPieces<Result>(
        _ rest: [[UInt8]], _ known: [retort_remote_piece], _ body: ([retort_remote_piece]) -> Result
    ) -> Result {
        guard let first = rest.first else { return body(known) }
        return first.withUnsafeBufferPointer {
            withPieces(
                Array(rest.dropFirst()), known + [retort_remote_piece(bytes: $0.baseAddress, count: $0.count)], body)
        }
    }

    private func perform(_ request: retort_remote_request) -> retort_remote_result {
        var request = request
        var callbacks = retort_remote_callbacks()
        callbacks.context = Unmanaged.passUnretained(self).toOpaque()
        callbacks.header = { context, bytes, count in
            RemoteExchange.of(context)?.header(UnsafeBufferPointer(start: bytes, count: count)) ?? false
        }
        callbacks.body = { context, bytes, count in
            RemoteExchange.of(context)?.body(UnsafeBufferPointer(start: bytes, count: count)) ?? false
        }
        callbacks.goes_on = { context in !(RemoteExchange.of(context)?.job.isCancelled ?? true) }
        return retort_remote_send(&request, &callbacks)
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> RemoteExchange? {
        context.map { Unmanaged<RemoteExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    private func header(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        headerBytes += line.count
        guard headerBytes <= 64 << 10 else {
            isTooLarge = true
            return false
        }
        let text = String(decoding: line, as: UTF8.self)
        // Of two heads the second one counts: that of the answer behind an interim one.
        if text.hasPrefix("HTTP/") { answer = Answer() }
        guard let colon = text.firstIndex(of: ":") else { return true }
        let name = text[..<colon].lowercased()
        let value = text[text.index(after: colon)...].filter { !$0.isWhitespace }
        switch name {
        case "inference-header-content-length": answer.headerLength = Int(value)
        case "retry-after": answer.retryAfter = Int(value).map { .seconds(min(max($0, 0), 3_600)) }
        case "content-length": answer.body.reserveCapacity(min(max(Int(value) ?? 0, 0), limit))
        default: break
        }
        return true
    }

    private func body(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= limit - answer.body.count else {
            isTooLarge = true
            return false
        }
        answer.body.append(contentsOf: bytes)
        return true
    }
}

extension Duration {
    /// Whole milliseconds, at least one and at most a day.
    var wholeMilliseconds: Int64 {
        let most = Duration.seconds(86_400)
        let (seconds, attoseconds) = (self > most ? most : max(self, .milliseconds(1))).components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
