// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Turns an `Encodable` value into the fields of a form or query.
///
/// It writes what ``FieldsDecoder`` reads: nil is left out, an array of scalars repeats its name, objects are
/// `address.city`, arrays of objects are `items[0].name`, and dates are in UTC.
public struct FieldsEncoder: Sendable {
    /// How the field of an object is written.
    public enum Style: Sendable {
        /// `address.city`
        case dots
        /// `address[city]`
        case brackets
    }

    /// How the field of an object is written.
    public var style: Style

    /// Creates an encoder.
    ///
    /// - Parameter style: How the field of an object is written.
    public init(style: Style = .dots) { self.style = style }

    /// Encodes a value.
    ///
    /// - Parameter value: A struct, a class or a dictionary with text keys.
    /// - Returns: The fields in the order in which the value writes them.
    /// - Throws: `EncodingError` for a value that is no object, a number that is not finite and a date outside of the
    ///   years 0 to 9999, and what the value itself throws.
    public func encode(_ value: some Encodable) throws -> MultiDict<String> {
        let output = FieldsOutput(style: style)
        try FieldsEncoderCore(output: output, path: "", containerPath: "", codingPath: []).write(value)
        return output.fields
    }
}

/// The fields so far.
final class FieldsOutput {
    var fields = MultiDict<String>()
    let style: FieldsEncoder.Style

    init(style: FieldsEncoder.Style) { self.style = style }

    func join(_ path: String, _ key: String) -> String {
        if path.isEmpty { return key }
        return style == .dots ? "\(path).\(key)" : "\(path)[\(key)]"
    }
}

/// The encoder that a value sees.
struct FieldsEncoderCore: Encoder {
    let output: FieldsOutput
    /// The name for a scalar.
    ///
    /// Within an array it is the name of the array.
    let path: String
    /// The name for objects and arrays.
    ///
    /// Within an array it has the index.
    let containerPath: String
    let codingPath: [any CodingKey]

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(FieldsKeyedEncodingContainer<Key>(core: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { FieldsUnkeyedEncodingContainer(core: self) }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Writes a value of any type.
    func write(_ value: some Encodable) throws {
        switch value {
        case let date as Date:
            guard let text = ISO8601Text.text(date.timeIntervalSince1970) else {
                throw refusal(date, "The date is outside of the years 0 to 9999.")
            }
            try append(text)
        case let url as URL: try append(url.absoluteString)
        default: try value.encode(to: self)
        }
    }

    func append(_ text: String) throws {
        guard !path.isEmpty else {
            throw refusal(text, "Only an object or a dictionary can be written as fields.")
        }
        output.fields.append(path, text)
    }

    func append(finite value: some BinaryFloatingPoint & LosslessStringConvertible) throws {
        guard value.isFinite else { throw refusal(value, "A field can only hold a finite number.") }
        try append(value.description)
    }

    func below(_ key: some CodingKey) -> FieldsEncoderCore {
        let path = output.join(containerPath, key.stringValue)
        return FieldsEncoderCore(output: output, path: path, containerPath: path, codingPath: codingPath + [key])
    }

    func below(index: Int) -> FieldsEncoderCore {
        FieldsEncoderCore(
            output: output, path: containerPath, containerPath: "\(containerPath)[\(index)]",
            codingPath: codingPath + [FieldKey(intValue: index)])
    }

    private func refusal(_ value: Any, _ reason: String) -> EncodingError {
        .invalidValue(value, EncodingError.Context(codingPath: codingPath, debugDescription: reason))
    }
}
