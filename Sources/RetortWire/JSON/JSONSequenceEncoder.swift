// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Encodes many values one after the other, for answers that are too large to be held at once.
///
/// Each call answers the bytes to send next, so that memory holds one element at a time:
///
///     var sequence = JSONSequenceEncoder(.lines)
///     for try await row in rows { try await body.write(sequence.encode(row)) }
///     try await body.write(sequence.finish())
public struct JSONSequenceEncoder: Sendable {
    /// How the values stand one behind the other.
    public enum Layout: Sendable, Hashable {
        /// Each value on a line of its own, ended by a line feed: JSON Lines. The media type in use is
        /// `application/jsonl`.
        case lines
        /// The values are the elements of one array.
        case array
        /// Each value between a record separator and a line feed. The media type is `application/json-seq`.
        ///
        /// Source: RFC 7464 §2.2.
        case records
    }

    /// How the values stand one behind the other.
    public let layout: Layout

    /// How many values were encoded.
    public private(set) var count = 0

    private var options: JSONOptions
    private var isFinished = false

    /// Creates an encoder.
    ///
    /// - Parameters:
    ///   - layout: How the values stand one behind the other.
    ///   - options: How each value is written. It is never indented, as a line must hold a whole value.
    public init(_ layout: Layout, options: JSONOptions = JSONOptions()) {
        self.layout = layout
        self.options = options
        self.options.isIndented = false
    }

    /// The bytes to send for the next value.
    ///
    /// A value that is refused leaves no trace, and the sequence can go on.
    ///
    /// - Parameter value: The value.
    /// - Returns: The bytes to send.
    /// - Throws: ``WireError`` with the code `.jsonUnencodable`, as ``JSONCoding`` does, and after the end.
    public mutating func encode(_ value: some Encodable) throws -> [UInt8] {
        guard !isFinished else {
            throw WireError(
                .jsonUnencodable, "The sequence has ended. Start another one for further values.", status: 500)
        }
        var bytes: [UInt8] = []
        switch layout {
        case .lines: break
        case .array: bytes.append(UInt8(ascii: count == 0 ? "[" : ","))
        case .records: bytes.append(0x1E)
        }
        try JSONCoding.encode(value, into: &bytes, options: options)
        if layout != .array { bytes.append(0x0A) }
        count += 1
        return bytes
    }

    /// The bytes to send behind the last value.
    ///
    /// Further calls answer none.
    ///
    /// - Returns: The bytes to send, which may be none.
    public mutating func finish() -> [UInt8] {
        guard !isFinished else { return [] }
        isFinished = true
        guard layout == .array else { return [] }
        return count == 0 ? [0x5B, 0x5D] : [0x5D]
    }
}
