// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortServer
import RetortWire

/// Sets the headers that tell browsers to be careful.
///
/// It is added as `.securityHeaders()`.
public struct SecurityHeadersMiddleware: Middleware {
    private let fixed: [HTTPField]
    private let transport: HTTPField?
    private let policy: ContentSecurityPolicy?
    private let policyName: HTTPField.Name

    /// The policy of an answer whose handler has not asked for a nonce.
    private let policyWithoutNonce: String

    init(_ headers: SecurityHeaders) {
        fixed = headers.fixedFields
        transport = headers.transportSecurity.map { HTTPField(name: .strictTransportSecurity, value: $0.headerValue) }
        policy = headers.contentSecurityPolicy
        policyName = headers.onlyReports ? .contentSecurityPolicyReportOnly : .contentSecurityPolicy
        policyWithoutNonce = policy?.headerValue ?? ""
    }

    /// Passes the request on, and adds the headers that the response has not got.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: Nothing.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let nonce = CSPNonceSource()
        var request = request
        request[CSPNonceKey.self] = nonce
        var response = try await next(request)
        for field in fixed where response.fields[field.name] == nil { response.fields.append(field) }
        if let transport, request.origin.isSecure, response.fields[.strictTransportSecurity] == nil {
            response.fields.append(transport)
        }
        if let policy, response.fields[policyName] == nil {
            let value = nonce.madeValue.map { policy.headerValue(nonce: $0) } ?? policyWithoutNonce
            if !value.isEmpty { response.fields[policyName] = value }
        }
        return response
    }
}

extension Middleware where Self == SecurityHeadersMiddleware {
    /// Sets the headers that tell browsers to be careful with the app's pages.
    ///
    /// - Parameter headers: What to set.
    /// - Returns: The middleware. It belongs in front of the others, so that their answers have the headers too.
    public static func securityHeaders(_ headers: SecurityHeaders = SecurityHeaders()) -> SecurityHeadersMiddleware {
        SecurityHeadersMiddleware(headers)
    }
}
