// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the frames in bytes that arrive in pieces of any size.
struct WebSocketFrameReader {
    let isMasked: Bool
    let allowsCompression: Bool

    // The start of a header whose end has not arrived.
    private var partial = InlineArray<14, UInt8>(repeating: 0)
    private var partialCount = 0

    /// The header of the frame whose payload is being read.
    private(set) var header: WebSocketFrameHeader?

    /// How many bytes of the payload have not arrived.
    private(set) var remaining = 0

    init(isMasked: Bool, allowsCompression: Bool) {
        self.isMasked = isMasked
        self.allowsCompression = allowsCompression
    }

    /// Reads up to the end of the next header.
    ///
    /// - Returns: The header, or nil when all bytes are used up.
    @inline(__always)
    mutating func readHeader(_ bytes: Span<UInt8>, at position: inout Int) throws(WireError) -> WebSocketFrameHeader? {
        if partialCount == 0 {
            let found = try WebSocketFrameHeader.parse(
                bytes, from: position, isMasked: isMasked, allowsCompression: allowsCompression)
            if let found {
                position &+= found.length
                begin(found.header)
                return found.header
            }
        }
        return try readPartialHeader(bytes, at: &position)
    }

    /// Reads byte by byte: the header began in one piece and ends in another.
    private mutating func readPartialHeader(
        _ bytes: Span<UInt8>, at position: inout Int
    ) throws(WireError) -> WebSocketFrameHeader? {
        while position < bytes.count, partialCount < WebSocketFrameHeader.maximumLength {
            partial[partialCount] = bytes[position]
            partialCount += 1
            position += 1
            let found = try WebSocketFrameHeader.parse(
                partial.span.extracting(0..<partialCount), from: 0, isMasked: isMasked,
                allowsCompression: allowsCompression)
            if let found {
                partialCount = 0
                begin(found.header)
                return found.header
            }
        }
        return nil
    }

    @inline(__always)
    private mutating func begin(_ header: WebSocketFrameHeader) {
        self.header = header
        remaining = header.payloadLength
    }

    /// Takes the part of the payload that is in `bytes`.
    ///
    /// - Returns: How many bytes at `position` belong to the payload.
    mutating func takePayload(available: Int) -> Int {
        let count = min(remaining, available)
        remaining &-= count
        return count
    }

    /// Ends the frame, so that the next bytes are a header.
    mutating func endFrame() { header = nil }
}
