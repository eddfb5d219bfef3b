// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
import RetortServer
public import RetortWire

/// An error that is the answer to a request.
///
///     throw HTTPError(.notFound, "There is no post \(id).")
///
/// It is sent as problem details or as a page, by what the client accepts.
///
/// Source: RFC 9457.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// The status of the answer.
    public var status: HTTPResponse.Status

    /// One sentence for the client: what happened, and what to do.
    ///
    /// Nil where the status says enough.
    public var message: String?

    /// A word for programs, such as `quota-exceeded`; nil where the status says enough.
    public var code: String?

    /// Headers of the answer, such as `Retry-After` or `WWW-Authenticate`.
    public var headers: HTTPFields

    /// What went wrong field by field.
    public var fields: [FieldError]

    /// What caused it.
    ///
    /// It is logged and never sent.
    public var underlying: (any Error)?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - status: The status of the answer.
    ///   - message: One sentence for the client.
    ///   - code: A word for programs.
    ///   - headers: Headers of the answer.
    ///   - fields: What went wrong field by field.
    ///   - underlying: What caused it, for the log only.
    public init(
        _ status: HTTPResponse.Status, _ message: String? = nil, code: String? = nil,
        headers: HTTPFields = HTTPFields(), fields: [FieldError] = [], underlying: (any Error)? = nil
    ) {
        self.status = status
        self.message = message
        self.code = code
        self.headers = headers
        self.fields = fields
        self.underlying = underlying
    }

    /// The status and the sentence.
    public var description: String { "\(status.code) \(message ?? status.reasonPhrase)" }

    /// What another error means for the client.
    ///
    /// Errors of Retort know their status; an error that nobody has foreseen is status 500 without a word of it.
    ///
    /// - Parameter error: What was thrown.
    public init(_ error: any Error) {
        switch error {
        case let error as HTTPError: self = error
        case let error as WireError:
            self.init(
                .standard(error.status), error.message, code: error.code.description,
                underlying: error.status >= 500 ? error : nil)
        case let error as FieldErrors:
            self.init(.unprocessableContent, error.description, code: "invalid-fields", fields: error.errors)
        case let error as JSONDecodingFailure:
            self.init(
                .standard(error.status), error.message, code: error.code.description,
                underlying: error)
        case let error as any HTTPErrorConvertible: self = error.httpError
        default: self.init(.internalServerError, underlying: error)
        }
    }
}

/// An error type of an app that knows what it means for the client.
public protocol HTTPErrorConvertible: Error {
    /// The answer that it becomes.
    var httpError: HTTPError { get }
}
