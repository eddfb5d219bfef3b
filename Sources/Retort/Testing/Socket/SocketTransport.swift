// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import RetortServer
import RetortWire
import Synchronization

/// Sends requests to a server over connections that are kept open.
final class SocketTransport: ExchangeTransport {
    private let server: LazyServer
    private let idle = Mutex<[RawConnection]>([])

    /// Connections that are kept for later requests.
    private static let mostIdle = 8

    init(_ server: LazyServer) { self.server = server }

    func open(_ request: OutgoingRequest) async throws -> any IncomingResponse {
        guard !request.isSecure else {
            throw TestClientError(.badRequest, "https over a socket is not spoken by the client; test it in process.")
        }
        if let connection = idle.withLock({ $0.popLast() }) {
            if let response = try await exchange(request, connection, isReused: true) { return response }
        }
        if let response = try await exchange(request, try await connect(), isReused: false) { return response }
        throw TestClientError(.connectionFailed, "The server closed the connection without an answer.")
    }

    /// A connection of its own, for a WebSocket.
    func connect() async throws -> RawConnection { try await server.value.connect() }

    func keep(_ connection: RawConnection) {
        let isKept = idle.withLock { idle in
            guard idle.count < Self.mostIdle else { return false }
            idle.append(connection)
            return true
        }
        if !isKept { connection.close() }
    }

    func close() async {
        let connections = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for connection in connections { connection.close() }
        await server.stop()
    }

    /// Sends a request and reads up to the head of the answer.
    ///
    /// Answers nil when a connection that was kept turns out to be closed, so that another has to be tried.
    private func exchange(
        _ request: OutgoingRequest, _ connection: RawConnection, isReused: Bool
    ) async throws -> SocketResponse? {
        var reader = ResponseReader(toHEAD: request.method == .head)
        let sender = BodySender(connection, request.body)
        do {
            sender.start(with: request.head, waits: request.expectsContinue)
            while true {
                while let event = try reader.next() {
                    switch event {
                    case .interim(let status, _): if status.code == 100 { sender.goOn() }
                    case .head(let status, let fields):
                        guard status.code != 101 else { throw ServerHead.upgraded }
                        let head = ResponseHead(status: status, headers: fields)
                        return SocketResponse(head, reader, connection, sender, pool: self)
                    case .body, .end: throw ResponseReader.malformed("The answer begins without a head.")
                    }
                }
                if let failure = sender.failure { throw failure }
                if let piece = try await connection.nextPiece() {
                    reader.append(piece)
                } else {
                    if isReused, reader.isUntouched, !sender.isStream { return nil }
                    if let failure = sender.failure { throw failure }
                    _ = try reader.finish()
                }
            }
        } catch let error as TestClientError
            where error.code == .connectionFailed && isReused && reader.isUntouched
            && !sender.isStream
        {
            return nil
        } catch {
            sender.cancel()
            connection.close()
            throw sender.failure ?? error
        }
    }
}

/// An answer that comes over a connection.
final class SocketResponse: IncomingResponse {
    let head: ResponseHead
    private let connection: RawConnection
    private let sender: BodySender
    private let pool: SocketTransport

    private struct State {
        var reader: ResponseReader
        var trailers = HTTPFields()
        var isOver = false
    }

    private let state: Mutex<State>

    init(
        _ head: ResponseHead, _ reader: ResponseReader, _ connection: RawConnection, _ sender: BodySender,
        pool: SocketTransport
    ) {
        self.head = head
        self.connection = connection
        self.sender = sender
        self.pool = pool
        state = Mutex(State(reader: reader))
    }

    deinit { close() }

    var trailers: HTTPFields { state.withLock { $0.trailers } }

    func next() async throws -> ByteBuffer? {
        do {
            while true {
                if let failure = sender.failure { throw failure }
                switch try state.withLock({ try $0.isOver ? nil : $0.reader.next() }) {
                case .body(let piece): return ByteBuffer(bytes: piece)
                case .end(let trailers):
                    try finish(trailers)
                    return nil
                case .interim, .head: throw ResponseReader.malformed("A second head follows the first.")
                case nil:
                    if state.withLock({ $0.isOver }) { return nil }
                }
                if let piece = try await connection.nextPiece() {
                    state.withLock { $0.reader.append(piece) }
                } else if case .end(let trailers) = try state.withLock({ try $0.reader.finish() }) {
                    try finish(trailers)
                    return nil
                }
            }
        } catch let error as TestClientError where error.code == .connectionFailed {
            close()
            throw sender.failure
                ?? TestClientError(.incompleteResponse, "The connection broke inside of the body.", underlying: error)
        } catch {
            close()
            throw sender.failure ?? error
        }
    }

    func close() {
        let wasOver = state.withLock { state in
            defer { state.isOver = true }
            return state.isOver
        }
        guard !wasOver else { return }
        sender.cancel()
        connection.close()
    }

    private func finish(_ trailers: HTTPFields) throws {
        let (rest, keepsAlive) = state.withLock { state in
            state.trailers = trailers
            state.isOver = true
            return (state.reader.rest, state.reader.keepsAlive)
        }
        sender.cancel()
        guard rest.isEmpty else {
            connection.close()
            throw ResponseReader.malformed("\(rest.count) bytes follow the answer.")
        }
        if keepsAlive, sender.isComplete { pool.keep(connection) } else { connection.close() }
    }
}
