// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortInference
import Testing

@Suite struct NPYTests {
    /// The bytes of a file with that header and one byte for each number.
    private func file(_ header: String, data: [UInt8] = [], version: UInt8 = 1) -> [UInt8] {
        let length = UInt8(truncatingIfNeeded: header.utf8.count)
        return [0x93] + Array("NUMPY".utf8) + [version, 0, length, 0] + (version == 1 ? [] : [0, 0]) + header.utf8
            + data
    }

    @Test(arguments: [
        ("bool", DataType.bool), ("uint8", .uint8), ("uint16", .uint16), ("uint32", .uint32), ("uint64", .uint64),
        ("int8", .int8), ("int16", .int16), ("int32", .int32), ("int64", .int64), ("float16", .float16),
        ("float32", .float32), ("float64", .float64),
    ])
    func filesOfNumPyAreReadAndWrittenByteForByte(name: String, type: DataType) throws {
        let file = try Reference.file("numpy-\(name)")
        let tensor = try Tensor(npy: file)
        #expect(tensor.dataType == type)
        #expect(tensor.shape == [2, 3, 4])
        #expect(try tensor.npy() == file)
    }

    @Test func columnsFirstAndScalarsAreRead() throws {
        let numbers = try Tensor(npy: Reference.file("numpy-fortran"))
        #expect(try numbers.elements(as: Float.self) == (0..<24).map { Float($0) })
        let scalar = try Tensor(npy: Reference.file("numpy-scalar"))
        #expect(scalar.shape == [])
        #expect(try scalar.elements(as: Double.self) == [2.5])
    }

    @Test(arguments: [
        ("numpy-big-endian", "The type '>i4' of the .npy file cannot be read; little-endian numbers can."),
        ("numpy-object", "The type '|O' of the .npy file cannot be read; little-endian numbers can."),
    ])
    func otherTypesAreRefusedByName(name: String, message: String) throws {
        let file = try Reference.file(name)
        let error = #expect(throws: InferenceError.self) { try Tensor(npy: file) }
        #expect(error?.message == message)
    }

    @Test(arguments: [
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [1, 2] as [UInt8], true),
        ("{\"shape\": (1, 2), \"fortran_order\": True, \"descr\": \"|u1\"}\n", [1, 2], true),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", [1], true),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [1], false),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [1, 2, 3], false),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (2), }", [1, 2], false),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (-2,), }", [], false),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,), }", [], false),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 2), }", [], false),
        ("{'descr': '|u1', 'fortran_order': False, }", [], false),
        ("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [1, 2], false),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'more': 1}", [1, 2], false),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), } x", [1, 2], false),
        ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", [1, 2], false),
        ("{'descr': '|u1', 'fortran_order': 0, 'shape': (2,), }", [1, 2], false),
        ("", [], false),
    ])
    func headersAreReadStrictly(header: String, data: [UInt8], isRead: Bool) {
        #expect(((try? Tensor(npy: file(header, data: data))) != nil) == isRead)
        #expect(((try? Tensor(npy: file(header, data: data, version: 2))) != nil) == isRead)
        #expect((try? Tensor(npy: file(header, data: data, version: 4))) == nil)
    }

    @Test func everyCutIsRefused() throws {
        let file = try Tensor([1, 2, 3] as [Int16]).npy()
        for length in 0..<file.count {
            #expect(throws: InferenceError.self) { try Tensor(npy: Array(file.prefix(length))) }
        }
    }

    @Test func typesThatNumPyLacksAreNotWritten() throws {
        #expect(throws: InferenceError.self) { try Tensor(texts: [[1]]).npy() }
        #expect(throws: InferenceError.self) { try Tensor([BFloat16(1)]).npy() }
    }
}
