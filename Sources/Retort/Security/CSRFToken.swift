// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer

/// What a page sends back to show that a form is the app's own, as an argument of a handler.
///
///     app.get("/transfer") { (token: CSRFToken) in
///         HTML("<form method=post>\(token.input.text)<button>Send</button></form>")
///     }
///
/// The middleware `.csrf()` has to be there. A token looks different each time and stays good as long as the visitor's
/// secret does, so several pages can be open at once.
public struct CSRFToken: RequestArgument {
    /// The token: 86 letters, digits, `-` and `_`.
    public let value: String

    /// The form field in which it is expected.
    public let fieldName: String

    /// The header in which scripts may send it.
    public let headerName: String

    /// The hidden field for a form.
    public var input: HTML {
        HTML("<input type=\"hidden\" name=\"\(ErrorPage.escaped(fieldName))\" value=\"\(value)\">")
    }

    /// The element for the head of a page, from which scripts take the token.
    public var meta: HTML { HTML("<meta name=\"csrf-token\" content=\"\(value)\">") }

    /// Makes a token for a page.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The token.
    /// - Throws: ``HTTPError`` with status 500 without the middleware.
    public static func make(from request: Request, path: inout PathValues) async throws -> CSRFToken {
        try await request.csrfToken
    }
}

extension Request {
    /// A token for the forms of a page.
    ///
    /// - Throws: ``HTTPError`` with status 500 without the middleware `.csrf()`; an error of the session's store.
    public var csrfToken: CSRFToken {
        get async throws {
            guard let state = self[CSRFKey.self] else {
                throw HTTPError.missing("a CSRFToken", line: "app.use(.csrf())", for: self)
            }
            return CSRFToken(
                value: try await state.secret().token(), fieldName: state.options.fieldName,
                headerName: state.options.headerName.rawName)
        }
    }
}
