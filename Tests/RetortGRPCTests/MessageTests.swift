// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import RetortLab
import Testing

@testable import RetortGRPC

/// A message as bytes, and what is wrong with it.
struct Hostile: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let problem: String

    init(_ bytes: [UInt8], _ problem: String) {
        self.bytes = bytes
        self.problem = problem
    }

    var testDescription: String { "\(bytes.prefix(16)): \(problem)" }
}

/// Bytes from strangers as messages.
@Suite struct MessageTests {
    static func read(_ bytes: [UInt8], _ limits: InferenceProtocolLimits = .init()) throws -> InferMessage {
        try bytes.withUnsafeBytes { try InferMessage($0, limits: limits, typedBytes: 1_024) }
    }

    /// A field with a length.
    static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = bytes.count
        while rest >= 0x80 {
            length.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return [number << 3 | 2] + length + [UInt8(rest)] + bytes
    }

    static func text(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

    /// An input, in the order of its fields.
    static func input(_ type: String, _ shape: [UInt8], _ contents: [UInt8]? = nil, name: String = "x") -> [UInt8] {
        field(5, text(1, name) + text(2, type) + field(3, shape) + (contents.map { field(5, $0) } ?? []))
    }

    // Protocol Buffers, "Encoding".
    @Test(arguments: [
        Hostile([0x0a], "ends within a number"),
        Hostile([0x0a, 0x05, 0x61], "ends within a field of 5 bytes"),
        Hostile([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], "ends within a field of 4294967295 bytes"),
        Hostile([0x0a] + [UInt8](repeating: 0xff, count: 9) + [0x01], "ends within a field of 18446744073709551615"),
        Hostile([0x00, 0x00], "a number that is none"),
        Hostile([0x07, 0x00], "a number that is none"),
        Hostile([0x80, 0x80, 0x80, 0x80, 0x10, 0x00], "a number that is none"),
        Hostile([0x0e], "wire type 6"),
        Hostile([0x0f], "wire type 7"),
        Hostile([0x0c], "wire type 4"),
        Hostile([UInt8](repeating: 0xff, count: 10), "more than 64 bits"),
        Hostile([UInt8](repeating: 0x80, count: 11), "more than 64 bits"),
        Hostile([0x08] + [UInt8](repeating: 0x80, count: 9) + [0x02], "more than 64 bits"),
        Hostile([0x0a, 0x02, 0xff, 0xfe], "'model_name' of the message is not UTF-8"),
        Hostile([0x08, 0x01], "'model_name' of the message has another wire type"),
        Hostile([0x2a, 0x03, 0x18], "ends within a field of 3 bytes"),
        Hostile([0x2a, 0x03, 0x1a, 0x01, 0x80], "ends within a number"),
        Hostile([0x2a, 0x05, 0x1d, 0, 0, 0, 0], "'shape' of the message has another wire type"),
        Hostile([0x28, 0x00], "'inputs' of the message has another wire type"),
        Hostile([0x38, 0x00], "'raw_input_contents' of the message has another wire type"),
        Hostile([0x9d, 0x06, 0, 0], "ends within a number"),
        Hostile([0x99, 0x06, 0, 0, 0, 0, 0, 0, 0], "ends within a number"),
        Hostile([0x9b, 0x06], "ends within a group"),
        Hostile([0x9b, 0x06, 0xa4, 0x06], "ends as another one"),
        Hostile([UInt8](repeating: 0x0b, count: 100_000), "groups more than 16 deep"),
        Hostile([0x22, 0x02, 0x0a, 0x05], "ends within a field of 5 bytes"),
        Hostile([0x22, 0x04, 0x12, 0x02, 0x0d, 0x00], "ends within a number"),
        Hostile([0x22, 0x04, 0x12, 0x02, 0x18, 0x01], "A parameter of the message has another wire type"),
    ])
    func whatIsNoMessageIsRefused(_ hostile: Hostile) {
        let error = #expect(throws: MessageError.self) { try Self.read(hostile.bytes) }
        #expect(error?.description.contains(hostile.problem) == true, "\(error?.description ?? "nothing")")
    }

    @Test(arguments: [
        Hostile(input("FP99", [1], [0x30, 0]), "datatype 'FP99'"),
        Hostile(input("UINT8", [2], [0x20, 1]), "has 2 elements, and 1 were sent"),
        Hostile(input("UINT8", [1], [0x22, 2, 1, 2]), "has 1 elements, and 2 were sent"),
        Hostile(input("UINT8", [1], [0x20, 0x80, 0x02]), "does not fit UINT8"),
        Hostile(input("UINT8", [1], [0x20] + [UInt8](repeating: 0xff, count: 9) + [1]), "does not fit UINT8"),
        Hostile(input("INT8", [1], [0x10, 0x80, 0x01]), "does not fit INT8"),
        Hostile(input("INT32", [1], [0x10, 0xff, 0xff, 0xff, 0xff, 0x0f]), "does not fit INT32"),
        Hostile(input("UINT8", [1], [0x10, 1]), "in field 4 of the contents, and not in field 2"),
        Hostile(input("FP16", [1], [0x20, 1]), "has to be sent in 'raw_input_contents'"),
        Hostile(input("FP32", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], []), "of at least zero"),
        Hostile(
            input("FP32", [UInt8](repeating: 0xff, count: 8) + [0x7f] + [UInt8](repeating: 0xff, count: 8) + [0x7f]),
            "more elements than can be counted"),
        Hostile(input("FP32", [UInt8](repeating: 1, count: 17)), "has 17 dimensions; 16 are the most"),
        Hostile(input("FP32", [1]) + field(7, [0, 0, 0]), "does not have 3 bytes"),
        Hostile(input("FP32", [1]) + field(7, [0, 0, 0, 0]) + field(7, []), "1 inputs, and 2 of 'raw_input_contents'"),
        Hostile(input("UINT8", [1], [0x20, 1]) + field(7, [0]), "which cannot be mixed"),
        Hostile(input("BOOL", [1]) + field(7, [2]), "a byte of 0 or 1"),
        Hostile(input("BYTES", [1]) + field(7, [9, 0, 0, 0, 1]), "Input 'x'"),
        Hostile(input("UINT8", [1], [0x20, 1]) + input("UINT8", [1], [0x20, 1]), "the input 'x' twice"),
        Hostile(field(6, text(1, "y")) + field(6, text(1, "y")), "the output 'y' twice"),
        Hostile([UInt8]((0..<257).flatMap { _ in input("UINT8", [0]) }), "257 inputs; 256 are the most"),
        Hostile([UInt8]((0..<257).flatMap { _ in field(6, []) }), "257 outputs; 256 are the most"),
        Hostile(input("UINT8", [1], field(4, [UInt8](repeating: 1, count: 1_025))), "more than 1024 bytes"),
        Hostile(field(3, [UInt8](repeating: 0x61, count: 1_025)), "more than 1024 bytes"),
        Hostile(
            field(4, text(1, "priority") + field(2, [0x10] + [UInt8](repeating: 0xff, count: 9) + [1])), "priority"),
        Hostile(field(4, text(1, "timeout") + field(2, text(3, "soon"))), "timeout"),
        Hostile(
            field(6, text(1, "y") + field(2, text(1, "shared_memory_region") + field(2, text(3, "here")))),
            "shared memory"),
    ])
    func whatIsNoRequestSaysWhy(_ hostile: Hostile) throws {
        let message = try Self.read(hostile.bytes)
        let error = #expect(throws: InferenceError.self) { try message.call.get() }
        #expect(error?.message.contains(hostile.problem) == true, "\(error?.message ?? "nothing")")
        #expect(error.map { [400, 413].contains($0.status) } == true)
    }

