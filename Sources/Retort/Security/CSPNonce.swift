// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import RetortWire
import Synchronization

/// What marks the scripts of one page as the app's own, as an argument of a handler.
///
///     app.get("/") { (nonce: CSPNonce) in HTML("<script nonce=\"\(nonce.value)\">start()</script>") }
///
/// The middleware `.securityHeaders()` has to be there. It puts the same value into `Content-Security-Policy`.
///
/// Source: Content Security Policy Level 3 §2.3.1.
public struct CSPNonce: ImmediateArgument {
    /// 22 letters, digits, `-` and `_`, new for each request.
    public let value: String

    /// Finds the value of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The value, the same for all who ask during the request.
    /// - Throws: ``HTTPError`` with status 500 without the middleware.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> CSPNonce {
        try request.cspNonce
    }
}

extension Request {
    /// What marks the scripts of this request's page as the app's own.
    ///
    /// - Throws: ``HTTPError`` with status 500 without the middleware `.securityHeaders()`.
    public var cspNonce: CSPNonce {
        get throws {
            guard let source = self[CSPNonceKey.self] else {
                throw HTTPError.missing("a CSPNonce", line: "app.use(.securityHeaders())", for: self)
            }
            return CSPNonce(value: try source.value())
        }
    }
}

/// Makes the nonce of a request when somebody asks for it.
final class CSPNonceSource: Sendable {
    private let made = Mutex<String?>(nil)

    /// The nonce, if somebody has asked for it.
    var madeValue: String? { made.withLock { $0 } }

    func value() throws -> String {
        try made.withLock { made in
            if let made { return made }
            let value = try SecureRandom.token(byteCount: 16)
            made = value
            return value
        }
    }
}

enum CSPNonceKey: RequestKey {
    static let defaultValue: CSPNonceSource? = nil
}
