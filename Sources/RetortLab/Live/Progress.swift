// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
public import Retort
public import RetortServer
import RetortWire

/// Long work that tells how far it is, as server-sent events.
///
///     app.post("/album") { (photos: ImageInputs) in
///         Progress { report in
///             var found: [Detections] = []
///             for (index, photo) in photos.enumerated() {
///                 found.append(try await photo.find(faces))
///                 try await report(index + 1, of: photos.count, photo.name)
///             }
///             return found
///         }
///     }
///
/// Each report is an event `progress` with `{"done", "total", "message"}`; at the end comes an event `result` with the
/// value as JSON, or an event `error` with problem details. Work whose client has gone is cancelled at its next report.
public struct Progress<Value: Encodable & Sendable>: ResponseConvertible {
    private let work: @Sendable (ProgressReport) async throws -> Value

    /// Makes an answer.
    ///
    /// - Parameter work: Does the work and reports on it.
    public init(_ work: @escaping @Sendable (ProgressReport) async throws -> Value) { self.work = work }

    /// Makes the response.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: A response of type `text/event-stream`.
    public func response(to request: Request) -> Response {
        let work = work
        let log = request.log
        return ServerSentEvents { send in
            do {
                try await send(json: try await work(ProgressReport(send)), event: "result")
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                let known = HTTPError(error)
                if known.status.code >= 500 { log.error("the work of a stream failed: \(error)") }
                try await send(
                    json: Failure(
                        status: known.status.code, title: known.status.reasonPhrase, detail: known.message,
                        code: known.code), event: "error")
            }
        }.response(to: request)
    }

    private struct Failure: Encodable {
        var status: Int
        var title: String
        var detail: String?
        var code: String?
    }

    /// Describes the stream.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        ServerSentEvents.describeResult(in: &operation)
    }
}

/// Tells the client how far the work is.
public struct ProgressReport: Sendable {
    private let send: EventSender

    init(_ send: EventSender) { self.send = send }

    private struct Step: Encodable {
        var done: Int
        var total: Int
        var message: String?
    }

    /// Tells how far the work is.
    ///
    /// - Parameters:
    ///   - done: How many steps are done.
    ///   - total: How many there are.
    ///   - message: What is said beside it.
    /// - Throws: `CancellationError` or `WriteError` when the client has gone.
    public func callAsFunction(_ done: Int, of total: Int, _ message: String? = nil) async throws {
        try Task.checkCancellation()
        try await send(json: Step(done: done, total: total, message: message), event: "progress")
    }
}
