// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import RetortWire

/// One HTTP/1 connection: bytes in, requests to the responder, responses out.
///
/// It takes one request at a time. What a client sends ahead stays in `pending`, and above a mark in the kernel.
/// Reading is in `Connection+Reading.swift`, writing in `Connection+Writing.swift`, time in `Connection+Time.swift`.
///
/// `@unchecked Sendable`: everything is touched on the channel's event loop only.
final class Connection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = IOData

    /// What the connection is doing.
    enum Phase {
        /// Waits for a request, or reads its head.
        case head

        /// A handler is at work on a request, or its response is being written.
        case busy

        /// The response is written; the rest of a body is read and dropped before the next head.
        case draining

        /// Our side is closed; what still comes is dropped until the client closes too.
        case lingering

        /// The bytes belong to a WebSocket.
        case upgraded(WebSocketConnection)

        /// Nothing more happens.
        case closed
    }

    /// The body that is arriving.
    enum Incoming {
        case none
        case length(Int)
        case chunked(ChunkedDecoder)
    }

    let shared: LoopContext
    let info: ConnectionInfo
    var context: ChannelHandlerContext?

    var phase = Phase.head

    // Nothing that runs while one of these three is read or written comes back to this connection, so the check for
    // that at each access, which is 40 instructions, is left out.
    @exclusivity(unchecked) var pending = ByteBuffer()
    @exclusivity(unchecked) var parser: RequestHeadParser

    var incoming = Incoming.none
    var stream: BodyStream?
    var receivedBodyBytes = 0
    var drainedBytes = 0
    var bodyStartTick: UInt64 = 0

    /// The tick since which the body waits for us and not for its client; nil while it waits for its client.
    var bodyHeldTick: UInt64?

    /// What the response to the request under way depends on.
    var exchange = Exchange()
    var worker: HandlerWorker?
    var served = 0

    /// The number of the last exchange whose work is over.
    var endedWork = 0

    /// Bytes of responses that are not yet handed to the channel.
    @exclusivity(unchecked) var out: ByteBuffer?

    /// Whether `process` is on the stack, so that its end flushes.
    var isProcessing = false
    var isReadHeld = false

    /// Whether less waits for the client than the channel's high-water mark, as the channel last said.
    var isWritable = true
    var writeWaiters: [UnsafeContinuation<Void, any Error>] = []

    /// The tick in which `deadlinePassed` is called.
    var deadline = UInt64.max
    var timer = Timer.none

    /// The tick in which the client must have taken something of what waits for it.
    var writeDeadline = UInt64.max

    /// All bytes that the channel was given, and those of them that the kernel had taken at the last look.
    var handedBytes = 0
    var takenBytes = 0

    /// Whether there are too many connections, so that this one is told so and closed.
    private var isTurnedAway = false

    init(shared: LoopContext, info: ConnectionInfo) {
        self.shared = shared
        self.info = info
        parser = RequestHeadParser(limits: shared.limits.head)
    }

    /// Facts of the request under way that its response needs.
    struct Exchange {
        var isHEAD = false
        var version = HTTPVersion.http11
        var keepsAlive = true
        var awaitsContinue = false
        var hasBegun = false
        var isChunked = false
        var bytesLeft: Int?
        var trailers = HTTPFields()
    }

    /// Makes the connection answer 503 to whatever comes.
    func turnAway() { isTurnedAway = true }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        shared.add(self)
        // One that was accepted while the server began to stop may still bring a request.
        setTimer(.idle, shared.isDraining ? LoopContext.lastCall : shared.limits.headTime)
        if isTurnedAway {
            exchange.keepsAlive = false
            phase = .busy
            finish(with: Self.overloaded)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch phase {
        case .lingering, .closed: return
        default: break
        }
        if pending.readableBytes == 0 {
            pending = bytes
        } else {
            pending.writeBuffer(&bytes)
        }
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) { flushOut() }

    func channelInactive(context: ChannelHandlerContext) {
        shared.remove(self)
        if case .upgraded(let socket) = phase { socket.connectionClosed() }
        phase = .closed
        deadline = .max
        writeDeadline = .max
        worker?.cancel()
        worker = nil
        stream?.fail(
            WireError(.bodyIncomplete, "The client closed the connection before the body was complete.", status: 400))
        stream = nil
        let waiters = writeWaiters
        writeWaiters = []
        for waiter in waiters { waiter.resume(throwing: WriteError.clientHasGone) }
        pending = ByteBuffer()
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable {
            let waiters = writeWaiters
            writeWaiters = []
            for waiter in waiters { waiter.resume() }
            // Requests that the client sent ahead wait until it has taken the answers to the earlier ones.
            process()
            flushOut()
            resumeReading()
        }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset by the peer is a way to go; `channelInactive` follows and cleans up.
        shared.log.debug("connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }
}
