// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortInference
import Testing

/// What `Scripts/setup test` has fetched and computed: photographs, models, and what OpenVINO's Python interface makes of
/// them.
enum Reference {
    static let cache: URL = {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
        return base.appendingPathComponent("retort")
    }()

    /// The bytes of a `.npy` file.
    static func file(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: cache.appendingPathComponent("inference-reference/\(name).npy")))
    }

    static func tensor(_ name: String) throws -> Tensor { try Tensor(npy: file(name)) }

    static func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: cache.appendingPathComponent("inference-reference/\(name).npy").path)
    }

    /// The file of a model.
    static func model(_ name: String) throws -> String {
        let folder = cache.appendingPathComponent("models/\(name)/1")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let file = try #require(
            files.first { $0.hasSuffix(".onnx") || $0.hasSuffix(".tflite") || $0.hasSuffix(".pdmodel") })
        return folder.appendingPathComponent(file).path
    }

    /// One engine for all tests, as an app has, whose numbers are the same on every machine.
    static let engine = Result { try Engine(precision: .float32) }

    /// The models that `Scripts/models` has fetched, with the descriptions of this repository.
    private static let repository = Task {
        let repository = try ModelRepository(cache.appendingPathComponent("models").path, engine: engine.get())
        try await repository.refresh()
        return repository
    }

    /// A model, as an app gets it.
    static func loaded(_ name: String) async throws -> Model {
        try await repository.value.model(name)
    }
}

/// The largest difference between two tensors of FP32, in relation to the size of the numbers where they are above 1.
func largestDifference(_ left: Tensor, _ right: Tensor) throws -> Double {
    #expect(left.shape == right.shape)
    let (left, right) = (try left.elements(as: Float.self), try right.elements(as: Float.self))
    guard left.count == right.count else { return .infinity }
    return zip(left, right).reduce(0) { largest, pair in
        max(largest, abs(Double(pair.0) - Double(pair.1)) / max(1, abs(Double(pair.1))))
    }
}

/// A folder of its own that goes when the test is over.
func withScratchFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

extension Reference {
    /// A photograph, as OpenCV has decoded it.
    static func photo(_ name: String) throws -> PixelBuffer {
        try PixelBuffer(tensor("photo-\(name)"), channels: .bgr)
    }
}
