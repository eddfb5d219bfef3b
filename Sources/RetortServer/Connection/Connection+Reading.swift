// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import RetortWire

extension Connection: ChannelOutboundHandler {
    typealias OutboundIn = IOData

    /// While this many bytes wait for their turn, the rest stays in the kernel.
    static let mostPending = 65_536

    /// The rest of a body that nobody wants is read and dropped up to this size; above it the connection closes.
    static let mostDrained = 65_536

    /// What a piece of a body costs beside its bytes, so that a body in tiny pieces fills its buffer early.
    static let pieceCost = 64

    /// NIO asks to read after each read; the answer is no while there is enough to do.
    func read(context: ChannelHandlerContext) {
        if wantsBytes {
            context.read()
        } else {
            isReadHeld = true
            noteHeldBody()
        }
    }

    private var wantsBytes: Bool {
        switch phase {
        case .head: return hasRoom
        case .draining, .lingering: return true
        case .busy:
            if case .none = incoming { return pending.readableBytes < Self.mostPending }
            return !(stream?.isFull ?? false)
        case .upgraded(let socket): return socket.wantsBytes
        case .closed: return false
        }
    }

    /// Whether the client takes what it is sent; while it does not, it gets no further answers.
    private var hasRoom: Bool { isWritable && context != nil }

    /// Reads on if reading was held.
    func resumeReading() {
        guard isReadHeld, wantsBytes else { return }
        isReadHeld = false
        context?.read()
    }

    /// Goes as far as the pending bytes allow.
    func process() {
        guard !isProcessing else { return }
        isProcessing = true
        defer { isProcessing = false }
        while true {
            switch phase {
            case .head:
                guard pending.readableBytes > 0 else { return }
                if let out, out.readableBytes >= Self.mostPending { flushOut() }
                guard hasRoom, parseHead() else { return }
            case .busy, .draining:
                guard feedBody() else { return }
            case .upgraded(let socket):
                guard pending.readableBytes > 0 else { return }
                let bytes = pending
                pending = ByteBuffer()
                socket.receive(bytes)
                return
            case .lingering, .closed:
                pending = ByteBuffer()
                return
            }
        }
    }

    /// Reads a head; answers whether there is more to do at once.
    private func parseHead() -> Bool {
        do {
            switch try parser.parse(pending.readableBytesUInt8Span) {
            case .needsMore:
                if timer == .idle || timer == .none { setTimer(.head, shared.limits.headTime) }
                return false
            case .head(let head, let consumed):
                pending.moveReaderIndex(forwardBy: consumed)
                begin(head)
                return true
            }
        } catch {
            refuse(error)
            return false
        }
    }

    /// Takes a request to the responder.
    private func begin(_ head: RequestHead) {
        served += 1
        exchange = Exchange()
        exchange.isHEAD = head.method == .head
        exchange.version = head.version
        exchange.keepsAlive =
            head.keepsAlive && !shared.isDraining && served < shared.limits.requestsPerConnection
        exchange.awaitsContinue = head.expectsContinue
        phase = .busy
        deadline = .max
        timer = .none
        let request = ServerRequest(head: head, body: makeBody(head.framing), connection: info)
        shared.watch?.enter(request)
        defer { shared.watch?.leave() }
        switch shared.responder.respond(to: request) {
        case .now(let response): finish(with: response)
        case .later(let work):
            guard shared.pool.busyCount < shared.limits.requestsInFlight else {
                finish(with: Self.overloaded)
                return
            }
            startWork(work)
        }
    }

    static let overloaded = Response(
        status: .serviceUnavailable, headers: [.retryAfter: "1"], body: .text("The server is busy.\n"))

    private func makeBody(_ framing: BodyFraming) -> RequestBody {
        switch framing {
        case .none:
            incoming = .none
            return RequestBody(ByteBuffer(), limit: shared.limits.bodyBytes)
        case .length(let length):
            if let bytes = pending.readSlice(length: length) {
                incoming = .none
                exchange.awaitsContinue = false
                return RequestBody(bytes, limit: shared.limits.bodyBytes)
            }
            incoming = .length(length)
            return RequestBody(openStream(), length: length, limit: shared.limits.bodyBytes)
        case .chunked:
            incoming = .chunked(ChunkedDecoder(limits: shared.limits.head))
            return RequestBody(openStream(), length: nil, limit: shared.limits.bodyBytes)
        }
    }

