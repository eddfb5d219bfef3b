// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A value that a handler can ask for by having a parameter of its type.
///
/// An app's own types conform to it too:
///
///     extension User: RequestArgument {
///         static func make(from request: Request, path: inout PathValues) async throws -> User {
///             guard let user = try await users.find(request.session["user"]) else { throw HTTPError(.unauthorized) }
///             return user
///         }
///     }
public protocol RequestArgument: Sendable {
    /// Makes the value from the request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: The value.
    /// - Throws: An error that becomes the answer: ``HTTPError``, or any error that has a status.
    static func make(from request: Request, path: inout PathValues) async throws -> Self

    /// Makes the value without waiting, where that is possible.
    ///
    /// A handler that is not `async` is called without a task when all its arguments can be made in this way.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: The value, or nil when making it takes waiting, for example for a body.
    /// - Throws: As ``make(from:path:)``.
    static func makeNow(from request: Request, path: inout PathValues) throws -> Self?

    /// The type as a variable of the path; nil for arguments that come from elsewhere.
    static var pathType: (any PathValue.Type)? { get }

    /// Describes the value for documents, when somebody asks for them.
    ///
    /// Without it an argument adds nothing to the description of its route.
    ///
    /// - Parameter operation: Takes parameters, bodies, answers and security schemes.
    static func describe(in operation: inout OperationDescription)
}

extension RequestArgument {
    /// Cannot tell without waiting.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: Nil.
    /// - Throws: Nothing.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> Self? { nil }

    /// The argument does not come from the path.
    public static var pathType: (any PathValue.Type)? { nil }

    /// Describes nothing.
    ///
    /// - Parameter operation: Left as it is.
    public static func describe(in operation: inout OperationDescription) {}
}

/// An argument that never needs waiting: one function to write instead of two.
public protocol ImmediateArgument: RequestArgument {
    /// Makes the value from what has arrived with the head of the request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: The value.
    /// - Throws: An error that becomes the answer.
    static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Self
}

extension ImmediateArgument {
    /// Makes the value at once.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: The value.
    /// - Throws: An error that becomes the answer.
    @inlinable
    public static func make(from request: Request, path: inout PathValues) async throws -> Self {
        try makeAtOnce(from: request, path: &path)
    }

    /// Makes the value at once.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: The value.
    /// - Throws: An error that becomes the answer.
    @inlinable
    public static func makeNow(from request: Request, path: inout PathValues) throws -> Self? {
        try makeAtOnce(from: request, path: &path)
    }
}

extension PathValue {
    /// Takes the next variable of the path.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables that no earlier argument has taken.
    /// - Returns: The value.
    /// - Throws: ``HTTPError`` with status 404 when the text is not such a value.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Self {
        guard let value = path.next(Self.self) else { throw HTTPError(.notFound) }
        return value
    }

    /// The type itself.
    public static var pathType: (any PathValue.Type)? { Self.self }
}

extension Request: ImmediateArgument {
    /// The request itself.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The request.
    public static func makeAtOnce(from request: Request, path: inout PathValues) -> Request { request }
}

/// Thrown inside when an argument of a handler that is not `async` takes waiting.
struct NeedsWaiting: Error {
    @inline(__always)
    static func unless<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw NeedsWaiting() }
        return value
    }
}
