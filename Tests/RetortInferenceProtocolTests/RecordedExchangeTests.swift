// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProtocolModels
import Retort
import RetortWire
import Testing

@testable import RetortLab

/// One request and its answer.
struct Exchange: Sendable, CustomTestStringConvertible {
    var method: HTTPRequest.Method = .get
    let path: String
    var header: String?
    var body: [UInt8] = []
    var status = 200
    /// The JSON of the answer; nil where only the status matters.
    var json: String?
    /// What follows the JSON of the answer.
    var tensors: [UInt8] = []

    var testDescription: String { "\(method) \(path) \(String(decoding: body.prefix(100), as: UTF8.self))" }

    static func infer(
        _ model: String, _ body: String, header: String? = nil, tensors: [UInt8] = [], _ status: Int = 200,
        _ json: String? = nil, answered: [UInt8] = []
    ) -> Exchange {
        Exchange(
            method: .post, path: "/v2/models/\(model)/infer", header: header, body: Array(body.utf8) + tensors,
            status: status, json: json, tensors: answered)
    }
}

/// What Triton 2.51 was asked and what it answered, with the statuses that are right where Triton's are not.
@Suite struct RecordedExchangeTests {
    @Test(arguments: metadata + inference + binary + classes)
    func answersAsTritonDoes(_ exchange: Exchange) async throws {
        try await check(exchange)
    }

    @Test(arguments: refusals) func refusesWhatIsWrong(_ exchange: Exchange) async throws {
        try await check(exchange)
    }

