// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
import ProtocolModels
import Retort
import RetortInference
import RetortWire
import Testing

@testable import RetortLab

/// What an app can settle, and what the protocol does at its limits.
@Suite struct InferenceProtocolTests {
    private static let x = #"{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}"#

    @Test func clientsLoadNothingUnlessTheyMay() async throws {
        let client = try TestClient(SampleModels.app(allowsLoading: false))
        for action in ["load", "unload"] {
            let answer = try await client.post("/v2/repository/models/doubler/\(action)")
            #expect(answer.status == .forbidden)
            #expect(
                answer.text == #"{"error":"Models of this server are not loaded or unloaded by clients."}"#)
        }
        #expect(try await client.get("/v2/models/doubler/ready").status == .ok)
    }

    @Test func fullQueuesSayWhenToComeAgain() async throws {
        let client = try TestClient(SampleModels.app())
        let answer = try await client.post("/v2/models/full/infer", body: .text(Self.x))
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.header(.retryAfter) == "2")
        #expect(answer.text == #"{"error":"Too much waits."}"#)
    }

    @Test func whatLiesBeneathIsNotTold() async throws {
        let client = try TestClient(SampleModels.app())
        let answer = try await client.post("/v2/models/broken/infer", body: .text(Self.x))
        #expect(answer.status == .internalServerError)
        #expect(answer.text == #"{"error":"The engine failed."}"#)
    }

    @Test(arguments: TestClient.Transport.allCases)
    func bodiesHaveLimits(_ transport: TestClient.Transport) async throws {
        let app = SampleModels.app {
            $0.limits.bodyBytes = 1_000
            $0.limits.jsonBytes = 500
        }
        try await TestClient.run(app, over: transport) { client in
            let long = String(repeating: " ", count: 600)
            for (length, header, status) in [(100, nil, 400), (600, nil, 413), (600, "0", 400), (1_001, "0", 413)]
                as [(Int, String?, Int)]
            {
                var headers = HTTPFields()
                if let header { headers[.inferenceHeaderLength] = header }
                let text = String(repeating: " ", count: length)
                let answer = try await client.post("/v2/models/doubler/infer", headers: headers, body: .text(text))
                #expect(answer.status.code == status, "\(length)")
                #expect(try JSONValue(parsing: answer.bytes)["error"]?.string != nil)
            }
            #expect(try await client.post("/v2/repository/index", body: .text(long)).status == .badRequest)
        }
    }

    /// A body whose length nobody has said in advance.
    @Test func tensorsCanComeInChunks() async throws {
        let json = RecordedExchangeTests.binaryX
        let body = Array(json.utf8) + RecordedExchangeTests.ones
        try await TestClient.run(SampleModels.app(), over: .socket) { client in
            var headers = HTTPFields()
            headers[.inferenceHeaderLength] = String(json.utf8.count)
            let stream = TestBody.stream { writer in
                for place in stride(from: 0, to: body.count, by: 7) {
                    try await writer.write(ByteBuffer(bytes: body[place..<min(place + 7, body.count)]))
                }
            }
            let answer = try await client.post("/v2/models/doubler/infer", headers: headers, body: stream)
            #expect(answer.status == .ok, "\(answer.text)")
            #expect(answer.bytes.suffix(16) == RecordedExchangeTests.fours[...])
        }
    }

    @Test func compressedBodiesAreRefused() async throws {
        let client = try TestClient(SampleModels.app())
        let answer = try await client.post(
            "/v2/models/doubler/infer", headers: [.contentEncoding: "gzip"], body: .bytes([0x1f, 0x8b]))
        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.header(.acceptEncoding) == "identity")
    }

    @Test func theIndexCanLeaveOutWhatIsNotReady() async throws {
        let client = try TestClient(SampleModels.app())
        #expect(try await client.post("/v2/repository/models/doubler/unload").status == .ok)
        let all = try JSONValue(parsing: try await client.post("/v2/repository/index").bytes)
        let gone: JSONValue = ["name": "doubler", "version": "1", "state": "UNAVAILABLE", "reason": "unloaded"]
        #expect(all.array?.contains(gone) == true)
        let ready = try await client.post("/v2/repository/index", json: ["ready": true])
        #expect(try JSONValue(parsing: ready.bytes).array?.count == SampleModels.all.count - 2)
        #expect(try await client.get("/v2/models/doubler/ready").status == .badRequest)
        #expect(try await client.get("/v2/models/stats").text.contains("doubler") == false)
    }

    @Test func readinessWaitsForTheModelsThatAreRequired() async throws {
        let client = try TestClient(SampleModels.app { $0.requiredModels = ["img", "doubler"] })
        #expect(try await client.get("/v2/health/ready").text == #"{"ready":true}"#)
        try await client.post("/v2/repository/models/doubler/unload")
        let answer = try await client.get("/v2/health/ready")
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.text == #"{"error":"The server is not ready: it waits for doubler."}"#)
        #expect(try await client.get("/v2/health/live").status == .ok)
        try await client.post("/v2/repository/models/doubler/load")
        #expect(try await client.get("/v2/health/ready").status == .ok)
    }

    @Test func statisticsCountRowsAndExecutions() async throws {
        let client = try TestClient(SampleModels.app())
        let body = #"{"inputs":[{"name":"x","shape":[2,4],"datatype":"FP32","data":[1,2,3,4,5,6,7,8]}]}"#
        for _ in 0..<3 { try await client.post("/v2/models/doubler/infer", body: .text(body)) }
        let answer = try JSONValue(parsing: try await client.get("/v2/models/doubler/versions/2/stats").bytes)
        let one = try #require(answer["model_stats"]?[0])
        #expect(one["inference_count"] == 6)
        #expect(one["execution_count"] == 3)
        #expect(one["last_inference"] == 1_795_345_216_569)
        #expect(one["inference_stats"]?["success"]?["count"] == 3)
        #expect(one["inference_stats"]?["fail"] == ["count": 0, "ns": 0])
        #expect(one["batch_stats"]?[0]?["batch_size"] == 2)
        #expect(one["batch_stats"]?[0]?["compute_infer"]?["count"] == 3)
        let page = try await client.get("/metrics")
        #expect(page.header(.contentType) == "text/plain; version=0.0.4; charset=utf-8")
        #expect(page.text.contains("\nnv_inference_count{model=\"doubler\",version=\"2\"} 6\n"))
        #expect(page.text.contains("\n# TYPE nv_inference_pending_request_count gauge\n"))
    }

    @Test func labelsOfMetricsAreEscaped() {
        var model = SampleModels.ident
        model.name = "a\"b\\c\nd"
        #expect(
            InferenceMetrics([model]).text.contains(
                "nv_inference_count{model=\"a\\\"b\\\\c\\nd\",version=\"1\"} 0\n"))
    }
}
