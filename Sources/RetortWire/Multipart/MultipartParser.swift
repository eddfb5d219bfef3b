// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads a `multipart/form-data` body as it arrives and hands its parts to a sink.
///
/// The body may be cut anywhere: the sink sees the same parts with the same bytes. Nothing is looked at twice, and
/// beyond the headers of one part at most one line of 400 bytes is kept, so time is linear and memory constant.
/// Lines may end in CRLF, LF or CR. What stands before the first boundary and behind the last one is ignored.
///
///     var parser = MultipartParser(boundary: try MultipartBoundary(contentType: header))
///     var form = FormCollector()
///     for piece in pieces { try parser.push(piece, to: &form) }
///     try parser.finish(to: &form)
///
/// Every part needs a Content-Disposition with a `name`; whether it says `form-data` is not looked at. Parts in
/// `base64` or `quoted-printable` are refused, since no browser sends them. A field named `_charset_` is a field like
/// any other: text is UTF-8.
///
/// Source: RFC 7578, RFC 2046 §5.1.
public struct MultipartParser {
    enum State { case preamble, headers, data, epilogue, failed }

    let delimiter: MultipartDelimiter
    let limits: FormLimits
    var state = State.preamble

    /// What may become a boundary.
    ///
    /// The beginning of a body and of a part's data counts as the beginning of a line.
    var candidate: DelimiterCandidate? = DelimiterCandidate()

    /// Whether the last line ended in CR, so that a LF now is a part of that line end.
    var skipsLineFeed = false

    /// The headers of the part so far: each line ends in LF, continued lines are joined.
    var headerBlock: [UInt8] = []
    var headerLines = 0
    var isAtLineStart = true
    var partCount = 0

    /// Creates a parser for one body.
    ///
    /// - Parameters:
    ///   - boundary: The line between the parts.
    ///   - limits: How many parts there may be, and how long their headers.
    public init(boundary: MultipartBoundary, limits: FormLimits = FormLimits()) {
        self.delimiter = MultipartDelimiter(boundary)
        self.limits = limits
    }

    /// Whether the last boundary has come.
    ///
    /// What follows it is ignored.
    public var isComplete: Bool { state == .epilogue }

    /// Reads the next bytes of the body.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, of any number.
    ///   - sink: What takes the parts.
    /// - Throws: ``WireError`` with `.malformedMultipart`, `.unnamedPart` or `.unsupportedTransferEncoding` (400), or
    ///   with `.tooManyParts`, `.partHeadersTooLarge` or `.tooManyPartHeaders` (413), and what the sink throws. After
    ///   an error the parser takes no more.
    /// - Complexity: O(n) in the number of bytes, whatever they are.
    public mutating func push(_ bytes: Span<UInt8>, to sink: inout some MultipartSink) throws {
        try bytes.withUnsafeBufferPointer { try push(unsafe: $0, to: &sink) }
    }

    /// Reads the next bytes of the body.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, of any number.
    ///   - sink: What takes the parts.
    /// - Throws: As ``push(_:to:)`` with a span.
    /// - Complexity: O(n) in the number of bytes, whatever they are.
    public mutating func push(_ bytes: [UInt8], to sink: inout some MultipartSink) throws {
        try bytes.withUnsafeBufferPointer { try push(unsafe: $0, to: &sink) }
    }

    /// Ends the body.
    ///
    /// - Parameter sink: What took the parts.
    /// - Throws: ``WireError`` with `.truncatedMultipart` (400) when the last boundary has not come.
    public mutating func finish(to sink: inout some MultipartSink) throws {
        guard state != .epilogue else { return }
        let reason =
            switch state {
            case .preamble: "has no boundary"
            case .headers: "stops within the headers of a part"
            case .data: "stops within a part: the closing boundary is missing"
            case .failed, .epilogue: "was refused before"
            }
        state = .failed
        throw WireError(.truncatedMultipart, "The multipart body \(reason).")
    }

    /// Reads the next bytes of the body from memory that somebody else keeps alive during the call.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, of any number.
    ///   - sink: What takes the parts.
    /// - Throws: As ``push(_:to:)`` with a span.
    package mutating func push(
        unsafe bytes: UnsafeBufferPointer<UInt8>, to sink: inout some MultipartSink
    ) throws {
        do {
            var index = 0
            while index < bytes.count, state != .epilogue {
                if skipsLineFeed {
                    skipsLineFeed = false
                    if bytes[index] == 0x0A {
                        index += 1
                        continue
                    }
                }
                switch state {
                case .headers: index = try readHeaders(bytes, from: index, to: &sink)
                case .preamble, .data:
                    index =
                        if candidate == nil {
                            try search(bytes, from: index, to: &sink)
                        } else {
                            try resumeCandidate(bytes, from: index, to: &sink)
                        }
                case .failed:
                    throw WireError.malformedPart("The multipart body was refused before; no more of it is read.")
                case .epilogue: return
                }
            }
        } catch {
            state = .failed
            throw error
        }
    }
}
