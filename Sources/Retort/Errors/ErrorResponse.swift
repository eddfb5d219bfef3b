// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

/// Turns an error into an answer, as problem details or as a page.
///
/// Source: RFC 9457.
enum ErrorResponse {
    static func make(_ error: HTTPError, to request: Request) -> Response {
        var response = wantsPage(request) ? page(error) : problem(error)
        response.status = error.status
        if !error.headers.isEmpty {
            var all = response.headers
            for name in Set(error.headers.map(\.name)) { all[fields: name] = error.headers[fields: name] }
            response.headers = all
        }
        return response
    }

    /// Whether the client prefers a page to data: browsers name `text/html`, programs do not.
    private static func wantsPage(_ request: Request) -> Bool {
        guard let accept = request.header(.accept) else { return false }
        return AcceptedMediaTypes(headerValue: accept).best(of: [
            "application/problem+json", "application/json", "text/html",
        ]) == "text/html"
    }

    private static func problem(_ error: HTTPError) -> Response {
        var object: JSONObject = [
            "type": "about:blank",
            "title": .string(error.status.reasonPhrase),
            "status": .int(Int64(error.status.code)),
        ]
        if let message = error.message { object["detail"] = .string(message) }
        if let code = error.code { object["code"] = .string(code) }
        if !error.fields.isEmpty {
            let fields = error.fields.map { field in
                JSONValue.object([
                    "field": .string(field.field), "code": .string(field.code.description),
                    "message": .string(field.message),
                ])
            }
            object["errors"] = .array(fields)
        }
        let bytes = (try? JSONCoding.encode(JSONValue.object(object))) ?? Array("{}".utf8)
        return Response(.bytes(bytes), contentType: "application/problem+json")
    }

    private static func page(_ error: HTTPError) -> Response {
        Response(.text(ErrorPage.html(error)), contentType: "text/html; charset=utf-8")
    }
}
