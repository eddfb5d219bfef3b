// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProtocolModels
import Retort
import RetortWire
import Testing

@testable import RetortLab

/// Bodies that are compressed, both ways.
@Suite struct CompressedBodyTests {
    private static let path = "/v2/models/doubler/infer"
    private static let json = Array(
        #"{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}]}"#.utf8)
    private static let formats: [(String, Compression.Format)] = [
        ("gzip", .gzip), ("X-GZIP", .gzip), ("deflate", .zlib),
    ]

    @Test(arguments: formats) func requestsMeanTheSame(_ coding: String, _ format: Compression.Format) async throws {
        let client = try TestClient(SampleModels.app())
        let plain = try await client.post(Self.path, body: .bytes(Self.json))
        #expect(plain.status == .ok)
        let packed = try await client.post(
            Self.path, headers: [.contentEncoding: coding],
            body: .bytes(try Deflater.compress(Self.json, format: format)))
        #expect(packed.status == .ok)
        #expect(packed.bytes == plain.bytes)
        // The header counts the JSON as it was before.
        let json = RecordedExchangeTests.binaryX
        var headers: HTTPFields = [.contentEncoding: coding]
        headers[.inferenceHeaderLength] = String(json.utf8.count)
        let body = try Deflater.compress(Array(json.utf8) + RecordedExchangeTests.ones, format: format)
        let binary = try await client.post(Self.path, headers: headers, body: .bytes(body))
        #expect(binary.status == .ok, "\(binary.text)")
        #expect(binary.bytes.suffix(16) == RecordedExchangeTests.fours[...])
    }

    /// What a body grows to counts, and not what it was on its way.
    @Test func limitsAreThoseOfPlainBodies() async throws {
        let app = SampleModels.app {
            $0.limits.bodyBytes = 2_000
            $0.limits.jsonBytes = 1_000
        }
        let client = try TestClient(app)
        for (count, header, status) in [(1_000, nil, 400), (1_001, nil, 413), (2_000, "0", 400), (2_001, "0", 413)]
            as [(Int, String?, Int)]
        {
            var headers: HTTPFields = [.contentEncoding: "gzip"]
            if let header { headers[.inferenceHeaderLength] = header }
            let body = try Deflater.compress([UInt8](repeating: 32, count: count), format: .gzip)
            let answer = try await client.post(Self.path, headers: headers, body: .bytes(body))
            #expect(answer.status.code == status, "\(count): \(answer.text)")
        }
        // Ten megabytes of zeros are ten kilobytes, which is more than a body may have; a megabyte is one.
        for count in [1 << 20, 10 << 20] {
            let bomb = try Deflater.compress([UInt8](repeating: 0, count: count), format: .gzip)
            let answer = try await client.post(
                Self.path, headers: [.contentEncoding: "gzip"], body: .bytes(bomb))
            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test func whatIsDamagedIsRefused() async throws {
        let client = try TestClient(SampleModels.app())
        let packed = try Deflater.compress(Self.json, format: .gzip)
        for body in [Self.json, Array(packed.dropLast(9)), packed + [0], packed + packed, []] {
            let answer = try await client.post(
                Self.path, headers: [.contentEncoding: "gzip"], body: .bytes(body))
            #expect(answer.status == .badRequest)
            #expect(try JSONValue(parsing: answer.bytes)["error"]?.string?.isEmpty == false)
        }
    }

    @Test(arguments: ["br", "deflate, gzip", "gzip;q=1", "nothing"]) func othersAreRefused(_ coding: String)
        async throws
    {
        let client = try TestClient(SampleModels.app())
        let answer = try await client.post(
            Self.path, headers: [.contentEncoding: coding], body: .bytes(Self.json))
        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.header(.acceptEncoding) == "gzip, deflate")
    }

    private static func texts(_ count: Int, binary: Bool) -> TestBody {
        let data = [String](repeating: "\"again\"", count: count).joined(separator: ",")
        return .text(
            #"{"inputs":[{"name":"i","shape":[\#(count)],"datatype":"BYTES","data":[\#(data)]}],"#
                + #""parameters":{"binary_data_output":\#(binary)}}"#)
    }

    /// A few kilobytes, which are packed at once, and many, which other threads pack.
    @Test(arguments: [300, 20_000], [false, true])
    func answersAreCompressedForThoseWhoAsk(_ count: Int, _ binary: Bool) async throws {
        let client = try TestClient(SampleModels.app())
        let body = Self.texts(count, binary: binary)
        let plain = try await client.post("/v2/models/ident/infer", body: body)
        #expect(plain.header(.contentEncoding) == nil)
        let cases: [(String, String, Compression.Format)] = [
            ("gzip", "gzip", .gzip), ("deflate", "deflate", .zlib), ("br, gzip;q=0.5, deflate;q=0.1", "gzip", .gzip),
            ("*", "gzip", .gzip),
        ]
        for (accepted, coding, format) in cases {
            let packed = try await client.post(
                "/v2/models/ident/infer", headers: [.acceptEncoding: accepted], body: body)
            #expect(packed.header(.contentEncoding) == coding)
            #expect(packed.bytes.count < plain.bytes.count / 4)
            #expect(try Inflater.decompress(packed.bytes, format: format, limit: 1 << 20) == plain.bytes)
            #expect(packed.header(.contentType) == plain.header(.contentType))
            #expect(packed.header(.inferenceHeaderLength) == plain.header(.inferenceHeaderLength))
        }
    }

    @Test func answersStayAsTheyAre() async throws {
        let client = try TestClient(SampleModels.app())
        let large = Self.texts(300, binary: false)
        for accepted in ["identity", "br", "gzip;q=0", "gzip;q=0.5, identity;q=0.9"] {
            let answer = try await client.post(
                "/v2/models/ident/infer", headers: [.acceptEncoding: accepted], body: large)
            #expect(answer.header(.contentEncoding) == nil, "\(accepted)")
        }
        // Small ones, and all where the app says so.
        let small = try await client.post(
            Self.path, headers: [.acceptEncoding: "gzip"], body: .bytes(Self.json))
        #expect(small.header(.contentEncoding) == nil)
        let other = try TestClient(SampleModels.app { $0.compressesAnswers = false })
        let answer = try await other.post(
            "/v2/models/ident/infer", headers: [.acceptEncoding: "gzip"], body: large)
        #expect(answer.header(.contentEncoding) == nil)
    }
}
