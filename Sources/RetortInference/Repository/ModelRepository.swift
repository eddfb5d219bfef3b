// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Models in a folder: `name/version/file`, with a `model.yaml` beside the versions.
///
///     models/
///       yunet/
///         model.yaml
///         labels.txt
///         1/face_detection_yunet_2023mar.onnx
///         2/face_detection_yunet_2026jan.onnx
///
/// Versions are numbers. A model is loaded when it is asked for the first time, or by ``load(_:)``; a request that is being
/// computed keeps its version until it is answered, whatever is loaded or unloaded meanwhile.
///
/// Source: Triton, "Model Repository".
public final class ModelRepository: Sendable {
    /// The folder.
    public let folder: String

    /// How many bytes of models are kept loaded; `nil` for no limit.
    ///
    /// The size of a model's files stands for its memory, which is about as much. Those that were not asked for the
    /// longest time go first.
    public let memoryLimit: Int?

    let engine: Engine
    let state = Mutex(State())

    /// Creates a repository.
    ///
    /// ``refresh()`` reads the folder; before that, no model is known.
    ///
    /// - Parameters:
    ///   - folder: The path of the folder.
    ///   - engine: What runs the models.
    ///   - memoryLimit: How many bytes of models are kept loaded; `nil` for no limit.
    public init(_ folder: String, engine: Engine, memoryLimit: Int? = nil) {
        self.folder = folder
        self.engine = engine
        self.memoryLimit = memoryLimit
    }

    /// A version of a model.
    public struct Version: Sendable, Hashable, Comparable {
        /// The name of the model.
        public let name: String
        /// The number of the version.
        public let number: Int

        /// By name, then by number.
        ///
        /// - Parameters:
        ///   - left: One version.
        ///   - right: Another one.
        /// - Returns: Whether the first stands before the second.
        public static func < (left: Version, right: Version) -> Bool {
            left.name == right.name ? left.number < right.number : left.name < right.name
        }
    }

    /// What is known of a version.
    public struct Status: Sendable, Hashable {
        /// Whether it can be used.
        public enum State: String, Sendable, Hashable {
            /// It is loaded.
            case ready = "READY"
            /// It is being loaded.
            case loading = "LOADING"
            /// It is not loaded.
            case unavailable = "UNAVAILABLE"
        }

        /// The version.
        public let version: Version
        /// Whether it can be used.
        public let state: State
        /// Why it is not loaded; empty where there is no particular reason.
        public let reason: String
    }

    /// A version as it was found in the folder.
    ///
    /// Two that are equal need not be loaded twice.
    struct Found: Sendable, Hashable {
        let version: Version
        /// The file of the model; `nil` with a reason.
        let path: String?
        let files: [Folder.Entry]
        let description: ModelDescription
        let labels: [String]
        let reason: String

        var bytes: Int { files.reduce(0) { $0 + $1.size } }
    }

    struct Loaded: Sendable {
        let found: Found
        let model: Model
    }

    struct Slot: Sendable {
        var found: Found
        var loaded: Loaded?
        var reason = ""
        var isLoading = false
        /// Tasks that wait until it is loaded.
        var waiting: [CheckedContinuation<Void, any Error>] = []
        /// When it was asked for last, on a clock that counts questions.
        var lastUse: UInt64 = 0
    }

    struct State: Sendable {
        var slots: [Version: Slot] = [:]
        var questions: UInt64 = 0
    }

    /// All versions that are offered, sorted.
    public var index: [Status] {
        state.withLock { state in
            state.slots.sorted { $0.key < $1.key }.map { version, slot in
                let isReady = slot.loaded != nil
                return Status(
                    version: version, state: isReady ? .ready : slot.isLoading ? .loading : .unavailable,
                    reason: isReady ? "" : slot.reason)
            }
        }
    }

    /// The bytes of the files of all models that are loaded.
    public var loadedBytes: Int {
        state.withLock { $0.slots.values.reduce(0) { $0 + ($1.loaded?.found.bytes ?? 0) } }
    }

    /// A model, loaded if it was not.
    ///
    /// - Parameters:
    ///   - name: The name of the model.
    ///   - version: The number of the version; the highest one that is offered when left out.
    /// - Returns: The model. It can be used as long as somebody has it, even when another one takes its place.
    /// - Throws: ``InferenceError`` with `.unknownModel` when there is no such model or version, `.notReady` when it cannot
    ///   be loaded, for the reason that its ``index`` has.
    public func model(_ name: String, version: Int? = nil) async throws -> Model {
        let (wanted, model) = try state.withLock { state in
            let wanted = try find(name, version, in: state)
            state.questions += 1
            state.slots[wanted]?.lastUse = state.questions
            return (wanted, state.slots[wanted]?.loaded?.model)
        }
        if let model { return model }
        return try await load(wanted)
    }

    private func find(_ name: String, _ number: Int?, in state: borrowing State) throws -> Version {
        if let number {
            let version = Version(name: name, number: number)
            if state.slots[version] != nil { return version }
        } else if let version = state.slots.keys.filter({ $0.name == name }).max() {
            return version
        }
        let version = number.map { " in version \($0)" } ?? ""
        throw InferenceError(.unknownModel, "There is no model '\(name)'\(version).")
    }

    /// Lets all versions of a model go.
    ///
    /// It stays in the ``index``, and is loaded again when it is asked for.
    ///
    /// - Parameter name: The name of the model.
    /// - Throws: ``InferenceError`` with `.unknownModel` when there is none of that name.
    public func unload(_ name: String) throws {
        // What is let go is freed outside of the lock.
        let gone = try state.withLock { state -> [Loaded] in
            _ = try find(name, nil, in: state)
            var gone: [Loaded] = []
            for version in state.slots.keys where version.name == name {
                if let loaded = state.slots[version]?.loaded { gone.append(loaded) }
                state.slots[version]?.loaded = nil
                state.slots[version]?.reason = "unloaded"
            }
            return gone
        }
        _ = gone
    }
}
