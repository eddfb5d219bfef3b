// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads an event stream that arrives in pieces of any size, as a browser's `EventSource` does.
///
/// Bytes that are not UTF-8 become U+FFFD. Fields that the standard does not name are ignored. An event that the
/// stream ends inside of is dropped.
///
/// Source: HTML Standard §9.2.6.
public struct EventStreamParser: Sendable {
    /// Something that the stream said.
    public enum Item: Hashable, Sendable {
        /// An event for the page. Its `id` is the last one that the stream named, also in an earlier event.
        case event(ServerSentEvent)
        /// A comment, such as a sign of life, without the space behind its colon.
        case comment(String)
        /// How long to wait before connecting again.
        case retry(Duration)
    }

    /// The id to send in `Last-Event-ID` when connecting again; empty when the stream named none.
    public private(set) var lastEventID = ""

    /// The most bytes in one line, and in the data of one event.
    public let limit: Int

    private var line: [UInt8] = []
    private var isAtStart = true
    private var endedWithCarriageReturn = false
    private var data: [UInt8] = []
    private var hasData = false
    private var type = ""
    // The id of the event that is being read; it counts once the event is complete.
    private var pendingID = ""

    /// Creates a parser for one stream.
    ///
    /// - Parameters:
    ///   - limit: The most bytes in one line, and in the data of one event; from 1.
    ///   - lastEventID: The id that an earlier connection ended with.
    public init(limit: Int = 1 << 20, lastEventID: String = "") {
        self.limit = limit
        self.lastEventID = lastEventID
        pendingID = lastEventID
    }

    /// Reads the next bytes.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes of the stream. Lines may begin and end anywhere in them.
    ///   - items: Called with each item, in order.
    /// - Throws: ``WireError`` with `eventStreamTooLarge` when a line or an event passes the limit.
    /// - Complexity: O(n) over all calls for n bytes.
    public mutating func receive(_ bytes: Span<UInt8>, items: (Item) -> Void) throws {
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x0A || byte == 0x0D else {
                endedWithCarriageReturn = false
                index += 1
                continue
            }
            if byte == 0x0A, endedWithCarriageReturn {
                // The second half of a CRLF, whose first half has ended the line.
                endedWithCarriageReturn = false
            } else {
                try appendToLine(bytes.extracting(start..<index))
                try endLine(items)
                endedWithCarriageReturn = byte == 0x0D
            }
            index += 1
            start = index
        }
        try appendToLine(bytes.extracting(start..<index))
    }

    /// Reads the next bytes.
    ///
    /// - Parameter bytes: The next bytes of the stream. Lines may begin and end anywhere in them.
    /// - Returns: The items in order.
    /// - Throws: ``WireError`` with `eventStreamTooLarge` when a line or an event passes the limit.
    /// - Complexity: O(n) over all calls for n bytes.
    public mutating func receive(_ bytes: [UInt8]) throws -> [Item] {
        var result: [Item] = []
        try receive(bytes.span) { result.append($0) }
        return result
    }

    private mutating func appendToLine(_ piece: Span<UInt8>) throws {
        guard piece.count <= limit - line.count else { throw tooLarge("line") }
        piece.withUnsafeBufferPointer { line.append(contentsOf: $0) }
    }

    private func tooLarge(_ what: String) -> WireError {
        WireError(.eventStreamTooLarge, "A \(what) of the event stream is larger than \(limit) bytes.", status: 413)
    }

    private mutating func endLine(_ items: (Item) -> Void) throws {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            // One byte order mark may stand in front of the stream.
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return dispatch(items) }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let name = line[..<(colon ?? line.endIndex)]
        var value = line[(colon.map { $0 + 1 } ?? line.endIndex)...]
        if value.first == 0x20 { value = value.dropFirst() }
        if colon == 0 { return items(.comment(String(decoding: value, as: UTF8.self))) }
        try take(name, value, items)
    }

    private mutating func take(
        _ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ items: (Item) -> Void
    ) throws {
        if name.elementsEqual("data".utf8) {
            guard value.count <= limit - data.count - (hasData ? 1 : 0) else { throw tooLarge("event") }
            if hasData { data.append(0x0A) }
            data.append(contentsOf: value)
            hasData = true
        } else if name.elementsEqual("event".utf8) {
            type = String(decoding: value, as: UTF8.self)
        } else if name.elementsEqual("id".utf8) {
            if !value.contains(0) { pendingID = String(decoding: value, as: UTF8.self) }
        } else if name.elementsEqual("retry".utf8), !value.isEmpty, value.allSatisfy(\.isASCIIDigit) {
            if let milliseconds = Int64(String(decoding: value, as: UTF8.self)) {
                items(.retry(.milliseconds(milliseconds)))
            }
        }
    }

    private mutating func dispatch(_ items: (Item) -> Void) {
        lastEventID = pendingID
        if hasData {
            items(
                .event(
                    ServerSentEvent(
                        data: String(decoding: data, as: UTF8.self), event: type.isEmpty ? nil : type,
                        id: lastEventID.isEmpty ? nil : lastEventID)))
        }
        data.removeAll(keepingCapacity: true)
        hasData = false
        type = ""
    }
}

extension WireError.Code {
    /// A line or an event of an event stream passes its limit.
    public static let eventStreamTooLarge = WireError.Code("event-stream-too-large")
}
