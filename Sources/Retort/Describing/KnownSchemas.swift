// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The schemas of types that the coders know by themselves.
enum KnownSchemas {
    static func schema(of type: Any.Type, in table: inout SchemaTable) -> Schema? {
        if let type = type as? any ContainerSchema.Type { return type.containerSchema(&table) }
        if let type = type as? any FixedWidthInteger.Type { return integer(type) }
        return scalar(type)
    }

    private static func scalar(_ type: Any.Type) -> Schema? {
        switch type {
        case is String.Type, is Substring.Type, is Character.Type: .string
        case is Bool.Type: .boolean
        case is Double.Type: Schema(["type": "number", "format": "double"])
        case is Float.Type: Schema(["type": "number", "format": "float"])
        case is Decimal.Type: .number
        case is Date.Type: .string(format: "date-time")
        case is UUID.Type: .string(format: "uuid")
        case is URL.Type: .string(format: "uri")
        case is Data.Type: Schema(["type": "string", "contentEncoding": "base64"])
        case is JSONValue.Type: .any
        case is UploadedFile.Type: .file()
        case is RestOfPath.Type: .string
        default: nil
        }
    }

    private static func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Schema {
        var schema = Schema.integer
        switch Integer.bitWidth {
        case 32 where Integer.isSigned: schema["format"] = "int32"
        case 64 where Integer.isSigned: schema["format"] = "int64"
        case ..<32:
            schema["minimum"] = JSONValue(Integer.min)
            schema["maximum"] = JSONValue(Integer.max)
        default:
            if !Integer.isSigned { schema["minimum"] = 0 }
        }
        return schema
    }
}

/// A type made of others, whose schema and simplest value do not depend on what can be decoded.
protocol ContainerSchema {
    static func containerSchema(_ table: inout SchemaTable) -> Schema

    /// The value that holds none of the others.
    static var emptyValue: Self { get }
}

extension Optional: ContainerSchema {
    static func containerSchema(_ table: inout SchemaTable) -> Schema { table.schema(of: Wrapped.self).nullable }
    static var emptyValue: Self { nil }
}

extension Array: ContainerSchema {
    static func containerSchema(_ table: inout SchemaTable) -> Schema { .array(of: table.schema(of: Element.self)) }
    static var emptyValue: Self { [] }
}

extension Set: ContainerSchema {
    static func containerSchema(_ table: inout SchemaTable) -> Schema {
        .array(of: table.schema(of: Element.self), isUnique: true)
    }
    static var emptyValue: Self { [] }
}

extension Dictionary: ContainerSchema {
    static func containerSchema(_ table: inout SchemaTable) -> Schema {
        let value = table.schema(of: Value.self)
        // Other keys travel as an array in which keys and values take turns.
        let isObject = Key.self is String.Type || Key.self is Int.Type || Key.self is any CodingKeyRepresentable.Type
        return isObject ? .dictionary(of: value) : .array(of: .any)
    }
    static var emptyValue: Self { [:] }
}

/// The schemas of enumerations that list their cases.
enum ChoiceSchema {
    static func schema(of type: Any.Type, _ documentation: TypeDocumentation) -> Schema? {
        guard let type = type as? any CaseIterable.Type else { return nil }
        return choices(type, documentation)
    }

    private static func choices<Choice: CaseIterable>(
        _ type: Choice.Type, _ documentation: TypeDocumentation
    ) -> Schema? {
        var values: [JSONValue] = []
        var sentences = JSONObject()
        for choice in Choice.allCases {
            guard let raw = (choice as? any RawRepresentable)?.rawValue, let value = value(raw) else { return nil }
            values.append(value)
            if let sentence = documentation.members["\(choice)"] {
                sentences[value.string ?? "\(raw)"] = .string(sentence)
            }
        }
        guard !values.isEmpty else { return nil }
        var schema = Schema.choice(values)
        if !sentences.isEmpty { schema["x-retort-enum-descriptions"] = .object(sentences) }
        return schema
    }

    private static func value(_ raw: Any) -> JSONValue? {
        if let text = raw as? String { return .string(text) }
        if let number = raw as? any BinaryInteger { return JSONValue(number) }
        return nil
    }
}
