// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
import RetortCompute
import RetortEmbedded
public import RetortInference
import RetortServer
import RetortWire

/// A page that shows what models do at the moment: queues, batches, latencies, memory.
///
///     app.mount(ModelMonitor(repository), at: "/models")
///
/// It is renewed each second by server-sent events, loads nothing from elsewhere, and runs no script but its own. What it
/// shows is nobody's secret but yours: mount it behind the middlewares that know who asks.
public struct ModelMonitor: Blueprint {
    private let repository: ModelRepository
    private let interval: Duration

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - repository: The models.
    ///   - interval: How often it is renewed, from 50 milliseconds on.
    public init(_ repository: ModelRepository, every interval: Duration = .seconds(1)) {
        self.repository = repository
        self.interval = max(interval, .milliseconds(50))
    }

    /// Nothing: the routes of the page have no names.
    public var name: String? { nil }

    /// Adds the page, its files and its events.
    ///
    /// - Parameter r: The routes of the page.
    public func routes(_ r: inout Routes) {
        r.after { _, response in
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        }
        for file in EmbeddedFiles.page.files {
            // The page itself stands at the folder, so that the names of its files are relative to it.
            let path = file.path == "monitor.html" ? "/" : "/\(file.path)"
            r.get(path, .hidden) { file }
        }
        r.get("/events", .hidden) { [repository, interval] (request: Request) in
            let pool = request.lab.pool
            return ServerSentEvents { send in
                var last: [ModelRepository.Version: Int] = [:]
                while true {
                    let report = await ModelReport(repository, pool, since: &last, interval)
                    try await send(json: report, event: "models")
                    try await Task.sleep(for: interval)
                }
            }
        }
    }
}
