// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CZlib

/// A compressor of one stream, in pieces of any size.
///
/// It is a class that belongs to one connection or one task: its state is about 256 KiB at the widest window, and it
/// is not `Sendable`. For a whole value at once there is ``compress(_:format:level:)``.
///
///     let deflater = try Deflater(format: .gzip)
///     var out = try deflater.compress(Array("hello ".utf8))
///     out += try deflater.compress(Array("world".utf8), flush: .finish)
///
/// Source: RFC 1950, RFC 1951, RFC 1952.
public final class Deflater {
    // zlib keeps the address of this structure, so it needs a place that never moves.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isUsable = true

    /// Whether the end of the stream has been written, so that only ``reset()`` may follow.
    public private(set) var isFinished = false

    /// Creates a compressor.
    ///
    /// - Parameters:
    ///   - format: What stands around the compressed blocks.
    ///   - level: Effort: 0 stores, 1 is fastest, 9 is smallest, -1 is the library's choice (6).
    ///   - windowBits: Base-2 logarithm of the window in bytes, 9 to 15. zlib cannot write a window of 8 bits.
    ///   - memoryLevel: Memory for the internal state, 1 (least) to 9 (fastest).
    /// - Throws: ``WireError`` with `compressionFailed` when a number is out of range or memory is short.
    public init(
        format: Compression.Format, level: Int = -1, windowBits: Int = 15, memoryLevel: Int = 8
    ) throws {
        guard (-1...9).contains(level), (9...15).contains(windowBits), (1...9).contains(memoryLevel) else {
            throw WireError(
                .compressionFailed, "A compressor takes a level of -1 to 9, window bits of 9 to 15, memory of 1 to 9.",
                status: 500)
        }
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = retort_deflate_init(stream, Int32(level), format.zlibWindowBits(windowBits), Int32(memoryLevel))
        guard code == Z_OK else {
            stream.deinitialize(count: 1)
            stream.deallocate()
            throw WireError(.compressionFailed, "The compressor could not be set up (zlib code \(code)).", status: 500)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Compresses the next bytes of the stream.
    ///
    /// - Parameters:
    ///   - bytes: The next plain bytes; may be empty, which is useful with a flush.
    ///   - flush: How much has to come out at once.
    /// - Returns: The compressed bytes that are ready, possibly none.
    /// - Throws: ``WireError`` with `compressionFailed` after the end of the stream, until ``reset()``.
    public func compress(_ bytes: [UInt8], flush: Compression.Flush = .none) throws -> [UInt8] {
        try bytes.withUnsafeBytes { try run($0, flush) }
    }

    /// Compresses the next bytes of the stream.
    ///
    /// - Parameters:
    ///   - bytes: The next plain bytes.
    ///   - flush: How much has to come out at once.
    /// - Returns: The compressed bytes that are ready, possibly none.
    /// - Throws: ``WireError`` with `compressionFailed` after the end of the stream, until ``reset()``.
    public func compress(_ bytes: ArraySlice<UInt8>, flush: Compression.Flush = .none) throws -> [UInt8] {
        try bytes.withUnsafeBytes { try run($0, flush) }
    }

    /// Forgets all that was written and starts a new stream with the same settings.
    ///
    /// Without it the next message may refer to the previous ones, which `permessage-deflate` calls context takeover.
    public func reset() {
        isUsable = deflateReset(stream) == Z_OK
        isFinished = false
    }

    /// Compresses a whole value.
    ///
    /// - Parameters:
    ///   - bytes: The plain bytes.
    ///   - format: What stands around the compressed blocks.
    ///   - level: Effort, -1 to 9.
    /// - Returns: A complete stream.
    /// - Throws: ``WireError`` with `compressionFailed` when the level is out of range or memory is short.
    public static func compress(
        _ bytes: [UInt8], format: Compression.Format, level: Int = -1
    ) throws -> [UInt8] {
        try Deflater(format: format, level: level).compress(bytes, flush: .finish)
    }

    private func run(_ input: UnsafeRawBufferPointer, _ flush: Compression.Flush) throws -> [UInt8] {
        guard isUsable, !isFinished else {
            throw WireError(.compressionFailed, "The stream has ended; reset the compressor first.", status: 500)
        }
        var output: [UInt8] = []
        var rest = input[...]
        repeat {
            // zlib counts in 32 bits.
            let piece = rest.prefix(1 << 30)
            rest = rest.dropFirst(piece.count)
            let mode: Int32 =
                switch flush {
                case .none: Z_NO_FLUSH
                case .sync: rest.isEmpty ? Z_SYNC_FLUSH : Z_NO_FLUSH
                case .finish: rest.isEmpty ? Z_FINISH : Z_NO_FLUSH
                }
            try feed(UnsafeRawBufferPointer(rebasing: piece), mode, &output)
        } while !rest.isEmpty
        return output
    }

    private func feed(_ piece: UnsafeRawBufferPointer, _ mode: Int32, _ output: inout [UInt8]) throws {
        // zlib promises only to read, but its type says otherwise.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: piece.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(piece.count)
        defer {
            stream.pointee.next_in = nil
            stream.pointee.next_out = nil
        }
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Compression.chunkSize) { chunk in
            repeat {
                stream.pointee.next_out = chunk.baseAddress
                stream.pointee.avail_out = UInt32(chunk.count)
                let code = deflate(stream, mode)
                guard code == Z_OK || code == Z_BUF_ERROR || code == Z_STREAM_END else {
                    isUsable = false
                    throw WireError(.compressionFailed, "The compressor failed (zlib code \(code)).", status: 500)
                }
                output.append(contentsOf: chunk.prefix(chunk.count - Int(stream.pointee.avail_out)))
                if code == Z_STREAM_END { isFinished = true }
            } while stream.pointee.avail_out == 0 && !isFinished
        }
    }
}
