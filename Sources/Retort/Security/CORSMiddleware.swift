// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortServer
import RetortWire

/// Lets scripts of other origins use an app.
///
/// It is added as `.cors(…)`.
///
/// A browser asks before it sends what a form could not send (the preflight); the middleware answers that itself.
/// It belongs on the app, a group or a blueprint: on a single route it would not see the question.
public struct CORSMiddleware: CheckedMiddleware {
    private enum Origins {
        case any
        case list(OriginList, allowsNull: Bool)
        case matching(@Sendable (String) -> Bool)
    }

    private let policy: CORSPolicy
    private let origins: Result<Origins, SetupError>
    private let methods: String
    private let exposed: String

    init(_ policy: CORSPolicy) {
        self.policy = policy
        origins = Result { () throws(SetupError) in try Self.origins(policy) }
        methods = policy.methods.map(\.rawValue).joined(separator: ", ")
        exposed = policy.exposedHeaders.joined(separator: ", ")
    }

    private static func origins(_ policy: CORSPolicy) throws(SetupError) -> Origins {
        switch policy.origins {
        case .any:
            guard !policy.allowsCredentials else {
                throw SetupError(
                    ".cors() lets every page of the web act for its visitors: CORSPolicy has the origins .any and "
                        + "allows credentials. List the origins with .only([…]).")
            }
            return .any
        case .matching(let body): return .matching(body)
        case .only(let texts):
            // The origin of files and sandboxed frames is the word null.
            let plain = texts.filter { $0 != "null" }
            return .list(try OriginList(plain, of: ".cors()"), allowsNull: plain.count < texts.count)
        }
    }

    /// Answers a preflight, or passes the request on and adds the permission to its answer.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: Nothing.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let origins = try origins.get()
        let origin = request.header(.origin)
        if request.method == .options, let origin, let method = request.header(.accessControlRequestMethod) {
            return preflight(request, origins, origin, method)
        }
        var response = try await next(request)
        if allow(origin, origins, &response), !exposed.isEmpty {
            response.fields[.accessControlExposeHeaders] = exposed
        }
        return response
    }

    /// Looks for origins that cannot be, and for a policy that would let everybody in.
    ///
    /// - Parameter outer: The middlewares in front of this one.
    /// - Throws: ``SetupError``.
    public func check(behind outer: [any Middleware]) throws { _ = try origins.get() }

    private func preflight(_ request: Request, _ origins: Origins, _ origin: String, _ method: String) -> Response {
        var response = Response(status: .noContent)
        let isAllowed = allow(origin, origins, &response)
        response.vary(on: "Access-Control-Request-Method", "Access-Control-Request-Headers")
        guard isAllowed, policy.methods.contains(where: { $0.rawValue.hasSameBytes(as: method) }) else {
            return response
        }
        response.fields[.accessControlAllowMethods] = methods
        if let headers = allowedHeaders(request) { response.fields[.accessControlAllowHeaders] = headers }
        if let maxAge = policy.maxAge {
            response.fields[.accessControlMaxAge] = "\(max(maxAge.components.seconds, 0))"
        }
        return response
    }

    /// Says in the answer whom it is for, and returns whether it is for this page.
    private func allow(_ origin: String?, _ origins: Origins, _ response: inout Response) -> Bool {
        if case .any = origins {
            // The same for all and where no page asks, so that caches need not tell the answers apart.
            response.fields[.accessControlAllowOrigin] = "*"
            return true
        }
        // Also where the origin is not let in, or there is none: the answer to another would differ.
        response.vary(on: "Origin")
        guard let origin, Self.contains(origin, origins) else { return false }
        response.fields[.accessControlAllowOrigin] = origin
        if policy.allowsCredentials { response.fields[.accessControlAllowCredentials] = "true" }
        return true
    }

    private func allowedHeaders(_ request: Request) -> String? {
        switch policy.requestHeaders {
        case .only(let names): return names.isEmpty ? nil : names.joined(separator: ", ")
        case .any:
            let names = request.headers(.accessControlRequestHeaders).flatMap { HeaderText.parseList($0) }
                .filter { !$0.isEmpty && $0.utf8.allSatisfy(\.isTokenByte) }
            return names.isEmpty ? nil : names.joined(separator: ", ")
        }
    }

    private static func contains(_ origin: String, _ origins: Origins) -> Bool {
        switch origins {
        case .any: true
        case .matching(let body): body(origin)
        case .list(let list, let allowsNull):
            origin.hasSameBytes(as: "null") ? allowsNull : WebOrigin(origin).map { list.contains($0) } ?? false
        }
    }
}

extension Middleware where Self == CORSMiddleware {
    /// Lets scripts of other origins use the app.
    ///
    /// - Parameter policy: Which pages, and what they may do.
    /// - Returns: The middleware. It belongs in front of those that may refuse a request, so that pages can read why.
    public static func cors(_ policy: CORSPolicy = CORSPolicy()) -> CORSMiddleware { CORSMiddleware(policy) }

    /// Lets scripts of some origins use the app.
    ///
    /// - Parameters:
    ///   - origins: Origins such as `https://example.com`, or `https://*.example.com` for all subdomains.
    ///   - allowsCredentials: Whether their requests carry cookies.
    /// - Returns: The middleware.
    public static func cors(origins: [String], allowsCredentials: Bool = false) -> CORSMiddleware {
        CORSMiddleware(CORSPolicy(origins: .only(origins), allowsCredentials: allowsCredentials))
    }
}
