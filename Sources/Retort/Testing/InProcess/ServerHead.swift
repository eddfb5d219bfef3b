// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

/// The head of a response as the server writes it.
///
/// Source: RFC 9110 §6.6.1, §8.6.
enum ServerHead {
    static let upgraded = TestClientError(
        .webSocket, "The app answered with a WebSocket. Open it with `client.webSocket`.")

    static func make(_ response: Response, isHEAD: Bool, keepsAlive: Bool) -> ResponseHead {
        var fields: HTTPFields = [.date: HTTPDate.now.headerValue]
        for field in response.headers {
            switch field.name {
            case .contentLength, .transferEncoding, .connection, .date: continue
            default: fields.append(field)
            }
        }
        if !hasNoBody(response.status) {
            if let length = response.body.length {
                fields[.contentLength] = "\(length)"
            } else if !isHEAD {
                fields[.transferEncoding] = "chunked"
            }
        }
        if !keepsAlive { fields[.connection] = "close" }
        return ResponseHead(status: response.status, headers: fields, failure: response.failure)
    }

    /// Whether answers with this status never have a body.
    static func hasNoBody(_ status: HTTPResponse.Status) -> Bool {
        status.code < 200 || status.code == 204 || status.code == 304
    }
}
