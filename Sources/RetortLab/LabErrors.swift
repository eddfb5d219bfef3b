// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
public import RetortCompute
public import RetortFetch
public import RetortImaging

extension ImagingError: HTTPErrorConvertible {
    /// What it means for the client: 415 for what is no picture or of a kind that is not taken, 413 for one that is too
    /// large, 422 for one that is damaged and for settings out of range.
    public var httpError: HTTPError {
        let status: HTTPResponse.Status =
            switch code {
            case .unknownFormat, .unsupported: .unsupportedMediaType
            case .tooLarge: .contentTooLarge
            case .corrupt, .badArgument: .unprocessableContent
            case .outOfMemory: .serviceUnavailable
            case .unreadableFile: .internalServerError
            }
        return HTTPError(status, message, code: code.rawValue, underlying: status.code >= 500 ? self : nil)
    }
}

extension ComputeError: HTTPErrorConvertible {
    /// 503 with the time after which trying again makes sense.
    public var httpError: HTTPError {
        var headers = HTTPFields()
        if let retryAfter {
            headers[.retryAfter] = String(max(1, Int((retryAfter / .seconds(1)).rounded(.up))))
        }
        return HTTPError(.serviceUnavailable, message, code: code.rawValue, headers: headers)
    }
}

extension FetchError: HTTPErrorConvertible {
    /// The status that the fetcher gives it; what lies beneath is logged and not told.
    public var httpError: HTTPError {
        HTTPError(
            HTTPResponse.Status.standard(status), message, code: code.description,
            underlying: status >= 500 ? self : nil)
    }
}
