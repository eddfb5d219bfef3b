// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import CZlib

/// A decompressor of one stream, in pieces of any size, that refuses to grow past a limit.
///
/// A kilobyte can inflate to a megabyte, so each call says how much it may produce, and inflating stops there. It is
/// a class that belongs to one connection or one task: its state is about 40 KiB, and it is not `Sendable`. For a
/// whole value at once there is ``decompress(_:format:limit:)``.
///
/// Source: RFC 1950, RFC 1951, RFC 1952.
public final class Inflater {
    // zlib keeps the address of this structure, so it needs a place that never moves.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isUsable = true

    /// Whether the end of the stream has been read.
    ///
    /// More input is counted in ``unusedCount`` and otherwise ignored.
    public private(set) var isFinished = false

    /// How many bytes at the end of the last input lay behind the end of the stream.
    ///
    /// A second gzip member starts there: call ``reset()`` and feed these bytes again.
    public private(set) var unusedCount = 0

    /// Creates a decompressor.
    ///
    /// - Parameters:
    ///   - format: What stands around the compressed blocks.
    ///   - windowBits: Base-2 logarithm of the largest window that the stream may use, 8 to 15.
    /// - Throws: ``WireError`` with `compressionFailed` when the number is out of range or memory is short.
    public init(format: Compression.Format, windowBits: Int = 15) throws {
        guard (8...15).contains(windowBits) else {
            throw WireError(.compressionFailed, "A decompressor takes window bits of 8 to 15.", status: 500)
        }
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = retort_inflate_init(stream, format.zlibWindowBits(windowBits))
        guard code == Z_OK else {
            stream.deinitialize(count: 1)
            stream.deallocate()
            throw WireError(
                .compressionFailed, "The decompressor could not be set up (zlib code \(code)).", status: 500)
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Decompresses the next bytes of the stream, and everything that they allow to come out.
    ///
    /// - Parameters:
    ///   - bytes: The next compressed bytes.
    ///   - limit: The most bytes that this call may produce. A caller that reads in pieces counts down itself.
    /// - Returns: The plain bytes that are ready, possibly none.
    /// - Throws: ``WireError`` with `decompressedTooLarge` (413) past the limit and with `invalidCompressedData` (400)
    ///   when the bytes break their format. After either, only ``reset()`` may follow.
    public func decompress(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        try bytes.withUnsafeBytes { try run($0, limit) }
    }

    /// Decompresses the next bytes of the stream, and everything that they allow to come out.
    ///
    /// - Parameters:
    ///   - bytes: The next compressed bytes.
    ///   - limit: The most bytes that this call may produce. A caller that reads in pieces counts down itself.
    /// - Returns: The plain bytes that are ready, possibly none.
    /// - Throws: ``WireError`` with `decompressedTooLarge` (413) past the limit and with `invalidCompressedData` (400)
    ///   when the bytes break their format. After either, only ``reset()`` may follow.
    public func decompress(_ bytes: ArraySlice<UInt8>, limit: Int) throws -> [UInt8] {
        try bytes.withUnsafeBytes { try run($0, limit) }
    }

    /// Forgets all that was read, an earlier error too, and waits for a new stream of the same format.
    public func reset() {
        isUsable = inflateReset(stream) == Z_OK
        isFinished = false
        unusedCount = 0
    }

    /// Decompresses a whole value.
    ///
    /// Bytes behind the end of the stream are ignored.
    ///
    /// - Parameters:
    ///   - bytes: One complete stream.
    ///   - format: What stands around the compressed blocks.
    ///   - limit: The most bytes that may come out.
    /// - Returns: The plain bytes.
    /// - Throws: ``WireError`` with `decompressedTooLarge` (413) past the limit and with `invalidCompressedData` (400)
    ///   when the bytes break their format or stop before the end of the stream.
    public static func decompress(
        _ bytes: [UInt8], format: Compression.Format, limit: Int
    ) throws -> [UInt8] {
        let inflater = try Inflater(format: format)
        let output = try inflater.decompress(bytes, limit: limit)
        guard inflater.isFinished else {
            throw WireError(.invalidCompressedData, "The compressed data stops before its end.")
        }
        return output
    }

    private func run(_ input: UnsafeRawBufferPointer, _ limit: Int) throws -> [UInt8] {
        guard isUsable else {
            throw WireError(.compressionFailed, "The decompressor has failed; reset it first.", status: 500)
        }
        var output: [UInt8] = []
        var rest = input[...]
        unusedCount = 0
        while !rest.isEmpty, !isFinished {
            // zlib counts in 32 bits.
            let piece = rest.prefix(1 << 30)
            rest = rest.dropFirst(piece.count)
            try feed(UnsafeRawBufferPointer(rebasing: piece), limit, &output)
        }
        unusedCount += rest.count
        return output
    }

    private func feed(_ piece: UnsafeRawBufferPointer, _ limit: Int, _ output: inout [UInt8]) throws {
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
                // One byte more than is allowed shows whether the stream goes on past the limit.
                let room = min(chunk.count - 1, max(0, limit - output.count)) + 1
                stream.pointee.next_out = chunk.baseAddress
                stream.pointee.avail_out = UInt32(room)
                let code = inflate(stream, Z_NO_FLUSH)
                try check(code)
                output.append(contentsOf: chunk.prefix(room - Int(stream.pointee.avail_out)))
                guard output.count <= limit else {
                    isUsable = false
                    throw WireError(
                        .decompressedTooLarge, "The data inflates to more than \(limit) bytes.", status: 413)
                }
                if code == Z_STREAM_END { isFinished = true }
            } while stream.pointee.avail_out == 0 && !isFinished
        }
        if isFinished { unusedCount = Int(stream.pointee.avail_in) }
    }

    private func check(_ code: Int32) throws {
        switch code {
        case Z_OK, Z_STREAM_END, Z_BUF_ERROR: return
        case Z_DATA_ERROR, Z_NEED_DICT:
            isUsable = false
            throw WireError(.invalidCompressedData, "The compressed data is damaged or of another format.")
        default:
            isUsable = false
            throw WireError(.compressionFailed, "The decompressor failed (zlib code \(code)).", status: 500)
        }
    }
}
