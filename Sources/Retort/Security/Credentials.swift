// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

/// A name and a password that came with a request, as an argument of a handler.
///
/// Without them the answer is status 401.
///
/// They are what the client claims; nothing has been checked. Printing the value does not show the password.
///
/// Source: RFC 7617.
public struct BasicCredentials: ImmediateArgument, Hashable {
    /// The name.
    public var username: String

    /// The password.
    public var password: String

    /// Creates credentials, as a test may want them.
    ///
    /// - Parameters:
    ///   - username: The name.
    ///   - password: The password.
    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    /// Reads the credentials of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The credentials.
    /// - Throws: ``HTTPError`` with status 401 and a challenge when there are none.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> BasicCredentials {
        guard let credentials = request.basicCredentials else {
            throw request.missingCredentials(HTTPError.unauthorized(.basic(realm: "Sign in")))
        }
        return credentials
    }
}

/// A token that came with a request, as an argument of a handler.
///
/// Without one the answer is status 401.
///
/// Nothing has been checked. Printing the value does not show the token.
///
/// Source: RFC 6750 §2.1.
public struct BearerToken: ImmediateArgument, Hashable {
    /// The token.
    public var value: String

    /// Creates a token, as a test may want it.
    ///
    /// - Parameter value: The token.
    public init(_ value: String) { self.value = value }

    /// Reads the token of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The token.
    /// - Throws: ``HTTPError`` with status 401 and a challenge when there is none.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> BearerToken {
        guard let token = request.bearerToken else {
            throw request.missingCredentials(HTTPError.unauthorized(.bearer()))
        }
        return token
    }
}

extension Request {
    /// What to throw without credentials of the right kind: an optional argument is nil where there are none at all.
    fileprivate func missingCredentials(_ error: HTTPError) -> any Error {
        header(.authorization) == nil ? MissingValue(error) : error
    }

    /// The name and password of `Authorization: Basic`; nil without them.
    public var basicCredentials: BasicCredentials? {
        guard case .basic(let username, let password) = authorization else { return nil }
        return BasicCredentials(username: username, password: password)
    }

    /// The token of `Authorization: Bearer`; nil without one.
    public var bearerToken: BearerToken? {
        guard case .bearer(let token) = authorization, !token.isEmpty else { return nil }
        return BearerToken(token)
    }

    private var authorization: Authorization? { header(.authorization).flatMap { Authorization(headerValue: $0) } }
}

extension BasicCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name.
    public var description: String { "BasicCredentials(\(username))" }

    /// The name.
    public var debugDescription: String { description }

    /// A mirror that shows the name alone.
    public var customMirror: Mirror { Mirror(self, children: ["username": username]) }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type alone.
    public var description: String { "BearerToken(…)" }

    /// The type alone.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension HTTPError {
    /// Status 401 with what the client has to prove.
    static func unauthorized(_ challenge: WWWAuthenticate.Challenge, _ message: String? = nil) -> HTTPError {
        HTTPError(
            .unauthorized, message ?? "Please sign in.",
            headers: [.wwwAuthenticate: WWWAuthenticate([challenge]).headerValue])
    }
}
