// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortServer
import RetortWire

/// Asks for a name and a password.
///
/// It is added as `.basicAuth(realm:)`.
///
/// Source: RFC 7617.
public struct BasicAuthentication: Middleware {
    let realm: String
    let verify: @Sendable (String, String) async throws -> Bool

    /// Passes on the requests of users whose password is right.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: ``HTTPError`` with status 401 and a challenge; what the check throws.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        // An unknown name and a wrong password get the same answer.
        guard let credentials = request.basicCredentials,
            try await verify(credentials.username, credentials.password)
        else { throw HTTPError.unauthorized(.basic(realm: realm)) }
        return try await next(request)
    }
}

/// Asks for a token.
///
/// It is added as `.bearerAuth(realm:)`.
///
/// Source: RFC 6750.
public struct BearerAuthentication: Middleware {
    let realm: String?
    let verify: @Sendable (String) async throws -> Bool

    /// Passes on the requests whose token is right.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: ``HTTPError`` with status 401 and a challenge; what the check throws.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        guard let token = request.bearerToken else {
            throw HTTPError.unauthorized(.bearer(realm: realm), "This address needs a bearer token.")
        }
        guard try await verify(token.value) else {
            throw HTTPError.unauthorized(
                .bearer(realm: realm, error: "invalid_token"), "The bearer token is not good, or not any more.")
        }
        return try await next(request)
    }
}

extension Middleware where Self == BasicAuthentication {
    /// Asks for a name and a password.
    ///
    ///     app.group("/admin", .basicAuth(realm: "Admin") { name, password in
    ///         ConstantTime.areEqual(name, "ada") && ConstantTime.areEqual(password, secret)
    ///     }) { admin in … }
    ///
    /// - Parameters:
    ///   - realm: What the browser shows when it asks.
    ///   - verify: Says whether the password is that of the name. Compare secrets with `ConstantTime`, and hash
    ///     passwords away from the event loop.
    /// - Returns: The middleware.
    public static func basicAuth(
        realm: String, _ verify: @escaping @Sendable (String, String) async throws -> Bool
    ) -> BasicAuthentication {
        BasicAuthentication(realm: realm, verify: verify)
    }
}

extension Middleware where Self == BearerAuthentication {
    /// Asks for a token.
    ///
    /// - Parameters:
    ///   - realm: What the token is for; nil leaves it out.
    ///   - verify: Says whether a token is good. Compare secrets with `ConstantTime`.
    /// - Returns: The middleware.
    public static func bearerAuth(
        realm: String? = nil, _ verify: @escaping @Sendable (String) async throws -> Bool
    ) -> BearerAuthentication {
        BearerAuthentication(realm: realm, verify: verify)
    }
}
