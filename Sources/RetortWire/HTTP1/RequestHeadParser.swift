// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Reads the head of an HTTP/1 request from bytes that arrive in any pieces.
///
/// Each byte is looked at a bounded number of times however the pieces are cut. What two readers could
/// understand in two ways is refused: bare CR or LF, folded lines, white space before a colon, several lengths,
/// a length beside chunks. A server closes the connection after a refusal.
///
/// Source: RFC 9112 §2–§6, §11.2.
public struct RequestHeadParser: Sendable {
    /// What became of the bytes.
    public enum Outcome: Sendable {
        /// The head is not complete yet; call again with these bytes and more behind them.
        case needsMore

        /// The head is complete, and has so many bytes at the front of the input.
        case head(RequestHead, consumed: Int)
    }

    /// The limits on the head.
    public let limits: HeadLimits

    /// Where the line under way starts.
    private var lineStart = 0

    /// How far the search for a line feed has come.
    private var searched = 0

    /// Where the request line starts, once a blank line before it has been passed over.
    private var start = 0

    private var line: RequestLine?
    private var fields = HeaderFacts()

    /// Creates a parser of one head after another.
    ///
    /// - Parameter limits: The limits on each head.
    public init(limits: HeadLimits = HeadLimits()) {
        // The limits keep every position of a head within 32 bits.
        self.limits = limits
    }

    /// Looks for a complete head at the front of the bytes.
    ///
    /// After ``Outcome/needsMore`` the next call must pass the same bytes, with more behind them. After a head
    /// or an error the parser is ready for the next head.
    ///
    /// - Parameter bytes: Everything that has arrived since the last head's end.
    /// - Returns: The head, or that more is needed.
    /// - Throws: ``WireError`` with the status of the answer: 400, 414, 431, 501 or 505.
    public mutating func parse(_ bytes: borrowing Span<UInt8>) throws -> Outcome {
        let outcome = try bytes.withUnsafeBufferPointer { bytes in
            do {
                return try advance(bytes)
            } catch {
                reset()
                throw error
            }
        }
        if case .head = outcome { reset() }
        return outcome
    }

    private mutating func reset() {
        lineStart = 0
        searched = 0
        start = 0
        line = nil
        fields.reset()
    }

    private mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Outcome {
        while let feed = bytes.firstLineFeed(from: searched) {
            searched = feed + 1
            // Sizes come before anything else, so that the refusal does not depend on how the bytes were cut.
            try checkSizes(bytes, upTo: feed + 1)
            guard feed > lineStart, bytes[feed - 1] == 0x0D else {
                throw WireError(.badHeader, "A line ends with LF alone; HTTP/1 lines end with CRLF.")
            }
            let range = lineStart..<(feed - 1)
            lineStart = feed + 1
            if line == nil {
                if range.isEmpty, start == 0 {
                    start = feed + 1
                    continue
                }
                line = try RequestLine(bytes, range)
            } else if range.isEmpty {
                return .head(try finish(bytes), consumed: feed + 1)
            } else {
                try fields.append(bytes, range, limit: limits.headerCount)
            }
        }
        searched = bytes.count
        try checkSizes(bytes, upTo: bytes.count)
        return .needsMore
    }

    /// Checks the line from `lineStart` to `end`, which may lack its line end, and what stands before it.
    private func checkSizes(_ bytes: UnsafeBufferPointer<UInt8>, upTo end: Int) throws {
        let count = end - lineStart
        guard let line else {
            try RequestLine.checkBeginning(bytes, from: lineStart)
            let lineEnd = count > 0 && bytes[end - 1] == 0x0A ? 2 : 1
            // A byte of grace for the CR, and one for the LF.
            guard count <= limits.requestLine + lineEnd else { throw tooLongLine() }
            return
        }
        // The blank line behind the headers is none of them.
        let isBlank = count == 0 || bytes[lineStart] == 0x0A || bytes[lineStart] == 0x0D && count <= 2
        guard isBlank || end - line.end <= limits.headerBytes else {
            throw WireError(
                .headersTooLarge, "The headers have more than \(limits.headerBytes) bytes.", status: 431)
        }
    }

    private func tooLongLine() -> WireError {
        WireError(.targetTooLong, "The request line has more than \(limits.requestLine) bytes.", status: 414)
    }

    private mutating func finish(_ bytes: UnsafeBufferPointer<UInt8>) throws -> RequestHead {
        guard let line else { throw WireError(.badRequestLine, "There is no request line.") }
        let framing = try fields.framing(bytes, version: line.version)
        let authority = try line.authority(bytes, host: fields.host, hostCount: fields.hostCount)
        let end = lineStart - 2
        return RequestHead(
            method: line.method, version: line.version, framing: framing,
            keepsAlive: fields.keepsAlive(line.version),
            expectsContinue: fields.expectsContinue && line.version == .http11 && framing != .none,
            asksForUpgrade: fields.hasUpgrade && fields.connectionNamesUpgrade && line.version == .http11,
            bytes: Array(bytes[0..<max(end, 0)]), slots: fields.slots,
            pathRange: line.path, queryRange: line.query, authorityRange: authority)
    }
}
