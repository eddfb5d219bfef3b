// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
public import RetortInference

extension InferenceError: HTTPErrorConvertible {
    /// The status that it has, with the time after which trying again makes sense; what lies beneath is logged only.
    public var httpError: HTTPError {
        var headers = HTTPFields()
        if let retryAfter {
            headers[.retryAfter] = String(max(1, Int((retryAfter / .seconds(1)).rounded(.up))))
        }
        return HTTPError(
            .standard(status), message, code: code.description, headers: headers, underlying: status >= 500 ? self : nil
        )
    }
}
