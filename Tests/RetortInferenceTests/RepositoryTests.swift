// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Synchronization
import Testing

@Suite(.serialized) struct RepositoryTests {
    /// What callers beside each other have got.
    private final class Seen: Sendable {
        let versions = Mutex<Set<String>>([])
        let isOver = Mutex(false)
    }

    /// Puts a model into a repository.
    private func add(_ model: String, to folder: URL, as name: String, version: Int, description: String? = nil) throws
    {
        let target = folder.appendingPathComponent("\(name)/\(version)")
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        let source = URL(fileURLWithPath: try Reference.model(model)).deletingLastPathComponent()
        for file in try FileManager.default.contentsOfDirectory(atPath: source.path) {
            try FileManager.default.copyItem(
                at: source.appendingPathComponent(file), to: target.appendingPathComponent(file))
        }
        if let description { try describe(name, in: folder, description) }
    }

    private func describe(_ name: String, in folder: URL, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent("\(name)/model.yaml"))
    }

    private func face() throws -> [String: Tensor] { ["input": try Reference.tensor("yunet-astronaut-input0")] }

    @Test func modelsAreFoundAndLoadedWhenTheyAreAskedFor() async throws {
        try await withScratchFolder { folder in
            try add("yunet", to: folder, as: "faces", version: 1, description: "versions: all\nlabels: names.txt\n")
            try Data("0 face\n1 no face\n".utf8).write(to: folder.appendingPathComponent("faces/names.txt"))
            try add("yunet", to: folder, as: "faces", version: 10)
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("faces/02"), withIntermediateDirectories: true)
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("empty/1"), withIntermediateDirectories: true)
            let repository = try ModelRepository(folder.path, engine: Reference.engine.get())
            #expect(repository.index.isEmpty)
            try await repository.refresh()
            #expect(
                repository.index.map { "\($0.version.name) \($0.version.number) \($0.state.rawValue)" } == [
                    "empty 1 UNAVAILABLE", "faces 1 UNAVAILABLE", "faces 10 UNAVAILABLE",
                ])
            let newest = try await repository.model("faces")
            #expect(newest.version == "10")
            #expect(newest.labels == ["face", "no face"])
            #expect(newest.platform == "onnx_onnxv1")
            #expect(try await repository.model("faces", version: 1).version == "1")
            #expect(try await newest.infer(face()).outputs.count == 12)
            for (name, version, message) in [
                ("nothing", nil, "There is no model 'nothing'."),
                ("faces", 2, "There is no model 'faces' in version 2."),
                ("../faces", nil, "There is no model '../faces'."),
            ] as [(String, Int?, String)] {
                let error = await #expect(throws: InferenceError.self) {
                    try await repository.model(name, version: version)
                }
                #expect(error?.message == message)
                #expect(error?.status == 404)
            }
            let error = await #expect(throws: InferenceError.self) { try await repository.model("empty") }
            #expect(error?.code == .notReady)
            #expect(error?.message == "Model 'empty' in version 1 cannot be used now.")
            #expect(repository.index.first?.reason == "version 1 has 0 files of models; one is expected")
        }
    }

    @Test func manyWhoAskGetOneModel() async throws {
        try await withScratchFolder { folder in
            try add("yunet", to: folder, as: "faces", version: 1)
            let repository = try ModelRepository(folder.path, engine: Reference.engine.get())
            try await repository.refresh()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await repository.model("faces").infer(face()) } }
                try await group.waitForAll()
            }
            // Were there eight models, each would have counted for itself.
            #expect(try await repository.model("faces").statistics.success.count == 8)
        }
    }

    @Test func aModelIsReplacedUnderLoadAndNoRequestFails() async throws {
        try await withScratchFolder { folder in
            try add("yunet", to: folder, as: "faces", version: 1)
            let repository = try ModelRepository(folder.path, engine: Reference.engine.get())
            try await repository.refresh()
            let seen = Seen()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        while !seen.isOver.withLock({ $0 }) {
                            let model = try await repository.model("faces")
                            let result = try await model.infer(face())
                            #expect(result.outputs.count == 12)
                            seen.versions.withLock { _ = $0.insert(model.version) }
                        }
                    }
                }
                for version in 2...4 {
                    while seen.versions.withLock({ !$0.contains(String(version - 1)) }) {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    try add("yunet", to: folder, as: "faces", version: version)
                    try await repository.refresh()
                }
                // The description changes: the version is loaded anew and takes its own place.
                try describe("faces", in: folder, "goal: throughput\nversions: latest\n")
                try await repository.refresh()
                while seen.versions.withLock({ !$0.contains("4") }) { try await Task.sleep(for: .milliseconds(5)) }
                seen.isOver.withLock { $0 = true }
                try await group.waitForAll()
            }
            #expect(seen.versions.withLock { $0 } == ["1", "2", "3", "4"])
            #expect(repository.index.count == 1)
        }
    }

    @Test func aBrokenReplacementLeavesTheOldOneAtWork() async throws {
        try await withScratchFolder { folder in
            try add("yunet", to: folder, as: "faces", version: 1)
            let repository = try ModelRepository(folder.path, engine: Reference.engine.get())
            try await repository.load("faces")
            try describe("faces", in: folder, "shapes:\n  input: [1, 5, 64, 64]\n")
            try await repository.refresh()
            #expect(repository.index.first?.state == .ready)
            #expect(try await repository.model("faces").infer(face()).outputs.count == 12)
            try describe("faces", in: folder, "shapes: none\n")
            try await repository.refresh()
            #expect(try await repository.model("faces").infer(face()).outputs.count == 12)
            // Without the old one there is none.
            try repository.unload("faces")
            await #expect(throws: InferenceError.self) { try await repository.model("faces") }
            #expect(repository.index.first?.reason == "'shapes' of the description has a value that does not fit it.")
            try describe("faces", in: folder, "")
            try await repository.load("faces")
            #expect(repository.index.first?.state == .ready)
        }
    }

    @Test func thoseNotAskedForTheLongestTimeMakeRoom() async throws {
        try await withScratchFolder { folder in
            try add("yunet", to: folder, as: "a", version: 1)
            try add("yunet", to: folder, as: "b", version: 1)
            try add("yunet", to: folder, as: "c", version: 1)
            let repository = try ModelRepository(folder.path, engine: Reference.engine.get(), memoryLimit: 500_000)
            try await repository.refresh()
            let kept = try await repository.model("a")
            _ = try await repository.model("b")
            _ = try await repository.model("a")
            _ = try await repository.model("c")
            #expect(repository.index.map(\.state) == [.ready, .unavailable, .ready])
            #expect(repository.index[1].reason == "made room for others")
            #expect(repository.loadedBytes <= 500_000)
            _ = try await repository.model("b")
            #expect(repository.index.map(\.state) == [.unavailable, .ready, .ready])
            // Whoever has a model can use it, also when the repository has let it go.
            #expect(try await kept.infer(face()).outputs.count == 12)
        }
    }

    @Test func unloadedModelsAreFreed() async throws {
        try await withScratchFolder { folder in
            try add("yunet", to: folder, as: "faces", version: 1)
            let repository = try ModelRepository(folder.path, engine: Reference.engine.get())
            try await repository.load("faces")
            #expect(repository.loadedBytes == 232_589)
            try repository.unload("faces")
            #expect(repository.loadedBytes == 0)
            #expect(repository.index.first?.reason == "unloaded")
            #expect(throws: InferenceError.self) { try repository.unload("nothing") }
            try FileManager.default.removeItem(at: folder.appendingPathComponent("faces"))
            try await repository.refresh()
            #expect(repository.index.isEmpty)
        }
    }

    #if os(Linux)
        /// The memory of this process that is in use, in bytes.
        private func residentBytes() throws -> Int {
            let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return (Int(fields[1]) ?? 0) * 4096
        }

        @Test func memoryReturnsWhenModelsGo() async throws {
            try await withScratchFolder { folder in
                try add("sface", to: folder, as: "faces", version: 1)
                let repository = try ModelRepository(folder.path, engine: Reference.engine.get())
                // The first rounds fill what the engine and the allocator keep for good.
                for _ in 0..<3 {
                    try await repository.load("faces")
                    try repository.unload("faces")
                }
                let before = try residentBytes()
                for _ in 0..<6 {
                    try await repository.load("faces")
                    try repository.unload("faces")
                }
                // Each of the six has 39 MB of weights; other tests beside this one have their own.
                #expect(try residentBytes() - before < 150_000_000)
            }
        }
    #endif

    @Test func aFolderThatIsNotThereChangesNothing() async throws {
        let repository = try ModelRepository("/nowhere/at/all", engine: Reference.engine.get())
        let error = await #expect(throws: InferenceError.self) { try await repository.refresh() }
        #expect(error?.code == .notReady)
        #expect(error?.message == "The models cannot be read now.")
    }
}
