// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How far a WebSocket is from its end.
///
/// Source: RFC 6455 §7.1.
public enum WebSocketPhase: Hashable, Sendable {
    /// Messages go both ways.
    case open
    /// We have sent a Close and wait for the peer's. Its messages still arrive, and nothing more can be sent.
    case closing
    /// Both have sent a Close, or the connection has failed. Whatever still arrives is ignored.
    case closed
}

/// One end of an open WebSocket: received bytes become events, and messages become bytes to send.
///
/// It owns no socket. Give it what arrives, answer its events, write `output` to the transport, and end the transport
/// when ``shouldCloseTransport`` says so. The caller owns `output`, so that one buffer serves all frames.
///
///     var position = 0
///     while let event = socket.nextEvent(in: received, at: &position, output: &output) {
///         if case .text(let text) = event { try socket.send(text: text, output: &output) }
///     }
///
/// Source: RFC 6455, RFC 7692.
public struct WebSocketConnectionState: ~Copyable {
    /// Which end this is.
    public let role: WebSocketRole

    /// How far the connection is from its end.
    public internal(set) var phase = WebSocketPhase.open

    /// Whether the peer broke the protocol or passed a limit.
    public internal(set) var hasFailed = false

    var frames: WebSocketFrameReader
    var messages: WebSocketMessageReader
    var deflater: WebSocketMessageDeflater?
    var masks = WebSocketMaskSource()
    // The mask of the frame that is being read, at its place in the payload.
    private var mask = WebSocketMask.none
    // The payload of the control frame that is being read.
    private var control: [UInt8] = []

    /// Creates the state of a connection whose handshake is done.
    ///
    /// - Parameters:
    ///   - role: Which end this is.
    ///   - limits: What the peer may make this end hold.
    ///   - compression: What the handshake agreed about compression, or nil for none.
    public init(role: WebSocketRole, limits: WebSocketLimits = .init(), compression: PermessageDeflate? = nil) {
        self.role = role
        frames = WebSocketFrameReader(isMasked: role == .server, allowsCompression: compression != nil)
        if let compression {
            let peer: WebSocketRole = role == .server ? .client : .server
            messages = WebSocketMessageReader(
                limits: limits, inflater: WebSocketMessageInflater(compression, peer: peer))
            deflater = WebSocketMessageDeflater(compression, role: role)
        } else {
            messages = WebSocketMessageReader(limits: limits, inflater: nil)
        }
    }

    /// Whether the transport should end once `output` is written.
    ///
    /// A server ends it as soon as both have said Close. A client leaves that to the server, for a while, unless the
    /// connection has failed. Source: RFC 6455 §7.1.1.
    public var shouldCloseTransport: Bool { phase == .closed && (role == .server || hasFailed) }

    /// Reads received bytes up to the next event.
    ///
    /// - Parameters:
    ///   - bytes: Received bytes. Frames may begin and end anywhere in them.
    ///   - position: Where to go on in them, from 0; moves behind the bytes that were used. Start again at 0 with the
    ///     next bytes.
    ///   - output: The bytes to send; answers to pings and to a Close are appended.
    /// - Returns: The event, or nil when all bytes are used up and more are needed.
    /// - Complexity: O(n) over all calls for n received bytes.
    public mutating func nextEvent(
        in bytes: Span<UInt8>, at position: inout Int, output: inout [UInt8]
    ) -> WebSocketEvent? {
        guard phase != .closed, position >= 0, position <= bytes.count else {
            position = bytes.count
            return nil
        }
        do throws(WireError) {
            return try readEvent(in: bytes, at: &position, output: &output)
        } catch {
            position = bytes.count
            return fail(error, output: &output)
        }
    }

    /// Reads all received bytes.
    ///
    /// - Parameters:
    ///   - bytes: Received bytes. Frames may begin and end anywhere in them.
    ///   - output: The bytes to send; answers to pings and to a Close are appended.
    ///   - events: Called with each event, in order. To send from here, collect the events and answer afterwards, or
    ///     use ``nextEvent(in:at:output:)``.
    public mutating func receive(
        _ bytes: Span<UInt8>, output: inout [UInt8], events: (WebSocketEvent) -> Void
    ) {
        var position = 0
        while let event = nextEvent(in: bytes, at: &position, output: &output) { events(event) }
    }

    /// Takes note that the transport has ended.
    ///
    /// - Returns: A close with ``WebSocketCloseCode/abnormal`` when the peer had not said Close, otherwise nil.
    public mutating func receiveEnd() -> WebSocketEvent? {
        guard phase != .closed else { return nil }
        end()
        return .close(.abnormal, reason: "")
    }

    private mutating func readEvent(
        in bytes: Span<UInt8>, at position: inout Int, output: inout [UInt8]
    ) throws(WireError) -> WebSocketEvent? {
        while true {
            if frames.header == nil {
                guard let header = try frames.readHeader(bytes, at: &position) else { return nil }
                mask = header.mask ?? .none
                if !header.opcode.isControl { try messages.begin(header) }
            }
            guard let header = frames.header else { return nil }
            let count = frames.takePayload(available: bytes.count &- position)
            if count > 0 {
                let piece = bytes.extracting(position..<(position &+ count))
                position &+= count
                if header.opcode.isControl {
                    mask.append(piece, to: &control)
                } else {
                    try messages.append(piece, mask: &mask)
                }
            }
            guard frames.remaining == 0 else { return nil }
            frames.endFrame()
            if header.opcode.isControl { return try endControlFrame(header.opcode, output: &output) }
            if let event = try messages.endFrame(isFinal: header.isFinal) { return event }
        }
    }

    private mutating func endControlFrame(
        _ opcode: WebSocketOpcode, output: inout [UInt8]
    ) throws(WireError) -> WebSocketEvent {
        defer { control.removeAll(keepingCapacity: true) }
        let payload = control.withUnsafeBufferPointer { Array($0) }
        switch opcode {
        case .ping:
            if phase == .open { appendFrame(.pong, payload.span, output: &output) }
            return .ping(payload)
        case .pong: return .pong(payload)
        default: return try receiveClose(payload, output: &output)
        }
    }

    private mutating func receiveClose(
        _ payload: [UInt8], output: inout [UInt8]
    ) throws(WireError) -> WebSocketEvent {
        let (code, reason) = try WebSocketClosePayload.parse(payload)
        if phase == .open {
            // The answer repeats the code, and no reason: the peer knows it.
            appendFrame(.close, payload.span.extracting(first: 2), output: &output)
        }
        end()
        return .close(code, reason: reason)
    }

    private mutating func fail(_ error: WireError, output: inout [UInt8]) -> WebSocketEvent {
        let code = WebSocketCloseCode(reporting: error)
        if phase == .open {
            appendFrame(.close, WebSocketClosePayload.bytes(code, reason: error.message).span, output: &output)
        }
        hasFailed = true
        end()
        return .failure(code, error)
    }

    /// Nothing more is read or written, so the buffers and compressors can go.
    private mutating func end() {
        phase = .closed
        messages.discard()
        deflater = nil
    }
}
