// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// Takes a chunked body apart as its bytes arrive in any pieces.
///
/// Sizes are hexadecimal digits and nothing else, every line ends with CRLF, extensions are passed over within a
/// limit, and trailers follow the rules of headers.
///
/// Source: RFC 9112 §7.1.
public struct ChunkedDecoder: Sendable {
    /// What stands at the front of the bytes.
    public enum Step: Hashable, Sendable {
        /// So many bytes at the front are framing; drop them, and ask again.
        case skip(Int)

        /// So many bytes at the front belong to the body; take them, and ask again.
        case data(Int)

        /// More bytes are needed to go on.
        case needsMore

        /// The body is complete; so many bytes at the front are its last.
        case end(Int)
    }

    /// The trailers that came behind the last chunk.
    ///
    /// Fields that belong into a head are left out.
    public private(set) var trailers = HTTPFields()

    private enum State { case size, data(Int), dataEnd, trailer, done }
    private var state = State.size
    private var searched = 0
    private var trailerBytes = 0
    private var overhead = 0
    private let limits: HeadLimits

    /// The most bytes of one size line with its extensions.
    static let sizeLineLimit = 256

    /// The most bytes that all extensions of a body may have together, so that tiny chunks cannot hide much of them.
    static let overheadLimit = 65_536

    /// Creates a decoder of one body.
    ///
    /// - Parameter limits: The limits on the trailers, which are those on headers.
    public init(limits: HeadLimits = HeadLimits()) { self.limits = limits }

    /// Says what stands at the front of the bytes.
    ///
    /// - Parameter bytes: All bytes behind those that earlier steps have told to drop or to take.
    /// - Returns: What to do with the front of the bytes.
    /// - Throws: ``WireError`` with `.badChunk` (400) or `.headersTooLarge` (431).
    public mutating func next(_ bytes: borrowing Span<UInt8>) throws -> Step {
        try bytes.withUnsafeBufferPointer { try step($0) }
    }

    private mutating func step(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Step {
        switch state {
        case .size:
            guard let end = try lineEnd(bytes, limit: Self.sizeLineLimit) else { return .needsMore }
            let size = try size(bytes, 0..<end)
            state = size == 0 ? .trailer : .data(size)
            return .skip(end + 2)
        case .data(let left):
            guard !bytes.isEmpty else { return .needsMore }
            let taken = min(left, bytes.count)
            state = taken == left ? .dataEnd : .data(left - taken)
            return .data(taken)
        case .dataEnd:
            if let first = bytes.first, first != 0x0D { throw badEnd() }
            guard bytes.count >= 2 else { return .needsMore }
            guard bytes[1] == 0x0A else { throw badEnd() }
            state = .size
            return .skip(2)
        case .trailer:
            guard let end = try lineEnd(bytes, limit: limits.headerBytes - trailerBytes) else { return .needsMore }
            if end == 0 {
                state = .done
                return .end(2)
            }
            try addTrailer(bytes, 0..<end)
            trailerBytes += end + 2
            return .skip(end + 2)
        case .done: return .end(0)
        }
    }

    private func badEnd() -> WireError { WireError(.badChunk, "A chunk does not end where its size says.") }

    /// The position of the CR of the line at the front, or nil when it has not come yet.
    private mutating func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) throws -> Int? {
        guard let feed = bytes.firstLineFeed(from: searched) else {
            searched = bytes.count
            guard searched <= limit + 1 else { throw tooLong() }
            return nil
        }
        searched = 0
        guard feed - 1 <= limit else { throw tooLong() }
        guard feed > 0, bytes[feed - 1] == 0x0D else {
            throw WireError(.badChunk, "A line of a chunked body ends with LF alone.")
        }
        return feed - 1
    }

    private func tooLong() -> WireError {
        if case .trailer = state {
            return WireError(
                .headersTooLarge, "The trailers have more than \(limits.headerBytes) bytes.", status: 431)
        }
        return WireError(.badChunk, "The size line of a chunk has more than \(Self.sizeLineLimit) bytes.")
    }

    private mutating func size(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws -> Int {
        var total = 0
        var digits = 0
        while digits < line.count, let digit = bytes[digits].hexDigitValue {
            digits += 1
            // Fifteen digits are a million terabytes; a longer number is an attack, and could overflow.
            guard digits <= 15 else { throw WireError(.badChunk, "The size of a chunk has too many digits.") }
            total = total << 4 | Int(digit)
        }
        guard digits > 0 else { throw WireError(.badChunk, "The size of a chunk is not a hexadecimal number.") }
        if digits < line.count { try checkExtension(bytes, digits..<line.upperBound) }
        return total
    }

    /// Extensions mean nothing here, but they must be extensions.
    private mutating func checkExtension(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws {
        let text = bytes.trimmed(range)
        guard !text.isEmpty, bytes[text.lowerBound] == UInt8(ascii: ";") else {
            throw WireError(.badChunk, "Something other than an extension follows the size of a chunk.")
        }
        for index in range where bytes[index] < 0x20 && bytes[index] != 0x09 || bytes[index] == 0x7F {
            throw WireError(.badChunk, "A chunk extension has a control character.")
        }
        overhead += range.count
        guard overhead <= Self.overheadLimit else {
            throw WireError(.badChunk, "The chunk extensions have more than \(Self.overheadLimit) bytes.")
        }
    }

    private mutating func addTrailer(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws {
        guard trailers.count < limits.headerCount else {
            throw WireError(.headersTooLarge, "There are more than \(limits.headerCount) trailers.", status: 431)
        }
        let slot = try HeaderFacts.slot(bytes, line)
        let name = String(decoding: bytes[slot.name], as: UTF8.self)
        guard let field = HTTPField.Name(name), !Self.isForbidden(field) else { return }
        trailers.append(HTTPField(name: field, value: String(decoding: bytes[slot.value], as: UTF8.self)))
    }

    /// Fields that frame, route, authenticate or describe a message must not come behind its body.
    ///
    /// Source: RFC 9110 §6.5.1.
    private static func isForbidden(_ name: HTTPField.Name) -> Bool {
        forbidden.contains(name.canonicalName)
    }

    private static let forbidden: Set<String> = [
        "content-length", "transfer-encoding", "trailer", "host", "connection", "upgrade", "te", "expect",
        "authorization", "proxy-authorization", "cookie", "set-cookie", "content-type", "content-encoding",
        "content-range", "cache-control", "max-forwards", "range", "if-match", "if-none-match",
        "if-modified-since", "if-unmodified-since", "if-range",
    ]
}
