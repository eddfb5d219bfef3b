// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import RetortWire

extension Connection {
    /// Bodies up to this size are copied behind their head; larger ones are handed over as they are.
    static let mostCopied = 16_384

    /// Writes a response that needs no task, or starts the task that a stream needs.
    func finish(with response: Response) {
        switch response.body.content {
        case .stream where sendsBody(response), .webSocket where !exchange.isHEAD:
            guard shared.pool.busyCount < shared.limits.requestsInFlight else {
                finish(with: Self.overloaded)
                return
            }
            startWork { response }
        default:
            writeHead(response)
            writeBody(response.body)
            endExchange()
        }
    }

    /// Runs the work of the exchange in a task, which writes the response that comes out.
    func startWork(_ work: @escaping ServerReply.Work) {
        let number = served
        worker = nil
        let worker = shared.pool.run(HandlerJob(work: work, connection: self, exchange: number))
        // A worker whose work is over may serve another connection already: it is not ours to cancel.
        guard number == served, endedWork < number else { return }
        self.worker = worker
        if case .closed = phase { worker.cancel() }
    }

    /// The task of an exchange is done with it.
    func workEnded(exchange number: Int) {
        endedWork = max(endedWork, number)
        if number == served { worker = nil }
    }

    /// Whether bytes of a body may follow the head of this response.
    private func sendsBody(_ response: Response) -> Bool {
        let code = response.status.code
        return !exchange.isHEAD && code >= 200 && code != 204 && code != 304
    }

    /// Writes a response from inside the handler's task.
    nonisolated(nonsending)
        func finishInTask(with response: Response) async
    {
        guard shared.loop.inEventLoop else {
            // A handler's task prefers its loop; this is for one whose last step ran elsewhere all the same.
            try? await shared.loop.submit {}.get()
            return await finishInTask(with: response)
        }
        guard case .busy = phase else { return }
        switch response.body.content {
        case .stream(_, let write) where sendsBody(response):
            writeHead(response)
            flushOut()
            do {
                try await write(BodyWriter(ConnectionSink(connection: self, exchange: served)))
                endStream()
            } catch {
                failStream(error)
            }
        case .webSocket(let upgrade) where !exchange.isHEAD:
            await runWebSocket(upgrade, response)
        default: finish(with: response)
        }
    }

    // MARK: The end of an exchange

    /// The response is written: go on with the next request, or close.
    func endExchange() {
        worker = nil
        stream?.discard()
        if stream != nil, exchange.keepsAlive {
            phase = .draining
            bodyHeldTick = nil
            setTimer(.body, shared.limits.bodyPause)
        } else {
            stream = nil
        }
        guard exchange.keepsAlive else {
            closeGently()
            return
        }
        if stream == nil { becomeIdle() }
        guard !isProcessing else { return }
        flushOut()
        process()
        flushOut()
        resumeReading()
    }

    /// Waits for the next request.
    func becomeIdle() {
        phase = .head
        incoming = .none
        if shared.isDraining {
            exchange.keepsAlive = false
            closeGently()
        } else {
            timer = .idle
            deadline = shared.idleDeadline
        }
        if pending.readableBytes == 0 { pending = ByteBuffer() }
    }

