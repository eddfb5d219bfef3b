// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Puts the payloads of data frames together to messages, and checks them while they arrive.
struct WebSocketMessageReader: ~Copyable {
    let limits: WebSocketLimits
    private var inflater: WebSocketMessageInflater?

    /// A buffer larger than this is given away with its message instead of kept for the next.
    private static let largestKeptCapacity = 16 * 1024

    // The message so far, decompressed. Kept from message to message, so that a message costs one allocation.
    private var bytes: [UInt8] = []
    // Unmasked bytes that wait for the decompressor.
    private var compressed: [UInt8] = []
    private var compressedCount = 0
    private var kind: Kind?
    private var isCompressed = false
    private var isASCII = true
    private var fragmentCount = 0
    private var validator = UTF8Validator()

    private enum Kind { case text, binary }

    init(limits: WebSocketLimits, inflater: consuming WebSocketMessageInflater?) {
        self.limits = limits
        self.inflater = inflater
    }

    /// Begins a data frame: checks its place in the message and its length.
    mutating func begin(_ header: WebSocketFrameHeader) throws(WireError) {
        if header.opcode == .continuation {
            guard kind != nil else {
                throw WireError(.webSocketProtocol, "A continuation came without a message to continue.")
            }
        } else {
            guard kind == nil else {
                throw WireError(.webSocketProtocol, "A new message began inside of another.")
            }
            kind = header.opcode == .text ? .text : .binary
            isCompressed = header.isCompressed
        }
        fragmentCount &+= 1
        guard fragmentCount <= limits.fragmentCount else {
            throw WireError(.webSocketTooLarge, "The message has more than \(limits.fragmentCount) fragments.")
        }
        try checkLength(header.payloadLength)
    }

    @inline(__always)
    private func checkLength(_ length: Int) throws(WireError) {
        var frameLimit = limits.frameLength
        var room = limits.messageLength &- bytes.count
        if isCompressed {
            frameLimit = WebSocketLimits.compressedLength(of: frameLimit)
            room = WebSocketLimits.compressedLength(of: limits.messageLength) &- compressedCount
        }
        guard length <= frameLimit else {
            throw WireError(.webSocketTooLarge, "The frame is larger than \(limits.frameLength) bytes.", status: 413)
        }
        guard length <= room else { throw Self.tooLarge(limits) }
    }

    /// Takes the next bytes of the frame's payload.
    mutating func append(_ piece: Span<UInt8>, mask: inout WebSocketMask) throws(WireError) {
        let start = bytes.count
        let pieceIsASCII: Bool
        if isCompressed {
            compressed.removeAll(keepingCapacity: true)
            mask.append(piece, to: &compressed)
            compressedCount &+= piece.count
            try inflater?.inflate(compressed, limit: limits.messageLength, into: &bytes)
            pieceIsASCII = false
        } else {
            pieceIsASCII = mask.append(piece, to: &bytes)
        }
        try checkText(from: start, isASCII: pieceIsASCII)
    }

    /// Fails as soon as the bytes from `start` on show that the text is not UTF-8.
    @inline(__always)
    private mutating func checkText(from start: Int, isASCII pieceIsASCII: Bool) throws(WireError) {
        guard kind == .text, !(pieceIsASCII && validator.isAtBoundary) else { return }
        isASCII = false
        var current = validator
        let isPossible = current.consume(bytes.span.extracting(start..<bytes.count))
        validator = current
        guard isPossible else {
            throw WireError(.webSocketInvalidText, "The text message is not UTF-8.")
        }
    }

    /// Ends the frame.
    ///
    /// - Returns: The message, when this was its last frame.
    mutating func endFrame(isFinal: Bool) throws(WireError) -> WebSocketEvent? {
        guard isFinal, let kind else { return nil }
        if isCompressed {
            let start = bytes.count
            try inflater?.endMessage(limit: limits.messageLength, into: &bytes)
            try checkText(from: start, isASCII: false)
        }
        let event: WebSocketEvent
        switch kind {
        case .text:
            guard validator.isAtBoundary else {
                throw WireError(.webSocketInvalidText, "The text message ends inside of a character.")
            }
            // Checked byte by byte above, so the standard library need not check it again.
            event = .text(String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: isASCII)))
        case .binary:
            event = .binary(takeBinary())
        }
        reset()
        return event
    }

    /// A small message is copied and its buffer kept; a large one is handed over with its buffer.
    private mutating func takeBinary() -> [UInt8] {
        guard bytes.capacity > Self.largestKeptCapacity else { return bytes.withUnsafeBufferPointer { Array($0) } }
        var result: [UInt8] = []
        swap(&result, &bytes)
        return result
    }

    private mutating func reset() {
        if bytes.capacity > Self.largestKeptCapacity { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
        if compressed.capacity > Self.largestKeptCapacity { compressed = [] }
        compressedCount = 0
        kind = nil
        isCompressed = false
        isASCII = true
        fragmentCount = 0
        validator = UTF8Validator()
    }

    /// Forgets everything, when no more messages will be read.
    mutating func discard() {
        reset()
        bytes = []
        compressed = []
        inflater = nil
    }

    static func tooLarge(_ limits: WebSocketLimits) -> WireError {
        WireError(.webSocketTooLarge, "The message is larger than \(limits.messageLength) bytes.", status: 413)
    }
}