    private func openStream() -> BodyStream {
        let loop = shared.loop
        let stream = BodyStream { [weak self] in
            loop.execute { [weak self] in self?.bodyWanted() }
        }
        self.stream = stream
        receivedBodyBytes = 0
        drainedBytes = 0
        bodyStartTick = shared.tick
        bodyHeldTick = exchange.awaitsContinue ? shared.tick : nil
        setTimer(.body, shared.limits.bodyPause)
        return stream
    }

    /// The handler reads the body: tell a waiting client to send it.
    private func bodyWanted() {
        guard case .busy = phase else { return }
        if exchange.awaitsContinue, !exchange.hasBegun {
            exchange.awaitsContinue = false
            append { $0.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
            flushOut()
        }
        if let held = bodyHeldTick {
            // The time that the handler took is not the client's.
            bodyHeldTick = nil
            bodyStartTick += shared.tick - held
            if stream != nil { setTimer(.body, shared.limits.bodyPause) }
        }
        process()
        resumeReading()
        if isReadHeld { noteHeldBody() }
    }

    /// From here on the body waits for its handler.
    private func noteHeldBody() {
        if stream != nil, bodyHeldTick == nil { bodyHeldTick = shared.tick }
    }

    /// Hands pending bytes to the body; answers whether the connection may go on to the next head.
    private func feedBody() -> Bool {
        do {
            while let stream, pending.readableBytes > 0, !stream.isFull {
                guard try feedOnce(stream) else { break }
            }
        } catch {
            stream?.fail(error)
            stream = nil
            incoming = .none
            exchange.keepsAlive = false
            // What follows broken framing is not a request, now or later.
            pending = ByteBuffer()
            if case .draining = phase { closeGently() }
        }
        guard case .draining = phase else { return false }
        guard stream == nil else { return false }
        becomeIdle()
        return true
    }

    /// Takes one step through the body; answers whether another may follow.
    private func feedOnce(_ stream: BodyStream) throws -> Bool {
        switch incoming {
        case .none: return false
        case .length(let left):
            guard let piece = pending.readSlice(length: min(left, pending.readableBytes)) else { return false }
            received(piece, stream)
            incoming = .length(left - piece.readableBytes)
            if left == piece.readableBytes { endBody(stream, HTTPFields()) }
        case .chunked(var decoder):
            let bytes = pending
            let step = try decoder.next(bytes.readableBytesUInt8Span)
            incoming = .chunked(decoder)
            switch step {
            case .skip(let count): pending.moveReaderIndex(forwardBy: count)
            case .data(let count):
                if let piece = pending.readSlice(length: count) { received(piece, stream) }
            case .end(let count):
                pending.moveReaderIndex(forwardBy: count)
                endBody(stream, decoder.trailers)
            case .needsMore: return false
            }
        }
        return true
    }

    private func received(_ piece: ByteBuffer, _ stream: BodyStream) {
        receivedBodyBytes += piece.readableBytes
        if case .draining = phase {
            drainedBytes += piece.readableBytes
            if drainedBytes > Self.mostDrained {
                closeGently()
                return
            }
        }
        stream.push(piece, size: piece.readableBytes + Self.pieceCost)
        if isBodyTooSlow { bodyTooSlow() } else { setTimer(.body, shared.limits.bodyPause) }
    }

    private func endBody(_ stream: BodyStream, _ trailers: HTTPFields) {
        incoming = .none
        self.stream = nil
        deadline = .max
        timer = .none
        stream.finish(trailers: trailers)
    }

    /// Answers bytes that are no request, and closes.
    func refuse(_ error: any Error) {
        let error = error as? WireError ?? WireError(.badRequestLine, "The request could not be read.")
        shared.log.debug("request refused", metadata: ["error": "\(error)"])
        exchange = Exchange()
        exchange.keepsAlive = false
        pending = ByteBuffer()
        phase = .busy
        finish(
            with: Response(
                .text(error.message + "\n"), contentType: "text/plain; charset=utf-8",
                status: .standard(error.status)))
    }
}
