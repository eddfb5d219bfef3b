// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// An answer: a status, headers and a body.
public struct Response: Sendable {
    /// The status, such as `.ok`.
    public var status: HTTPResponse.Status

    /// What the body is, as `Content-Type` says it; nil where it is among `fields` or there is none.
    ///
    /// It is kept apart because nearly every answer has it and nothing else.
    package var mediaType: String?

    /// The headers other than `mediaType`.
    package var fields: HTTPFields

    /// The body.
    public var body: ResponseBody

    /// The error that this response reports, for middlewares and logs.
    ///
    /// It is never sent.
    public var failure: (any Error)?

    /// Creates a response.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - headers: The headers. `Content-Length`, `Date` and `Connection` are the server's to write.
    ///   - body: The body.
    public init(status: HTTPResponse.Status = .ok, headers: HTTPFields = HTTPFields(), body: ResponseBody = .empty) {
        self.status = status
        self.fields = headers
        self.body = body
    }

    /// Creates a response with a content type.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - contentType: What the body is, such as `text/plain; charset=utf-8`.
    ///   - status: The status.
    public init(_ body: ResponseBody, contentType: String, status: HTTPResponse.Status = .ok) {
        self.status = status
        self.mediaType = contentType
        self.fields = HTTPFields()
        self.body = body
    }

    /// The headers, without those that the server writes itself: `Content-Length`, `Date` and `Connection`.
    public var headers: HTTPFields {
        get {
            guard let mediaType else { return fields }
            var all = fields
            all[.contentType] = mediaType
            return all
        }
        set {
            mediaType = nil
            fields = newValue
        }
    }

    /// What the body is, as the `Content-Type` header says it; nil without that header.
    public var contentType: String? {
        get { mediaType ?? fields[.contentType] }
        set {
            fields[.contentType] = nil
            mediaType = newValue
        }
    }
}
