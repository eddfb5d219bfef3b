// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Retort
package import RetortInference

/// What an app offers, whichever way it is asked.
///
/// HTTP and gRPC answer from here, so that a model that is unloaded over one of them is gone for both.
package struct InferenceOffer: Sendable {
    /// What may be asked.
    package let options: InferenceProtocol

    /// Offers what is mounted.
    package init(_ options: InferenceProtocol) { self.options = options }

    /// The extensions by Triton's names.
    package static let extensions = [
        "binary_tensor_data", "classification", "model_configuration", "model_repository", "schedule_policy",
        "statistics",
    ]

    private var shelf: any ModelShelf { options.shelf }

    /// The models without which the server is not ready, and which are not there yet.
    package var missingModels: [String] {
        let entries = shelf.entries
        return options.requiredModels.filter { name in
            !entries.contains { $0.name == name && $0.state == .ready }
        }
    }

    /// Whether a model can be used at once.
    package func isReady(_ name: String, _ version: String?) throws -> Bool {
        let known = shelf.entries.filter { $0.name == name && version ?? $0.version == $0.version }
        guard !known.isEmpty else { throw unknown(name, version) }
        return known.contains { $0.state == .ready }
    }

    /// A model, which may have to be loaded.
    package func model(_ name: String, _ version: String?) async throws -> Model {
        try await shelf.model(name, version: version)
    }

    /// The versions that there are of a model, or the one that was asked for.
    package func versions(of name: String, _ version: String?) -> [String] {
        version.map { [$0] } ?? shelf.entries.filter { $0.name == name }.map(\.version)
    }

    /// The models that have statistics.
    package func measured(_ name: String?, _ version: String?) throws -> [Model] {
        if let name, !shelf.entries.contains(where: { $0.name == name && version ?? $0.version == $0.version }) {
            throw unknown(name, version)
        }
        return shelf.loadedModels.filter { name ?? $0.name == $0.name && version ?? $0.version == $0.version }
    }

    /// All versions and their states.
    package func index(isReadyOnly: Bool) -> [ShelfEntry] {
        shelf.entries.filter { !isReadyOnly || $0.state == .ready }.map { entry in
            var entry = entry
            // Reasons can name files, which only those need to know who can do something about it.
            if !options.allowsLoading { entry.reason = "" }
            return entry
        }
    }

    /// Loads a model.
    ///
    /// - Parameters:
    ///   - name: The model.
    ///   - parameters: The names of what the client says about it.
    /// - Throws: `HTTPError` with 403 where clients may not, `InferenceError` for a model that cannot be loaded.
    package func load(_ name: String, parameters: [String]) async throws {
        try requireLoading()
        // Whoever may say what a model is made of could make the server run anything.
        if let key = parameters.first(where: { $0 == "config" || $0.hasPrefix("file:") }) {
            throw InferenceRules.invalid("The parameter '\(key)' cannot be given: models come from the folder.")
        }
        try await shelf.load(name)
    }

    /// Lets a model go until it is loaded again.
    package func unload(_ name: String) throws {
        try requireLoading()
        try shelf.unload(name)
    }

    /// Refuses clients that may not load.
    func requireLoading() throws {
        guard options.allowsLoading else {
            throw HTTPError(.forbidden, "Models of this server are not loaded or unloaded by clients.")
        }
    }

    private func unknown(_ name: String, _ version: String?) -> InferenceError {
        InferenceError(.unknownModel, "There is no model '\(name)'\(version.map { " in version \($0)" } ?? "").")
    }
}

extension InferenceCall {
    /// The tensors that are sent back, in the order in which they were asked for.
    package func answers(of model: Model, _ result: InferenceResult) throws -> [(WantedOutput, Tensor)] {
        let wanted = outputs ?? model.outputs.map { WantedOutput(name: $0.name) }
        return try wanted.map { output in
            let tensor = try result.output(output.name)
            guard output.classes > 0 else { return (output, tensor) }
            return (
                output,
                try TopClasses.tensor(tensor, of: output.name, count: output.classes, labels: model.labels)
            )
        }
    }
}
