// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Texts of JSON values.
extension JSONValue: CustomStringConvertible {
    /// Reads a JSON text.
    ///
    /// Of equal keys in an object the last one counts. Numbers that are too large for a `Double` are refused.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8, with or without a byte order mark.
    ///   - limits: How much is read.
    /// - Throws: ``JSONDecodingFailure`` with the codes `.jsonSyntax`, `.jsonLimit`, or `.jsonMismatch` for a number
    ///   that is too large.
    ///
    /// Source: RFC 8259.
    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws {
        self = try JSONCoding.decode(JSONValue.self, from: bytes, limits: limits)
    }

    /// Reads a JSON text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - limits: How much is read.
    /// - Throws: ``JSONDecodingFailure``, as for bytes.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws {
        self = try JSONCoding.decode(JSONValue.self, from: text, limits: limits)
    }

    /// The value as JSON text.
    ///
    /// - Parameter options: How it is written. The style of keys does not apply: they stand as they are.
    /// - Returns: The text in UTF-8.
    /// - Throws: ``WireError`` with the code `.jsonUnencodable` for an infinity or NaN, unless the options allow it,
    ///   and for a value that is nested too deep.
    public func bytes(_ options: JSONOptions = JSONOptions()) throws -> [UInt8] {
        let output = JSONOutput(options)
        try write(to: output)
        return output.copyBytes()
    }

    /// The value as JSON text.
    ///
    /// - Parameter options: How it is written. The style of keys does not apply: they stand as they are.
    /// - Returns: The text.
    /// - Throws: ``WireError``, as for bytes.
    public func text(_ options: JSONOptions = JSONOptions()) throws -> String {
        let output = JSONOutput(options)
        try write(to: output)
        return output.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// The value as compact JSON text, with `null` for infinities and NaN.
    public var description: String {
        (try? text(JSONOptions(nonFiniteNumbers: .null, maximumDepth: .max))) ?? "null"
    }

    /// Writes the value where one is due.
    func write(to output: JSONOutput) throws {
        switch self {
        case .null: output.writeNull()
        case .bool(let value): output.write(value)
        case .int(let value): output.write(value)
        case .unsigned(let value): output.write(value)
        case .double(let value): try output.write(value)
        case .string(let value): output.write(value)
        case .array(let elements):
            try output.prepare(output.open(isObject: false))
            for element in elements {
                output.separate()
                try element.write(to: output)
            }
            output.closeInnermost()
        case .object(let object):
            try output.prepare(output.open(isObject: true))
            for member in output.options.sortsKeys ? object.sortedMembers : object.members {
                output.separate()
                output.writeRawKey(member.key)
                try member.value.write(to: output)
            }
            output.closeInnermost()
        }
    }

    /// Reads the value at an index of a tape.
    ///
    /// The recursion ends, because the tape is no deeper than its limit.
    static func read(_ input: JSONInput, _ index: Int) throws -> JSONValue {
        let entry = try input.entry(index)
        switch entry.kind {
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .integer: return .int(Int64(bitPattern: entry.payload))
        case .unsigned: return .unsigned(entry.payload)
        case .double: return .double(try input.readDouble(index))
        case .string, .escapedString: return .string(try input.readString(index))
        case .array:
            var elements: [JSONValue] = []
            elements.reserveCapacity(entry.low)
            var element = index + 1
            for _ in 0..<entry.low {
                elements.append(try read(input, element))
                element = input.tape.next(element)
            }
            return .array(elements)
        case .object:
            var members: [JSONObject.Member] = []
            members.reserveCapacity(Int(entry.detail))
            try input.forEachKey(index) { key in members.append((input.keyText(key), try read(input, key + 1))) }
            return .object(JSONObject(distinct: members))
        default: return .null
        }
    }
}

extension JSONObject {
    /// The members in the order of the bytes of their keys.
    var sortedMembers: [Member] { members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
}

extension JSONValue: Codable {
    /// Reads any value.
    ///
    /// With a decoder of another format, what it calls an array, an object or a scalar.
    ///
    /// - Parameter decoder: The decoder.
    /// - Throws: What the decoder throws.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? JSONTapeDecoder {
            self = try Self.read(decoder.input, decoder.index)
        } else if let container = try? decoder.container(keyedBy: JSONPathKey.self) {
            let members = try container.allKeys.map { key in
                (key: key.stringValue, value: try container.decode(JSONValue.self, forKey: key))
            }
            self = .object(JSONObject(members))
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self = .array(elements)
        } else {
            self = try Self.scalar(decoder.singleValueContainer())
        }
    }

    private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
        if container.decodeNil() { return .null }
        if let value = try? container.decode(Bool.self) { return .bool(value) }
        if let value = try? container.decode(Int64.self) { return .int(value) }
        if let value = try? container.decode(UInt64.self) { return .unsigned(value) }
        if let value = try? container.decode(Double.self) { return .double(value) }
        return .string(try container.decode(String.self))
    }

    /// Writes the value with any encoder.
    ///
    /// - Parameter encoder: The encoder.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .object(let object):
            var container = encoder.container(keyedBy: JSONPathKey.self)
            for member in object.members {
                try container.encode(member.value, forKey: JSONPathKey(stringValue: member.key))
            }
        default:
            try encodeScalar(encoder.singleValueContainer())
        }
    }

    private func encodeScalar(_ target: any SingleValueEncodingContainer) throws {
        var container = target
        switch self {
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .unsigned(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        default: try container.encodeNil()
        }
    }
}
