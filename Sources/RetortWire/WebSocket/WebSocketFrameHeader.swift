// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The two to fourteen bytes in front of a frame's payload.
///
/// Source: RFC 6455 §5.2.
public struct WebSocketFrameHeader: Hashable, Sendable {
    /// What the frame carries.
    public var opcode: WebSocketOpcode

    /// Whether the frame is the last of its message.
    public var isFinal: Bool

    /// Whether the message is compressed: the first reserved bit.
    ///
    /// Source: RFC 7692 §6.
    public var isCompressed: Bool

    /// The length of the payload in bytes, from 0.
    public var payloadLength: Int

    /// The mask of the payload, or nil when it is in the clear.
    public var mask: WebSocketMask?

    /// The most bytes that a header can have.
    static let maximumLength = 14

    /// The most bytes that a control frame can carry.
    static let maximumControlLength = 125

    /// Creates a header.
    ///
    /// - Parameters:
    ///   - opcode: What the frame carries.
    ///   - payloadLength: The length of the payload in bytes, from 0; at most 125 for a control frame.
    ///   - isFinal: Whether the frame is the last of its message.
    ///   - isCompressed: Whether the message is compressed.
    ///   - mask: The mask of the payload; needed from a client, forbidden from a server.
    public init(
        _ opcode: WebSocketOpcode, payloadLength: Int, isFinal: Bool = true, isCompressed: Bool = false,
        mask: WebSocketMask? = nil
    ) {
        self.opcode = opcode
        self.isFinal = isFinal
        self.isCompressed = isCompressed
        self.payloadLength = payloadLength
        self.mask = mask
    }

    /// Reads a header, and refuses it as early as its bytes allow.
    ///
    /// - Parameters:
    ///   - bytes: Received bytes.
    ///   - start: Where the header begins in them, from 0.
    ///   - isMasked: Whether the peer has to mask, as a client has to.
    ///   - allowsCompression: Whether `permessage-deflate` was agreed.
    /// - Returns: The header and its own length in bytes, or nil when more bytes are needed.
    /// - Throws: ``WireError`` with `webSocketProtocol` for reserved bits and opcodes, a wrong mask bit, a control
    ///   frame that is long or fragmented, or a length that is not in its shortest form.
    @inline(__always)
    static func parse(
        _ bytes: Span<UInt8>, from start: Int, isMasked: Bool, allowsCompression: Bool
    ) throws(WireError) -> (header: WebSocketFrameHeader, length: Int)? {
        let available = bytes.count &- start
        guard available > 0 else { return nil }
        let first = bytes[start]
        let opcode = try checkedOpcode(first, allowsCompression: allowsCompression)
        guard available > 1 else { return nil }
        let second = bytes[start &+ 1]
        guard (second & 0x80 != 0) == isMasked else { throw Self.wrongMask(isMasked: isMasked) }
        let short = Int(second & 0x7F)
        var offset = 2
        var payloadLength = short
        if short > maximumControlLength {
            guard !opcode.isControl else {
                throw WireError(.webSocketProtocol, "A control frame carries at most 125 bytes.")
            }
            let size = short == 126 ? 2 : 8
            guard available >= 2 &+ size else { return nil }
            payloadLength = try longLength(bytes.extracting((start &+ 2)..<(start &+ 2 &+ size)))
            offset &+= size
        }
        var mask: WebSocketMask?
        if isMasked {
            guard available >= offset &+ 4 else { return nil }
            let at = start &+ offset
            mask = WebSocketMask(bytes[at], bytes[at &+ 1], bytes[at &+ 2], bytes[at &+ 3])
            offset &+= 4
        }
        let header = WebSocketFrameHeader(
            opcode, payloadLength: payloadLength, isFinal: first & 0x80 != 0, isCompressed: first & 0x40 != 0,
            mask: mask)
        return (header, offset)
    }

    @inline(__always)
    private static func checkedOpcode(_ first: UInt8, allowsCompression: Bool) throws(WireError) -> WebSocketOpcode {
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
            throw WireError(.webSocketProtocol, "The frame has the reserved opcode \(first & 0x0F).")
        }
        if first & 0x70 != 0 {
            // The first reserved bit marks the first frame of a compressed message, and no other.
            let marksCompression = first & 0x70 == 0x40 && allowsCompression && (opcode == .text || opcode == .binary)
            guard marksCompression else {
                throw WireError(.webSocketProtocol, "The frame sets a reserved bit that no extension uses here.")
            }
        }
        guard first & 0x80 != 0 || !opcode.isControl else {
            throw WireError(.webSocketProtocol, "A control frame must not be fragmented.")
        }
        return opcode
    }

    private static func longLength(_ bytes: Span<UInt8>) throws(WireError) -> Int {
        var length: UInt64 = 0
        for index in bytes.indices { length = length << 8 | UInt64(bytes[index]) }
        guard length >> 63 == 0 else {
            throw WireError(.webSocketProtocol, "The frame's length has its highest bit set.")
        }
        guard length >= (bytes.count == 2 ? 126 : 65_536) else {
            throw WireError(.webSocketProtocol, "The frame's length is not in its shortest form.")
        }
        guard let result = Int(exactly: length) else {
            throw WireError(.webSocketTooLarge, "The frame is larger than this machine can count.")
        }
        return result
    }

    private static func wrongMask(isMasked: Bool) -> WireError {
        WireError(
            .webSocketProtocol,
            isMasked ? "A client must mask its frames." : "A server must not mask its frames.")
    }

    /// Writes the header, with the length in its shortest form.
    ///
    /// - Parameter output: The bytes to append to.
    public func append(to output: inout [UInt8]) {
        let length = UInt64(max(0, payloadLength))
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        output.append(opcode.rawValue | (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0))
        if length <= 125 {
            output.append(maskBit | UInt8(truncatingIfNeeded: length))
        } else {
            let isShort = length <= 0xFFFF
            output.append(maskBit | (isShort ? 126 : 127))
            for shift in stride(from: isShort ? 8 : 56, through: 0, by: -8) {
                output.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
            }
        }
        if let mask { mask.appendKey(to: &output) }
    }
}
