// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Logging
public import RetortServer
import RetortWire

/// Writes one line for each request.
///
/// It is added as `.accessLog()`.
///
/// A client that goes before its answer is there is written as status 499. Answers of status 500 and above are errors, those of 400 and above notices, all others informations. Texts from the
/// client cannot begin lines of their own. The query is left out unless asked for, since it may hold secrets.
public struct AccessLog: Middleware {
    /// How a line is written.
    public enum Format: Hashable, Sendable {
        /// A short message, and everything else as metadata of the logger.
        case structured

        /// The format of Apache and nginx that most programs for logs read.
        case combined

        /// One JSON object as the message.
        case json
    }

    let format: Format
    let includesQuery: Bool
    let logger: Logger?
    let clock: UnixClock

    /// The status that is written where the client has gone before the answer was there, as nginx does.
    static let clientClosedRequest = 499

    /// Passes the request on, and writes the line when the response is there.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: Nothing.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request)
        let log = logger ?? request.app.log
        let level = Self.level(response)
        guard log.logLevel <= level else { return response }
        let line = AccessLogLine(
            request, response, duration: .now - start, time: clock.now, includesQuery: includesQuery)
        switch format {
        case .structured: log.log(level: level, "\(line.summary)", metadata: line.metadata)
        case .combined: log.log(level: level, "\(line.combined)")
        case .json: log.log(level: level, "\(line.json)")
        }
        return response
    }

    private static func level(_ response: Response) -> Logger.Level {
        // Whoever closes the page while it is being made has caused no error.
        if response.failure is CancellationError { return .info }
        return switch response.status.code {
        case 500...: .error
        case 400...: .notice
        default: .info
        }
    }
}

extension Middleware where Self == AccessLog {
    /// Writes one line for each request.
    ///
    /// - Parameters:
    ///   - format: How a line is written.
    ///   - includesQuery: Whether the query of the URL is written too.
    ///   - logger: Where it is written; nil for the app's own.
    ///   - clock: Where the time of the combined format comes from.
    /// - Returns: The middleware. It belongs behind `.trustedProxies()` and `.requestIDs()`, in front of all others.
    public static func accessLog(
        _ format: AccessLog.Format = .structured, includesQuery: Bool = false, logger: Logger? = nil,
        clock: UnixClock = .system
    ) -> AccessLog {
        AccessLog(format: format, includesQuery: includesQuery, logger: logger, clock: clock)
    }
}
