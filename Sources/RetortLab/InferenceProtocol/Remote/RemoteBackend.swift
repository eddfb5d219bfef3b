// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Retort
internal import RetortCompute
public import RetortInference
internal import RetortWire
internal import Synchronization

extension Model {
    /// A model that other servers compute, over the Open Inference Protocol.
    ///
    /// Requests go to the server with the fewest on their way. One that cannot be reached is left alone for a while, and
    /// asked how it is before it gets requests again. A request that failed for such a reason is sent to another server,
    /// as far as the budget goes.
    ///
    ///     let model = try await Model.remote("yunet", at: ["http://10.0.0.5:8000/v2", "http://10.0.0.6:8000/v2"])
    ///
    /// - Parameters:
    ///   - name: The name of the model.
    ///   - version: Its version; the servers' choice when left out.
    ///   - servers: The URLs of the protocol's root, as in "http://10.0.0.5:8000/v2". They all have the same model.
    ///   - options: How they are asked.
    /// - Returns: The model, which can be used as any other.
    /// - Throws: `InferenceError` with `.unknownModel`; `.notReady` when no server answers; `.invalidData` for URLs and
    ///   answers that cannot be understood.
    public static func remote(
        _ name: String, version: String? = nil, at servers: [String], options: RemoteOptions = RemoteOptions()
    ) async throws -> Model {
        let backend = try RemoteBackend(name, version: version, at: servers, options: options)
        let answer = try await backend.send("", body: nil, headerLength: nil, time: options.requestTime)
        return try RemoteMessages.model(answer.body, version: version, backend: backend)
    }
}

/// Asks servers of the protocol.
final class RemoteBackend: ModelBackend {
    private let path: String
    private let options: RemoteOptions
    private let pool: ComputePool
    private let table: Mutex<ReplicaTable>
    private let sums = Mutex(ModelStatistics())

