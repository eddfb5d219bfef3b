// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
public import RetortServer
import RetortWire

/// Refuses requests that pages of other sites make in the name of a visitor.
///
/// It is added as `.csrf()`.
///
/// A browser sends a visitor's cookies with every request, whichever page made it. So a request that changes something
/// has to show where it comes from: by `Sec-Fetch-Site: same-origin`, which no page can forge, or by a token that only
/// the app's own pages know. Requests of the methods GET, HEAD, OPTIONS and TRACE pass.
///
/// Requests without cookies pass too if they carry JSON or a bearer token, because a page of another site cannot send
/// such a request without asking: programs that use an API need no token.
public struct CSRFMiddleware: CheckedMiddleware {
    private let options: CSRFOptions
    private let trusted: Result<OriginList, SetupError>

    /// What signs the cookie; nil where the secret is in the session.
    private let signer: Result<Signer?, SetupError>

    init(_ options: CSRFOptions, secret: String?, fallbacks: [String]) {
        self.options = options
        trusted = Result { () throws(SetupError) in
            try OriginList(options.trustedOrigins, of: "CSRFOptions.trustedOrigins")
        }
        signer = Result { () throws(SetupError) in try Self.signer(secret, fallbacks) }
    }

    private static func signer(_ secret: String?, _ fallbacks: [String]) throws(SetupError) -> Signer? {
        guard let secret else { return nil }
        for text in [secret] + fallbacks { try SetupError.checkSecret(text, of: ".csrf(secret:)") }
        do {
            return try Signer(
                keys: SecretKeys(secret, fallbacks: fallbacks), salt: "retort-csrf",
                options: Signer.Options(keyDerivation: .hmac, hash: .sha256))
        } catch {
            throw SetupError(".csrf(secret:) cannot be set up: \(error)")
        }
    }

    /// Checks a request that may change something, and passes it on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: ``HTTPError`` with status 403 for a request that another site may have made.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let state = CSRFState(request, options, signer: try signer.get())
        var request = request
        request[CSRFKey.self] = state
        if Self.needsCheck(request) { try await check(&request, state) }
        var response = try await next(request)
        try state.finish(&response)
        return response
    }

    /// Looks for mistakes in the options, and for the sessions that hold the secret.
    ///
    /// - Parameter outer: The middlewares in front of this one.
    /// - Throws: ``SetupError``.
    public func check(behind outer: [any Middleware]) throws {
        _ = try trusted.get()
        guard try signer.get() == nil, !outer.contains(where: { $0 is SessionMiddleware }) else { return }
        throw SetupError(
            ".csrf() keeps its secret in the session, and there is none. Add app.use(.sessions(secret: …)) before it, "
                + "or write .csrf(secret: …) to keep it in a cookie of its own.")
    }

    private static func needsCheck(_ request: Request) -> Bool {
        switch request.method {
        case .get, .head, .options, .trace: return false
        default:
            // Nothing is protected where no route answers.
            guard let route = request.route, !route.pattern.isEmpty else { return false }
            return !route.middleware.contains { $0 is CSRFExemption }
        }
    }

    private func check(_ request: inout Request, _ state: CSRFState) async throws {
        switch CSRFOriginVerdict(request, trusted: try trusted.get()) {
        case .sameOrigin where !options.alwaysRequiresToken: return
        case .refused(let page):
            throw refusal(
                "The request comes from another site. If that site is yours, add it to CSRFOptions.trustedOrigins.",
                code: "csrf-other-site", request, page)
        case .sameOrigin, .open: break
        }
        guard !Self.isOfProgram(request) else { return }
        guard let token = try await CSRFTokenSearch(options: options).token(in: &request) else {
            throw refusal(
                "The request has no CSRF token. Send it in the form field \(options.fieldName) or in the header "
                    + "\(options.headerName.rawName).", code: "csrf-token-missing", request)
        }
        guard let secret = try await state.present(), secret.isValid(token) else {
            throw refusal(
                "The CSRF token is not good any more. Reload the page and send the form again.",
                code: "csrf-token-invalid", request)
        }
    }

    /// Whether the request is of a kind that a page of another site cannot make a browser send.
    private static func isOfProgram(_ request: Request) -> Bool {
        guard request.header(.cookie) == nil else { return false }
        if request.isJSON { return true }
        if case .bearer = request.header(.authorization).flatMap({ Authorization(headerValue: $0) }) { return true }
        return false
    }

    private func refusal(_ message: String, code: String, _ request: Request, _ page: String? = nil) -> HTTPError {
        var metadata: Logger.Metadata = ["code": "\(code)", "path": "\(LogText.escaped(request.path))"]
        if let page { metadata["page"] = "\(LogText.escaped(page))" }
        request.log.notice("refused a request that another site may have made", metadata: metadata)
        return HTTPError(.forbidden, message, code: code)
    }
}

extension Middleware where Self == CSRFMiddleware {
    /// Refuses requests that pages of other sites make in the name of a visitor.
    ///
    /// - Parameters:
    ///   - secret: Signs a cookie for the visitor's secret, for apps without sessions; nil keeps it in the session.
    ///   - fallbacks: Secrets that were used before, oldest first.
    ///   - options: The names, and the origins that are trusted.
    /// - Returns: The middleware. Without a secret it belongs behind `.sessions(…)`.
    public static func csrf(
        secret: String? = nil, fallbacks: [String] = [], options: CSRFOptions = CSRFOptions()
    ) -> CSRFMiddleware {
        CSRFMiddleware(options, secret: secret, fallbacks: fallbacks)
    }
}

/// A mark on routes that pages of other sites may use, such as those that other servers call.
///
/// It does nothing itself.
public struct CSRFExemption: Middleware {
    /// Passes the request on.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: Nothing.
    public func handle(_ request: Request, next: Next) async throws -> Response { try await next(request) }
}

extension RouteTrait {
    /// Lets pages of other sites send requests to a route, or to a whole blueprint, in spite of `.csrf()`.
    ///
    /// It is for addresses that other servers call and that check a signature, such as webhooks.
    public static var csrfExempt: RouteTrait { .middleware(CSRFExemption()) }
}
