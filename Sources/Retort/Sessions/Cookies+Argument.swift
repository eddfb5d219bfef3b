// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
public import RetortWire

/// The cookies of a request as an argument of a handler.
///
///     app.get("/") { (cookies: Cookies) in cookies["theme"] ?? "light" }
extension Cookies: ImmediateArgument {
    /// Reads the cookies of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The cookies.
    public static func makeAtOnce(from request: Request, path: inout PathValues) -> Cookies { request.cookies }
}

extension Request {
    /// The cookies that came with the request.
    ///
    /// They are parsed at each call.
    public var cookies: Cookies { server.cookies }
}

extension ServerRequest {
    var cookies: Cookies {
        let lines = head.headers(.cookie)
        return lines.isEmpty ? Cookies() : Cookies(Cookies.parse(lines.joined(separator: "; ")))
    }
}