    init(_ name: String, version: String?, at servers: [String], options: RemoteOptions) throws {
        guard !servers.isEmpty else { throw InferenceError(.invalidData, "A remote model needs at least one server.") }
        let urls = try servers.map { server in
            guard server.hasPrefix("http://") || server.hasPrefix("https://"),
                server.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
            else {
                throw InferenceError(
                    .invalidData, "'\(server)' is no URL of a server; it begins with http:// or https://.")
            }
            return server.hasSuffix("/") ? String(server.dropLast()) : server
        }
        if let authorization = options.authorization {
            guard authorization.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
                throw InferenceError(.invalidData, "The authorization has characters that no header can have.")
            }
        }
        let version = version.map { "/versions/\(PercentCoding.encode($0.utf8, safe: ""))" } ?? ""
        path = "/models/\(PercentCoding.encode(name.utf8, safe: ""))\(version)"
        self.options = options
        pool = ComputePool(
            threads: max(options.connections, 1), queueLimit: max(options.maximumWaiting, 0),
            patience: options.requestTime)
        table = Mutex(ReplicaTable(urls, most: max(options.retryReserve, 0), share: max(options.retryShare, 0)))
    }

    var statistics: ModelStatistics {
        var statistics = sums.withLock { $0 }
        let state = pool.statistics
        statistics.waiting = state.waiting
        statistics.running = state.running
        return statistics
    }

    func infer(_ request: InferenceRequest) async throws -> InferenceResult {
        let start = ContinuousClock.now
        do {
            let left = request.deadline.map { start.duration(to: $0) }
            let json = try RemoteMessages.request(request, timeout: left)
            let body = [json.text] + json.tensors
            let answer = try await send(
                "/infer", body: body, headerLength: json.text.count,
                time: min(left ?? options.requestTime, options.requestTime))
            let outputs = try RemoteMessages.outputs(answer)
            let time = ContinuousClock.now - start
            var timing = InferenceTiming()
            timing.compute = time
            sums.withLock {
                $0.success.add(time)
                $0.compute.add(time)
                $0.inferences += 1
            }
            return InferenceResult(outputs: outputs, timing: timing)
        } catch {
            count(error, since: start)
            throw error
        }
    }

    private func count(_ error: any Error, since start: ContinuousClock.Instant) {
        sums.withLock {
            switch (error as? InferenceError)?.code {
            case .overloaded: $0.rejected += 1
            case .deadlinePassed: $0.expired += 1
            case nil where error is CancellationError: $0.cancelled += 1
            default: $0.failure.add(ContinuousClock.now - start)
            }
        }
    }

    /// Sends a request to one server after another, until one answers or there is no use in going on.
    func send(_ action: String, body: [[UInt8]]?, headerLength: Int?, time: Duration) async throws
        -> RemoteExchange.Answer
    {
        let end = ContinuousClock.now + time
        do {
            return try await pool.run(patience: time) { [self] job in
                try attempt(action, body, headerLength, end, job)
            }
        } catch let error as ComputeError {
            try Task.checkCancellation()
            throw InferenceError(.overloaded, "Too many requests wait for the servers.", retryAfter: error.retryAfter)
        }
    }

    /// Runs on a thread that may wait.
    private func attempt(
        _ action: String, _ body: [[UInt8]]?, _ headerLength: Int?, _ end: ContinuousClock.Instant, _ job: ComputeJob
    ) throws -> RemoteExchange.Answer {
        var tried: Set<Int> = []
        var last = InferenceError(.notReady, "No server of the model answers.")
        while true {
            let now = ContinuousClock.now
            guard now < end else { throw InferenceError(.deadlinePassed, "The servers did not answer in time.") }
            let (choice, url) = table.withLock { table -> (ReplicaTable.Choice?, String) in
                if !tried.isEmpty, !table.mayTryAgain() { return (nil, "") }
                let choice = table.choose(except: tried, now: now)
                return (choice, choice.map { table.replicas[$0.index].url } ?? "")
            }
            guard let choice else { throw last }
            tried.insert(choice.index)
            let request = RemoteExchange.Request(
                url: url + path + action, headerLength: headerLength.map { "Inference-Header-Content-Length: \($0)" },
                authorization: options.authorization.map { "Authorization: \($0)" }, body: body,
                connectTime: options.connectTime, time: now.duration(to: end), answerBytes: options.answerBytes)
            switch try once(request, choice, root: url, job) {
            case .success(let answer): return answer
            case .failure(let error): last = error
            }
        }
    }

    /// Asks one server.
    ///
    /// - Returns: Its answer, or why another one should be asked.
    /// - Throws: What another one would not do better.
    private func once(
        _ request: RemoteExchange.Request, _ choice: ReplicaTable.Choice, root: String, _ job: ComputeJob
    ) throws -> Result<RemoteExchange.Answer, InferenceError> {
        var works = true
        defer { table.withLock { $0.settle(choice.index, works: works, now: .now) } }
        do {
            if choice.needsCheck {
                var check = request
                (check.url, check.body, check.headerLength) = (root + path + "/ready", nil, nil)
                check.time = min(options.connectTime, request.time)
                guard try RemoteExchange.send(check, job: job).status == 200 else {
                    works = false
                    return .failure(InferenceError(.notReady, "No server of the model is ready."))
                }
            }
            let answer = try RemoteExchange.send(request, job: job)
            if answer.status == 200 { return .success(answer) }
            let error = RemoteMessages.error(answer)
            // A full queue is no reason to leave a server alone, but one to try another.
            guard answer.status == 502 || answer.status == 503 else { throw error }
            works = answer.status == 503
            return .failure(error)
        } catch let failure as RemoteExchange.Failure {
            switch failure {
            case .unreachable(let text):
                works = false
                return .failure(
                    InferenceError(.notReady, "No server of the model answers.", underlying: "\(root): \(text)"))
            case .tooSlow:
                // The deadline is the request's own; the server may be well.
                throw InferenceError(.deadlinePassed, "The servers did not answer in time.")
            case .tooLarge:
                throw InferenceError(.tooLarge, "The answer has more than \(options.answerBytes) bytes.")
            case .cancelled: throw CancellationError()
            case .other(let text):
                throw InferenceError(.engineFailed, "The server of the model failed.", underlying: "\(root): \(text)")
            }
        }
    }
}
