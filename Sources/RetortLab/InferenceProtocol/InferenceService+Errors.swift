// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Logging
internal import Retort
internal import RetortServer
internal import RetortWire

extension InferenceService {
    /// The answer to an error: its status, and one sentence.
    ///
    /// Source: Open Inference Protocol, "Inference Response JSON Error Object".
    static func answer(to error: any Error, _ request: Request) -> Response {
        // The client may have gone, and then nobody reads this; or the server stops, and another one can be asked.
        let error =
            error is CancellationError
            ? HTTPError(.serviceUnavailable, "The request was stopped before it was answered; try again.")
            : HTTPError(error)
        if error.status.code >= 500, let cause = error.underlying {
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
            // Models that are being loaded do not know how long it takes.
            if error.status == .serviceUnavailable, error.headers[.retryAfter] == nil {
                response.headers[.retryAfter] = "1"
            }
        } catch {
            // A text can always be written; the status alone says enough otherwise.
            response.body = .empty
        }
        response.failure = error
        return response
    }
}
