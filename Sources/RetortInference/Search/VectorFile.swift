// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The format of the file of a ``VectorIndex``: a header, and frames that are only ever appended.
///
/// All numbers are little-endian.
///
///     header   "RETORTVX", version, dimension, 12 zeros, checksum of these 28 bytes
///     frame    kind, count, checksum of the records, checksum of these 12 bytes, records
///     record   of an addition: number of 8 bytes, as many FP32 as the dimension says
///     record   of a removal: number of 8 bytes
///
/// A frame counts whole or not at all. Since a frame is on the disk before the next one is written, a crash can leave only
/// the last one unfinished: it then ends at or behind the end of the file with a wrong checksum, or begins with a page of
/// zeros that the disk has not got. Everything else that is wrong was not done by a crash.
enum VectorFile {
    static let headerSize = 32
    static let frameHeaderSize = 16
    static let version: UInt32 = 1
    private static let magic = [UInt8]("RETORTVX".utf8)
    private static let pageSize = 4096
    /// The most bytes that the records of a frame have.
    static let frameLimit = 1 << 28

    enum Kind: UInt32 {
        case add = 0x2B2B_2B2B
        case remove = 0x2D2D_2D2D
    }

    enum Change {
        case add(id: Int, vector: [Float])
        case remove(id: Int)
    }

    static func header(dimension: Int) -> [UInt8] {
        var bytes = magic
        bytes.append(version)
        bytes.append(UInt32(dimension))
        bytes += [UInt8](repeating: 0, count: 12)
        bytes.append(bytes.withUnsafeBytes(Checksum.of))
        return bytes
    }

    static func recordSize(_ kind: Kind, dimension: Int) -> Int { kind == .add ? 8 + 4 * dimension : 8 }

    static func frame(_ kind: Kind, count: Int, records: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(frameHeaderSize + records.count)
        bytes.append(kind.rawValue)
        bytes.append(UInt32(count))
        bytes.append(records.withUnsafeBytes(Checksum.of))
        bytes.append(bytes.withUnsafeBytes(Checksum.of))
        return bytes + records
    }

    /// Checks the header.
    ///
    /// - Returns: The dimension.
    /// - Throws: ``InferenceError`` with `.invalidData` when it is none.
    static func dimension(of header: [UInt8]) throws -> Int {
        guard header.count == headerSize, header.starts(with: magic) else {
            throw InferenceError(.invalidData, "The file is no index of vectors.")
        }
        guard header[0..<28].withUnsafeBytes(Checksum.of) == header.word(at: 28) else {
            throw InferenceError(.invalidData, "The first bytes of the index of vectors have been damaged.")
        }
        guard header.word(at: 8) == version else {
            throw InferenceError(
                .invalidData,
                "The index of vectors has the format \(header.word(at: 8)); this program knows \(version).")
        }
        return Int(header.word(at: 12))
    }

    /// Reads all changes behind the header.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - dimension: How many numbers a vector has.
    ///   - repairs: Whether damage ends the reading, where it otherwise is an error.
    ///   - apply: Gets the changes in their order.
    /// - Returns: How many bytes of the file count; what lies behind them is unfinished.
    /// - Throws: ``InferenceError`` with `.invalidData` when the file is damaged, and what `apply` throws.
    static func read(
        _ file: DiskFile, dimension: Int, repairs: Bool, apply: (Change) throws -> Void
    ) throws -> Int {
        let size = try file.size()
        var offset = headerSize
        while offset < size {
            guard size - offset >= frameHeaderSize else { return offset }
            let header = try file.bytes(at: offset, count: frameHeaderSize)
            let damage = InferenceError(
                .invalidData,
                "The index of vectors is damaged at byte \(offset) of \(size). Restore a copy, or open it with repairs, which keeps what lies before."
            )
            guard header.count == frameHeaderSize, header[0..<12].withUnsafeBytes(Checksum.of) == header.word(at: 12),
                let kind = Kind(rawValue: header.word(at: 0)), header.word(at: 4) > 0
            else {
                if try repairs || isUnwritten(file, at: offset) { return offset }
                throw damage
            }
            // Both are below 2³², so that this is far from overflowing.
            let length = Int(header.word(at: 4)) * recordSize(kind, dimension: dimension)
            guard length <= size - offset - frameHeaderSize else { return offset }
            guard length <= frameLimit else {
                if repairs { return offset }
                throw damage
            }
            let records = try file.bytes(at: offset + frameHeaderSize, count: length)
            let end = offset + frameHeaderSize + length
            guard records.count == length, records.withUnsafeBytes(Checksum.of) == header.word(at: 8) else {
                if repairs || end == size { return offset }
                throw damage
            }
            try self.apply(records, kind, dimension: dimension, apply)
            offset = end
        }
        return offset
    }

    /// Whether a frame begins in a page that the disk has not got, or goes on in one, before its own header is over.
    private static func isUnwritten(_ file: DiskFile, at offset: Int) throws -> Bool {
        let page = (offset / pageSize + 1) * pageSize
        if try file.bytes(at: offset, count: page - offset).allSatisfy({ $0 == 0 }) { return true }
        guard page - offset < frameHeaderSize else { return false }
        return try file.bytes(at: page, count: pageSize).allSatisfy { $0 == 0 }
    }

    private static func apply(
        _ records: [UInt8], _ kind: Kind, dimension: Int, _ apply: (Change) throws -> Void
    ) throws {
        try records.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: recordSize(kind, dimension: dimension)) {
                let id = Int(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: start, as: Int64.self))
                guard kind == .add else {
                    try apply(.remove(id: id))
                    continue
                }
                let vector = [Float](unsafeUninitializedCapacity: dimension) { numbers, count in
                    UnsafeMutableRawBufferPointer(numbers).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: bytes[start + 8..<start + 8 + 4 * dimension]))
                    count = dimension
                }
                try apply(.add(id: id, vector: vector))
            }
        }
    }
}

extension Array where Element == UInt8 {
    mutating func append(_ number: UInt32) { Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) } }

    mutating func append(id: Int) { Swift.withUnsafeBytes(of: Int64(id).littleEndian) { append(contentsOf: $0) } }

    /// A number of four bytes, of which there are enough.
    fileprivate func word(at offset: Int) -> UInt32 {
        withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
    }
}
