// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes, as Python prints them.
public final class TemplateBytes: TemplateObject {
    /// The bytes.
    public let bytes: [UInt8]

    /// Creates a value of bytes.
    ///
    /// - Parameter bytes: The bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What the type is called.
    public var typeName: String { "bytes" }

    /// The number of bytes.
    public var count: Int? { bytes.count }

    /// The bytes in quotes with a `b` in front; what is no character of ASCII is an escape.
    public var text: String {
        let quote = bytes.contains(0x27) && !bytes.contains(0x22) ? "\"" : "'"
        let parts = bytes.map { byte -> String in
            switch byte {
            case 0x5C: return "\\\\"
            case 0x0A: return "\\n"
            case 0x0D: return "\\r"
            case 0x09: return "\\t"
            case 0x20...0x7E:
                let text = String(Unicode.Scalar(byte))
                return text == quote ? "\\" + text : text
            default:
                let hex = String(byte, radix: 16)
                return "\\x" + (hex.utf8.count < 2 ? "0" : "") + hex
            }
        }
        return "b" + quote + parts.joined() + quote
    }

    /// Whether another value has the same bytes.
    ///
    /// - Parameter other: The other value.
    /// - Returns: Whether they are equal.
    public func isEqual(to other: TemplateValue) -> Bool? {
        guard case .object(let object) = other, let other = object as? TemplateBytes else { return false }
        return bytes == other.bytes
    }
}
