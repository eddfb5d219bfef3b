// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import RetortServer
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A client that sends the bytes it is told and keeps what comes back, without a thought about HTTP.
///
/// No call blocks a thread, and each wait ends at a deadline.
final class RawClient: Sendable {
    /// Nothing came in time.
    struct TookTooLong: Error, CustomStringConvertible {
        let received: String
        let count: Int
        let isClosed: Bool

        var description: String {
            "Waited too long; until then came \(count) bytes\(isClosed ? " and the end" : ""): \(received.prefix(200))"
        }
    }

    private struct State {
        var received: [UInt8] = []
        var receivedCount = 0
        var isClosed = false
        var failure: (any Error)?
    }

    private final class Receiver: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        let state = Mutex(State())

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var buffer = unwrapInboundIn(data)
            // As an array, because appending a view byte by byte is slow in a debug build.
            let bytes = buffer.readBytes(length: buffer.readableBytes) ?? []
            state.withLock { state in
                state.received += bytes
                state.receivedCount += bytes.count
            }
        }

        func channelInactive(context: ChannelHandlerContext) { state.withLock { $0.isClosed = true } }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            state.withLock { $0.failure = error }
            context.close(promise: nil)
        }
    }

    private let channel: any Channel
    private let receiver: Receiver
    private let sent = Counter()

    private init(_ channel: any Channel, _ receiver: Receiver) {
        self.channel = channel
        self.receiver = receiver
    }

    deinit { channel.close(promise: nil) }

    /// Connects.
    ///
    /// - Parameters:
    ///   - address: Where the server listens.
    ///   - reads: Whether the client reads from the start; ``startReading()`` makes it read later.
    ///   - receiveBuffer: The size of the kernel's buffer, so that it fills soon.
    /// - Returns: The client.
    /// - Throws: The failure to connect.
    static func connect(
        to address: ListenAddress, reads: Bool = true, receiveBuffer: Int? = nil
    ) async throws -> RawClient {
        let receiver = Receiver()
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { $0.pipeline.addHandler(receiver) }
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        let channel: any Channel
        switch address {
        case .tcp(let host, let port): channel = try await bootstrap.connect(host: host, port: port).get()
        case .unix(let path): channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
        }
        return RawClient(channel, receiver)
    }

    // MARK: Sending

    /// Bytes of ``flood(_:times:)`` that the kernel has taken.
    var sentCount: Int { sent.value }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() }

    /// Sends pieces with a pause behind each; stops in silence when the server has closed.
    func trickle(_ pieces: [String], pause: Duration) async {
        for piece in pieces {
            guard (try? await send(piece)) != nil else { return }
            try? await Task.sleep(for: pause)
        }
    }

    /// Sends the same bytes many times, as fast as they are taken, and goes on at once.
    func flood(_ bytes: [UInt8], times: Int) {
        let buffer = ByteBuffer(bytes: bytes)
        for _ in 0..<times {
            channel.writeAndFlush(buffer).whenSuccess { [sent] in sent.add(bytes.count) }
        }
    }

    // MARK: Receiving

    /// Bytes that have come so far, taken or not.
    var receivedCount: Int { receiver.state.withLock { $0.receivedCount } }

    /// Whether the server has closed.
    var isClosed: Bool { receiver.state.withLock { $0.isClosed } }

    /// Whether the connection has ended with an error, such as a reset.
    var hasFailed: Bool { receiver.state.withLock { $0.failure != nil } }

    func startReading() async throws { try await channel.setOption(.autoRead, value: true).get() }

    /// Reads once what is there.
    func readOnce() { channel.read() }

    /// Waits for bytes that a closure can use; it gets all that came and says how many it has used.
    func take<Result>(
        within time: Duration = .seconds(5), _ use: ([UInt8], _ isClosed: Bool) throws -> (Result, Int)?
    ) async throws -> Result {
        var result: Result?
        var seen: (count: Int, isClosed: Bool)?
        _ = try await waitUntil(within: time) {
            try receiver.state.withLock { state in
                if let seen, seen == (state.receivedCount, state.isClosed) { return false }
                seen = (state.receivedCount, state.isClosed)
                guard let (used, count) = try use(state.received, state.isClosed) else { return false }
                state.received.removeFirst(count)
                result = used
                return true
            }
        }
        guard let result else {
            throw TookTooLong(
                received: receivedText, count: receivedCount, isClosed: isClosed)
        }
        return result
    }

    /// Everything until the server closes.
    func readToEnd(within time: Duration = .seconds(5)) async throws -> String {
        try await take(within: time) { bytes, isClosed in
            isClosed ? (String(decoding: bytes, as: UTF8.self), bytes.count) : nil
        }
    }

    /// Waits until so many bytes are there, and takes them.
    func read(count: Int) async throws -> [UInt8] {
        try await take { bytes, _ in bytes.count >= count ? (Array(bytes.prefix(count)), count) : nil }
    }

    /// What has come and was not taken.
    var receivedText: String { receiver.state.withLock { String(decoding: $0.received, as: UTF8.self) } }

    func waitForClose(within time: Duration = .seconds(5)) async -> Bool { await waitUntil(within: time) { isClosed } }

    // MARK: Leaving

    func close() async { try? await channel.close().get() }

    /// Leaves as a process that was killed: with a reset.
    func reset() async {
        try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await close()
    }
}
