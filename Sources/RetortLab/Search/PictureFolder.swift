// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The files of an index of pictures: for each a description and a small copy.
///
/// All of it blocks.
struct PictureFolder: Sendable {
    private let path: String

    init(_ path: String) { self.path = path }

    private func file(_ name: String) -> URL { URL(filePath: "\(path)/\(name)") }
    private func description(_ id: Int) -> URL { file("pictures/\(id).json") }
    private func picture(_ id: Int) -> URL { file("pictures/\(id).jpg") }

    /// Makes the folder where it is missing, and notes whose vectors are in it.
    func claim(for model: String, isReadOnly: Bool) throws {
        do {
            if !isReadOnly {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/pictures", withIntermediateDirectories: true, attributes: nil)
            }
            if let known = try? Data(contentsOf: file("model")) {
                guard String(decoding: known, as: UTF8.self).hasSameBytes(as: model) else {
                    throw InferenceError(
                        .invalidDescription,
                        "The index was made with another model, and vectors of two models cannot be compared.",
                        underlying:
                            "\(path) was made with \(String(decoding: known.prefix(200), as: UTF8.self)), not \(model)")
                }
            } else if !isReadOnly {
                try Data(model.utf8).write(to: file("model"), options: .atomic)
            }
        } catch let error as InferenceError {
            throw error
        } catch {
            throw Self.failure("The folder of the index cannot be made.", error)
        }
    }

    /// The descriptions of pictures whose vectors are there; the files of others can be cleared away.
    func entries(keeping known: Set<Int>, clears: Bool) throws -> [PictureIndex.Entry] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/pictures") } catch {
            throw Self.failure("The folder of the index cannot be read.", error)
        }
        let numbers = names.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }
        var entries: [PictureIndex.Entry] = []
        for id in numbers.sorted() {
            let entry = (try? Data(contentsOf: description(id))).flatMap {
                try? JSONCoding.decode(PictureIndex.Entry.self, from: Array($0))
            }
            if let entry, entry.id == id, known.contains(id) {
                entries.append(entry)
            } else if clears {
                delete(id)
            }
        }
        return entries
    }

    func write(_ entry: PictureIndex.Entry, _ jpeg: [UInt8]) throws {
        do {
            try Data(jpeg).write(to: picture(entry.id), options: .atomic)
            try Data(JSONCoding.encode(entry)).write(to: description(entry.id), options: .atomic)
        } catch {
            throw Self.failure("The picture cannot be kept.", error)
        }
    }

    func thumbnail(_ id: Int) -> [UInt8]? { (try? Data(contentsOf: picture(id))).map { Array($0) } }

    func delete(_ id: Int) {
        try? FileManager.default.removeItem(at: description(id))
        try? FileManager.default.removeItem(at: picture(id))
    }

    private static func failure(_ message: String, _ error: any Error) -> InferenceError {
        InferenceError(.fileFailed, message, underlying: "\(error)")
    }
}
