// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if _endian(big)
    #error("Tensors are exchanged as little-endian bytes, and this machine is big-endian.")
#endif

/// A block of numbers, or of texts, with a shape.
///
/// A tensor is a value: it never changes, and copies share their memory. Its elements lie in row-major order, the last
/// axis densest, without gaps, as little-endian bytes: what the Open Inference Protocol sends is what lies here.
///
///     let image = try Tensor([0.5, 0.25, 1, 0] as [Float], shape: [1, 2, 2])
///     let sum = try image.withElements(as: Float.self) { span in
///         span.indices.reduce(0) { $0 + span[$1] }
///     }
public struct Tensor: Sendable, Equatable {
    /// The type of the elements.
    public let dataType: DataType

    /// The number of elements along each axis; empty for a scalar.
    public let shape: [Int]

    /// The number of all elements.
    public let count: Int

    /// The elements: numbers as they lie in memory; texts each behind its length, a little-endian `UInt32`.
    public let bytes: [UInt8]

    /// Creates a tensor of numbers.
    ///
    /// - Parameters:
    ///   - elements: The elements in row-major order.
    ///   - shape: The number of elements along each axis; one axis when left out.
    /// - Throws: ``InferenceError`` with `.wrongShape` when the shape does not have as many elements.
    public init<Element: TensorElement>(_ elements: [Element], shape: [Int]? = nil) throws {
        let shape = shape ?? [elements.count]
        let count = try TensorShape.count(shape)
        guard count == elements.count else {
            throw InferenceError(
                .wrongShape, "The shape \(shape) has \(count) elements, and \(elements.count) were given.")
        }
        self.init(
            unchecked: Element.dataType, shape: shape, count: count,
            bytes: elements.withUnsafeBytes { [UInt8]($0) })
    }

    /// Creates a tensor of texts or other bytes.
    ///
    /// - Parameters:
    ///   - texts: The elements in row-major order, each of less than 4 GiB.
    ///   - shape: The number of elements along each axis; one axis when left out.
    /// - Throws: ``InferenceError`` with `.wrongShape` when the shape does not have as many elements, `.tooLarge` for an
    ///   element that is too long.
    public init(texts: [[UInt8]], shape: [Int]? = nil) throws {
        let shape = shape ?? [texts.count]
        let count = try TensorShape.count(shape)
        guard count == texts.count else {
            throw InferenceError(
                .wrongShape, "The shape \(shape) has \(count) elements, and \(texts.count) were given.")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.reduce(0) { $0 + 4 + $1.count })
        for text in texts {
            guard let length = UInt32(exactly: text.count) else {
                throw InferenceError(
                    .tooLarge, "An element of \(text.count) bytes is too long; it must be below 4 GiB.")
            }
            withUnsafeBytes(of: length.littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: text)
        }
        self.init(unchecked: .bytes, shape: shape, count: count, bytes: bytes)
    }

    /// Creates a tensor from bytes as they are exchanged.
    ///
    /// - Parameters:
    ///   - dataType: The type of the elements.
    ///   - shape: The number of elements along each axis.
    ///   - bytes: Exactly the elements, little-endian and in row-major order; for ``DataType/bytes`` each behind its
    ///     length.
    /// - Throws: ``InferenceError`` with `.wrongShape` for a shape that is none, `.invalidData` when there are more or
    ///   fewer bytes than the shape wants, or a BOOL that is neither 0 nor 1.
    ///
    /// Source: Triton, "Binary Tensor Data Extension".
    public init(dataType: DataType, shape: [Int], bytes: [UInt8]) throws {
        let count = try TensorShape.count(shape)
        if let size = dataType.size {
            let expected = try TensorShape.byteCount(shape, size: size)
            guard bytes.count == expected else {
                throw InferenceError(
                    .invalidData,
                    "A tensor of \(dataType.rawValue) with the shape \(shape) has \(expected) bytes, not \(bytes.count)."
                )
            }
            guard dataType != .bool || bytes.allSatisfy({ $0 <= 1 }) else {
                throw InferenceError(.invalidData, "A BOOL is a byte of 0 or 1, and there is another one.")
            }
        } else {
            _ = try TextElements.ranges(in: bytes, count: count)
        }
        self.init(unchecked: dataType, shape: shape, count: count, bytes: bytes)
    }

    /// Creates a tensor of which everything is known to fit.
    init(unchecked dataType: DataType, shape: [Int], count: Int, bytes: [UInt8]) {
        self.dataType = dataType
        self.shape = shape
        self.count = count
        self.bytes = bytes
    }

    /// How many elements lie between neighbours on each axis.
    public var strides: [Int] { TensorShape.strides(shape) }

    /// Gives the elements to a function without copying them.
    ///
    /// - Parameters:
    ///   - type: The type of the elements, which must be that of the tensor.
    ///   - body: Gets all elements in row-major order; they must not be used after it returns.
    /// - Returns: What the function returns.
    /// - Throws: ``InferenceError`` with `.wrongType` when the tensor has elements of another type, and what `body` throws.
    public func withElements<Element: TensorElement, Result>(
        as type: Element.Type = Element.self, _ body: (Span<Element>) throws -> Result
    ) throws -> Result {
        try require(type)
        // Storage of arrays is aligned to 16 bytes, and all elements have 8 at most.
        return try bytes.withUnsafeBytes { try body($0.bindMemory(to: Element.self).span) }
    }

    /// Gives the bytes to a function without copying them.
    ///
    /// - Parameter body: Gets ``bytes``; they must not be used after it returns.
    /// - Returns: What the function returns.
    public func withBytes<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { try body($0.bytes) }
    }

    /// The elements as an array.
    ///
    /// - Parameter type: The type of the elements, which must be that of the tensor.
    /// - Returns: All elements in row-major order.
    /// - Throws: ``InferenceError`` with `.wrongType` when the tensor has elements of another type.
    public func elements<Element: TensorElement>(as type: Element.Type = Element.self) throws -> [Element] {
        try require(type)
        return bytes.withUnsafeBytes { [Element]($0.bindMemory(to: Element.self)) }
    }

    /// The texts of a tensor of ``DataType/bytes``.
    ///
    /// - Returns: All elements in row-major order, without their lengths.
    /// - Throws: ``InferenceError`` with `.wrongType` when the tensor has elements of another type.
    public func texts() throws -> [[UInt8]] {
        guard dataType == .bytes else {
            throw InferenceError(.wrongType, "The tensor has elements of \(dataType.rawValue), not of BYTES.")
        }
        return try TextElements.ranges(in: bytes, count: count).map { [UInt8](bytes[$0]) }
    }

    /// The same elements with another shape.
    ///
    /// - Parameter shape: A shape with as many elements.
    /// - Returns: A tensor that shares the memory of this one.
    /// - Throws: ``InferenceError`` with `.wrongShape` when the number of elements differs.
    public func reshaped(to shape: [Int]) throws -> Tensor {
        let other = try TensorShape.count(shape)
        guard other == count else {
            throw InferenceError(.wrongShape, "The shape \(shape) has \(other) elements, and the tensor has \(count).")
        }
        return Tensor(unchecked: dataType, shape: shape, count: count, bytes: bytes)
    }

    private func require<Element: TensorElement>(_ type: Element.Type) throws {
        guard Element.dataType == dataType else {
            throw InferenceError(
                .wrongType, "The tensor has elements of \(dataType.rawValue), not of \(Element.dataType.rawValue).")
        }
    }
}
