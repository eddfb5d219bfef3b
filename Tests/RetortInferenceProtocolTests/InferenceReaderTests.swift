// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

@testable import RetortLab

/// The reader of requests: in whichever pieces they come, the same is read, and what is wrong is refused.
@Suite struct InferenceReaderTests {
    /// A request with two binary tensors, one of them empty, and one in JSON.
    static let json =
        #"{"id":"é","inputs":[{"name":"a","shape":[2,2],"datatype":"UINT16","parameters":{"binary_data_size":8}},"#
        + #"{"name":"b","shape":[3],"datatype":"BOOL","data":[true,false,true]},"#
        + #"{"name":"c","shape":[0],"datatype":"FP32","parameters":{"binary_data_size":0}},"#
        + #"{"name":"d","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":11}}],"#
        + #""outputs":[{"name":"o","parameters":{"classification":3,"binary_data":true}}],"#
        + #""parameters":{"binary_data_output":true,"priority":2,"timeout":1000}}"#
    static let whole: [UInt8] =
        Array(json.utf8) + [1, 0, 2, 0, 3, 0, 4, 0] + [2, 0, 0, 0] + Array("hi".utf8) + [1, 0, 0, 0] + Array("x".utf8)

    static func read(
        _ pieces: [ArraySlice<UInt8>], header: String? = String(json.utf8.count), length: Int? = nil,
        limits: InferenceProtocolLimits = InferenceProtocolLimits()
    ) throws -> InferenceCall {
        var reader = try InferenceReader(headerLength: header, length: length, limits: limits)
        for piece in pieces { try reader.append(piece) }
        switch try reader.finish() {
        case .call(let call): return call
        case .unread(let json): return try InferenceCall(json: json, limits: limits)
        case .raw: throw InferenceError(.invalidData, "raw")
        }
    }

    @Test func readsEverything() throws {
        let call = try Self.read([Self.whole[...]], length: Self.whole.count)
        #expect(call.id == "é")
        #expect(try call.inputs["a"] == Tensor([1, 2, 3, 4] as [UInt16], shape: [2, 2]))
        #expect(try call.inputs["b"] == Tensor([true, false, true]))
        #expect(try call.inputs["c"] == Tensor([] as [Float]))
        #expect(try call.inputs["d"]?.texts() == [Array("hi".utf8), Array("x".utf8)])
        #expect(call.outputs == [WantedOutput(name: "o", isBinary: true, classes: 3)])
        #expect(call.prefersBinary)
        #expect(call.timeout == .milliseconds(1))
        #expect(call.priority == Int(Int32.max) - 2)
    }

    @Test func splitsDoNotMatter() throws {
        let expected = try Self.read([Self.whole[...]])
        for place in 0...Self.whole.count {
            let call = try Self.read([Self.whole[..<place], Self.whole[place...]], length: Self.whole.count)
            #expect(call.inputs == expected.inputs)
            #expect(call.outputs == expected.outputs)
        }
        let bytes = Self.whole.indices.map { Self.whole[$0...$0] }
        #expect(try Self.read(bytes).inputs == expected.inputs)
    }

    @Test func whatEndsEarlyIsRefused() throws {
        for count in 0..<Self.whole.count {
            #expect(throws: InferenceError.self) { try Self.read([Self.whole[..<count]]) }
            #expect(throws: InferenceError.self) { try Self.read([Self.whole[..<count]], length: count) }
        }
        #expect(throws: InferenceError.self) { try Self.read([Self.whole[...], [0]]) }
    }

    /// Nothing traps, whatever a byte is replaced by; a request that is read nevertheless has tensors of its size.
    @Test func changedBytesAreReadOrRefused() throws {
        var generator = SystemRandomNumberGenerator()
        for place in Self.whole.indices {
            for replacement in [
                0, 0xff, UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8.random(in: 0...255, using: &generator),
            ] {
                var changed = Self.whole
                changed[place] = replacement
                guard let call = try? Self.read([changed[...]]) else { continue }
                #expect(call.inputs.values.reduce(0) { $0 + $1.bytes.count } <= changed.count)
            }
        }
    }

