// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

extension Middleware {
    /// Describes nothing.
    ///
    /// - Parameter operation: Left as it is.
    public func describe(in operation: inout OperationDescription) {}
}

extension BasicAuthentication {
    /// Describes that a name and a password are needed.
    ///
    /// - Parameter operation: Takes the security scheme and the answer 401.
    public func describe(in operation: inout OperationDescription) { operation.require(.basic) }
}

extension BearerAuthentication {
    /// Describes that a token is needed.
    ///
    /// - Parameter operation: Takes the security scheme and the answer 401.
    public func describe(in operation: inout OperationDescription) { operation.require(.bearer) }
}

extension RateLimit {
    /// Describes the answer to those who ask too often.
    ///
    /// - Parameter operation: Takes the answer 429.
    public func describe(in operation: inout OperationDescription) { operation.addProblem(.tooManyRequests) }
}

extension Timeout {
    /// Describes the answer where the handler takes too long.
    ///
    /// - Parameter operation: Takes the answer 503.
    public func describe(in operation: inout OperationDescription) { operation.addProblem(.serviceUnavailable) }
}

extension CSRFMiddleware {
    /// Describes the answer to what another site may have sent.
    ///
    /// - Parameter operation: Takes the answer 403, unless its method changes nothing.
    public func describe(in operation: inout OperationDescription) {
        if ![.get, .head, .options, .trace].contains(operation.method) { operation.addProblem(.forbidden) }
    }
}
