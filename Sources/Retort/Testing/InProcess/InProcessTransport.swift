// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortServer
import RetortWire

/// Calls the app directly, with what the server would have read.
struct InProcessTransport: ExchangeTransport {
    let responder: any Responder
    let limits: ServerLimits

    func open(_ request: OutgoingRequest) async throws -> any IncomingResponse {
        let pipe = BytePipe()
        let (reply, feed, keepsAlive) = call(request)
        let work = InProcessWork(
            reply: reply, isHEAD: request.method == .head, keepsAlive: keepsAlive,
            awaitsContinue: request.expectsContinue, pipe: pipe, feed: feed)
        var tasks = [Unstructured.start { await work.run() }]
        if let feed {
            tasks.append(
                Unstructured.start { await work.send(request.body, to: feed, waits: request.expectsContinue) })
        }
        do {
            let head = try await withTaskCancellationHandler {
                try await work.head.value
            } onCancel: {
                work.head.settle(.failure(CancellationError()))
            }
            return InProcessResponse(head, pipe: pipe, feed: feed, tasks: tasks, trailers: work.trailers)
        } catch {
            for task in tasks { task.cancel() }
            feed?.fail(InProcessWork.incomplete)
            throw error
        }
    }

    func close() async {}

    /// Reads the request as the server does, and asks the app.
    private func call(_ request: OutgoingRequest) -> (ServerReply, BodyFeed?, keepsAlive: Bool) {
        var parser = RequestHeadParser(limits: limits.head)
        do {
            guard case .head(let head, _) = try parser.parse(request.head.span) else {
                throw WireError(.badRequestLine, "The request could not be read.")
            }
            let (body, feed) = body(request, head.framing)
            let connection = ConnectionInfo(
                peer: try? SocketAddress(ipAddress: "127.0.0.1", port: 49_152),
                local: try? SocketAddress(ipAddress: "127.0.0.1", port: 80), isSecure: request.isSecure)
            let reply = responder.respond(to: ServerRequest(head: head, body: body, connection: connection))
            return (reply, feed, head.keepsAlive)
        } catch {
            let error = error as? WireError ?? WireError(.badRequestLine, "The request could not be read.")
            let refusal = Response(
                .text(error.message + "\n"), contentType: "text/plain; charset=utf-8",
                status: .standard(error.status))
            return (.now(refusal), nil, false)
        }
    }

    /// The body as the framing of the head has it, which a test may have written itself.
    private func body(_ request: OutgoingRequest, _ framing: BodyFraming) -> (RequestBody, BodyFeed?) {
        let length: Int?
        switch (framing, request.body) {
        case (.none, _): return (RequestBody(ByteBuffer(), limit: limits.bodyBytes), nil)
        case (.length(let announced), .bytes(let bytes)) where bytes.count >= announced && !request.expectsContinue:
            return (RequestBody(ByteBuffer(bytes: bytes.prefix(announced)), limit: limits.bodyBytes), nil)
        case (.length(let announced), _): length = announced
        case (.chunked, _): length = nil
        }
        let feed = BodyFeed(length: length, limit: limits.bodyBytes)
        return (feed.body, feed)
    }
}

/// What happens to one request: the app's work, and the body of its response.
final class InProcessWork: Sendable {
    let head = SharedResult<ResponseHead>()
    let trailers = Trailers()
    private let reply: ServerReply
    private let isHEAD: Bool
    private let keepsAlive: Bool
    private let awaitsContinue: Bool
    private let pipe: BytePipe
    private let feed: BodyFeed?

    static let incomplete = WireError(
        .bodyIncomplete, "The client closed the connection before the body was complete.", status: 400)

    init(
        reply: ServerReply, isHEAD: Bool, keepsAlive: Bool, awaitsContinue: Bool, pipe: BytePipe, feed: BodyFeed?
    ) {
        self.awaitsContinue = awaitsContinue
        self.reply = reply
        self.isHEAD = isHEAD
        self.keepsAlive = keepsAlive
        self.pipe = pipe
        self.feed = feed
    }

    /// Answers the request.
    func run() async {
        let response: Response
        switch reply {
        case .now(let made): response = made
        case .later(let work): response = await work()
        }
        if case .webSocket = response.body.content, !isHEAD {
            head.settle(.failure(ServerHead.upgraded))
            return
        }
        // A client that still waits to send its body is not asked for it any more: the connection would close.
        let isUnasked = awaitsContinue && feed?.isWanted == false
        head.settle(
            .success(ServerHead.make(response, isHEAD: isHEAD, keepsAlive: keepsAlive && !isUnasked)))
        do {
            try await writeBody(response)
            pipe.finish()
        } catch {
            pipe.finish(
                .failure(
                    TestClientError(
                        .incompleteResponse, "The body of the answer broke off: the app's writer failed.",
                        underlying: error)))
        }
        feed?.discard()
    }

    private func writeBody(_ response: Response) async throws {
        guard !isHEAD, !ServerHead.hasNoBody(response.status) else { return }
        switch response.body.content {
        case .empty, .webSocket: return
        case .text(let text): try await write(ByteBuffer(string: text))
        case .bytes(let bytes): try await write(ByteBuffer(bytes: bytes))
        case .buffer(let buffer): try await write(buffer)
        case .file(let file, let offset, let count):
            try await FilePieces.forEach(of: file, offset: offset, count: count) { try await write($0) }
        case .stream(let length, let writer):
            let sink = InProcessSink(pipe: pipe, trailers: length == nil ? trailers : nil, length: length)
            try await writer(BodyWriter(sink))
            guard sink.isComplete else { throw WriteError.longerThanAnnounced }
        }
    }

    private func write(_ bytes: ByteBuffer) async throws {
        guard bytes.readableBytes > 0 else { return }
        try await pipe.write(bytes)
    }

    /// Sends the body of the request.
    func send(_ body: TestBody.Content, to feed: BodyFeed, waits: Bool) async {
        let sink = FeedSink(feed: feed)
        do {
            if waits { try await feed.waitUntilWanted() }
            switch body {
            case .none: break
            case .bytes(let bytes): try await sink.write(ByteBuffer(bytes: bytes))
            case .stream(_, let write): try await write(BodyWriter(sink))
            }
            // A head that announces more than there is leaves the app waiting, as it would over a connection.
            if sink.count >= feed.body.length ?? 0 { feed.finish(trailers: sink.trailers.value) }
        } catch {
            feed.fail(Self.incomplete)
            // A writer that failed by itself is a mistake of the test, and is told.
            guard !(error is CancellationError), !(error is WriteError) else { return }
            head.settle(.failure(error))
            pipe.finish(.failure(error))
        }
    }
}
