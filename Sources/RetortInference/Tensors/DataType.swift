// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The type of a tensor's elements.
///
/// The raw value is the name in the Open Inference Protocol.
///
/// Source: Open Inference Protocol, "Tensor Data Types"; BF16 is Triton's addition.
public enum DataType: String, Sendable, Hashable, CaseIterable {
    /// One byte, 0 or 1.
    case bool = "BOOL"
    /// Unsigned, 8 bits.
    case uint8 = "UINT8"
    /// Unsigned, 16 bits.
    case uint16 = "UINT16"
    /// Unsigned, 32 bits.
    case uint32 = "UINT32"
    /// Unsigned, 64 bits.
    case uint64 = "UINT64"
    /// Signed, 8 bits.
    case int8 = "INT8"
    /// Signed, 16 bits.
    case int16 = "INT16"
    /// Signed, 32 bits.
    case int32 = "INT32"
    /// Signed, 64 bits.
    case int64 = "INT64"
    /// IEEE 754 binary16.
    case float16 = "FP16"
    /// The upper half of IEEE 754 binary32.
    case bfloat16 = "BF16"
    /// IEEE 754 binary32.
    case float32 = "FP32"
    /// IEEE 754 binary64.
    case float64 = "FP64"
    /// Texts or other bytes, each with a length of its own.
    case bytes = "BYTES"

    /// The bytes of one element; `nil` for ``bytes``, whose elements have lengths of their own.
    public var size: Int? {
        switch self {
        case .bool, .uint8, .int8: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        case .bytes: nil
        }
    }
}

/// A Swift type that tensors can have as their elements.
public protocol TensorElement: BitwiseCopyable, Sendable {
    /// The type of a tensor of these.
    static var dataType: DataType { get }
}

extension Bool: TensorElement {
    /// BOOL.
    public static var dataType: DataType { .bool }
}
extension UInt8: TensorElement {
    /// UINT8.
    public static var dataType: DataType { .uint8 }
}
extension UInt16: TensorElement {
    /// UINT16.
    public static var dataType: DataType { .uint16 }
}
extension UInt32: TensorElement {
    /// UINT32.
    public static var dataType: DataType { .uint32 }
}
extension UInt64: TensorElement {
    /// UINT64.
    public static var dataType: DataType { .uint64 }
}
extension Int8: TensorElement {
    /// INT8.
    public static var dataType: DataType { .int8 }
}
extension Int16: TensorElement {
    /// INT16.
    public static var dataType: DataType { .int16 }
}
extension Int32: TensorElement {
    /// INT32.
    public static var dataType: DataType { .int32 }
}
extension Int64: TensorElement {
    /// INT64.
    public static var dataType: DataType { .int64 }
}
extension Float: TensorElement {
    /// FP32.
    public static var dataType: DataType { .float32 }
}
extension Double: TensorElement {
    /// FP64.
    public static var dataType: DataType { .float64 }
}

// Swift has no Float16 on Macs with Intel's processors.
#if !(os(macOS) && arch(x86_64))
    extension Float16: TensorElement {
        /// FP16.
        public static var dataType: DataType { .float16 }
    }
#endif

/// A number of 16 bits with the range of `Float` and the precision of two decimal digits.
public struct BFloat16: TensorElement, Hashable {
    /// BF16.
    public static var dataType: DataType { .bfloat16 }

    /// The upper 16 bits of the `Float`.
    public var bitPattern: UInt16

    /// Creates a number from its bits.
    ///
    /// - Parameter bitPattern: The upper 16 bits of a `Float`.
    public init(bitPattern: UInt16) { self.bitPattern = bitPattern }

    /// Creates the number that is nearest to another one, the even one of two.
    ///
    /// - Parameter value: Any number; what is not a number stays so.
    public init(_ value: Float) {
        if value.isNaN {
            bitPattern = 0x7fc0
        } else {
            let bits = value.bitPattern
            // The carry of the rounding may turn the largest numbers into infinity, as it should.
            bitPattern = UInt16(truncatingIfNeeded: (bits &+ 0x7fff &+ ((bits >> 16) & 1)) >> 16)
        }
    }

    /// The same number with more bits.
    public var float: Float { Float(bitPattern: UInt32(bitPattern) << 16) }
}
