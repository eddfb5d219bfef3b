// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

/// Gives requests to the engine: at once while it has room, and together when they had to wait.
///
/// Requests are started by the task that brings them, or by the end of others. Ends are handled on a queue of the model's
/// own, so that neither the engine's threads nor those of tasks are held.
final class Scheduler: ModelBackend {
    struct Job: Sendable {
        let inputs: [Tensor]
        let outputs: [Int]
        let continuation: CheckedContinuation<InferenceResult, any Error>
    }

    typealias Entry = BatchQueue<Job>.Entry

    /// What one request of the engine is busy with.
    struct Run: Sendable {
        let entries: [Entry]
        /// Those for which nobody waits any more.
        var gone: Set<UInt64> = []
        let rows: Int
        /// Whether there was more to do than this at the start.
        let othersWaited: Bool
        let started: ContinuousClock.Instant
        var computing: ContinuousClock.Instant
    }

    struct State: Sendable {
        var queue: BatchQueue<Job>
        var sizing: BatchSizing
        /// What can be started, of those that came first.
        var free: [Int]
        /// The model for requests that come together, and what can be started of it.
        var crowd: Crowd
        /// The number of the first request of the model for crowds.
        var firstOfCrowd = Int.max
        /// The model for a row that is alone; nil where there is none, or not yet.
        var alone: Alone?
        var runs: [Int: Run] = [:]
        var nextID: UInt64 = 0
        var isWaiting = false
        /// The time of one row, as a moving average.
        var timePerRow: Duration = .zero
        var statistics = ModelStatistics()
    }

    let model: CompiledModel
    let requests: [EngineRequest]
    /// Whether tensors are lent to the engine and not copied.
    let borrows: Bool
    let state: Mutex<State>
    private let ends = DispatchQueue(label: "retort.inference")

    /// Prepares the requests of a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - options: How it is used.
    ///   - compile: Compiles the model anew with other options, for a goal that needs it.
    /// - Throws: ``InferenceError`` when the engine cannot prepare them.
    init(
        _ model: CompiledModel, options: ModelOptions,
        compile: (@Sendable (ModelOptions) throws -> CompiledModel)? = nil
    ) throws {
        self.model = model
        // What is computed together is copied together.
        let borrows = options.queue.maximumBatch <= 1
        self.borrows = borrows
        requests = try (0..<max(options.requests ?? model.advisedRequests, 1)).map { _ in
            try EngineRequest(model.handle, borrows: borrows)
        }
        state = Mutex(
            State(
                queue: BatchQueue(options: options.queue, slots: requests.count),
                sizing: BatchSizing(maximum: options.queue.maximumBatch), free: Array(requests.indices.reversed()),
                crowd: Crowd(options, compile: compile)))
        if let compile, let one = Alone.options(options, for: model) { prepareForOne { try compile(one) } }
    }

