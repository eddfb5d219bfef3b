// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension ModelRepository {
    /// The versions that the folder offers.
    func scan() async throws -> [Found] {
        let folder = folder
        return try await runBlocking {
            guard let models = Folder.entries(folder) else {
                throw InferenceError(
                    .notReady, "The models cannot be read now.", underlying: "no folder that can be read: \(folder)")
            }
            return models.filter(\.isFolder).flatMap { Self.scan($0.name, in: "\(folder)/\($0.name)") }
        }
    }

    /// The versions of one model.
    ///
    /// What is wrong with it is a reason that the index has.
    private static func scan(_ name: String, in folder: String) -> [Found] {
        let entries = Folder.entries(folder) ?? []
        var description = ModelDescription()
        var labels: [String] = []
        var reason = ""
        do {
            if let text = try Folder.read("\(folder)/model.yaml", limit: 65_536) {
                description = try ModelDescription(String(decoding: text, as: UTF8.self))
            }
            if let file = description.labels {
                guard let text = try Folder.read("\(folder)/\(file)", limit: 16 << 20) else {
                    throw InferenceError(.invalidDescription, "The file of labels, '\(file)', cannot be read.")
                }
                labels = Labels.read(text)
            }
        } catch {
            reason = (error as? InferenceError)?.message ?? String(describing: error)
        }
        let numbers = entries.compactMap { entry in
            // Neither 01 nor +1, which would be the same version as 1.
            Int(entry.name).flatMap { entry.isFolder && $0 > 0 && String($0) == entry.name ? $0 : nil }
        }
        return description.versions.chosen(of: numbers).map { number in
            let (files, models) = Self.files(in: "\(folder)/\(number)")
            var own = reason
            if own.isEmpty, models.count != 1 {
                own = "version \(number) has \(models.count) files of models; one is expected"
            }
            return Found(
                version: Version(name: name, number: number),
                path: own.isEmpty ? models.first.map { "\(folder)/\(number)/\($0)" } : nil,
                files: files, description: description, labels: labels, reason: own)
        }
    }

    /// The files of a version, by which a change is noticed, and the names of those that are models.
    ///
    /// A SavedModel is a folder, with a graph and perhaps a folder of weights in it.
    private static func files(in folder: String) -> (files: [Folder.Entry], models: [String]) {
        let entries = Folder.entries(folder) ?? []
        var files = entries.filter { !$0.isFolder }
        var models = files.map(\.name).filter { ModelFormat(file: $0) != nil }
        for entry in entries where entry.isFolder {
            let isSaved = entry.name.hasSuffix(".savedmodel")
            guard isSaved || entry.name == "variables" else { continue }
            if isSaved { models.append(entry.name) }
            for place in isSaved ? [entry.name, "\(entry.name)/variables"] : [entry.name] {
                files += (Folder.entries("\(folder)/\(place)") ?? []).filter { !$0.isFolder }
            }
        }
        return (files, models)
    }
}
