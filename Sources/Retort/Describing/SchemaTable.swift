// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The schemas of Swift types, of which the named ones are written once.
///
/// - Scalars, arrays, dictionaries and optionals stand where they are used.
/// - Structs and enumerations become components with the names of their types. Two types of one name get longer names.
/// - What a `Decodable` type reads is recorded, with stand-ins for its values. A type that refuses all of them gets the
///   members it has asked for until then and the keyword `x-retort-incomplete`; one that is not `Decodable` and says
///   nothing of itself fits everything.
public struct SchemaTable: Sendable {
    /// A schema with a name.
    public struct Component: Sendable {
        /// The name.
        public var name: String

        /// The schema.
        public var schema: Schema
    }

    private var byName: [String: Component] = [:]
    private var names: [ObjectIdentifier: String] = [:]
    private var inPlace: [ObjectIdentifier: Schema] = [:]

    /// Creates an empty table.
    public init() {}

    /// The named schemas, sorted by the bytes of their names.
    public var components: [Component] {
        byName.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The schema of a type.
    ///
    /// - Parameter type: Any type.
    /// - Returns: A reference for types with a name of their own, and the schema itself for others.
    public mutating func schema(of type: Any.Type) -> Schema {
        let id = ObjectIdentifier(type)
        if let name = names[id] { return .reference(name) }
        if let known = inPlace[id] { return known }
        if let schema = KnownSchemas.schema(of: type, in: &self) {
            inPlace[id] = schema
            return schema
        }
        let wanted = wantedName(type)
        guard let wanted else { return build(type) }
        // The name is there before the members are looked at, since one of them may be of this type again.
        let name = freeName(wanted, type)
        names[id] = name
        byName[name] = Component(name: name, schema: .any)
        let schema = build(type)
        if schema.isObject || schema["enum"] != nil || type is any SchemaDescribing.Type {
            byName[name]?.schema = schema
            return .reference(name)
        }
        names[id] = nil
        byName[name] = nil
        inPlace[id] = schema
        return schema
    }

    /// The schema of a type in full, also where it has a name.
    ///
    /// - Parameter type: Any type.
    /// - Returns: The schema itself.
    public mutating func definition(of type: Any.Type) -> Schema {
        // First the schema, then the table that has it.
        let schema = schema(of: type)
        return resolve(schema)
    }

    /// What a schema refers to.
    ///
    /// - Parameter schema: A schema of this table.
    /// - Returns: The component, with what the reference says beside it; the schema as it is where it refers to none.
    public func resolve(_ schema: Schema) -> Schema {
        guard let name = schema.component, var target = byName[name]?.schema else { return schema }
        for member in schema.keywords.members where member.key != "$ref" { target[member.key] = member.value }
        return target
    }

    /// Puts a schema among the components under a name, if none has it yet.
    ///
    /// - Parameters:
    ///   - name: The name: letters, digits, dots, hyphens and underscores.
    ///   - schema: The schema.
    /// - Returns: A reference to it.
    @discardableResult
    public mutating func define(_ name: String, _ schema: Schema) -> Schema {
        if byName[name] == nil { byName[name] = Component(name: name, schema: schema) }
        return .reference(name)
    }

    private func wantedName(_ type: Any.Type) -> String? {
        if let type = type as? any SchemaDescribing.Type { return type.schemaName }
        guard type is any Decodable.Type || type is any CaseIterable.Type else { return nil }
        return SchemaName.short(type)
    }

    private func freeName(_ wanted: String, _ type: Any.Type) -> String {
        if byName[wanted] == nil { return wanted }
        let long = SchemaName.long(type)
        if byName[long] == nil { return long }
        var number = 2
        while byName["\(long)\(number)"] != nil { number += 1 }
        return "\(long)\(number)"
    }

    private mutating func build(_ type: Any.Type) -> Schema {
        if let type = type as? any SchemaDescribing.Type { return type.schema(in: &self) }
        let documentation = TypeDocumentation.of(type)
        if let choice = ChoiceSchema.schema(of: type, documentation) { return choice.described(documentation.text) }
        guard let type = type as? any Decodable.Type else { return .any }
        let recording = SchemaRecording(self)
        let schema = recording.record(type, documentation)
        self = recording.table
        return schema.described(documentation.text)
    }
}
