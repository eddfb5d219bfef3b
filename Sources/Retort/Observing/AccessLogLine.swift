// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import RetortServer
import RetortWire

/// What is written about one request, and its spellings.
struct AccessLogLine {
    let method: String
    let target: String
    let version: String
    let status: Int

    /// The bytes of the body; nil where they are not known yet.
    let bytes: Int?
    let duration: Duration
    let time: Int64
    let client: String?
    let id: String?
    let userAgent: String?
    let referer: String?

    init(_ request: Request, _ response: Response, duration: Duration, time: Int64, includesQuery: Bool) {
        method = request.method.rawValue
        target = includesQuery ? request.path + (request.queryString.map { "?\($0)" } ?? "") : request.path
        version = request.version.description
        status = response.failure is CancellationError ? AccessLog.clientClosedRequest : response.status.code
        bytes = response.body.length
        self.duration = duration
        self.time = time
        client = request.origin.address
        id = request[RequestIDKey.self]
        userAgent = request.header(.userAgent)
        referer = request.header(.referer)
    }

    /// Milliseconds with three places behind the point.
    var milliseconds: String {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return "\(seconds)000.000" }
        let microseconds = max(product &+ attoseconds / 1_000_000_000_000, 0)
        let rest = String(microseconds % 1_000)
        return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }

    /// The message of the structured format.
    var summary: String { "\(LogText.escaped(method)) \(LogText.escaped(target)) \(status)" }

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "method": "\(LogText.escaped(method))", "path": "\(LogText.escaped(target))", "status": "\(status)",
            "ms": "\(milliseconds)",
        ]
        if let bytes { metadata["bytes"] = "\(bytes)" }
        if let client { metadata["client"] = "\(LogText.escaped(client))" }
        if let id { metadata["request"] = "\(LogText.escaped(id))" }
        if let userAgent { metadata["agent"] = "\(LogText.escaped(userAgent, limit: 512))" }
        return metadata
    }

    /// The line of Apache's combined format, without the name of the user, which is not known here.
    var combined: String {
        func quoted(_ text: String?) -> String {
            "\"" + (text.map { LogText.escaped($0, quoting: true) } ?? "-") + "\""
        }
        let address = client.map { LogText.escaped($0) } ?? "-"
        return "\(address) - - [\(commonTime)] \(quoted("\(method) \(target) \(version)")) \(status) "
            + "\(bytes.map { "\($0)" } ?? "-") \(quoted(referer)) \(quoted(userAgent))"
    }

    /// `06/Nov/1994:08:49:37 +0000`, out of `Sun, 06 Nov 1994 08:49:37 GMT`.
    private var commonTime: String {
        let parts = HTTPDate(secondsSince1970: time).headerValue.utf8.split(separator: 0x20).map {
            String(Substring($0))
        }
        guard parts.count >= 5 else { return "-" }
        return "\(parts[1])/\(parts[2])/\(parts[3]):\(parts[4]) +0000"
    }

    /// One JSON object in ASCII, so that everything harmful is escaped.
    var json: String {
        var object: JSONObject = [
            "time": .int(time), "method": .string(method), "path": .string(target),
            "status": .int(Int64(status)), "ms": .double(Double(milliseconds) ?? 0),
        ]
        if let bytes { object["bytes"] = .int(Int64(bytes)) }
        if let client { object["client"] = .string(client) }
        if let id { object["request"] = .string(id) }
        if let userAgent { object["agent"] = .string(userAgent) }
        if let referer { object["referer"] = .string(referer) }
        var options = JSONOptions()
        options.isASCIIOnly = true
        guard let bytes = try? JSONCoding.encode(JSONValue.object(object), options: options) else { return "{}" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
