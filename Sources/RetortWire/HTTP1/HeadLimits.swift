// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Limits on the head of a request, that is on everything before its body.
public struct HeadLimits: Hashable, Sendable {
    /// Most bytes of the request line without its line end.
    ///
    /// Passing it answers 414.
    public var requestLine = 8_192

    /// Most bytes of all header lines together, with their line ends.
    ///
    /// Passing it answers 431.
    public var headerBytes = 32_768

    /// Most header lines.
    ///
    /// Passing it answers 431.
    public var headerCount = 100

    /// Creates the default limits: a request line of 8 KiB, and 100 header lines of 32 KiB together.
    public init() {}
}

extension WireError.Code {
    /// The request line does not follow RFC 9112 §3.
    public static let badRequestLine = WireError.Code("bad-request-line")

    /// The request target has a form or a byte that is not allowed.
    public static let badTarget = WireError.Code("bad-target")

    /// The version of HTTP is not one that is spoken here.
    public static let unsupportedVersion = WireError.Code("unsupported-version")

    /// A header line does not follow RFC 9112 §5.
    public static let badHeader = WireError.Code("bad-header")

    /// The Host header is missing, doubled, empty or malformed.
    public static let badHost = WireError.Code("bad-host")

    /// Two readers of this message could disagree about where its body ends.
    public static let badFraming = WireError.Code("bad-framing")

    /// The request asks for a transfer coding that is not spoken here.
    public static let unsupportedCoding = WireError.Code("unsupported-transfer-coding")

    /// The request line is longer than the limit.
    public static let targetTooLong = WireError.Code("target-too-long")

    /// The headers have more bytes or lines than the limit.
    public static let headersTooLarge = WireError.Code("headers-too-large")

    /// A chunk of a body does not follow RFC 9112 §7.1.
    public static let badChunk = WireError.Code("bad-chunk")
}
