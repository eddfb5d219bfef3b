// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import RetortInference

/// The highest numbers of an output as texts of value, index and label.
///
/// Source: Triton, "Classification Extension".
enum TopClasses {
    /// A tensor of BYTES with the highest numbers of each row, the highest first.
    ///
    /// The first axis counts rows where there are two or more; everything behind it is one row.
    ///
    /// - Parameters:
    ///   - tensor: Numbers.
    ///   - name: The name of the output.
    ///   - count: How many of each row; all where a row has fewer.
    ///   - labels: What the indexes mean.
    /// - Returns: The texts, with the rows as first axis where there are several axes.
    /// - Throws: `InferenceError` with `.wrongType` for what has no order.
    static func tensor(_ tensor: Tensor, of name: String, count: Int, labels: [String]) throws -> Tensor {
        switch tensor.dataType {
        case .uint8: try tops(tensor, UInt8.self, count, labels) { String($0) }
        case .uint16: try tops(tensor, UInt16.self, count, labels) { String($0) }
        case .uint32: try tops(tensor, UInt32.self, count, labels) { String($0) }
        case .uint64: try tops(tensor, UInt64.self, count, labels) { String($0) }
        case .int8: try tops(tensor, Int8.self, count, labels) { String($0) }
        case .int16: try tops(tensor, Int16.self, count, labels) { String($0) }
        case .int32: try tops(tensor, Int32.self, count, labels) { String($0) }
        case .int64: try tops(tensor, Int64.self, count, labels) { String($0) }
        case .float32: try tops(tensor, Float.self, count, labels) { fixed(Double($0)) }
        case .float64: try tops(tensor, Double.self, count, labels) { fixed($0) }
        case .bool, .bytes, .float16, .bfloat16:
            throw InferenceError(
                .wrongType, "Output '\(name)' of \(tensor.dataType.rawValue) cannot be sent as classes.")
        }
    }

    private static func tops<Element: TensorElement & Comparable>(
        _ tensor: Tensor, _ type: Element.Type, _ count: Int, _ labels: [String], _ text: (Element) -> String
    ) throws -> Tensor {
        let rows = tensor.shape.count > 1 ? tensor.shape[0] : 1
        let width = rows == 0 ? 0 : tensor.count / rows
        let count = min(count, width)
        var texts: [[UInt8]] = []
        texts.reserveCapacity(rows * count)
        try tensor.withElements(as: type) { span in
            for row in 0..<rows {
                let start = row * width
                let order = (0..<width).sorted { left, right in
                    let (first, second) = (span[start + left], span[start + right])
                    // What is not a number equals nothing, itself included, and goes last.
                    if first != first || second != second { return first == first && second != second }
                    return first == second ? left < right : first > second
                }
                for index in order.prefix(count) {
                    let label = index < labels.count ? ":\(labels[index])" : ""
                    texts.append([UInt8]("\(text(span[start + index])):\(index)\(label)".utf8))
                }
            }
        }
        return try Tensor(texts: texts, shape: tensor.shape.count > 1 ? [rows, count] : [count])
    }

    /// A number with six digits behind the point, as C prints it.
    static func fixed(_ number: Double) -> String {
        // The largest number has 309 digits in front of the point.
        var buffer = [CChar](repeating: 0, count: 400)
        let length = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%f", $0) }
        return String(decoding: buffer.prefix(max(Int(length), 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