    @Test func garbageIsRefused() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let garbage = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            #expect(throws: (any Error).self) { try Self.read([garbage[...]], header: "\(garbage.count / 2)") }
            #expect(throws: (any Error).self) { try Self.read([garbage[...]], header: nil) }
        }
    }

    /// Sizes that would overflow, or ask for more memory than the body has.
    @Test(arguments: [
        #""shape":[9223372036854775807,2],"parameters":{"binary_data_size":8}"#,
        #""shape":[4611686018427387904],"parameters":{"binary_data_size":8}"#,
        #""shape":[18446744073709551615],"parameters":{"binary_data_size":8}"#,
        #""shape":[1e300],"parameters":{"binary_data_size":8}"#,
        #""shape":[1000000000],"parameters":{"binary_data_size":4000000000}"#,
        #""shape":[1],"parameters":{"binary_data_size":9223372036854775807}"#,
        #""shape":[1],"parameters":{"binary_data_size":-4}"#,
        #""shape":[1],"parameters":{"binary_data_size":4.5}"#,
        #""shape":[1],"parameters":{"binary_data_size":"4"}"#,
        #""shape":[1],"parameters":{"shared_memory_region":"r"}"#,
        #""shape":[1],"parameters":[]"#,
        #""shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data":[1]"#,
        #""shape":[4611686018427387904,4],"data":[]"#,
        #""shape":[1],"data":[null]"#, #""shape":[1],"data":[[]]"#, #""shape":[1],"data":1"#,
        #""shape":[1],"data":[1],"parameters":{"binary_data_size":4}"#,
    ])
    func sizesAreChecked(_ input: String) {
        for type in ["FP32", "BYTES"] {
            let json = #"{"inputs":[{"name":"x","datatype":"\#(type)",\#(input)}]}"#
            let header = String(json.utf8.count)
            #expect(throws: InferenceError.self) { try Self.read([Array(json.utf8)[...]], header: header) }
        }
    }

    @Test func limitsHold() throws {
        var limits = InferenceProtocolLimits()
        func code(_ change: (inout InferenceProtocolLimits) -> Void, header: String? = String(Self.json.utf8.count))
            -> String?
        {
            limits = InferenceProtocolLimits()
            change(&limits)
            do {
                _ = try Self.read([Self.whole[...]], header: header, limits: limits)
                return nil
            } catch let error as InferenceError {
                return error.code.description
            } catch {
                return "\(error)"
            }
        }
        #expect(code { $0.bodyBytes = Self.whole.count } == nil)
        #expect(code { $0.bodyBytes = Self.whole.count - 1 } == "too-large")
        #expect(code { $0.headerBytes = Self.json.utf8.count - 1 } == "too-large")
        #expect(code { $0.tensors = 3 } == "too-large")
        #expect(code { $0.dimensions = 1 } == "too-large")
        #expect(code { $0.idBytes = 1 } == "too-large")
        #expect(code({ $0.jsonBytes = Self.whole.count - 1 }, header: nil) == "too-large")
    }

    @Test(arguments: [
        (DataType.uint8, "255", true), (.uint8, "256", false), (.uint8, "-1", false), (.int8, "-128", true),
        (.int8, "-129", false), (.int64, "-9223372036854775808", true), (.uint64, "18446744073709551615", true),
        (.uint64, "18446744073709551616", false), (.int32, "1.5", false), (.int32, "2.0", true), (.bool, "1", false),
        (.bool, "false", true), (.float64, "1e308", true), (.float32, "3.4e38", true), (.float32, "3.5e38", false),
        (.float32, "\"1\"", false), (.bytes, "\"\"", true), (.bytes, "0", false), (.float16, "1", false),
    ])
    func elementsFitTheirType(_ type: DataType, _ element: String, _ fits: Bool) throws {
        let json = #"{"inputs":[{"name":"x","shape":[1],"datatype":"\#(type.rawValue)","data":[\#(element)]}]}"#
        let call = try? Self.read([Array(json.utf8)[...]], header: nil)
        #expect((call != nil) == fits)
    }

    /// What is written of a tensor is read as the same tensor.
    @Test func elementsSurviveJSON() throws {
        let tensors: [Tensor] = [
            try Tensor([true, false]), try Tensor([UInt64.max, 0]), try Tensor([Int64.min, Int64.max]),
            try Tensor([Float.leastNonzeroMagnitude, -Float.greatestFiniteMagnitude, 0.1, -0.0]),
            try Tensor([Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude, 1 / 3]),
            try Tensor(texts: [Array("\u{0}\"\\é\u{1F408}".utf8), []]), try Tensor([] as [Int8], shape: [0, 7]),
        ]
        for tensor in tensors {
            var text: [UInt8] = []
            try JSONElements.append(tensor, of: "x", to: &text)
            let head =
                #"{"inputs":[{"name":"x","shape":\#(tensor.shape),"datatype":"\#(tensor.dataType.rawValue)","data":"#
            let read = try Self.read([(Array(head.utf8) + text + Array("}]}".utf8))[...]], header: nil)
            #expect(read.inputs["x"] == tensor)
        }
        for tensor in [try Tensor([Float.infinity]), try Tensor([Double.nan]), try Tensor(texts: [[0xff]])] {
            var text: [UInt8] = []
            #expect(throws: InferenceError.self) { try JSONElements.append(tensor, of: "x", to: &text) }
        }
    }

    @Test func classesAreSortedAndCut() throws {
        let scores = try Tensor([Float.nan, 1, 3, 1, -.infinity, 2], shape: [6])
        let top = try TopClasses.tensor(scores, of: "s", count: 99, labels: ["a", "b", "c"])
        #expect(top.shape == [6])
        #expect(
            try top.texts().map { String(decoding: $0, as: UTF8.self) }
                == ["3.000000:2:c", "2.000000:5", "1.000000:1:b", "1.000000:3", "-inf:4", "nan:0:a"])
        let whole = try TopClasses.tensor(try Tensor([7, 9] as [Int32], shape: [1, 2]), of: "s", count: 1, labels: [])
        #expect(try whole.texts() == [Array("9:1".utf8)])
        #expect(try TopClasses.tensor(Tensor([] as [Float], shape: [0, 3]), of: "s", count: 2, labels: []).count == 0)
        #expect(TopClasses.fixed(-Double.greatestFiniteMagnitude).utf8.count == 317)
    }
}
