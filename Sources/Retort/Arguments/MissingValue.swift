// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Thrown by an argument that the request does not have at all, as opposed to one that is wrong.
///
/// A handler that asks for an Optional gets nil; one that needs the value answers with the error inside.
public struct MissingValue: HTTPErrorConvertible, CustomStringConvertible {
    /// The answer to the client where the value is needed.
    public var httpError: HTTPError

    /// Creates an error.
    ///
    /// - Parameter httpError: The answer to the client where the value is needed.
    public init(_ httpError: HTTPError) { self.httpError = httpError }

    /// The status and the sentence.
    public var description: String { httpError.description }
}

/// An argument whose absence can be seen without making it.
protocol DetectableArgument {
    static func isAbsent(from request: Request) -> Bool
}

extension Query: DetectableArgument {
    static func isAbsent(from request: Request) -> Bool { request.queryString?.isEmpty ?? true }
}

extension JSON: DetectableArgument where Value: Decodable {
    static func isAbsent(from request: Request) -> Bool { request.hasNoBody }
}

extension Request {
    /// Whether nothing was sent, not even the claim that there is something.
    var hasNoBody: Bool { body.isEmpty && header(.contentType) == nil }
}

extension Optional: RequestArgument where Wrapped: RequestArgument {
    /// Makes the value if the request has it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: The value, or nil when the request does not have it.
    /// - Throws: What the value throws when it is there and wrong.
    public static func make(from request: Request, path: inout PathValues) async throws -> Wrapped? {
        if isAbsent(request) { return nil }
        do {
            return try await Wrapped.make(from: request, path: &path)
        } catch is MissingValue {
            return nil
        }
    }

    /// Makes the value without waiting, if the request has it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The variables of the path that no earlier argument has taken.
    /// - Returns: The value, or nil inside when the request does not have it; nil outside when making it takes waiting.
    /// - Throws: What the value throws when it is there and wrong.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> Wrapped?? {
        if isAbsent(request) { return .some(nil) }
        do {
            guard let value = try Wrapped.makeNow(from: request, path: &path) else { return nil }
            return .some(value)
        } catch is MissingValue {
            return .some(nil)
        }
    }

    /// The type of the value as a variable of the path.
    public static var pathType: (any PathValue.Type)? { Wrapped.pathType }

    private static func isAbsent(_ request: Request) -> Bool {
        (Wrapped.self as? any DetectableArgument.Type)?.isAbsent(from: request) ?? false
    }
}
