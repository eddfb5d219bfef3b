// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import NIOCore
import RetortWire

extension Connection {
    /// Sends a piece of a streamed body.
    ///
    /// To be called on the event loop.
    func writeStream(_ bytes: ByteBuffer, exchange number: Int) throws {
        guard let context, case .busy = phase, number == served else { throw WriteError.clientHasGone }
        if let left = exchange.bytesLeft {
            guard bytes.readableBytes <= left else { throw WriteError.longerThanAnnounced }
            exchange.bytesLeft = left - bytes.readableBytes
        }
        guard exchange.isChunked else {
            hand(.byteBuffer(bytes))
            context.flush()
            return
        }
        var size = context.channel.allocator.buffer(capacity: 20)
        size.writeString(String(bytes.readableBytes, radix: 16))
        size.writeStaticString("\r\n")
        if bytes.readableBytes <= Self.mostCopied {
            size.writeImmutableBuffer(bytes)
            size.writeStaticString("\r\n")
            hand(.byteBuffer(size))
        } else {
            hand(.byteBuffer(size))
            hand(.byteBuffer(bytes))
            hand(.byteBuffer(ByteBuffer(staticString: "\r\n")))
        }
        context.flush()
    }

    func setTrailers(_ trailers: HTTPFields, exchange number: Int) {
        if number == served { exchange.trailers = trailers }
    }

    /// Waits until the client has made room, when there is none.
    ///
    /// To be called on the event loop.
    func waitUntilWritable() async throws {
        guard context != nil, !isWritable else { return }
        watchWriting()
        try await withUnsafeThrowingContinuation { writeWaiters.append($0) }
    }

    func endStream() {
        guard case .busy = phase else { return }
        if let left = exchange.bytesLeft, left > 0 {
            // The client was told a longer length: only closing can tell it that this is all.
            failStream(WriteError.longerThanAnnounced)
            return
        }
        if exchange.isChunked {
            let trailers = exchange.trailers
            append(upTo: ResponseHeadWriter.space(for: trailers)) { out in
                out.write("0\r\n")
                for field in trailers { out.writeField(field) }
                out.write("\r\n")
            }
        }
        endExchange()
        flushOut()
    }

    /// The body cannot be completed: the client must see that.
    func failStream(_ error: any Error) {
        if !(error is CancellationError), error as? WriteError != .clientHasGone {
            shared.log.error("response body failed", metadata: ["error": "\(error)"])
        }
        worker = nil
        closeNow()
    }
}

/// The way of a streamed body from a handler's task to its connection.
struct ConnectionSink: BodyWriter.Sink {
    let connection: Connection

    /// The number of the exchange, because a writer that outlives its handler must not write into the next answer.
    let exchange: Int

    @concurrent
    func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        let loop = connection.shared.loop
        if loop.inEventLoop {
            try connection.writeStream(bytes, exchange: exchange)
            try await connection.waitUntilWritable()
        } else {
            try await loop.submit { [self] in try connection.writeStream(bytes, exchange: exchange) }.get()
            try await withTaskExecutorPreference(connection.shared.pool.executor) {
                try await connection.waitUntilWritable()
            }
        }
    }

    @concurrent
    func setTrailers(_ trailers: HTTPFields) async {
        let loop = connection.shared.loop
        if loop.inEventLoop {
            connection.setTrailers(trailers, exchange: exchange)
        } else {
            loop.execute { [self] in connection.setTrailers(trailers, exchange: exchange) }
        }
    }
}
