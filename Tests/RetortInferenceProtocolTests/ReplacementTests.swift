// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Logging
import Retort
import RetortInference
import RetortWire
import Synchronization
import TestSupport
import Testing

@testable import RetortLab

/// Models that come, go and fail while clients ask over sockets: nobody else notices.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ReplacementTests {
    static let cache: URL = {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
        return base.appendingPathComponent("retort")
    }()

    /// A server with a folder of models, and with faces as a task of its own.
    private struct Bench {
        let folder: URL
        let repository: ModelRepository
        let client: TestClient

        func put(_ bytes: [UInt8], _ path: String) throws {
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file, options: .atomic)
        }

        func copy(_ model: String, as name: String, version: Int) throws {
            let source = ReplacementTests.cache.appendingPathComponent("models/\(model)/1")
            for file in try FileManager.default.contentsOfDirectory(atPath: source.path) {
                try put([UInt8](Data(contentsOf: source.appendingPathComponent(file))), "\(name)/\(version)/\(file)")
            }
        }

        func load(_ name: String) async throws -> HTTPResponse.Status {
            try await client.post("/v2/repository/models/\(name)/load").status
        }

        /// Asks a model whose inputs and outputs have one name each.
        func infer(
            _ name: String, _ numbers: [Float], shape: [Int], timeout: Int? = nil
        ) async throws -> (status: Int, version: Int?, numbers: [Float], text: String) {
            let data = numbers.map { "\($0)" }.joined(separator: ",")
            let parameters = timeout.map { #","parameters":{"timeout":\#($0)}"# } ?? ""
            let body =
                #"{"inputs":[{"name":"x:0","datatype":"FP32","shape":\#(shape),"data":[\#(data)]}]\#(parameters)}"#
            let answer = try await client.post("/v2/models/\(name)/infer", body: .text(body))
            let json = try JSONValue(parsing: answer.bytes)
            let outputs = json["outputs"]?[0]?["data"]?.array?.compactMap { $0.double.map { Float($0) } } ?? []
            return (
                answer.status.code, json["model_version"]?.string.flatMap { Int($0) }, outputs,
                String(answer.text.prefix(300))
            )
        }
    }

    private static func withBench(_ body: (Bench) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let repository = ModelRepository(folder.path, engine: try Engine())
        try await repository.refresh()
        var app = App()
        app.log.logLevel = .critical
        var inference = InferenceProtocol(repository)
        inference.allowsLoading = true
        app.mount(inference, at: "/v2")
        app.post("/faces") { (photo: ImageInput) async throws in
            photo.answer(finding: try FaceDetector(await repository.model("faces")))
        }
        try await TestClient.run(app, over: .socket) {
            try await body(Bench(folder: folder, repository: repository, client: $0))
        }
    }

    /// Counts what callers have got.
    private final class Seen: Sendable {
        let versions = Mutex<[Int: Int]>([:])
        let faces = Mutex(0)
        let isOver = Mutex(false)

        func wait(for version: Int) async throws {
            while versions.withLock({ $0[version, default: 0] < 3 }) { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    @Test func noRequestFailsWhileModelsAreReplaced() async throws {
        let photo = [UInt8](try Data(contentsOf: Self.cache.appendingPathComponent("photos/astronaut.png")))
        try await Self.withBench { bench in
            try bench.put(SampleGraph.scaling(by: 1), "scale/1/model.pb")
            try bench.copy("yunet", as: "faces", version: 1)
            #expect(try await bench.load("scale") == .ok)
            #expect(try await bench.load("faces") == .ok)
            let seen = Seen()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<4 {
                    group.addTask {
                        let x = (1...8).map { Float($0 + caller) }
                        while !seen.isOver.withLock({ $0 }) {
                            let answer = try await bench.infer("scale", x, shape: [2, 4])
                            #expect(answer.status == 200, "\(answer.text)")
                            // All of it comes from the version that the answer names.
                            let version = try #require(answer.version)
                            #expect(answer.numbers == x.map { $0 * Float(version) })
                            seen.versions.withLock { $0[version, default: 0] += 1 }
                        }
                    }
                }
                group.addTask {
                    while !seen.isOver.withLock({ $0 }) {
                        let answer = try await bench.client.post("/faces", body: .bytes(photo))
                        #expect(answer.status == .ok, "\(answer.text)")
                        let found = try JSONValue(parsing: answer.bytes)["detections"]?.array
                        #expect(found?.count == 1)
                        seen.faces.withLock { $0 += 1 }
                    }
                }
                try await seen.wait(for: 1)
                for version in 2...6 {
                    try bench.put(SampleGraph.scaling(by: Float(version)), "scale/\(version)/model.pb")
                    try bench.copy("yunet", as: "faces", version: version)
                    #expect(try await bench.load("scale") == .ok)
                    #expect(try await bench.load("faces") == .ok)
                    // From here on the new one answers, and the old one may go.
                    #expect(try await bench.infer("scale", [1, 2, 3, 4], shape: [1, 4]).version == version)
                    try FileManager.default.removeItem(
                        at: bench.folder.appendingPathComponent("scale/\(version - 1)"))
                    try await seen.wait(for: version)
                }
                seen.isOver.withLock { $0 = true }
                try await group.waitForAll()
            }
            #expect(seen.versions.withLock { $0.keys.sorted() } == [1, 2, 3, 4, 5, 6])
            #expect(seen.faces.withLock { $0 } > 0)
            // One version of each is left, and the memory of one.
            #expect(bench.repository.index.map { "\($0.version.name) \($0.version.number)" } == ["faces 6", "scale 6"])
            #expect(bench.repository.loadedBytes == 232_589 + SampleGraph.scaling(by: 6).count)
            let statistics = try await bench.client.get("/v2/models/scale/stats").text
            #expect(statistics.contains(#""fail":{"count":0,"ns":0}"#))
        }
    }

    #if os(Linux)
        @Test func theMemoryOfOldVersionsReturns() async {
            // In a process of its own, whose memory no other test uses.
            await #expect(processExitsWith: .success) {
                func residentBytes() throws -> Int {
                    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
                    return (Int(fields[1]) ?? 0) * 4096
                }
                try await ReplacementTests.withBench { bench in
                    func replace(_ versions: ClosedRange<Int>) async throws {
                        for version in versions {
                            // 50 MB of weights each.
                            try bench.put(
                                SampleGraph.tower(width: 1_024, layers: 12, factor: 1), "tower/\(version)/model.pb")
                            #expect(try await bench.load("tower") == .ok)
                            let ones = [Float](repeating: 1, count: 1_024)
                            let answer = try await bench.infer("tower", ones, shape: [1, 1_024])
                            #expect(answer.version == version)
                            #expect(answer.numbers.allSatisfy { abs($0 - 1) < 0.01 } && answer.numbers.count == 1_024)
                        }
                    }
                    // The first rounds fill what the engine and the allocator keep for good.
                    try await replace(1...3)
                    let before = try residentBytes()
                    try await replace(4...11)
                    let more = try residentBytes() - before
                    #expect(more < 150_000_000, "\(more) bytes more")
                }
            }
        }
    #endif

    /// Models that fail, each in its own way, beside one that does not.
    private static let failures: [(path: String, body: String, status: Int, error: String)] = [
        ("nothing", row("x:0", "FP32", "[1,4]", "1,2,3,4"), 404, "There is no model 'nothing'."),
        ("empty", row("x:0", "FP32", "[1,4]", "1,2,3,4"), 503, "Model 'empty' in version 1 cannot be used now."),
        ("missing", row("x:0", "FP32", "[1,4]", "1,2,3,4"), 503, "Model 'missing' in version 2 cannot be used now."),
        ("corrupt", row("x:0", "FP32", "[1,4]", "1,2,3,4"), 503, "Model 'corrupt' in version 1 cannot be used now."),
        ("cut", row("x:0", "FP32", "[1,4]", "1,2,3,4"), 503, "Model 'cut' in version 1 cannot be used now."),
        ("good/versions/7", row("x:0", "FP32", "[1,4]", "1,2,3,4"), 404, "There is no model 'good' in version 7."),
        ("good", row("x:0", "FP32", "[1,5]", "1,2,3,4,5"), 400, "shape"),
        ("good", row("x:0", "FP32", "[4]", "1,2,3,4"), 400, "shape"),
        ("good", row("x:0", "INT32", "[1,4]", "1,2,3,4"), 400, "INT32"),
        ("good", row("x:0", "FP32", "[1,4]", "1,2,3"), 400, "3"),
        ("good", row("y", "FP32", "[1,4]", "1,2,3,4"), 400, "'x:0'"),
        ("good", "no json", 400, "JSON"),
        ("reader", row("x", "FP32", "[1,3,48,1]", Array(repeating: "0", count: 144).joined(separator: ",")), 500, ""),
    ]

    private static func row(_ name: String, _ type: String, _ shape: String, _ data: String) -> String {
        #"{"inputs":[{"name":"\#(name)","datatype":"\#(type)","shape":\#(shape),"data":[\#(data)]}]}"#
    }

    @Test func whatFailsFailsForItselfAlone() async throws {
        try await Self.withBench { bench in
            try bench.put(SampleGraph.scaling(by: 3), "good/1/model.pb")
            try bench.put(Array("no model at all".utf8), "corrupt/1/model.pb")
            try bench.put(Array(SampleGraph.scaling(by: 3).prefix(90)), "cut/1/model.pb")
            try bench.put(Array("nothing".utf8), "empty/1/readme.txt")
            try bench.put(SampleGraph.scaling(by: 3), "missing/2/model.pb")
            try bench.copy("ocr-recognition-tiny", as: "reader", version: 1)
            try await bench.repository.refresh()
            try FileManager.default.removeItem(at: bench.folder.appendingPathComponent("missing/2/model.pb"))
            let seen = Seen()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        while !seen.isOver.withLock({ $0 }) {
                            let answer = try await bench.infer("good", [1, 2, 3, 4], shape: [1, 4])
                            #expect(answer.status == 200 && answer.numbers == [3, 6, 9, 12], "\(answer.text)")
                            seen.versions.withLock { $0[1, default: 0] += 1 }
                        }
                    }
                }
                for (path, body, status, error) in Self.failures {
                    let answer = try await bench.client.post("/v2/models/\(path)/infer", body: .text(body))
                    #expect(answer.status.code == status, "\(path): \(answer.text)")
                    let text = try JSONValue(parsing: answer.bytes)["error"]?.string ?? ""
                    #expect(!text.isEmpty && (error.isEmpty || text.contains(error)), "\(path): \(text)")
                    // Nobody learns where the files lie.
                    #expect(!text.contains(bench.folder.path) && !text.contains("/"), "\(text)")
                }
                try await seen.wait(for: 1)
                seen.isOver.withLock { $0 = true }
                try await group.waitForAll()
            }
            // What is mended works at once.
            try bench.put(SampleGraph.scaling(by: 4), "corrupt/1/model.pb")
            #expect(try await bench.load("corrupt") == .ok)
            #expect(try await bench.infer("corrupt", [1, 2, 3, 4], shape: [1, 4]).numbers == [4, 8, 12, 16])
        }
    }

    /// One request computes for a while, one waits, and there is no room for a third.
    private func withSlowModel(_ body: (Bench, Int) async throws -> Void) async throws {
        try await Self.withBench { bench in
            try bench.put(
                SampleGraph.tower(width: 1_024, layers: 120, factor: 1, sharingWeights: true), "slow/1/model.pb")
            try bench.put(Array("requests: 1\nwaiting: 1\nthreads: 1\n".utf8), "slow/model.yaml")
            #expect(try await bench.load("slow") == .ok)
            try await body(bench, 1_024)
        }
    }

    /// The tensor of a request that takes long, as binary data.
    private func longRequest(rows: Int, width: Int, timeout: Int? = nil) throws -> (HTTPFields, [UInt8]) {
        let tensor = try Tensor([Float](repeating: 1, count: rows * width), shape: [rows, width])
        let parameters = timeout.map { #","timeout":\#($0)"# } ?? ""
        let json =
            #"{"inputs":[{"name":"x:0","datatype":"FP32","shape":[\#(rows),\#(width)],"#
            + #""parameters":{"binary_data_size":\#(tensor.bytes.count)}}],"#
            + #""parameters":{"binary_data_output":true\#(parameters)}}"#
        var headers = HTTPFields()
        headers[.inferenceHeaderLength] = String(json.utf8.count)
        return (headers, Array(json.utf8) + tensor.bytes)
    }

    @Test func deadlinesHoldOverHTTP() async throws {
        try await withSlowModel { bench, width in
            let (headers, body) = try longRequest(rows: 200, width: width, timeout: 20_000)
            let start = ContinuousClock.now
            let late = try await bench.client.post("/v2/models/slow/infer", headers: headers, body: .bytes(body))
            #expect(late.status.code == 504, "\(late.text.prefix(200))")
            #expect(ContinuousClock.now - start < .seconds(5))
            let (short, ones) = try longRequest(rows: 1, width: width, timeout: 10_000_000)
            let fine = try await bench.client.post("/v2/models/slow/infer", headers: short, body: .bytes(ones))
            #expect(fine.status == .ok, "\(fine.text.prefix(200))")
        }
    }

    @Test func whoHangsUpMakesRoom() async throws {
        try await withSlowModel { bench, width in
            let model = try await bench.repository.model("slow")
            let (headers, body) = try longRequest(rows: 600, width: width)
            let (short, ones) = try longRequest(rows: 1, width: width)
            func ask(_ headers: HTTPFields, _ body: [UInt8]) -> Task<Int, any Error> {
                Task {
                    try await bench.client.post("/v2/models/slow/infer", headers: headers, body: .bytes(body)).status
                        .code
                }
            }
            func until(_ what: String, _ isSo: () -> Bool) async throws {
                let deadline = ContinuousClock.now + .seconds(20)
                while !isSo() {
                    try #require(ContinuousClock.now < deadline, "\(what)")
                    try await Task.sleep(for: .milliseconds(2))
                }
            }
            let computing = ask(headers, body)
            try await until("the first one computes") { model.statistics.running == 1 }
            let waiting = ask(short, ones)
            try await until("the second one waits") { model.statistics.waiting == 1 }
            let refused = try await bench.client.post(
                "/v2/models/slow/infer", headers: short, body: .bytes(ones))
            #expect(refused.status == .serviceUnavailable && refused.header(.retryAfter) != nil)
            // The one that waits hangs up, and the place is free for another.
            waiting.cancel()
            _ = await waiting.result
            try await until("its place is free") { model.statistics.waiting == 0 }
            let another = ask(short, ones)
            try await until("another one waits") { model.statistics.waiting == 1 }
            // The one that computes hangs up, and the engine stops for it.
            computing.cancel()
            _ = await computing.result
            #expect(try await another.value == 200)
            try await until("nothing is left") { model.statistics.waiting == 0 && model.statistics.running == 0 }
        }
    }
}
