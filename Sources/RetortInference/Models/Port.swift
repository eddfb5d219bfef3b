// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How long an axis of an input or output is, or may be.
public struct AxisLength: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The shortest length.
    public let lowest: Int

    /// The longest length; `nil` where there is no bound.
    public let highest: Int?

    /// Any length.
    public static let any = AxisLength(lowest: 0, highest: nil)

    /// Creates an axis of one length.
    ///
    /// - Parameter length: At least zero; less is taken as zero.
    public init(_ length: Int) {
        self.init(lowest: max(length, 0), highest: max(length, 0))
    }

    /// Creates an axis whose length lies in a range.
    ///
    /// - Parameter lengths: All lengths that are allowed; those below zero never are.
    public init(_ lengths: ClosedRange<Int>) {
        self.init(lowest: max(lengths.lowerBound, 0), highest: max(lengths.upperBound, 0))
    }

    /// Creates an axis of one length.
    ///
    /// - Parameter value: At least zero; -1 is any length, as in the Open Inference Protocol.
    public init(integerLiteral value: Int) {
        self = value < 0 ? .any : AxisLength(value)
    }

    init(lowest: Int, highest: Int?) {
        self.lowest = lowest
        self.highest = highest
    }

    /// The length where it is only one.
    public var fixed: Int? { lowest == highest ? lowest : nil }

    /// Whether an axis of that length fits.
    ///
    /// - Parameter length: The length of an axis of a tensor.
    /// - Returns: Whether it is allowed.
    public func contains(_ length: Int) -> Bool {
        length >= lowest && length <= highest ?? .max
    }

    /// The length; -1 for any, and a range in the form "1…8".
    public var description: String {
        if let fixed { return String(fixed) }
        if let highest { return "\(lowest)…\(highest)" }
        return lowest == 0 ? "-1" : "\(lowest)…"
    }
}

/// An input or output of a model.
public struct Port: Sendable, Hashable {
    /// The name, which is unique among the inputs, or among the outputs.
    public let name: String

    /// The type of its tensor.
    public let dataType: DataType

    /// The axes of its tensor; `nil` where even their number is open.
    public let shape: [AxisLength]?

    /// Creates a description of an input or output.
    ///
    /// - Parameters:
    ///   - name: The name, which is unique among the inputs, or among the outputs.
    ///   - dataType: The type of its tensor.
    ///   - shape: The axes of its tensor; `nil` where even their number is open.
    public init(name: String, dataType: DataType, shape: [AxisLength]?) {
        self.name = name
        self.dataType = dataType
        self.shape = shape
    }

    /// Checks that a tensor may be given to this input.
    ///
    /// - Parameter tensor: Any tensor.
    /// - Throws: ``InferenceError`` with `.wrongType` or `.wrongShape`, whose sentence says what is wanted.
    public func check(_ tensor: Tensor) throws {
        guard tensor.dataType == dataType else {
            throw InferenceError(
                .wrongType, "Input '\(name)' wants \(dataType.rawValue), and \(tensor.dataType.rawValue) was given.")
        }
        guard let shape else { return }
        guard shape.count == tensor.shape.count, zip(shape, tensor.shape).allSatisfy({ $0.contains($1) }) else {
            let wanted = shape.map(\.description).joined(separator: ", ")
            throw InferenceError(
                .wrongShape, "Input '\(name)' wants the shape [\(wanted)], and \(tensor.shape) was given.")
        }
    }
}
