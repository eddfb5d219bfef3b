// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes
import NIOCore
import NIOPosix
package import RetortServer
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A connection to a server on which a test sends and reads bytes as it likes.
///
///     let connection = try await server.connect()
///     try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
///     #expect(try await connection.readResponse().status == .ok)
///
/// Nothing is read from the socket that nobody has asked for, so a test can be a slow client. Every call has a deadline.
package final class RawConnection: Sendable {
    private let channel: any Channel
    private let inbox: BytePipe
    private let leftover = Mutex<[UInt8]>([])

    /// The longest time of a call.
    package let deadline: Duration

    private init(_ channel: any Channel, _ inbox: BytePipe, _ deadline: Duration) {
        self.channel = channel
        self.inbox = inbox
        self.deadline = deadline
    }

    deinit { channel.close(promise: nil) }

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - address: Where it listens.
    ///   - receiveBuffer: The bytes that the kernel holds for the client; nil for its own choice.
    ///   - deadline: The longest time of every later call; connecting has ten seconds.
    /// - Returns: The connection.
    /// - Throws: ``TestClientError`` with `connectionFailed` or `deadline`.
    package static func connect(
        to address: ListenAddress, receiveBuffer: Int? = nil, deadline: Duration = .seconds(10)
    ) async throws -> RawConnection {
        let inbox = BytePipe()
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let receiveBuffer, let options = channel.syncOptions {
                        let size = SocketOptionValue(clamping: receiveBuffer)
                        try options.setOption(.socketOption(.so_rcvbuf), value: size)
                    }
                    try channel.pipeline.syncOperations.addHandler(RawConnectionHandler(inbox))
                }
            }
        do {
            let channel: any Channel
            switch address {
            case .tcp(let host, let port):
                channel =
                    try await bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .connect(host: host, port: port).get()
            case .unix(let path): channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
            return RawConnection(channel, inbox, deadline)
        } catch {
            throw TestClientError(.connectionFailed, "There is no connection to \(address).", underlying: error)
        }
    }

    /// The port of this side.
    package var localPort: Int? { channel.localAddress?.port }

    // MARK: Sending

    /// Sends bytes, and waits until the kernel has taken them.
    ///
    /// - Parameter bytes: The bytes.
    /// - Throws: ``TestClientError`` with `connectionFailed`, or with `deadline` when the server does not read.
    package func send(_ bytes: [UInt8]) async throws {
        try await Unstructured.run(within: deadline, "Sending") { try await self.write(ByteBuffer(bytes: bytes)) }
    }

    /// Sends a text as UTF-8.
    ///
    /// - Parameter text: The text.
    /// - Throws: As ``send(_:)-([UInt8])``.
    package func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Says that nothing more will be sent; reading goes on.
    ///
    /// - Throws: ``TestClientError`` when the connection is gone.
    package func closeOutput() async throws {
        do {
            try await channel.close(mode: .output).get()
        } catch {
            throw TestClientError(.connectionFailed, "The connection is gone.", underlying: error)
        }
    }

    /// Closes the connection.
    package func close() {
        inbox.close()
        channel.close(promise: nil)
    }

    /// Closes the connection as a client does that has crashed: with a reset.
    ///
    /// - Throws: ``TestClientError`` when the connection is gone.
    package func reset() async throws {
        do {
            try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await channel.close().get()
        } catch {
            throw TestClientError(.connectionFailed, "The connection is gone.", underlying: error)
        }
    }

    func write(_ bytes: ByteBuffer) async throws {
        do {
            try await channel.writeAndFlush(bytes).get()
        } catch {
            throw TestClientError(.connectionFailed, "The server takes no more bytes.", underlying: error)
        }
    }

    /// Sends without waiting.
    ///
    /// Calls arrive in the order in which they are made.
    @discardableResult
    func enqueue(_ bytes: [UInt8]) -> EventLoopFuture<Void> { channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    // MARK: Reading

    /// The next bytes as they come, or nil when the server has closed its side.
    ///
    /// Without a deadline of its own.
    func nextPiece() async throws -> [UInt8]? {
        let rest = leftover.withLock { rest in
            defer { rest = [] }
            return rest
        }
        if !rest.isEmpty { return rest }
        do {
            return try await inbox.next { channel.read() }.map { Array($0.readableBytesView) }
        } catch let error as TestClientError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            throw TestClientError(.connectionFailed, "The connection was reset.", underlying: error)
        }
    }

    /// Puts bytes back, in front of those that come next.
    func unread(_ bytes: [UInt8]) { leftover.withLock { $0 = bytes + $0 } }

    /// Whether bytes are here that nobody has read.
    var hasLeftover: Bool { leftover.withLock { !$0.isEmpty } }

    /// Reads bytes as they come.
    ///
    /// - Returns: At least one byte, or nil when the server has closed its side.
    /// - Throws: ``TestClientError`` with `deadline`, or with `connectionFailed` after a reset.
    package func read() async throws -> [UInt8]? {
        try await Unstructured.run(within: deadline, "Reading") { try await self.nextPiece() }
    }

    /// Reads until the bytes so far are what the test waits for.
    ///
    /// What comes with them is returned too.
    ///
    /// - Parameter isEnough: Looks at all bytes of this call.
    /// - Returns: The bytes.
    /// - Throws: ``TestClientError`` with `connectionFailed` when the server closes its side before, or `deadline`.
    package func read(while isEnough: @escaping @Sendable ([UInt8]) -> Bool) async throws -> [UInt8] {
        try await Unstructured.run(within: deadline, "Reading") {
            var bytes: [UInt8] = []
            while isEnough(bytes) {
                guard let piece = try await self.nextPiece() else {
                    throw TestClientError(
                        .connectionFailed,
                        "The server closed its side; before came \"\(String(decoding: bytes, as: UTF8.self))\".")
                }
                bytes += piece
            }
            return bytes
        }
    }

    /// Reads up to a text, and leaves what comes behind it for the next call.
    ///
    /// - Parameter text: The text; empty for nothing.
    /// - Returns: What came, with the text at its end.
    /// - Throws: As ``read(while:)``.
    package func read(through text: String) async throws -> String {
        let wanted = Array(text.utf8)
        let bytes = try await read { Self.end(of: wanted, in: $0) == nil }
        let end = Self.end(of: wanted, in: bytes) ?? bytes.count
        unread(Array(bytes[end...]))
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// Reads until the server closes its side.
    ///
    /// - Returns: Everything that came.
    /// - Throws: ``TestClientError`` with `deadline` when the server keeps it open, or `connectionFailed` after a reset.
    package func readToEnd() async throws -> String {
        try await Unstructured.run(within: deadline, "Reading to the end") {
            var bytes: [UInt8] = []
            while let piece = try await self.nextPiece() { bytes += piece }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Reads one response, strictly, and leaves what comes behind it for the next call.
    ///
    /// - Parameter toHEAD: Whether it answers a HEAD request.
    /// - Returns: The response.
    /// - Throws: ``TestClientError`` with `malformedResponse`, `incompleteResponse`, `connectionFailed` or `deadline`.
    package func readResponse(toHEAD: Bool = false) async throws -> RawResponse {
        try await Unstructured.run(within: deadline, "Reading a response") {
            var reader = ResponseReader(toHEAD: toHEAD)
            var response = RawResponse()
            while true {
                while let event = try reader.next() {
                    switch event {
                    case .interim(let status, _): response.interim.append(status)
                    case .head(let status, let fields):
                        (response.status, response.headers) = (status, fields)
                        guard status.code == 101 else { continue }
                        self.unread(reader.rest)
                        return response
                    case .body(let piece): response.bytes += piece
                    case .end(let trailers):
                        response.trailers = trailers
                        response.keepsAlive = reader.keepsAlive
                        self.unread(reader.rest)
                        return response
                    }
                }
                if let piece = try await self.nextPiece() {
                    reader.append(piece)
                } else if let event = try reader.finish(), case .end = event {
                    return response
                }
            }
        }
    }

    private static func end(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
        guard let first = wanted.first else { return 0 }
        guard bytes.count >= wanted.count else { return nil }
        for start in 0...(bytes.count - wanted.count)
        where bytes[start] == first && bytes[start..<start + wanted.count].elementsEqual(wanted) {
            return start + wanted.count
        }
        return nil
    }
}

/// A response as it came over a connection.
package struct RawResponse: Sendable {
    /// The status.
    package var status = HTTPResponse.Status.ok

    /// The headers.
    package var headers = HTTPFields()

    /// The body.
    package var bytes: [UInt8] = []

    /// The fields behind a chunked body.
    package var trailers = HTTPFields()

    /// The interim responses before it, such as 100.
    package var interim: [HTTPResponse.Status] = []

    /// Whether the connection may carry another request.
    package var keepsAlive = false

    /// The body as UTF-8.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Puts what comes into a pipe.
private final class RawConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: BytePipe

    init(_ inbox: BytePipe) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.push(unwrapInboundIn(data)) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { inbox.finish() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) { inbox.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbox.finish(.failure(error))
        context.close(promise: nil)
    }
}
