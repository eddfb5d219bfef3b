// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// NumPy's file format for one array.
///
/// Source: NumPy, "numpy.lib.format", versions 1.0, 2.0 and 3.0.
extension Tensor {
    /// Reads an array from the bytes of a `.npy` file.
    ///
    /// Numbers and truth values in little-endian order are read, in row-major and in column-major order. Nothing else is:
    /// objects would be programs, and records, dates and texts of NumPy have no type here.
    ///
    /// - Parameter npy: The whole file.
    /// - Throws: ``InferenceError`` with `.invalidData` when it is no such file, ends early, or goes on behind the array;
    ///   `.wrongType` when its type has no match here.
    public init(npy: [UInt8]) throws {
        let header = try NPYHeader(npy)
        let data = npy[header.end...]
        let size = header.dataType.size ?? 1
        let expected = try TensorShape.byteCount(header.shape, size: size)
        guard data.count == expected else {
            throw InferenceError(
                .invalidData,
                "An array of the shape \(header.shape) has \(expected) bytes, and the file has \(data.count).")
        }
        if header.isColumnMajor && header.shape.count > 1 {
            var strides: [Int] = []
            var stride = size
            for dimension in header.shape {
                strides.append(stride)
                // The product of all was checked above, and a dimension of zero is left out.
                stride = stride.multipliedReportingOverflow(by: max(dimension, 1)).partialValue
            }
            self = try data.withUnsafeBytes {
                try Tensor.gathered(
                    dataType: header.dataType, shape: header.shape, strides: strides, from: $0.bytes)
            }
        } else {
            try self.init(dataType: header.dataType, shape: header.shape, bytes: [UInt8](data))
        }
    }

    /// The bytes of a `.npy` file with this array, version 1.0, in row-major order.
    ///
    /// - Returns: The whole file.
    /// - Throws: ``InferenceError`` with `.wrongType` for BF16 and BYTES, for which NumPy has no type.
    public func npy() throws -> [UInt8] {
        guard let type = NPYHeader.names.first(where: { $0.value == dataType })?.key else {
            throw InferenceError(.wrongType, "NumPy has no type for \(dataType.rawValue).")
        }
        let dimensions = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(dimensions)), }"
        // The data begin at a multiple of 64 bytes; the header ends with a line feed.
        let unpadded = NPYHeader.magic.count + 4 + header.utf8.count + 1
        header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
        let length = header.utf8.count
        var file = NPYHeader.magic + [1, 0, UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
        file.reserveCapacity(file.count + length + bytes.count)
        file += header.utf8
        file += bytes
        return file
    }
}

/// What stands in front of the elements.
private struct NPYHeader {
    static let magic: [UInt8] = [0x93] + "NUMPY".utf8

    static let names: [String: DataType] = [
        "|b1": .bool, "|u1": .uint8, "|i1": .int8, "<u2": .uint16, "<i2": .int16, "<u4": .uint32, "<i4": .int32,
        "<u8": .uint64, "<i8": .int64, "<f2": .float16, "<f4": .float32, "<f8": .float64,
    ]

    let dataType: DataType
    let shape: [Int]
    let isColumnMajor: Bool
    /// Where the elements begin.
    let end: Int

    init(_ file: [UInt8]) throws {
        guard file.starts(with: Self.magic), file.count >= 10 else {
            throw InferenceError(.invalidData, "This is not a .npy file.")
        }
        let version = file[6]
        let lengthBytes = version == 1 ? 2 : 4
        guard (1...3).contains(version), file[7] == 0, file.count >= 8 + lengthBytes else {
            throw InferenceError(.invalidData, "Version \(version).\(file[7]) of the .npy format is not known.")
        }
        var length = 0
        for index in 0..<lengthBytes { length |= Int(file[8 + index]) << (8 * index) }
        let start = 8 + lengthBytes
        guard length <= 65_536, length <= file.count - start else {
            throw InferenceError(.invalidData, "The header of the .npy file is cut off, or longer than 64 KiB.")
        }
        end = start + length
        var literal = PythonLiteral(file[start..<end])
        (dataType, isColumnMajor, shape) = try literal.readHeader(names: Self.names)
    }
}

/// The one dictionary that a header consists of, in Python's spelling.
private struct PythonLiteral {
    private let text: ArraySlice<UInt8>
    private var place: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        place = text.startIndex
    }

    mutating func readHeader(names: [String: DataType]) throws -> (DataType, Bool, [Int]) {
        var type: DataType?
        var order: Bool?
        var shape: [Int]?
        try expect("{")
        while !accept("}") {
            let key = try string()
            try expect(":")
            switch key {
            case "descr" where type == nil:
                guard peek() != UInt8(ascii: "[") else {
                    throw InferenceError(.wrongType, "The .npy file holds records, which are no tensor.")
                }
                let name = try string()
                guard let known = names[name] else {
                    throw InferenceError(
                        .wrongType, "The type '\(name)' of the .npy file cannot be read; little-endian numbers can.")
                }
                type = known
            case "fortran_order" where order == nil: order = try truth()
            case "shape" where shape == nil: shape = try tuple()
            default: throw malformed()
            }
            if !accept(",") {
                try expect("}")
                break
            }
        }
        guard let type, let order, let shape, peek() == nil else { throw malformed() }
        return (type, order, shape)
    }

    private func malformed() -> InferenceError {
        InferenceError(.invalidData, "The header of the .npy file is malformed.")
    }

    /// The next byte that is no white space.
    private mutating func peek() -> UInt8? {
        while place < text.endIndex, text[place] == UInt8(ascii: " ") || text[place] == UInt8(ascii: "\n") {
            place += 1
        }
        return place < text.endIndex ? text[place] : nil
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard accept(character) else { throw malformed() }
    }

    private mutating func string() throws -> String {
        guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { throw malformed() }
        place += 1
        guard let end = text[place...].firstIndex(of: quote) else { throw malformed() }
        let content = text[place..<end]
        guard content.allSatisfy({ $0 >= 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }) else { throw malformed() }
        place = end + 1
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func truth() throws -> Bool {
        _ = peek()
        for (word, value) in [("True", true), ("False", false)] where text[place...].starts(with: word.utf8) {
            place += word.utf8.count
            return value
        }
        throw malformed()
    }

    private mutating func tuple() throws -> [Int] {
        try expect("(")
        var numbers: [Int] = []
        while !accept(")") {
            numbers.append(try number())
            if !accept(",") {
                try expect(")")
                // (3) is a number in brackets, and no tuple.
                guard numbers.count != 1 else { throw malformed() }
                break
            }
        }
        return numbers
    }

    private mutating func number() throws -> Int {
        _ = peek()
        let digits = text[place...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { throw malformed() }
        place = digits.endIndex
        return number
    }
}