    var statistics: ModelStatistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.waiting = state.queue.count
            statistics.running = state.runs.count
            return statistics
        }
    }

    func forgetStatistics() {
        state.withLock { $0.statistics = ModelStatistics() }
    }

    func infer(_ request: InferenceRequest) async throws -> InferenceResult {
        let inputs = model.inputs.compactMap { request.inputs[$0.name] }
        let outputs = model.outputs.indices.filter { request.outputs?.contains(model.outputs[$0].name) ?? true }
        let rows = try countRows(inputs)
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let entry = Entry(
                    id: id, rows: rows, signature: inputs.map { Array($0.shape.dropFirst()) },
                    priority: request.priority, deadline: request.deadline, arrival: .now,
                    payload: Job(inputs: inputs, outputs: outputs, continuation: continuation))
                submit(entry)
                // Had the task been cancelled before, there was nothing yet that the handler could drop.
                if Task.isCancelled { drop(id, as: .cancelled) }
            }
        } onCancel: {
            drop(id, as: .cancelled)
        }
    }

    /// The rows of a request: what its inputs have along the first axis, where requests are computed together.
    private func countRows(_ inputs: [Tensor]) throws -> Int {
        let most = state.withLock { $0.queue.options.maximumBatch }
        if most <= 1 { return 1 }
        let rows = inputs.first?.shape.first ?? 1
        guard inputs.allSatisfy({ $0.shape.first == rows }) else {
            throw InferenceError(.wrongShape, "The inputs have different lengths along the first axis.")
        }
        guard rows >= 1, rows <= most else {
            throw InferenceError(.wrongShape, "A request has 1 to \(most) rows, not \(rows).")
        }
        return rows
    }

    private func submit(_ entry: Entry) {
        let refusal = state.withLock { state -> InferenceError? in
            if state.queue.isFull && !state.hasRoom {
                state.statistics.rejected += 1
                let rows = state.queue.rows + state.runs.values.reduce(0) { $0 + $1.rows }
                return InferenceError(
                    .overloaded, "\(state.queue.count) requests are waiting for the model already; try again later.",
                    retryAfter: state.timePerRow * rows / state.queue.slots)
            }
            state.queue.insert(entry)
            return nil
        }
        if let refusal { return entry.payload.continuation.resume(throwing: refusal) }
        if let deadline = entry.deadline {
            let left = max(ContinuousClock.now.duration(to: deadline), .zero)
            ends.asyncAfter(deadline: .now() + left.dispatchInterval) { [weak self, id = entry.id] in
                self?.drop(id, as: .expired)
            }
        }
        startWhatIsReady()
    }

    /// Starts requests while the engine has room.
    func startWhatIsReady() {
        while let (slot, run) = takeNext() { start(slot, run) }
    }

    private func takeNext() -> (Int, Run)? {
        let now = ContinuousClock.now
        let (next, due, compile) = state.withLock {
            state -> (
                (Int, Run)?, ContinuousClock.Instant?, (@Sendable () throws -> CompiledModel)?
            ) in
            let compile = state.hasCompany ? state.crowd.compileOnce() : nil
            guard let slot = state.nextSlot else { return (nil, nil, compile) }
            let limit = state.sizing.limit(available: state.queue.options.maximumBatch)
            switch state.queue.readiness(now: now, limit: limit, isBusy: !state.runs.isEmpty) {
            case .empty: return (nil, nil, compile)
            case .later(let due):
                if state.isWaiting { return (nil, nil, compile) }
                state.isWaiting = true
                return (nil, due, compile)
            case .now:
                let othersWaited = state.queue.count > 1
                state.take(slot)
                let entries = state.queue.next(limit: state.sizing.limit(available: state.queue.share))
                let run = Run(
                    entries: entries, rows: entries.reduce(0) { $0 + $1.rows }, othersWaited: othersWaited,
                    started: now,
                    computing: now)
                state.runs[slot] = run
                return ((slot, run), nil, compile)
            }
        }
        if let compile { prepareForCrowds(compile) }
        if let due {
            ends.asyncAfter(deadline: .now() + now.duration(to: due).dispatchInterval) { [weak self] in
                self?.state.withLock { $0.isWaiting = false }
                self?.startWhatIsReady()
            }
        }
        return next
    }

    private func start(_ slot: Int, _ run: Run) {
        let request = request(slot)
        do {
            for index in model.inputs.indices {
                let tensors = run.entries.map { $0.payload.inputs[index] }
                var shape = tensors.first?.shape ?? []
                if run.entries.count > 1 { shape[0] = run.rows }
                try request.fill(index, shape: shape, with: tensors)
            }
            state.withLock { $0.runs[slot]?.computing = .now }
            // The engine's thread is let go at once, and the scheduler lives until the end has been handled.
            try request.start { [self] in ends.async { self.end(slot) } }
        } catch {
            request.giveBack()
            ends.async { self.finish(slot, .failure(error), computed: .now) }
        }
    }

    /// Handles the end of a computation.
    private func end(_ slot: Int) {
        let request = request(slot)
        let result: Result<[Int: Tensor], any Error>
        // The engine's thread may not have returned from its call yet; nothing of the request is touched before that.
        let computed: ContinuousClock.Instant
        do {
            try request.finish()
            computed = .now
            let wanted = Set(state.withLock { $0.runs[slot]?.entries.flatMap(\.payload.outputs) ?? [] })
            result = Result {
                try Dictionary(uniqueKeysWithValues: wanted.map { ($0, try request.output($0)) })
            }
        } catch {
            computed = .now
            result = .failure(error)
        }
        finish(slot, result, computed: computed)
    }
}

extension Duration {
    /// For Dispatch's timers; at most a year.
    var dispatchInterval: DispatchTimeInterval {
        let (seconds, attoseconds) = components
        return .nanoseconds(Int(min(max(seconds, 0), 31_536_000)) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
    }
}
