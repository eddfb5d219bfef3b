// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The version of HTTP in which a message was written.
public enum HTTPVersion: Hashable, Sendable, CustomStringConvertible {
    /// HTTP/1.0: one request a connection unless `Connection: keep-alive` is agreed; no chunked bodies.
    case http10

    /// HTTP/1.1, and any later minor version, which a server treats as 1.1.
    ///
    /// Source: RFC 9112 §2.3.
    case http11

    /// The version as it stands in a start line.
    public var description: String {
        switch self {
        case .http10: "HTTP/1.0"
        case .http11: "HTTP/1.1"
        }
    }
}

/// How the end of a request's body is found.
///
/// Source: RFC 9112 §6.3.
public enum BodyFraming: Hashable, Sendable {
    /// There is no body.
    case none

    /// The body has this many bytes, at least one.
    case length(Int)

    /// The body comes in chunks and says itself where it ends.
    case chunked
}
