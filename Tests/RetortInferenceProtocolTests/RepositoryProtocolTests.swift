// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Logging
import Retort
import RetortInference
import RetortWire
import Testing

@testable import RetortLab

/// The protocol over a folder of models and the real engine.
@Suite(.serialized) struct RepositoryProtocolTests {
    private static let cache: URL = {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
        return base.appendingPathComponent("retort")
    }()

    /// A repository with YuNet as "faces", and a file that is no model as "broken".
    private func withApp(_ body: (TestClient, ModelRepository) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
        let files = FileManager.default
        try files.createDirectory(at: folder.appendingPathComponent("faces"), withIntermediateDirectories: true)
        defer { try? files.removeItem(at: folder) }
        try files.createSymbolicLink(
            at: folder.appendingPathComponent("faces/1"),
            withDestinationURL: Self.cache.appendingPathComponent("models/yunet/1"))
        try files.createDirectory(at: folder.appendingPathComponent("broken/3"), withIntermediateDirectories: true)
        try Data("no model".utf8).write(to: folder.appendingPathComponent("broken/3/model.onnx"))
        let repository = ModelRepository(folder.path, engine: try Engine())
        try await repository.refresh()
        var app = App()
        app.log.logLevel = .critical
        var inference = InferenceProtocol(repository)
        inference.allowsLoading = true
        inference.requiredModels = ["faces"]
        app.mount(inference, at: "/v2")
        app.mount(InferenceMetrics(repository), at: "/metrics")
        try await TestClient.run(app, over: .socket) { try await body($0, repository) }
    }

    private func request(_ tensor: Tensor) throws -> (HTTPFields, [UInt8]) {
        let json =
            #"{"inputs":[{"name":"input","datatype":"FP32","shape":\#(tensor.shape),"#
            + #""parameters":{"binary_data_size":\#(tensor.bytes.count)}}],"parameters":{"binary_data_output":true}}"#
        var headers = HTTPFields()
        headers[.inferenceHeaderLength] = String(json.utf8.count)
        return (headers, Array(json.utf8) + tensor.bytes)
    }

    @Test func answersAreThoseOfTheModel() async throws {
        let picture = try Tensor(
            npy: [UInt8](
                try Data(
                    contentsOf: Self.cache.appendingPathComponent("inference-reference/yunet-astronaut-input0.npy"))))
        let (headers, body) = try request(picture)
        try await withApp { client, repository in
            #expect(try await client.get("/v2/health/ready").status == .serviceUnavailable)
            #expect(try await client.get("/v2/models/faces/ready").status == .badRequest)
            let answer = try await client.post("/v2/models/faces/infer", headers: headers, body: .bytes(body))
            #expect(answer.status == .ok, "\(answer.text.prefix(500))")
            // It was loaded because it was asked for.
            #expect(try await client.get("/v2/health/ready").status == .ok)
            let expected = try await repository.model("faces").infer(["input": picture])
            let length = try #require(answer.header(.inferenceHeaderLength).flatMap { Int($0) })
            let json = try JSONValue(parsing: Array(answer.bytes.prefix(length)))
            #expect(json["outputs"]?.array?.count == 12)
            var place = length
            for output in json["outputs"]?.array ?? [] {
                let name = try #require(output["name"]?.string)
                let size = try #require(output["parameters"]?["binary_data_size"]?.int)
                try #require(place + size <= answer.bytes.count)
                #expect(try Array(answer.bytes[place..<place + size]) == expected.output(name).bytes)
                place += size
            }
            #expect(place == answer.bytes.count)
            let metrics = try await client.get("/metrics").text
            #expect(metrics.contains("\nnv_inference_exec_count{model=\"faces\",version=\"1\"} "))
        }
    }

    @Test func unloadedModelsStayUnloaded() async throws {
        let picture = try Tensor([Float](repeating: 0, count: 3 * 640 * 640), shape: [1, 3, 640, 640])
        let (headers, body) = try request(picture)
        try await withApp { client, repository in
            func infer() async throws -> Int {
                try await client.post("/v2/models/faces/infer", headers: headers, body: .bytes(body)).status.code
            }
            #expect(try await client.post("/v2/repository/models/faces/load").status == .ok)
            #expect(try await infer() == 200)
            #expect(try await client.post("/v2/repository/models/faces/unload").status == .ok)
            #expect(try await infer() == 404)
            #expect(try await client.get("/v2/models/faces").status == .notFound)
            #expect(try await client.get("/v2/models/faces/versions/x").status == .notFound)
            // The app may load it too.
            try await repository.load("faces")
            #expect(try await infer() == 200)
            #expect(try await client.get("/v2/models/faces/versions/01").status == .notFound)
            #expect(try await client.get("/v2/models/faces/versions/1").status == .ok)
        }
    }

    @Test func aBrokenModelSaysSoAndDisturbsNobody() async throws {
        try await withApp { client, _ in
            let load = try await client.post("/v2/repository/models/broken/load")
            #expect(load.status == .serviceUnavailable)
            #expect(load.text == #"{"error":"Model 'broken' in version 3 cannot be used now."}"#)
            let index = try JSONValue(parsing: try await client.post("/v2/repository/index").bytes)
            #expect(index[0]?["state"] == "UNAVAILABLE")
            #expect(index[0]?["reason"]?.string?.isEmpty == false)
            #expect(try await client.post("/v2/repository/models/faces/load").status == .ok)
            #expect(try await client.get("/v2/models/faces/ready").status == .ok)
        }
    }
}
