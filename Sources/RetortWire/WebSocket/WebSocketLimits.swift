// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What a peer may make an endpoint hold.
public struct WebSocketLimits: Hashable, Sendable {
    /// The most bytes in one frame's payload.
    ///
    /// Default 1 MiB.
    public var frameLength: Int

    /// The most bytes in one message, after decompression.
    ///
    /// Default 1 MiB.
    public var messageLength: Int

    /// The most frames that one message may come in.
    ///
    /// Default 4096.
    public var fragmentCount: Int

    /// Creates limits.
    ///
    /// - Parameters:
    ///   - frameLength: The most bytes in one frame's payload, from 0.
    ///   - messageLength: The most bytes in one message, after decompression, from 0.
    ///   - fragmentCount: The most frames that one message may come in, from 1.
    public init(frameLength: Int = 1 << 20, messageLength: Int = 1 << 20, fragmentCount: Int = 4096) {
        self.frameLength = frameLength
        self.messageLength = messageLength
        self.fragmentCount = fragmentCount
    }

    /// The most bytes that a compressor makes of so many: a compressed message may be larger than a plain one.
    ///
    /// Without this limit a message of empty blocks would cost time for ever, and no memory.
    static func compressedLength(of length: Int) -> Int {
        let extra = length / 8 + length / 64 + 64
        let (sum, overflow) = length.addingReportingOverflow(extra)
        return overflow ? Int.max : sum
    }
}
