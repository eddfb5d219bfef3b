// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Synchronization

/// How requests leave: with an answer, with an error, or because nobody waits for them any more.
extension Scheduler {
    enum Reason {
        case cancelled
        case expired

        var error: any Error {
            switch self {
            case .cancelled: CancellationError()
            case .expired: InferenceError(.deadlinePassed, "The model did not answer before the deadline.")
            }
        }
    }

    /// Lets a request go that nobody waits for any more, wherever it is.
    ///
    /// Does nothing when it is over.
    func drop(_ id: UInt64, as reason: Reason) {
        let continuation = state.withLock { state -> CheckedContinuation<InferenceResult, any Error>? in
            let found: Entry? = state.queue.remove(id) ?? removeRunning(id, from: &state)
            guard let found else { return nil }
            switch reason {
            case .cancelled: state.statistics.cancelled += 1
            case .expired: state.statistics.expired += 1
            }
            return found.payload.continuation
        }
        continuation?.resume(throwing: reason.error)
    }

    private func removeRunning(_ id: UInt64, from state: inout State) -> Entry? {
        for (slot, run) in state.runs {
            guard let index = run.entries.firstIndex(where: { $0.id == id }) else { continue }
            // The rows of others that are computed with it stay where they are, so its place is kept as a gap.
            let entry = run.entries[index]
            state.runs[slot]?.gone.insert(id)
            if run.entries.allSatisfy({ state.runs[slot]?.gone.contains($0.id) ?? true }) {
                // Under the lock, so that the request cannot have been given to others meanwhile.
                request(slot, of: state).cancel()
            }
            return run.gone.contains(id) ? nil : entry
        }
        return nil
    }

    /// Takes the request of the engine back, starts the next ones, and answers.
    func finish(_ slot: Int, _ result: Result<[Int: Tensor], any Error>, computed: ContinuousClock.Instant) {
        let copied = ContinuousClock.now
        let (run, answers) = state.withLock { state -> (Run?, [(Entry, Result<InferenceResult, any Error>)]) in
            guard let run = state.runs.removeValue(forKey: slot) else { return (nil, []) }
            state.giveBack(slot)
            let waiting = run.entries.filter { !run.gone.contains($0.id) }
            switch result {
            case .success(let outputs):
                count(run, computed: computed, copied: copied, in: &state)
                return (run, divide(outputs, among: run, computed: computed, copied: copied))
            case .failure where run.entries.count > 1:
                // One of them may be what the engine cannot compute; the others shall not suffer for it.
                for var entry in waiting {
                    entry.isAlone = true
                    state.queue.insert(entry)
                }
                return (run, [])
            case .failure(let error):
                for entry in waiting { state.statistics.failure.add(entry.arrival.duration(to: copied)) }
                return (run, waiting.map { ($0, .failure(error)) })
            }
        }
        // The engine first: while it computes, the answers go their ways.
        startWhatIsReady()
        for (entry, answer) in answers where run?.gone.contains(entry.id) == false {
            entry.payload.continuation.resume(with: answer)
        }
    }

    private func count(
        _ run: Run, computed: ContinuousClock.Instant, copied: ContinuousClock.Instant, in state: inout State
    ) {
        let time = run.computing.duration(to: computed)
        state.statistics.input.add(run.started.duration(to: run.computing))
        state.statistics.compute.add(time)
        state.statistics.output.add(computed.duration(to: copied))
        state.statistics.batches[run.rows, default: ModelStatistics.Execution()].add(
            input: run.started.duration(to: run.computing), compute: time, output: computed.duration(to: copied))
        state.statistics.inferences += run.rows
        for entry in run.entries {
            state.statistics.queue.add(entry.arrival.duration(to: run.started))
            if !run.gone.contains(entry.id) { state.statistics.success.add(entry.arrival.duration(to: copied)) }
        }
        var clock = timespec()
        clock_gettime(CLOCK_REALTIME, &clock)
        state.statistics.lastInference = Int64(clock.tv_sec) * 1000 + Int64(clock.tv_nsec) / 1_000_000
        state.sizing.record(
            rows: run.rows, time: run.started.duration(to: copied), othersWaited: run.othersWaited)
        let perRow = run.started.duration(to: copied) / run.rows
        state.timePerRow = state.timePerRow == .zero ? perRow : state.timePerRow * 7 / 8 + perRow / 8
    }

    /// Gives each request its rows of the outputs.
    private func divide(
        _ outputs: [Int: Tensor], among run: Run, computed: ContinuousClock.Instant, copied: ContinuousClock.Instant
    ) -> [(Entry, Result<InferenceResult, any Error>)] {
        var timing = InferenceTiming()
        timing.input = run.started.duration(to: run.computing)
        timing.compute = run.computing.duration(to: computed)
        timing.output = computed.duration(to: copied)
        var row = 0
        return run.entries.map { entry in
            let rows = row..<row + entry.rows
            row += entry.rows
            timing.queue = entry.arrival.duration(to: run.started)
            return (
                entry,
                Result {
                    var own: [String: Tensor] = [:]
                    for index in entry.payload.outputs {
                        guard let tensor = outputs[index] else { continue }
                        let name = model.outputs[index].name
                        if run.entries.count == 1 {
                            own[name] = tensor
                            continue
                        }
                        guard tensor.shape.first == run.rows else {
                            throw InferenceError(
                                .engineFailed, "Output '\(name)' does not have a row for each row of the inputs.")
                        }
                        own[name] = try tensor.rows(rows)
                    }
                    return InferenceResult(outputs: own, timing: timing, batchSize: run.rows)
                }
            )
        }
    }
}
