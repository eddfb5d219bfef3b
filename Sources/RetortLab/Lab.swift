// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
public import RetortCompute
public import RetortFetch
public import RetortImaging
public import RetortServer
import HTTPTypes

/// What the picture handlers of an app share: the threads, the limits, the fetcher, and whether answers tell their times.
///
/// Handlers work without it, with the defaults. An app that wants others puts its own in front:
///
///     var lab = Lab()
///     lab.limits.pixels = 20_000_000
///     lab.fetcher.policy.allowed = Set(try app.configuration.list("fetch.allow", of: Authority.self))
///     app.use(lab)
///
/// As a middleware it also measures the stages of each answer (`Server-Timing`).
public struct Lab: Middleware {
    /// The threads that pictures are worked on.
    ///
    /// One pool for the whole process is right: it has as many threads as there are cores.
    public var pool: ComputePool

    /// What a picture may have at most; as many bytes are fetched from a URL.
    public var limits = ImageLimits() {
        didSet { if limits.bytes != oldValue.bytes { fetcher.policy.limits.bodyBytes = limits.bytes } }
    }

    /// The most pictures of one request.
    public var mostImages = 16

    /// Gets pictures whose URL a client gives; its policy says which.
    public var fetcher: Fetcher

    /// Whether answers tell how long each stage took; nil for apps in debug only.
    ///
    /// Source: W3C Server Timing.
    public var tellsTimes: Bool?

    /// Makes the usual lab.
    ///
    /// - Parameter pool: The threads; those that all labs share by default.
    public init(pool: ComputePool? = nil) {
        self.pool = pool ?? Lab.sharedPool
        // Each operation runs on one thread of the pool; OpenCV's own threads would only get in each other's way.
        OpenCV.setThreads(1)
        var policy = FetchPolicy()
        policy.limits.bodyBytes = limits.bytes
        fetcher = Fetcher(policy: policy)
    }

    /// The threads of every lab that does not bring its own.
    public static let sharedPool = ComputePool()

    /// The lab of apps that have none of their own.
    static let standard = Lab()

    /// Gives the lab to the handlers behind, and their times to the answer.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: What comes from behind.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        var request = request
        request[LabKey.self] = self
        guard tellsTimes ?? request.app.isDebug else { return try await next(request) }
        let stages = Stages()
        request[StagesKey.self] = stages
        var response = try await next(request)
        if let text = stages.headerValue {
            let known = response.headers[.serverTiming]
            response.headers[.serverTiming] = known.map { "\($0), \(text)" } ?? text
        }
        return response
    }

    /// Nothing: a lab asks nothing of requests.
    ///
    /// - Parameter operation: Left as it is.
    public func describe(in operation: inout OperationDescription) {}
}

enum LabKey: RequestKey {
    static var defaultValue: Lab? { nil }
}

enum StagesKey: RequestKey {
    static var defaultValue: Stages? { nil }
}

extension Request {
    /// The lab that the app put in front, or the usual one.
    public var lab: Lab { self[LabKey.self] ?? Lab.standard }
}

extension HTTPField.Name {
    static let serverTiming = HTTPField.Name("Server-Timing") ?? .server
}
