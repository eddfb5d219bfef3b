// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// A part of the tensor along its first axis.
    ///
    /// - Parameter range: Within the first axis.
    /// - Returns: A tensor with the same further axes.
    /// - Throws: ``InferenceError`` with `.wrongShape` for a scalar or a range outside the tensor.
    /// - Complexity: O(*n*) in the bytes of the part; in those of all for ``DataType/bytes``.
    public func rows(_ range: Range<Int>) throws -> Tensor {
        guard let rows = shape.first, range.lowerBound >= 0, range.upperBound <= rows else {
            throw InferenceError(.wrongShape, "A tensor of the shape \(shape) has no rows \(range).")
        }
        let newShape = [range.count] + shape.dropFirst()
        let elements = rows == 0 ? 0 : count / rows
        let part: Range<Int>
        if let size = dataType.size {
            part = range.lowerBound * elements * size..<range.upperBound * elements * size
        } else {
            let all = try TextElements.ranges(in: bytes, count: count)
            let wanted = all[range.lowerBound * elements..<range.upperBound * elements]
            part = wanted.first.map { $0.lowerBound - 4..<(wanted.last ?? $0).upperBound } ?? 0..<0
        }
        return Tensor(
            unchecked: dataType, shape: newShape, count: range.count * elements, bytes: [UInt8](bytes[part]))
    }

    /// One tensor of several, one behind the other along the first axis.
    ///
    /// - Parameter tensors: At least one; they have one type and one shape but for the first axis.
    /// - Returns: A tensor whose first axis is as long as theirs together.
    /// - Throws: ``InferenceError`` with `.wrongShape` or `.wrongType` when they do not fit together.
    public static func joined(_ tensors: [Tensor]) throws -> Tensor {
        guard let first = tensors.first else {
            throw InferenceError(.wrongShape, "There is no tensor to be joined.")
        }
        if tensors.count == 1 { return first }
        var rows = 0
        for tensor in tensors {
            guard tensor.dataType == first.dataType else {
                throw InferenceError(
                    .wrongType,
                    "Tensors of \(first.dataType.rawValue) and \(tensor.dataType.rawValue) cannot be joined.")
            }
            guard let own = tensor.shape.first, tensor.shape.dropFirst() == first.shape.dropFirst() else {
                throw InferenceError(
                    .wrongShape, "Tensors of the shapes \(first.shape) and \(tensor.shape) cannot be joined.")
            }
            rows += own
        }
        let shape = [rows] + first.shape.dropFirst()
        let count = try TensorShape.count(shape)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tensors.reduce(0) { $0 + $1.bytes.count })
        for tensor in tensors { bytes.append(contentsOf: tensor.bytes) }
        return Tensor(unchecked: first.dataType, shape: shape, count: count, bytes: bytes)
    }

    /// A tensor from bytes that do not lie in row-major order.
    ///
    /// - Parameters:
    ///   - dataType: The type of the elements; not ``DataType/bytes``.
    ///   - shape: The number of elements along each axis.
    ///   - strides: How many bytes lie between neighbours on each axis, at least zero.
    ///   - bytes: The memory, which the first element begins.
    /// - Returns: A tensor with a copy of the elements.
    /// - Throws: ``InferenceError`` with `.wrongShape` when the strides do not fit the shape, `.invalidData` when they
    ///   lead out of the memory.
    public static func gathered(
        dataType: DataType, shape: [Int], strides: [Int], from bytes: RawSpan
    ) throws -> Tensor {
        guard let size = dataType.size else {
            throw InferenceError(.wrongType, "BYTES have no strides.")
        }
        let total = try TensorShape.byteCount(shape, size: size)
        guard strides.count == shape.count, strides.allSatisfy({ $0 >= 0 }) else {
            throw InferenceError(.wrongShape, "The strides \(strides) do not fit the shape \(shape).")
        }
        if total == 0 { return Tensor(unchecked: dataType, shape: shape, count: 0, bytes: []) }
        var last = size
        for (dimension, stride) in zip(shape, strides) {
            let (distance, over) = (dimension - 1).multipliedReportingOverflow(by: stride)
            let (sum, further) = last.addingReportingOverflow(distance)
            guard !over, !further, sum <= bytes.byteCount else {
                throw InferenceError(
                    .invalidData, "The strides \(strides) lead out of \(bytes.byteCount) bytes.")
            }
            last = sum
        }
        var gathered: [UInt8] = []
        gathered.reserveCapacity(total)
        var index = [Int](repeating: 0, count: shape.count)
        var offset = 0
        for _ in 0..<total / size {
            for byte in 0..<size { gathered.append(bytes.unsafeLoad(fromByteOffset: offset + byte, as: UInt8.self)) }
            // Counts up like a mileage counter, the last axis first.
            for axis in shape.indices.reversed() {
                index[axis] += 1
                offset += strides[axis]
                if index[axis] < shape[axis] { break }
                offset -= strides[axis] * shape[axis]
                index[axis] = 0
            }
        }
        return try Tensor(dataType: dataType, shape: shape, bytes: gathered)
    }
}
