// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A gallery in which pictures are found by what they look like; an empty one starts with the examples.
enum Gallery {
    /// Opens the gallery; nil, with a sentence about it, where its folder cannot be used.
    static func opened(by embedder: ImageEmbedder, in folder: String?) async -> PictureIndex? {
        let folder = folder ?? "\(Photos.cache)/gallery"
        do {
            var options = PictureIndex.Options()
            options.maximumCount = 2_000
            let index: PictureIndex
            do {
                index = try await PictureIndex.open(folder, embedder: embedder, options: options)
            } catch let error as InferenceError where error.code == .notReady {
                // Another lab has it: this one can look for pictures all the same.
                options.isReadOnly = true
                return try await PictureIndex.open(folder, embedder: embedder, options: options)
            }
            guard index.count == 0 else { return index }
            for (name, file) in Photos.all {
                guard let bytes = Photos.bytes(file) else { continue }
                try await index.add(ImageInput(bytes), name: name)
            }
            return index
        } catch {
            Terminal.standard.warn("The lab runs without its gallery. \(error)")
            return nil
        }
    }
}
