// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

@Suite struct TensorTests {
    @Test func elementsComeBackAsTheyWere() throws {
        let tensor = try Tensor([1, -2, 3.5, 0, 5, 6] as [Float], shape: [2, 3])
        #expect(tensor.dataType == .float32)
        #expect(tensor.strides == [3, 1])
        #expect(try tensor.elements(as: Float.self) == [1, -2, 3.5, 0, 5, 6])
        #expect(try tensor.withElements(as: Float.self) { span in span.indices.map { span[$0] }.reduce(0, +) } == 13.5)
        #expect(tensor.withBytes { $0.byteCount } == 24)
    }

    @Test func bytesAreLittleEndian() throws {
        #expect(try Tensor([0x0102, 0x0304] as [UInt16]).bytes == [2, 1, 4, 3])
        #expect(
            try Tensor(dataType: .int64, shape: [], bytes: [7, 0, 0, 0, 0, 0, 0, 0]).elements(as: Int64.self) == [7])
    }

    @Test func elementsOfAnotherTypeAreRefused() throws {
        let tensor = try Tensor([1, 2] as [Int32])
        let error = #expect(throws: InferenceError.self) { try tensor.elements(as: Float.self) }
        #expect(error?.code == .wrongType)
        #expect(error?.message == "The tensor has elements of INT32, not of FP32.")
        #expect(throws: InferenceError.self) { try tensor.texts() }
    }

    @Test(arguments: [
        (DataType.float32, [2, 2], 15, InferenceError.Code.invalidData),
        (.float32, [2, 2], 17, .invalidData),
        (.uint8, [-1, 4], 4, .wrongShape),
        (.float64, [.max, 2], 0, .wrongShape),
        (.float64, [.max], 8, .wrongShape),
        (.uint8, [Int](repeating: 1, count: 17), 1, .wrongShape),
        (.bytes, [1], 3, .invalidData),
        (.bytes, [2], 4, .invalidData),
        (.bytes, [0], 1, .invalidData),
    ])
    func bytesThatDoNotFitAreRefused(type: DataType, shape: [Int], count: Int, code: InferenceError.Code) {
        let error = #expect(throws: InferenceError.self) {
            try Tensor(dataType: type, shape: shape, bytes: [UInt8](repeating: 0, count: count))
        }
        #expect(error?.code == code)
        #expect(error?.status == 400)
    }

    @Test func truthIsZeroOrOne() throws {
        #expect(try Tensor(dataType: .bool, shape: [2], bytes: [0, 1]).elements(as: Bool.self) == [false, true])
        #expect(throws: InferenceError.self) { try Tensor(dataType: .bool, shape: [1], bytes: [2]) }
    }

    @Test func emptyTensorsAreAllowedHoweverLong() throws {
        let tensor = try Tensor(dataType: .float32, shape: [0, .max, .max], bytes: [])
        #expect(tensor.count == 0)
        #expect(try tensor.elements(as: Float.self).isEmpty)
        #expect(tensor.strides.count == 3)
    }

    @Test func textsKeepTheirLengths() throws {
        let tensor = try Tensor(texts: [Array("cat".utf8), [], [0, 255]], shape: [3, 1])
        #expect(tensor.bytes == [3, 0, 0, 0, 99, 97, 116, 0, 0, 0, 0, 2, 0, 0, 0, 0, 255])
        #expect(try Tensor(dataType: .bytes, shape: [3, 1], bytes: tensor.bytes) == tensor)
        #expect(try tensor.rows(1..<3).texts() == [[], [0, 255]])
        #expect(try Tensor.joined([tensor.rows(2..<3), tensor.rows(0..<1)]).texts() == [[0, 255], Array("cat".utf8)])
        // A length that leads out of the bytes.
        #expect(throws: InferenceError.self) {
            try Tensor(dataType: .bytes, shape: [1], bytes: [255, 255, 255, 255, 0])
        }
    }

    @Test func rowsAreCutAndJoined() throws {
        let tensor = try Tensor((0..<12).map { Int32($0) }, shape: [3, 2, 2])
        let parts = [try tensor.rows(0..<1), try tensor.rows(1..<3)]
        #expect(parts[1].shape == [2, 2, 2])
        #expect(try parts[1].elements(as: Int32.self) == [4, 5, 6, 7, 8, 9, 10, 11])
        #expect(try Tensor.joined(parts) == tensor)
        #expect(throws: InferenceError.self) { try tensor.rows(2..<4) }
        #expect(throws: InferenceError.self) { try tensor.rows(-1..<1) }
        #expect(throws: InferenceError.self) { try Tensor([1.0]).reshaped(to: []).rows(0..<0) }
        #expect(throws: InferenceError.self) { try Tensor.joined([tensor, tensor.reshaped(to: [3, 4])]) }
        #expect(throws: InferenceError.self) { try Tensor.joined([Tensor([1.0]), Tensor([1 as Int32])]) }
    }

    @Test func stridedMemoryIsGathered() throws {
        let bytes: [UInt8] = [0, 1, 2, 3, 4, 5, 6, 7]
        let tensor = try bytes.withUnsafeBytes {
            try Tensor.gathered(dataType: .uint8, shape: [2, 2], strides: [4, 2], from: $0.bytes)
        }
        #expect(tensor.bytes == [0, 2, 4, 6])
        for strides in [[4, 5], [.max, 1], [-1, 1], [1]] {
            #expect(throws: InferenceError.self) {
                try bytes.withUnsafeBytes {
                    try Tensor.gathered(dataType: .uint8, shape: [2, 2], strides: strides, from: $0.bytes)
                }
            }
        }
    }

    @Test(
        arguments: [
            (1.0, 0x3f80), (-2, 0xc000), (1.00390625, 0x3f80), (1.01171875, 0x3f82), (Float.infinity, 0x7f80),
            (Float.greatestFiniteMagnitude, 0x7f80), (0, 0),
        ] as [(Float, UInt16)])
    func brainFloatsAreRoundedToTheNearest(value: Float, bits: UInt16) {
        #expect(BFloat16(value).bitPattern == bits)
    }

    @Test func whatIsNoNumberStaysSo() {
        #expect(BFloat16(Float.nan).float.isNaN)
        #expect(BFloat16(bitPattern: 0x4049).float == 3.140625)
    }

    @Test func everyTypeHasTheNameOfTheProtocol() {
        let names = [
            "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32",
            "FP64", "BYTES",
        ]
        #expect(DataType.allCases.map(\.rawValue) == names)
    }
}
