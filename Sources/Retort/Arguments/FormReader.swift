// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import RetortServer
import RetortWire
import Synchronization

/// Reads a multipart form as it arrives.
///
/// What may go to temporary files is written on the threads for files.
final class FormReader: Sendable {
    private struct State {
        var parser: MultipartParser
        var collector: FormCollector
    }

    private let state: Mutex<State>
    private let bytesInMemory: Int

    /// So many bytes are gathered for one visit to the threads for files.
    private static let batchSize = 262_144

    init(_ boundary: MultipartBoundary, _ limits: FormLimits) {
        state = Mutex(
            State(
                parser: MultipartParser(boundary: boundary, limits: limits), collector: FormCollector(limits: limits)))
        bytesInMemory = min(limits.fileBytesInMemory, limits.totalFileBytesInMemory)
    }

    /// Reads the whole body at the pace of the disk.
    func read(_ body: RequestBody) async throws -> FormData {
        var pieces: [ByteBuffer] = []
        var waiting = 0
        var count = 0
        for try await piece in body {
            pieces.append(piece)
            waiting += piece.readableBytes
            count += piece.readableBytes
            guard waiting >= Self.batchSize else { continue }
            try await push(pieces, mayBlock: count > bytesInMemory)
            pieces = []
            waiting = 0
        }
        try await push(pieces, mayBlock: count > bytesInMemory)
        // The end of the last file may be written here.
        if count > bytesInMemory { return try await FileThreads.run { try self.finish() } }
        return try finish()
    }

    private func push(_ pieces: [ByteBuffer], mayBlock: Bool) async throws {
        if mayBlock {
            try await FileThreads.run { try self.push(pieces) }
        } else {
            try push(pieces)
        }
    }

    func push(_ pieces: [ByteBuffer]) throws {
        try state.withLock { state in
            for piece in pieces {
                try piece.withUnsafeReadableBytes {
                    try state.parser.push(unsafe: $0.bindMemory(to: UInt8.self), to: &state.collector)
                }
            }
        }
    }

    func finish() throws -> FormData {
        try state.withLock { state in
            try state.parser.finish(to: &state.collector)
            let files = state.collector.files.pairs.filter { !$0.value.isBlank }
            return FormData(fields: state.collector.fields, files: MultiDict(files))
        }
    }
}