    /// Says goodbye in a way that cannot cut off the response: close our side, read until the client closes its own.
    func closeGently() {
        phase = .lingering
        incoming = .none
        stream = nil
        pending = ByteBuffer()
        guard let context else { return }
        // However long the answer is, the client has time for it as long as it reads on.
        deadline = .max
        timer = .none
        let rest = out ?? ByteBuffer()
        out = nil
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] _ in
            guard let context = self.context, case .lingering = phase else { return }
            setTimer(.linger, .seconds(2))
            context.close(mode: .output, promise: nil)
            resumeReading()
        }
        hand(.byteBuffer(rest), promise: promise)
        context.flush()
        if case .lingering = phase, timer == .none { watchWriting() }
    }

    // MARK: Bytes

    /// Appends to the bytes that go out at the next flush.
    func append(_ write: (inout ByteBuffer) -> Void) {
        // Taken out of its place, so that it is the only reference and can be written where it is.
        var buffer = ByteBuffer()
        if let bytes = out.take() {
            buffer = bytes
        } else {
            swap(&buffer, &shared.scratch)
            buffer.clear(minimumCapacity: 512)
        }
        write(&buffer)
        out = buffer
    }

    /// Appends parts whose length together is known to stay within a bound.
    func append(upTo most: Int, _ write: (inout ResponseHeadWriter) -> Void) {
        append { out in
            out.writeWithUnsafeMutableBytes(minimumWritableBytes: most) { memory in
                var writer = ResponseHeadWriter(memory)
                write(&writer)
                return writer.count
            }
        }
    }

    /// Hands data to the channel, and counts it.
    func hand(_ data: IOData, promise: EventLoopPromise<Void>? = nil) {
        handedBytes &+= data.readableBytes
        context?.write(wrapOutboundOut(data), promise: promise)
    }

    /// Hands what was appended to the channel.
    func flushOut() {
        guard let bytes = out, let context else { return }
        out = nil
        hand(.byteBuffer(bytes))
        context.flush()
        // When the kernel took everything, nobody else holds the storage and the next response reuses it.
        shared.scratch = bytes
        if !isWritable { watchWriting() }
    }

    func writeHead(_ response: Response) {
        exchange.hasBegun = true
        let length = response.body.length
        let code = response.status.code
        let hasNoBody = code < 200 || code == 204 || code == 304
        decideConnection()
        var isChunked = false
        if length == nil, !hasNoBody, !exchange.isHEAD {
            isChunked = exchange.version == .http11
            if !isChunked { exchange.keepsAlive = false }
        }
        exchange.isChunked = isChunked
        exchange.bytesLeft = length
        let keepsAlive = exchange.keepsAlive
        let version = exchange.version
        let dateLine = shared.dateLine
        append(upTo: ResponseHeadWriter.space(for: response, dateLine: dateLine)) { out in
            out.writeStatus(response.status)
            out.writeBytes(dateLine)
            out.writeFields(response)
            if isChunked {
                out.write("transfer-encoding: chunked\r\n")
            } else if let length, !hasNoBody {
                out.writeLength(length)
            }
            if code == 101 {
                out.write("connection: Upgrade\r\n")
            } else if !keepsAlive {
                out.write("connection: close\r\n")
            } else if version == .http10 {
                out.write("connection: keep-alive\r\n")
            }
            out.write("\r\n")
        }
        if hasNoBody { exchange.bytesLeft = 0 }
    }

    /// Closes behind this response when the rest of the request's body is not worth reading.
    private func decideConnection() {
        if shared.isDraining { exchange.keepsAlive = false }
        switch incoming {
        case .none: break
        case .length(let left):
            if exchange.awaitsContinue || left > Self.mostDrained { exchange.keepsAlive = false }
        case .chunked:
            if exchange.awaitsContinue { exchange.keepsAlive = false }
        }
    }

    func writeBody(_ body: ResponseBody) {
        guard !exchange.isHEAD, exchange.bytesLeft != 0 else { return }
        switch body.content {
        case .empty, .stream, .webSocket: break
        case .text(let text): append(upTo: text.utf8.count) { $0.writeText(text) }
        case .bytes(let bytes): append { $0.writeBytes(bytes) }
        case .buffer(let buffer):
            if buffer.readableBytes <= Self.mostCopied {
                append { $0.writeImmutableBuffer(buffer) }
            } else {
                writeThrough(.byteBuffer(buffer))
            }
        case .file(let file, let offset, let count): writeFile(file, offset: offset, count: count)
        }
    }

    /// Hands over the bytes so far and then this, which is not copied.
    private func writeThrough(_ data: IOData) {
        guard let context else { return }
        if let head = out {
            out = nil
            hand(.byteBuffer(head))
        }
        hand(data)
        context.flush()
        if !isWritable { watchWriting() }
    }

    private func writeFile(_ file: OpenFile, offset: Int, count: Int) {
        guard let context, count > 0 else { return }
        // Where the file has become shorter, the kernel would send nothing again and again. Only closing tells the
        // client. The region needs a handle of its own, which it closes; the descriptor stays ours.
        guard file.hasBytes(offset, count), let handle = file.makeHandle() else {
            shared.log.error("a file is shorter than announced, or the process has no descriptor left")
            closeNow()
            return
        }
        if let head = out {
            out = nil
            hand(.byteBuffer(head))
        }
        let region = FileRegion(fileHandle: handle, readerIndex: offset, endIndex: offset + count)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { _ in try? handle.close() }
        hand(.fileRegion(region), promise: promise)
        context.flush()
        if !isWritable { watchWriting() }
    }
}
