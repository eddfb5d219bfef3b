// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

extension ModelRepository {
    /// Loads all offered versions of a model, as they are in the folder now.
    ///
    /// - Parameter name: The name of the model.
    /// - Throws: ``InferenceError`` with `.unknownModel` when there is none of that name, `.notReady` when one cannot be
    ///   loaded.
    public func load(_ name: String) async throws {
        let found = try await scan()
        await take(found, only: name)
        let versions = state.withLock { state in state.slots.keys.filter { $0.name == name } }
        guard !versions.isEmpty else { throw InferenceError(.unknownModel, "There is no model '\(name)'.") }
        for version in versions.sorted() { _ = try await load(version) }
    }

    /// Reads the folder again.
    ///
    /// New versions are offered, and those that are gone no more. A loaded version whose files or description have changed
    /// is loaded beside the old one and then takes its place; where that fails, the old one stays, and the ``index`` has
    /// the reason.
    ///
    /// - Throws: ``InferenceError`` with `.notReady` when the folder cannot be read; then everything stays as it is.
    public func refresh() async throws {
        await take(try await scan(), only: nil)
    }

    /// Reads the folder again and again, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - interval: The time between two looks.
    ///   - report: Gets the error of a look that failed; the next one may succeed.
    public func watch(every interval: Duration, report: @Sendable (any Error) -> Void = { _ in }) async {
        while !Task.isCancelled {
            do { try await refresh() } catch { report(error) }
            try? await Task.sleep(for: interval)
        }
    }

    /// Replaces what is known by what was found, and loads changed versions.
    private func take(_ found: [Found], only name: String?) async {
        let (changed, gone) = state.withLock { state -> ([Found], [Loaded]) in
            var changed: [Found] = []
            var gone: [Loaded] = []
            let offered = Set(found.map(\.version))
            for version in state.slots.keys where !offered.contains(version) && (name == nil || version.name == name) {
                if let slot = state.slots.removeValue(forKey: version) {
                    if let loaded = slot.loaded { gone.append(loaded) }
                    for waiting in slot.waiting { waiting.resume() }
                }
            }
            for one in found where name == nil || one.version.name == name {
                if let slot = state.slots[one.version] {
                    if slot.found == one { continue }
                    if slot.loaded != nil { changed.append(one) }
                    state.slots[one.version]?.found = one
                    state.slots[one.version]?.reason = one.reason
                } else {
                    state.slots[one.version] = Slot(found: one, reason: one.reason)
                }
            }
            return (changed, gone)
        }
        _ = gone
        for one in changed {
            let result: Result<Loaded, any Error>
            do { result = .success(try await read(one)) } catch { result = .failure(error) }
            settle(one, result)
        }
    }

    /// Loads a version once, however many tasks ask for it meanwhile.
    func load(_ version: Version) async throws -> Model {
        while true {
            switch state.withLock({ step($0, version) }) {
            case .gone: throw InferenceError(.unknownModel, "There is no model '\(version.name)' any more.")
            case .ready(let model): return model
            case .wait:
                try await withCheckedThrowingContinuation { continuation in
                    let isOver = state.withLock { state in
                        guard state.slots[version]?.isLoading == true else { return true }
                        state.slots[version]?.waiting.append(continuation)
                        return false
                    }
                    if isOver { continuation.resume() }
                }
            case .load(let found):
                state.withLock { $0.slots[version]?.isLoading = true }
                let result: Result<Loaded, any Error>
                do { result = .success(try await read(found)) } catch { result = .failure(error) }
                settle(found, result)
                return try result.get().model
            }
        }
    }

    private enum Step {
        case gone
        case ready(Model)
        case wait
        case load(Found)
    }

    private func step(_ state: borrowing State, _ version: Version) -> Step {
        guard let slot = state.slots[version] else { return .gone }
        if let loaded = slot.loaded { return .ready(loaded.model) }
        return slot.isLoading ? .wait : .load(slot.found)
    }

    private func notReady(_ version: Version, _ reason: String) -> InferenceError {
        InferenceError(
            .notReady, "Model '\(version.name)' in version \(version.number) cannot be used now.", underlying: reason)
    }

    private func read(_ found: Found) async throws -> Loaded {
        guard let path = found.path else { throw notReady(found.version, found.reason) }
        do {
            var model = try await engine.load(path, name: found.version.name, options: found.description.options)
            model.version = String(found.version.number)
            model.labels = found.labels
            return Loaded(found: found, model: model)
        } catch let error as InferenceError {
            throw notReady(found.version, error.description)
        }
    }

    /// Puts a loaded version in its place, wakes those who wait, and lets others go where there is too much.
    private func settle(_ found: Found, _ result: Result<Loaded, any Error>) {
        var old: [Loaded] = []
        let waiting = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
            guard var slot = state.slots[found.version] else { return [] }
            slot.isLoading = false
            switch result {
            case .success(let loaded):
                if let replaced = slot.loaded { old.append(replaced) }
                slot.loaded = loaded
                slot.reason = ""
            case .failure(let error):
                slot.reason =
                    (error as? InferenceError).map { $0.underlying ?? $0.message } ?? String(describing: error)
            }
            let waiting = slot.waiting
            slot.waiting = []
            state.slots[found.version] = slot
            old += makeRoom(in: &state, sparing: found.version)
            return waiting
        }
        for continuation in waiting { continuation.resume(with: result.map { _ in }) }
        // Freed here, outside of the lock, unless somebody still computes with them.
        old.removeAll()
    }

    private func makeRoom(in state: inout State, sparing spared: Version) -> [Loaded] {
        guard let memoryLimit else { return [] }
        var gone: [Loaded] = []
        var bytes = state.slots.values.reduce(0) { $0 + ($1.loaded?.found.bytes ?? 0) }
        while bytes > memoryLimit {
            let candidates = state.slots.filter { $0.key != spared && $0.value.loaded != nil }
            guard let oldest = candidates.min(by: { $0.value.lastUse < $1.value.lastUse })?.key,
                let loaded = state.slots[oldest]?.loaded
            else { break }
            bytes -= loaded.found.bytes
            gone.append(loaded)
            state.slots[oldest]?.loaded = nil
            state.slots[oldest]?.reason = "made room for others"
        }
        return gone
    }
}
