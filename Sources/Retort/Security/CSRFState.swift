// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire
import Synchronization

/// The secret behind the tokens of one visitor, during one request.
///
/// It is in the session, or without sessions in a signed cookie. It is made when somebody asks for a token first.
final class CSRFState: Sendable {
    let options: CSRFOptions
    private let signer: Signer?
    private let request: Request
    private let made = Mutex<(secret: CSRFSecret?, isUsed: Bool)>((nil, false))

    /// Creates the state of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - options: The names.
    ///   - signer: What signs the cookie; nil where the secret is in the session.
    init(_ request: Request, _ options: CSRFOptions, signer: Signer?) {
        self.request = request
        self.options = options
        self.signer = signer
    }

    /// The secret that the visitor has already; nil without one.
    func present() async throws -> CSRFSecret? {
        guard let signer else {
            return try await request.session[CSRFOptions.sessionName, as: String.self].flatMap { CSRFSecret($0) }
        }
        if let secret = made.withLock({ state in
            state.isUsed = true
            return state.secret
        }) {
            return secret
        }
        return request.cookies.all(cookieName).lazy
            .compactMap { try? signer.unsign($0) }.compactMap { CSRFSecret($0) }.first
    }

    /// The secret of the visitor, a new one if there is none yet.
    func secret() async throws -> CSRFSecret {
        if let present = try await present() { return present }
        let secret = try CSRFSecret.random()
        if signer == nil {
            try await request.session[CSRFOptions.sessionName] = .string(secret.text)
        } else {
            made.withLock { $0.secret = secret }
        }
        return secret
    }

    /// Writes the cookie if a secret was made, and keeps the page out of shared caches if the secret was looked at.
    func finish(_ response: inout Response) throws {
        guard let signer else { return }
        let (secret, isUsed) = made.withLock { $0 }
        guard isUsed else { return }
        response.vary(on: "Cookie")
        response.makePersonal(setsCookie: secret != nil)
        guard let secret else { return }
        response.setCookie(
            SetCookie(
                name: cookieName, value: try signer.sign(secret.text), path: "/", isSecure: request.origin.isSecure,
                isHTTPOnly: true, sameSite: .lax))
    }

    private var cookieName: String { (request.origin.isSecure ? "__Host-" : "") + options.cookieName }
}

/// The state of the middleware, for the arguments that need it.
enum CSRFKey: RequestKey {
    static let defaultValue: CSRFState? = nil
}