    @Test func everyBeginningOfAMessageIsRefusedOrRead() throws {
        let whole =
            Self.text(1, "model") + Self.text(2, "3") + Self.text(3, "id")
            + Self.field(4, Self.text(1, "timeout") + Self.field(2, [0x10, 0x64]))
            + Self.input("INT16", [2], [0x12, 0x0b] + [UInt8](repeating: 0xff, count: 9) + [1, 7])
            + Self.field(
                6, Self.text(1, "y") + Self.field(2, Self.text(1, "classification") + Self.field(2, [0x10, 3])))
        for end in 0...whole.count {
            do {
                _ = try Self.read(Array(whole.prefix(end)))
            } catch is MessageError {
                #expect(end < whole.count)
            }
        }
        let message = try Self.read(whole)
        let call = try message.call.get()
        #expect(message.model == "model" && message.version == "3" && message.id == "id" && call.id == "id")
        #expect(call.timeout == .microseconds(100))
        #expect(try call.inputs["x"]?.elements(as: Int16.self) == [-1, 7])
        #expect(call.outputs?.map(\.classes) == [3])
    }

    /// Elements can lie in one field or one by one, in any order of the fields, and unknown fields are passed over.
    @Test(arguments: [
        input("UINT16", [3], [0x22, 4, 1, 0x80, 1, 3]),
        input("UINT16", [3], [0x20, 1, 0x20, 0x80, 1, 0x20, 3]),
        input("UINT16", [3], [0x22, 3, 1, 0x80, 1, 0x20, 3]),
        field(
            5,
            field(5, [0x22, 3, 1, 0x80, 1]) + field(3, [3]) + text(2, "UINT16") + text(1, "x") + field(5, [0x20, 3])),
        [0x98, 0x06, 1] + input("UINT16", [3], [0x22, 4, 1, 0x80, 1, 3]) + [
            0x9b, 0x06, 0x9b, 0x06, 0x9c, 0x06, 0x9c, 0x06,
        ],
        field(5, text(1, "x") + text(2, "UINT16") + [0x18, 3]) + field(7, [1, 0, 0x80, 0, 3, 0]),
    ])
    func theSameTensorInOtherBytes(_ bytes: [UInt8]) throws {
        #expect(try Self.read(bytes).call.get().inputs == ["x": try Tensor([1, 128, 3] as [UInt16])])
    }

    @Test func fieldsThatRepeatCountOnce() throws {
        let message = try Self.read(
            Self.text(1, "first") + Self.text(1, "second")
                + Self.field(4, Self.text(1, "timeout") + Self.field(2, [0x10, 1]))
                + Self.field(4, Self.text(1, "timeout") + Self.field(2, [0x10, 2])))
        #expect(message.model == "second")
        #expect(try message.call.get().timeout == .microseconds(2))
    }

    @Test func longRunsOfBytesAreWrittenInPlace() {
        var inner = MessageWriter()
        inner.text(1, "a")
        inner.bytes(6, [UInt8](repeating: 7, count: 600))
        inner.numbers(3, [1, -1])
        inner.bytes(7, [])
        var outer = MessageWriter()
        outer.flag(1, false)
        outer.number(2, 0)
        outer.text(3, "")
        outer.message(2, inner)
        let expected =
            [0x12, 0xed, 0x04, 0x0a, 1, 0x61, 0x32, 0xd8, 0x04] + [UInt8](repeating: 7, count: 600)
            + [0x1a, 11, 1] + [UInt8](repeating: 0xff, count: 9) + [1, 0x3a, 0]
        #expect(outer.bytes == expected)
        #expect(outer.count == expected.count)
        var copy = [UInt8](repeating: 0, count: outer.count)
        copy.withUnsafeMutableBytes { outer.copy(to: $0) }
        #expect(copy == expected)
    }
}
