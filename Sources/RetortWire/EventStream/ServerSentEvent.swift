// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One event of an event stream, the `text/event-stream` that a browser's `EventSource` reads.
///
///     var event = ServerSentEvent(data: "first line\nsecond line")
///     event.id = "42"
///     event.append(to: &body)
///
/// Source: HTML Standard §9.2.
public struct ServerSentEvent: Hashable, Sendable {
    /// What the page gets, or nil when the event only carries other fields.
    ///
    /// Line breaks of any kind become `\n`.
    public var data: String?

    /// The kind of event, which the page listens for, or nil for `message`.
    ///
    /// Line breaks are left out when sent.
    public var event: String?

    /// What the browser repeats in `Last-Event-ID` when it connects again, or nil to leave the last one as it is.
    ///
    /// Line breaks are left out when sent. An id with a NUL is not sent, because browsers ignore it.
    public var id: String?

    /// How long the browser should wait before it connects again, in whole milliseconds, or nil to leave it as it is.
    public var retry: Duration?

    /// Text that the browser ignores, or nil.
    public var comment: String?

    /// Creates an event.
    ///
    /// - Parameters:
    ///   - data: What the page gets, or nil when the event only carries other fields.
    ///   - event: The kind of event, or nil for `message`.
    ///   - id: What the browser repeats when it connects again.
    ///   - retry: How long the browser should wait before it connects again; from zero, in whole milliseconds.
    ///   - comment: Text that the browser ignores.
    public init(
        data: String? = nil, event: String? = nil, id: String? = nil, retry: Duration? = nil, comment: String? = nil
    ) {
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry
        self.comment = comment
    }

    /// An empty comment: a sign of life that keeps proxies from closing a quiet stream.
    ///
    /// Every 15 seconds will do.
    public static let heartbeat = ServerSentEvent(comment: "")

    /// The event as it goes over the wire, with the empty line that ends it.
    public var encoded: [UInt8] {
        var result: [UInt8] = []
        append(to: &result)
        return result
    }

    /// Appends the event as it goes over the wire, with the empty line that ends it.
    ///
    /// - Parameter output: The bytes to append to.
    /// - Complexity: O(n) for n bytes of the event.
    public func append(to output: inout [UInt8]) {
        if let comment { Self.appendLines(of: comment, behind: ": ", bare: ":", to: &output) }
        if let event { Self.appendLine("event: ", event, to: &output) }
        if let id, !id.utf8.contains(0) { Self.appendLine("id: ", id, to: &output) }
        if let milliseconds = Self.milliseconds(retry) {
            Self.appendLine("retry: ", String(milliseconds), to: &output)
        }
        if let data { Self.appendLines(of: data, behind: "data: ", bare: "data:", to: &output) }
        output.append(Self.lineFeed)
    }

    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    /// Writes a field for each line of the text.
    ///
    /// CR, LF and CRLF all end a line, as they would for the reader.
    private static func appendLines(
        of text: String, behind name: StaticString, bare: StaticString, to output: inout [UInt8]
    ) {
        let bytes = text.utf8.span
        var start = 0
        var index = 0
        while true {
            while index < bytes.count, bytes[index] != lineFeed, bytes[index] != carriageReturn { index += 1 }
            let line = bytes.extracting(start..<index)
            (line.isEmpty ? bare : name).withUTF8Buffer { output.append(contentsOf: $0) }
            line.withUnsafeBufferPointer { output.append(contentsOf: $0) }
            output.append(lineFeed)
            guard index < bytes.count else { return }
            let isPair = bytes[index] == carriageReturn && index + 1 < bytes.count && bytes[index + 1] == lineFeed
            index += isPair ? 2 : 1
            start = index
        }
    }

    /// Writes a field whose value must stay on one line: a line break in it could add fields of its own.
    private static func appendLine(_ name: StaticString, _ value: String, to output: inout [UInt8]) {
        name.withUTF8Buffer { output.append(contentsOf: $0) }
        output.append(contentsOf: value.utf8.lazy.filter { $0 != lineFeed && $0 != carriageReturn })
        output.append(lineFeed)
    }

    /// Whole milliseconds, or nil when the time is negative or cannot be counted.
    private static func milliseconds(_ duration: Duration?) -> Int64? {
        guard let duration, duration >= .zero else { return nil }
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, tooMuch) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return overflow || tooMuch ? nil : sum
    }
}