    private func check(_ exchange: Exchange) async throws {
        let client = try TestClient(SampleModels.app())
        var headers = HTTPFields()
        if let header = exchange.header { headers[.inferenceHeaderLength] = header }
        let answer = try await client.request(
            exchange.method, exchange.path, headers: headers,
            body: exchange.body.isEmpty ? nil : .bytes(exchange.body))
        #expect(answer.status.code == exchange.status, "\(answer.text)")
        if exchange.status >= 400 {
            let error = try JSONValue(parsing: answer.bytes)["error"]?.string
            #expect(error?.isEmpty == false, "\(answer.text)")
            #expect(answer.header(.contentType) == "application/json")
        }
        guard let json = exchange.json else { return }
        let length = answer.header(.inferenceHeaderLength).flatMap { Int($0) }
        #expect((length == nil) == exchange.tensors.isEmpty)
        let head = answer.bytes.prefix(length ?? answer.bytes.count)
        #expect(try JSONValue(parsing: Array(head)) == JSONValue(parsing: json), "\(answer.text)")
        #expect(Array(answer.bytes.dropFirst(head.count)) == exchange.tensors)
        #expect(
            answer.header(.contentType) == (exchange.tensors.isEmpty ? "application/json" : "application/octet-stream"))
    }

    static let metadata: [Exchange] = [
        Exchange(path: "/v2", json: serverJSON), Exchange(path: "/v2/", json: serverJSON),
        Exchange(path: "/v2/health/live"), Exchange(path: "/v2/health/ready"),
        Exchange(
            path: "/v2/models/doubler",
            json: #"{"name":"doubler","versions":["1","2"],"platform":"swift","inputs":[{"name":"x","#
                + #""datatype":"FP32","shape":[-1,4]}],"outputs":[{"name":"out_x","datatype":"FP32","shape":[-1,4]},"#
                + #"{"name":"n","datatype":"INT32","shape":[-1,1]}]}"#),
        Exchange(
            path: "/v2/models/doubler/versions/1",
            json: #"{"name":"doubler","versions":["1"],"platform":"swift","inputs":[{"name":"x","#
                + #""datatype":"FP32","shape":[-1,4]}],"outputs":[{"name":"out_x","datatype":"FP32","shape":[-1,4]},"#
                + #"{"name":"n","datatype":"INT32","shape":[-1,1]}]}"#),
        Exchange(path: "/v2/models/doubler/versions/9", status: 404), Exchange(path: "/v2/models/nope", status: 404),
        Exchange(path: "/v2/models/nope/ready", status: 404), Exchange(path: "/v2/models/doubler/ready"),
        Exchange(path: "/v2/models/doubler/versions/1/ready"),
        Exchange(
            path: "/v2/models/doubler/config",
            json: #"{"name":"doubler","platform":"swift","backend":"","#
                + #""version_policy":{"specific":{"versions":["2"]}},"max_batch_size":8,"#
                + #""input":[{"name":"x","data_type":"TYPE_FP32","dims":[4]}],"#
                + #""output":[{"name":"out_x","data_type":"TYPE_FP32","dims":[4]},"#
                + #"{"name":"n","data_type":"TYPE_INT32","dims":[1]}],"dynamic_batching":{}}"#),
        Exchange(path: "/v2/models/stats"), Exchange(path: "/v2/models/doubler/versions/2/stats"),
        Exchange(path: "/v2/models/nope/stats", status: 404), Exchange(path: "/v2/nothing", status: 404),
        Exchange(method: .get, path: "/v2/models/doubler/infer", status: 405),
        Exchange(
            method: .post, path: "/v2/repository/index",
            json: #"[{"name":"broken","version":"1","state":"READY"},{"name":"doubler","version":"1","state":"READY"},"#
                + #"{"name":"doubler","version":"2","state":"READY"},{"name":"full","version":"1","state":"READY"},"#
                + #"{"name":"ident","version":"1","state":"READY"},{"name":"img","version":"1","state":"READY"},"#
                + #"{"name":"types","version":"1","state":"READY"}]"#),
        Exchange(method: .post, path: "/v2/repository/models/nope/load", status: 404),
    ]

    static let serverJSON =
        #"{"name":"retort","version":"2","extensions":["binary_tensor_data","classification","#
        + #""model_configuration","model_repository","schedule_policy","statistics"]}"#

    static let x = #"{"name":"x","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}"#

    static func doubled(_ data: String = "[2.0,4.0,6.0,8.0]", id: String = "") -> String {
        #"{\#(id)"model_name":"doubler","model_version":"1","outputs":[{"name":"out_x","datatype":"FP32","#
            + #""shape":[1,4],"data":\#(data)},{"name":"n","datatype":"INT32","shape":[1,1],"data":[1]}]}"#
    }

    static let inference: [Exchange] = [
        .infer("doubler/versions/1", #"{"inputs":[\#(x)]}"#, 200, doubled()),
        .infer("doubler/versions/7", #"{"inputs":[\#(x)]}"#, 404),
        .infer("doubler/versions/1", #"{"id":"a","inputs":[\#(x)]}"#, 200, doubled(id: #""id":"a","#)),
        .infer(
            "doubler/versions/1",
            #"{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP32","data":[[1,2],[3,4.5]]}]}"#, 200,
            doubled("[2.0,4.0,6.0,9.0]")),
        .infer(
            "doubler/versions/1",
            #"{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP32","data":[1e30,-0.1,0.3333333333,0]}]}"#, 200,
            // The shortest text of each number, where Triton has that of a number with more bits.
            doubled("[2e30,-0.2,0.6666667,0.0]")),
        .infer("doubler/versions/1", #"{"inputs":[\#(x)],"parameters":{"priority":1}}"#, 200, doubled()),
        .infer(
            "doubler/versions/1",
            #"{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP32","data":[1,2,3,4],"extra":1}],"foo":1}"#, 200,
            doubled()),
        .infer(
            "ident", #"{"inputs":[{"name":"i","shape":[2],"datatype":"BYTES","data":["hi","é\u0001\""]}]}"#, 200,
            #"{"model_name":"ident","model_version":"1","outputs":[{"name":"o","datatype":"BYTES","#
                + #""shape":[2],"data":["hi","é\u0001\""]}]}"#),
        .infer(
            "img",
            #"{"inputs":[{"name":"image","shape":[1,1,1,3],"datatype":"UINT8","data":[10,20,44]}]}"#, 200,
            #"{"model_name":"img","model_version":"1","outputs":[{"name":"probs","datatype":"FP32","shape":[1,3],"#
                + #""data":[24.666666,230.33333,1.0]}]}"#),
    ]

    /// 1, 2, 3 and 4 as FP32, and 4, 8, 12 and 16.
    static let ones: [UInt8] = [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40]
    static let fours: [UInt8] = [0, 0, 0x80, 0x40, 0, 0, 0, 0x41, 0, 0, 0x40, 0x41, 0, 0, 0x80, 0x41]
    static let one: [UInt8] = [1, 0, 0, 0]

    static let binaryX =
        #"{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP32","parameters":{"binary_data_size":16}}],"#
        + #""outputs":[{"name":"out_x","parameters":{"binary_data":true}}]}"#
    static let binaryOut =
        #"{"model_name":"doubler","model_version":"2","outputs":[{"name":"out_x","datatype":"FP32","shape":[1,4],"#
        + #""parameters":{"binary_data_size":16}}]}"#
    static let binaryAll =
        #"{"model_name":"doubler","model_version":"2","outputs":[{"name":"out_x","datatype":"FP32","shape":[1,4],"#
        + #""parameters":{"binary_data_size":16}},{"name":"n","datatype":"INT32","shape":[1,1],"#
        + #""parameters":{"binary_data_size":4}}]}"#

    static let binary: [Exchange] = [
        .infer(
            "ident",
            #"{"inputs":[{"name":"i","shape":[2],"datatype":"BYTES","data":["hi","x"]}],"#
                + #""outputs":[{"name":"o","parameters":{"binary_data":true}}]}"#,
            200,
            #"{"model_name":"ident","model_version":"1","outputs":[{"name":"o","datatype":"BYTES","shape":[2],"#
                + #""parameters":{"binary_data_size":11}}]}"#,
            answered: [2, 0, 0, 0] + Array("hi".utf8) + [1, 0, 0, 0] + Array("x".utf8)),
        .infer(
            "doubler", binaryX, header: String(binaryX.utf8.count), tensors: ones, 200, binaryOut, answered: fours),
        .infer("doubler", "", header: "0", tensors: ones, 200, binaryAll, answered: fours + one),
        .infer(
            "doubler", #"{"inputs":[\#(x)],"parameters":{"binary_data_output":true}}"#, 200, binaryAll,
            answered: fours + one),
        // What is said of an output counts more than what is said of the request.
        .infer(
            "doubler/versions/1",
            #"{"inputs":[\#(x)],"parameters":{"binary_data_output":true},"#
                + #""outputs":[{"name":"n","parameters":{"binary_data":false}}]}"#,
            200,
            #"{"model_name":"doubler","model_version":"1","outputs":[{"name":"n","datatype":"INT32","shape":[1,1],"#
                + #""data":[1]}]}"#),
        // A picture needs nothing around it.
        .infer(
            "ident", "", header: "0", tensors: [0xff, 0xd8, 0xff], 200,
            #"{"model_name":"ident","model_version":"1","outputs":[{"name":"o","datatype":"BYTES","shape":[1],"#
                + #""parameters":{"binary_data_size":7}}]}"#,
            answered: [3, 0, 0, 0, 0xff, 0xd8, 0xff]),
    ]

    static let classes: [Exchange] = [
        .infer(
            "img",
            #"{"inputs":[{"name":"image","shape":[1,1,1,3],"datatype":"UINT8","data":[10,20,30]}],"#
                + #""outputs":[{"name":"probs","parameters":{"classification":2}}]}"#,
            200,
            #"{"model_name":"img","model_version":"1","outputs":[{"name":"probs","datatype":"BYTES","#
                + #""shape":[1,2],"data":["235.000000:1:dark","20.000000:0:bright"]}]}"#),
        .infer(
            "img",
            #"{"inputs":[{"name":"image","shape":[2,1,1,3],"datatype":"UINT8","data":[10,20,30,255,255,254]}],"#
                + #""outputs":[{"name":"probs","parameters":{"classification":9}}]}"#,
            200,
            #"{"model_name":"img","model_version":"1","outputs":[{"name":"probs","datatype":"BYTES","shape":[2,3],"#
                + #""data":["235.000000:1:dark","20.000000:0:bright","1.000000:2:other","#
                + #""254.666672:0:bright","1.000000:2:other","0.333333:1:dark"]}]}"#),
        .infer(
            "doubler/versions/1",
            #"{"inputs":[\#(x)],"outputs":[{"name":"out_x","parameters":{"classification":2}}]}"#, 200,
            #"{"model_name":"doubler","model_version":"1","outputs":[{"name":"out_x","datatype":"BYTES","#
                + #""shape":[1,2],"data":["8.000000:3","6.000000:2"]}]}"#),
    ]

    static func x(_ rest: String) -> String { #"{"inputs":[{"name":"x",\#(rest)}]}"# }

    static let refusals: [Exchange] = [
        // Triton says 500 to these.
        .infer("doubler", x(#""shape":[1,4],"datatype":"FP32","data":[1,2,3]"#), 400),
        .infer("doubler", x(#""shape":[-1,4],"datatype":"FP32","data":[1,2,3,4]"#), 400),
        .infer("doubler", x(#""datatype":"FP32","data":[1,2,3,4]"#), 400),
        .infer("doubler", x(#""shape":[1,4],"data":[1,2,3,4]"#), 400),
        .infer("doubler", #"{"id":7,"inputs":[\#(x)]}"#, 400), .infer("doubler", "{bad", 400),
        .infer("doubler", "{}", 400), .infer("doubler", "[]", 400), .infer("doubler", "", 400),
        .infer("ident", #"{"inputs":[{"name":"i","shape":[2],"datatype":"BYTES","data":["hi",3]}]}"#, 400),
        .infer("img", #"{"inputs":[{"name":"image","shape":[1,1,1,3],"datatype":"UINT8","data":[1,2,3.7]}]}"#, 400),
        // 200, after the number has wrapped around.
        .infer("img", #"{"inputs":[{"name":"image","shape":[1,1,1,3],"datatype":"UINT8","data":[1,2,300]}]}"#, 400),
        // 200, with an infinity that is not JSON.
        .infer("doubler", x(#""shape":[1,4],"datatype":"FP32","data":[1,1e39,3,4]"#), 400),
        .infer("doubler", x(#""shape":[1,4],"datatype":"FP32","data":[1,3e38,3,4]"#), 400),
        // 400, as here.
        .infer("doubler", x(#""shape":[1,5],"datatype":"FP32","data":[1,2,3,4,5]"#), 400),
        .infer("doubler", x(#""shape":[1,4],"datatype":"FP32""#), 400),
        .infer("doubler", x(#""shape":[1,4],"datatype":"FP33","data":[1,2,3,4]"#), 400),
        .infer("doubler", x(#""shape":[1,4],"datatype":"FP64","data":[1,2,3,4]"#), 400),
        .infer("doubler", x(#""shape":[1,4],"datatype":"FP16","data":[1,2,3,4]"#), 400),
        .infer("doubler", #"{"inputs":[\#(x),\#(x)]}"#, 400), .infer("doubler", #"{"inputs":[]}"#, 400),
        .infer("doubler", #"{"inputs":[\#(x)],"outputs":[{"name":"y"}]}"#, 400),
        .infer("doubler", #"{"inputs":[\#(x)],"outputs":[{"name":"n"},{"name":"n"}]}"#, 400),
        .infer("doubler", #"{"inputs":[\#(x)],"parameters":{"timeout":-1}}"#, 400),
        .infer(
            "ident",
            #"{"inputs":[{"name":"i","shape":[1],"datatype":"BYTES","data":["a"]}],"#
                + #""outputs":[{"name":"o","parameters":{"classification":1}}]}"#, 400),
        .infer("doubler", binaryX, header: "9999", tensors: ones, 400),
        .infer("doubler", binaryX, header: "-1", tensors: ones, 400),
        .infer("doubler", binaryX, header: "abc", tensors: ones, 400),
        .infer("doubler", binaryX, header: "+10", tensors: ones, 400),
        .infer("doubler", binaryX, header: String(binaryX.utf8.count), tensors: Array(ones.dropLast()), 400),
        .infer("doubler", binaryX, header: String(binaryX.utf8.count), tensors: ones + [0], 400),
        .infer("doubler", binaryX, tensors: [], 400), .infer("doubler", binaryX, tensors: ones, 400),
        .infer("doubler", "", header: "0", tensors: Array(ones.dropLast()), 400),
        .infer("types", "", header: "0", tensors: ones, 400),
        .infer("nope", #"{"inputs":[\#(x)]}"#, 404),
        .infer("full", #"{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}"#, 503),
        .infer("broken", #"{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}"#, 500),
    ]
}
