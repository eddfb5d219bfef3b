// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Logging
internal import Retort
internal import RetortInference
internal import RetortServer
internal import RetortWire

extension InferenceService {
    /// The answer to an error: its status, and one sentence.
    ///
    /// Source: Open Inference Protocol, "Inference Response JSON Error Object".
    static func answer(to error: any Error, _ request: Request) -> Response {
        let error = httpError(of: error)
        if error.status.code >= 500, let cause = error.underlying, !(cause is CancellationError) {
            // The client gets the sentence alone.
            request.log.error(
                "inference failed", metadata: ["error": "\(cause)", "path": "\(request.path)"])
        }
        let sentence = error.message ?? error.status.reasonPhrase
        var response = Response(status: error.status)
        do {
            response.body = .bytes(try JSONValue.object(["error": .string(sentence)]).bytes())
            response.headers = error.headers
            response.headers[.contentType] = "application/json"
        } catch {
            // A text can always be written; the status alone says enough otherwise.
            response.body = .empty
        }
        response.failure = error
        return response
    }

    private static func httpError(of error: any Error) -> HTTPError {
        guard let error = error as? InferenceError else { return HTTPError(error) }
        var headers = HTTPFields()
        let status = HTTPResponse.Status.standard(error.status)
        if status == .serviceUnavailable {
            let wait = error.retryAfter ?? .seconds(1)
            headers[.retryAfter] = String(min(max(1, Int((wait / .seconds(1)).rounded(.up))), 3_600))
        }
        return HTTPError(status, error.message, code: error.code.description, headers: headers, underlying: error)
    }
}
