// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import RetortLab
import RetortWire
import Testing

/// Pictures that are found by what they look like, in a folder and over HTTP.
@Suite(.serialized) struct PictureIndexTests {
    static let photos = ["chelsea.png", "coffee.png", "china.jpg", "street.jpg", "rocket.jpg", "page.png"]

    private static let models = Task {
        let repository = ModelRepository(ModelTests.models, engine: try Engine())
        try await repository.refresh()
        return repository
    }

    static func embedder() async throws -> ImageEmbedder {
        try await ImageEmbedder(models.value.model("mobilenet-v3-embedding"))
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    private func input(_ name: String) throws -> ImageInput { try ImageInput(Photos.bytes(name), name: name) }

    /// A photograph as somebody else might have it: smaller, darker, and as a JPEG.
    private func copy(_ name: String) throws -> [UInt8] {
        let image = try Image(decoding: Photos.bytes(name))
        return try image.resized(toFit: 240).blended(with: image.resized(toFit: 240), weights: (0.7, 0.1))
            .encoded(as: .jpeg(quality: 60))
    }

    @Test func copiesFindTheirOriginals() async throws {
        try await withFolder { folder in
            let index = try await PictureIndex.open(folder, embedder: Self.embedder())
            for name in Self.photos { try await index.add(input(name)) }
            for name in Self.photos {
                let found = try await index.similar(to: ImageInput(copy(name)), count: 3)
                #expect(found.total == 6 && found.pictures.count == 3)
                #expect(found.pictures.first?.name == name)
                let similarities = found.pictures.compactMap(\.similarity)
                #expect(similarities[0] > 0.8 && similarities[1] < similarities[0])
            }
            let alone = try await index.similar(to: input("coffee.png"), minimumSimilarity: 0.9)
            #expect(alone.pictures.map(\.name) == ["coffee.png"])
        }
    }

    @Test func theFolderKeepsEverything() async throws {
        try await withFolder { folder in
            let embedder = try await Self.embedder()
            var index: PictureIndex? = try await PictureIndex.open(folder, embedder: embedder)
            for name in Self.photos { try await index?.add(input(name)) }
            let gone = try #require(index?.entries[1])
            #expect(try await index?.remove(gone.id) == true)
            #expect(try await index?.remove(gone.id) == false)
            let entries = try #require(index?.entries)
            // One process at a time.
            let busy = await #expect(throws: InferenceError.self) {
                try await PictureIndex.open(folder, embedder: embedder)
            }
            #expect(busy?.code == .notReady)
            var reading = PictureIndex.Options()
            reading.isReadOnly = true
            let reader = try await PictureIndex.open(folder, embedder: embedder, options: reading)
            #expect(reader.entries == entries)
            #expect(try await reader.similar(to: input("page.png")).pictures.first?.name == "page.png")
            let refused = await #expect(throws: InferenceError.self) { try await reader.add(input("chelsea.png")) }
            #expect(refused?.message == "The index of pictures cannot be changed: it was opened for reading.")
            _ = await #expect(throws: InferenceError.self) { try await reader.remove(entries[0].id) }
            await index?.close()
            index = nil
            let again = try await PictureIndex.open(folder, embedder: embedder)
            #expect(again.entries == entries && entries.count == 5)
            let small = try #require(try await again.thumbnail(of: entries[0].id))
            #expect(try Image(decoding: small).size == Size(width: 256, height: 170))
            #expect(try await again.thumbnail(of: gone.id) == nil)
            #expect(try await again.similar(to: input("page.png")).pictures.first?.name == "page.png")
        }
    }

