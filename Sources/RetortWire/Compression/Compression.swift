// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Names that ``Deflater`` and ``Inflater`` share.
public enum Compression {
    /// What stands around the compressed blocks.
    public enum Format: Hashable, Sendable {
        /// Blocks alone, as in `permessage-deflate`. Source: RFC 1951.
        case raw
        /// A header of two bytes and an Adler-32, which HTTP calls `deflate`. Source: RFC 1950.
        case zlib
        /// A header of ten bytes or more, a CRC-32 and a length. Source: RFC 1952.
        case gzip

        /// The number zlib wants: the base-2 logarithm of the window, with the format in its sign and upper bits.
        func zlibWindowBits(_ bits: Int) -> Int32 {
            switch self {
            case .raw: Int32(-bits)
            case .zlib: Int32(bits)
            case .gzip: Int32(bits + 16)
            }
        }
    }

    /// How much of what was written has to come out at once.
    public enum Flush: Hashable, Sendable {
        /// As much as compresses best; the rest waits in the compressor.
        case none
        /// All of it, ended on a byte boundary with `00 00 FF FF`, so that a reader can decode everything so far.
        case sync
        /// All of it and the end of the stream. Only `reset()` may follow.
        case finish
    }

    /// The bytes that are worked on at once: one allocation, small enough to stay in the cache.
    static let chunkSize = 16 * 1024
}

extension WireError.Code {
    /// The compression library could not be set up, or was used out of turn.
    public static let compressionFailed = WireError.Code("compression-failed")
    /// Compressed bytes break their format.
    public static let invalidCompressedData = WireError.Code("invalid-compressed-data")
    /// Compressed bytes would grow past the limit.
    public static let decompressedTooLarge = WireError.Code("decompressed-too-large")
}
