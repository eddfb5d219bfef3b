// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WebSocketConnectionState {
    /// Sends a text message.
    ///
    /// - Parameters:
    ///   - text: The message.
    ///   - output: The bytes to send; the frame is appended.
    /// - Throws: ``WireError`` with `webSocketCannotSend` when the connection is not open, `compressionFailed` when
    ///   memory is short.
    public mutating func send(text: String, output: inout [UInt8]) throws {
        try sendMessage(.text, text.utf8.span, output: &output)
    }

    /// Sends a binary message.
    ///
    /// - Parameters:
    ///   - binary: The message.
    ///   - output: The bytes to send; the frame is appended.
    /// - Throws: ``WireError`` with `webSocketCannotSend` when the connection is not open, `compressionFailed` when
    ///   memory is short.
    public mutating func send(binary: Span<UInt8>, output: inout [UInt8]) throws {
        try sendMessage(.binary, binary, output: &output)
    }

    /// Sends a binary message.
    ///
    /// - Parameters:
    ///   - binary: The message.
    ///   - output: The bytes to send; the frame is appended.
    /// - Throws: ``WireError`` with `webSocketCannotSend` when the connection is not open, `compressionFailed` when
    ///   memory is short.
    public mutating func send(binary: [UInt8], output: inout [UInt8]) throws {
        try sendMessage(.binary, binary.span, output: &output)
    }

    /// Asks whether the peer is there.
    ///
    /// It answers with a pong of the same payload.
    ///
    /// - Parameters:
    ///   - payload: At most 125 bytes.
    ///   - output: The bytes to send; the frame is appended.
    /// - Throws: ``WireError`` with `webSocketCannotSend` when the connection is not open or the payload is too long.
    public mutating func sendPing(_ payload: [UInt8] = [], output: inout [UInt8]) throws {
        try sendControl(.ping, payload, output: &output)
    }

    /// Sends a pong that nobody asked for, as a sign of life.
    ///
    /// Pings are answered without it.
    ///
    /// - Parameters:
    ///   - payload: At most 125 bytes.
    ///   - output: The bytes to send; the frame is appended.
    /// - Throws: ``WireError`` with `webSocketCannotSend` when the connection is not open or the payload is too long.
    public mutating func sendPong(_ payload: [UInt8] = [], output: inout [UInt8]) throws {
        try sendControl(.pong, payload, output: &output)
    }

    /// Begins to close the connection, or does nothing when it is closing already.
    ///
    /// Go on receiving until the peer's Close arrives, but not for ever.
    ///
    /// - Parameters:
    ///   - code: Why, or nil to give no code and no reason.
    ///   - reason: A few words for whoever reads the log; cut to 123 bytes.
    ///   - output: The bytes to send; the frame is appended.
    /// - Throws: ``WireError`` with `webSocketCannotSend` when the code may not be sent.
    public mutating func close(
        _ code: WebSocketCloseCode? = .normal, reason: String = "", output: inout [UInt8]
    ) throws {
        guard code?.canBeSent ?? true else {
            throw WireError(
                .webSocketCannotSend, "A Close must not carry the reserved code \(code?.description ?? "").",
                status: 500)
        }
        guard phase == .open else { return }
        let payload = code.map { WebSocketClosePayload.bytes($0, reason: reason) } ?? []
        appendFrame(.close, payload.span, output: &output)
        phase = .closing
        deflater = nil
    }

    private mutating func sendMessage(
        _ opcode: WebSocketOpcode, _ payload: Span<UInt8>, output: inout [UInt8]
    ) throws {
        try checkOpen()
        if deflater?.isWorthwhile(payload.count) == true {
            let message = payload.withUnsafeBufferPointer { Array($0) }
            if let compressed = try deflater?.deflate(message) {
                appendFrame(opcode, compressed.span, isCompressed: true, output: &output)
                return
            }
        }
        appendFrame(opcode, payload, output: &output)
    }

    private mutating func sendControl(
        _ opcode: WebSocketOpcode, _ payload: [UInt8], output: inout [UInt8]
    ) throws {
        try checkOpen()
        guard payload.count <= WebSocketFrameHeader.maximumControlLength else {
            throw WireError(.webSocketCannotSend, "A control frame carries at most 125 bytes.", status: 500)
        }
        appendFrame(opcode, payload.span, output: &output)
    }

    private func checkOpen() throws {
        guard phase == .open else {
            throw WireError(.webSocketCannotSend, "The WebSocket is closing; nothing more can be sent.", status: 500)
        }
    }

    /// Writes one whole frame, masked when this is a client.
    mutating func appendFrame(
        _ opcode: WebSocketOpcode, _ payload: Span<UInt8>, isCompressed: Bool = false, output: inout [UInt8]
    ) {
        var mask: WebSocketMask?
        if role == .client { mask = masks.next() }
        let header = WebSocketFrameHeader(
            opcode, payloadLength: payload.count, isCompressed: isCompressed, mask: mask)
        header.append(to: &output)
        if var mask {
            mask.append(payload, to: &output)
        } else {
            payload.withUnsafeBufferPointer { output.append(contentsOf: $0) }
        }
    }
}

/// Fresh masks that nobody can foretell, so that a page cannot choose what a client's bytes look like on the wire.
///
/// Source: RFC 6455 §10.3.
struct WebSocketMaskSource {
    private var generator = SystemRandomNumberGenerator()

    mutating func next() -> WebSocketMask { WebSocketMask(randomBits: generator.next()) }
}
