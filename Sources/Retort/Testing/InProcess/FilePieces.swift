// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import RetortServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a file, read on the threads for files.
enum FilePieces {
    private static let size = 65_536

    static func forEach(
        of file: OpenFile, offset: Int, count: Int, _ body: (ByteBuffer) async throws -> Void
    ) async throws {
        var position = offset
        var left = count
        while left > 0 {
            let (start, most) = (position, min(left, size))
            let piece = try await NIOThreadPool.singleton.runIfActive { try read(file, at: start, count: most) }
            try await body(piece)
            position += piece.readableBytes
            left -= piece.readableBytes
        }
    }

    private static func read(_ file: OpenFile, at offset: Int, count: Int) throws -> ByteBuffer {
        var piece = ByteBuffer()
        let read = piece.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
            max(0, pread(file.descriptor, room.baseAddress, min(count, room.count), off_t(offset)))
        }
        guard read > 0 else {
            throw TestClientError(.incompleteResponse, "The file is shorter than the answer says, or cannot be read.")
        }
        return piece
    }
}
