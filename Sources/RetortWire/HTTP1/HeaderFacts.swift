// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The header lines of one head, and what they say about the message itself.
///
/// Source: RFC 9112 §5, §6, §9.
struct HeaderFacts: Sendable {
    var slots: [HeaderSlot] = []
    private(set) var host: Range<Int>?
    private(set) var hostCount = 0
    private(set) var hasUpgrade = false
    private(set) var connectionNamesUpgrade = false
    private(set) var expectsContinue = false
    private var contentLength: Range<Int>?
    private var lengthCount = 0
    private var transferEncoding: Range<Int>?
    private var codingCount = 0
    private var saysClose = false
    private var saysKeepAlive = false

    /// The room that the first header line makes for itself and those behind it.
    private static let usualCount = 16

    // No room is kept for the next head: the last one has taken it along, and an idle connection needs none.
    mutating func reset() { self = HeaderFacts() }

    /// Checks one header line and takes it in.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, limit: Int) throws {
        guard slots.count < limit else {
            throw WireError(.headersTooLarge, "There are more than \(limit) header lines.", status: 431)
        }
        let slot = try Self.slot(bytes, line)
        if slots.isEmpty { slots.reserveCapacity(Self.usualCount) }
        slots.append(slot)
        try note(bytes, slot.name, slot.value)
    }

    /// Splits `name: value` and checks every byte of it.
    static func slot(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) throws -> HeaderSlot {
        var colon = line.lowerBound
        while colon < line.upperBound, bytes[colon].isTokenByte { colon += 1 }
        guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
            throw badLine(bytes, line)
        }
        let value = bytes.trimmed((colon + 1)..<line.upperBound)
        for index in value {
            let byte = bytes[index]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw WireError(.badHeader, "A header value has a control character.")
            }
        }
        return HeaderSlot(
            nameStart: UInt32(truncatingIfNeeded: line.lowerBound), nameEnd: UInt32(truncatingIfNeeded: colon),
            valueStart: UInt32(truncatingIfNeeded: value.lowerBound),
            valueEnd: UInt32(truncatingIfNeeded: value.upperBound))
    }

    private static func badLine(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> WireError {
        if bytes[line.lowerBound].isHTTPWhitespace {
            return WireError(.badHeader, "A header line starts with white space; folded lines are not accepted.")
        }
        return WireError(
            .badHeader, "A header line is a name of letters, digits and hyphens, a colon at once, and a value.")
    }

    /// Remembers the headers that decide about framing and the connection.
    private mutating func note(_ bytes: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ value: Range<Int>) throws {
        switch name.count {
        case 4 where bytes.equals(name, "host"):
            host = value
            hostCount += 1
        case 6 where bytes.equals(name, "expect"):
            guard bytes.equals(value, "100-continue") else {
                throw WireError(.badHeader, "The only expectation that is met here is 100-continue.", status: 417)
            }
            expectsContinue = true
        case 7 where bytes.equals(name, "upgrade"): hasUpgrade = true
        case 10 where bytes.equals(name, "connection"): noteConnection(bytes, value)
        case 14 where bytes.equals(name, "content-length"):
            contentLength = value
            lengthCount += 1
        case 17 where bytes.equals(name, "transfer-encoding"):
            transferEncoding = value
            codingCount += 1
        default: break
        }
    }

    private mutating func noteConnection(_ bytes: UnsafeBufferPointer<UInt8>, _ value: Range<Int>) {
        var start = value.lowerBound
        while start < value.upperBound {
            var end = start
            while end < value.upperBound, bytes[end] != UInt8(ascii: ",") { end += 1 }
            let option = bytes.trimmed(start..<end)
            if bytes.equals(option, "close") { saysClose = true }
            if bytes.equals(option, "keep-alive") { saysKeepAlive = true }
            if bytes.equals(option, "upgrade") { connectionNamesUpgrade = true }
            start = end + 1
        }
    }

    /// Whether the connection stays open by what the client says.
    func keepsAlive(_ version: HTTPVersion) -> Bool {
        if saysClose { return false }
        return version == .http11 || saysKeepAlive
    }

    /// Where the body ends; anything that two readers could see differently is refused.
    func framing(_ bytes: UnsafeBufferPointer<UInt8>, version: HTTPVersion) throws -> BodyFraming {
        guard lengthCount <= 1 else {
            throw WireError(.badFraming, "There is more than one Content-Length header.")
        }
        guard let transferEncoding else {
            guard let contentLength else { return .none }
            let length = try Self.length(bytes, contentLength)
            return length == 0 ? .none : .length(length)
        }
        guard contentLength == nil else {
            throw WireError(.badFraming, "Content-Length and Transfer-Encoding stand together.")
        }
        guard version == .http11 else {
            throw WireError(.badFraming, "HTTP/1.0 has no Transfer-Encoding.")
        }
        guard codingCount == 1 else {
            throw WireError(.badFraming, "There is more than one Transfer-Encoding header.")
        }
        guard bytes.equals(transferEncoding, "chunked") else {
            throw WireError(
                .unsupportedCoding, "The only transfer coding that is accepted is chunked, alone.", status: 501)
        }
        return .chunked
    }

    /// A length in decimal digits and nothing else.
    private static func length(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws -> Int {
        var total = 0
        for index in range {
            guard bytes[index].isASCIIDigit else {
                throw WireError(.badFraming, "Content-Length is not a whole number in decimal digits.")
            }
            let (tenfold, overflow) = total.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(bytes[index] & 15))
            guard !overflow, !carry else {
                throw WireError(.badFraming, "Content-Length is larger than any body.", status: 413)
            }
            total = sum
        }
        guard !range.isEmpty else { throw WireError(.badFraming, "Content-Length is empty.") }
        return total
    }
}
