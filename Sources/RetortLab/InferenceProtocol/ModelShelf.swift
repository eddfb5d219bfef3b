// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import RetortInference
internal import Synchronization

/// Where the models are that are offered.
protocol ModelShelf: Sendable {
    /// All versions, sorted.
    var entries: [ShelfEntry] { get }

    /// The models that can be used at once, sorted.
    var loadedModels: [Model] { get }

    /// A model, which may have to be loaded.
    ///
    /// - Throws: `InferenceError` with `.unknownModel` for one that is not there, or was unloaded by a client.
    func model(_ name: String, version: String?) async throws -> Model

    /// Loads a model.
    func load(_ name: String) async throws

    /// Lets a model go until it is loaded again.
    func unload(_ name: String) throws
}

/// A version of a model.
package struct ShelfEntry: Sendable, Hashable {
    /// The name of the model.
    package let name: String
    /// The version.
    package let version: String
    /// What can be done with it now.
    package let state: ModelRepository.Status.State
    /// Why it cannot be used.
    package var reason: String
}

extension ModelShelf {
    func unloaded(_ name: String) -> InferenceError {
        InferenceError(.unknownModel, "Model '\(name)' was unloaded; it can be used when it is loaded again.")
    }
}

/// The models of a folder.
final class RepositoryShelf: ModelShelf {
    private let repository: ModelRepository
    /// What clients have unloaded; the repository itself would load it again with the next request.
    private let unloaded = Mutex<Set<String>>([])

    init(_ repository: ModelRepository) { self.repository = repository }

    var entries: [ShelfEntry] {
        repository.index.map {
            ShelfEntry(
                name: $0.version.name, version: String($0.version.number), state: $0.state, reason: $0.reason)
        }
    }

    var loadedModels: [Model] { repository.loadedModels }

    func model(_ name: String, version: String?) async throws -> Model {
        // The app may have loaded it meanwhile.
        if unloaded.withLock({ $0.contains(name) }),
            !repository.index.contains(where: { $0.version.name == name && $0.state == .ready })
        {
            throw unloaded(name)
        }
        guard let version else { return try await repository.model(name) }
        guard let number = Int(version), String(number) == version else {
            throw InferenceError(.unknownModel, "There is no model '\(name)' in version \(version).")
        }
        return try await repository.model(name, version: number)
    }

    func load(_ name: String) async throws {
        try await repository.load(name)
        unloaded.withLock { _ = $0.remove(name) }
    }

    func unload(_ name: String) throws {
        try repository.unload(name)
        unloaded.withLock { _ = $0.insert(name) }
    }
}

/// Models that an app has made.
final class FixedShelf: ModelShelf {
    private let models: [Model]
    private let unloaded = Mutex<Set<String>>([])

    init(_ models: [Model]) {
        self.models = models.sorted { left, right in
            if left.name != right.name { return left.name < right.name }
            // Versions are numbers where they can be, and 10 comes behind 9.
            if let first = Int(left.version), let second = Int(right.version) { return first < second }
            return left.version < right.version
        }
    }

    var entries: [ShelfEntry] {
        let gone = unloaded.withLock { $0 }
        return models.map {
            let isGone = gone.contains($0.name)
            return ShelfEntry(
                name: $0.name, version: $0.version, state: isGone ? .unavailable : .ready,
                reason: isGone ? "unloaded" : "")
        }
    }

    var loadedModels: [Model] {
        let gone = unloaded.withLock { $0 }
        return models.filter { !gone.contains($0.name) }
    }

    func model(_ name: String, version: String?) throws -> Model {
        guard let model = models.last(where: { $0.name == name && version ?? $0.version == $0.version }) else {
            throw InferenceError(
                .unknownModel, "There is no model '\(name)'\(version.map { " in version \($0)" } ?? "").")
        }
        if unloaded.withLock({ $0.contains(name) }) { throw unloaded(name) }
        return model
    }

    func load(_ name: String) throws {
        try require(name)
        unloaded.withLock { _ = $0.remove(name) }
    }

    func unload(_ name: String) throws {
        try require(name)
        unloaded.withLock { _ = $0.insert(name) }
    }

    private func require(_ name: String) throws {
        guard models.contains(where: { $0.name == name }) else {
            throw InferenceError(.unknownModel, "There is no model '\(name)'.")
        }
    }
}