    @Test func theSameFileIsKeptOnce() async throws {
        try await withFolder { folder in
            let index = try await PictureIndex.open(folder, embedder: Self.embedder())
            let numbers = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let (entry, isNew) = try await index.add(input("coffee.png"))
                        return (entry.id, isNew)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(numbers.map(\.0)).count == 1 && numbers.count { $0.1 } == 1)
            #expect(index.count == 1)
        }
    }

    @Test func aFullIndexAndADamagedPictureChangeNothing() async throws {
        try await withFolder { folder in
            var options = PictureIndex.Options()
            options.maximumCount = 2
            let index = try await PictureIndex.open(folder, embedder: Self.embedder(), options: options)
            try await index.add(input("coffee.png"))
            let damaged = try ImageInput(Array(Photos.bytes("chelsea.png").prefix(20_000)), name: "half.png")
            _ = await #expect(throws: (any Error).self) { try await index.add(damaged) }
            #expect(index.count == 1)
            try await index.add(input("page.png"), name: "A page")
            let full = await #expect(throws: InferenceError.self) { try await index.add(input("rocket.jpg")) }
            #expect(full?.status == 413)
            #expect(full?.message == "The index is full: it has 2 pictures, and more are not kept.")
            #expect(index.entries.map(\.name) == ["coffee.png", "A page"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/pictures").count == 4)
        }
    }

    @Test func whatACrashLeavesIsClearedAway() async throws {
        try await withFolder { folder in
            let embedder = try await Self.embedder()
            var index: PictureIndex? = try await PictureIndex.open(folder, embedder: embedder)
            for name in Self.photos.prefix(3) { try await index?.add(input(name)) }
            let ids = try #require(index?.entries.map(\.id))
            await index?.close()
            index = nil
            // A vector without its description, and a description without its vector.
            try FileManager.default.removeItem(atPath: "\(folder)/pictures/\(ids[0]).json")
            try Data("no json".utf8).write(to: URL(fileURLWithPath: "\(folder)/pictures/\(ids[1]).json"))
            try FileManager.default.copyItem(
                atPath: "\(folder)/pictures/\(ids[2]).jpg", toPath: "\(folder)/pictures/99.jpg")
            try FileManager.default.copyItem(
                atPath: "\(folder)/pictures/\(ids[2]).json", toPath: "\(folder)/pictures/99.json")
            let again = try await PictureIndex.open(folder, embedder: embedder)
            #expect(again.entries.map(\.id) == [ids[2]])
            #expect(try await again.similar(to: input("chelsea.png")).pictures.map(\.id) == [ids[2]])
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/pictures/99.jpg"))
        }
    }

    @Test func anotherModelIsRefused() async throws {
        try await withFolder { folder in
            var index: PictureIndex? = try await PictureIndex.open(folder, embedder: Self.embedder())
            try await index?.add(input("coffee.png"))
            await index?.close()
            index = nil
            var other = try await Self.models.value.model("mobilenet-v3-embedding")
            other.name = "another"
            let embedder = try ImageEmbedder(other)
            let error = await #expect(throws: InferenceError.self) {
                try await PictureIndex.open(folder, embedder: embedder)
            }
            #expect(error?.code == .invalidDescription)
            #expect(FileManager.default.fileExists(atPath: "\(folder)/pictures/1.jpg"))
        }
    }

    private func client(_ folder: String, changes: Bool) async throws -> (TestClient, PictureIndex) {
        let index = try await PictureIndex.open(folder, embedder: Self.embedder())
        var app = App()
        var gallery = PictureGallery(index)
        gallery.allowsChanges = changes
        app.mount(gallery, at: "/gallery")
        return (try TestClient(app), index)
    }

    @Test func picturesComeAreFoundAndGoOverHTTP() async throws {
        try await withFolder { folder in
            let (client, _) = try await client(folder, changes: true)
            for (index, name) in Self.photos.enumerated() {
                let file = LabApp.file(try Photos.bytes(name), name)
                let answer = try await client.post("/gallery/", files: ["image": file])
                #expect(answer.status == .created, "\(answer.text)")
                let json = try JSONValue(parsing: answer.bytes)
                #expect(json["id"]?.int == index + 1 && json["name"]?.string == name)
                #expect(json["thumbnail"]?.string == "/gallery/\(index + 1)/thumbnail")
                #expect(try await client.post("/gallery/", files: ["image": file]).status == .ok)
            }
            let found = try JSONValue(
                parsing: try await client.post("/gallery/similar?count=2", body: .bytes(copy("china.jpg"))).bytes)
            #expect(found["total"] == 6 && found["pictures"]?.array?.count == 2)
            #expect(found["pictures"]?[0]?["name"] == "china.jpg" && found["pictures"]?[0]?["width"] == 640)
            let link = try #require(found["pictures"]?[0]?["thumbnail"]?.string)
            let small = try await client.get(link)
            #expect(small.header(.contentType) == "image/jpeg")
            #expect(try Image(decoding: small.bytes).size.longestSide == 256)
            let list = try JSONValue(parsing: try await client.get("/gallery/?count=2&skip=1").bytes)
            #expect(list["pictures"]?.array?.compactMap { $0["id"]?.int } == [5, 4] && list["total"] == 6)
            #expect(try await client.delete("/gallery/3").status == .noContent)
            #expect(try await client.delete("/gallery/3").status == .notFound)
            #expect(try await client.get("/gallery/3").status == .notFound)
            #expect(try await client.get("/gallery/3/thumbnail").status == .notFound)
            let without = try await client.post("/gallery/similar", body: .bytes(copy("china.jpg"))).text
            #expect(!without.contains("china.jpg"))
            #expect(try await client.post("/gallery/similar", body: "no picture").status == .unsupportedMediaType)
            #expect(
                try await client.post("/gallery/similar?count=0", body: .bytes(copy("china.jpg"))).status.code == 422)
        }
    }

    @Test func clientsChangeNothingUnlessTheyMay() async throws {
        try await withFolder { folder in
            let (client, index) = try await client(folder, changes: false)
            try await index.add(input("coffee.png"))
            #expect(try await client.post("/gallery/", body: .bytes(copy("china.jpg"))).status == .methodNotAllowed)
            #expect(try await client.delete("/gallery/1").status == .methodNotAllowed)
            #expect(try await client.get("/gallery/1").status == .ok)
        }
    }
}
