// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Finds out what a type reads by letting it read, with stand-ins for the values.
///
/// A type that checks its values may refuse the first stand-ins, so it gets others.
final class SchemaRecording {
    /// Thrown where no value can stand in, and by types that ask for more than there is.
    struct Refusal: Error {}

    var table: SchemaTable

    /// Values of types that were made on the way.
    private var made: [ObjectIdentifier: Any] = [:]

    /// The types that are being made, of which there is no value yet.
    private var unfinished: Set<ObjectIdentifier> = []

    /// The types that take none of the stand-ins.
    private var refused: Set<ObjectIdentifier> = []

    /// Which of the stand-ins are tried.
    private(set) var round = 0

    /// Types may hold others so deep; beyond, nothing is recorded.
    private static let deepest = 64

    init(_ table: SchemaTable) { self.table = table }

    /// The schema of what a type reads.
    func record<Value: Decodable>(_ type: Value.Type, _ documentation: TypeDocumentation) -> Schema {
        let before = round
        defer { round = before }
        var best = RecordedNode()
        for attempt in 0..<StandIns.rounds {
            round = attempt
            let node = RecordedNode()
            if make(type, node) { return node.schema(documentation, isComplete: true) }
            if node.count >= best.count { best = node }
        }
        return best.schema(documentation, isComplete: false)
    }

    /// Lets a type read once; false where it refused.
    private func make<Value: Decodable>(_ type: Value.Type, _ node: RecordedNode) -> Bool {
        let id = ObjectIdentifier(type)
        guard unfinished.count < Self.deepest, unfinished.insert(id).inserted else { return false }
        defer { unfinished.remove(id) }
        guard let value = try? Value(from: SchemaRecorder(recording: self, node: node)) else { return false }
        made[id] = value
        return true
    }

    /// The schema of a type inside another.
    func schema(of type: Any.Type) -> Schema {
        // The table asks a recording of its own, so what was made here stays known there by its schema alone.
        table.schema(of: type)
    }

    /// A value that stands in for one that would have been sent.
    func standIn<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let known = StandIns.value(of: type, round) as? Value { return known }
        if let type = type as? any ContainerSchema.Type, let empty = type.emptyValue as? Value { return empty }
        if let first = Self.firstCase(type) { return first }
        let id = ObjectIdentifier(type)
        if let value = made[id] as? Value { return value }
        guard !refused.contains(id), !unfinished.contains(id) else { throw Refusal() }
        let before = round
        defer { round = before }
        // Each type finds the text that it takes, whatever those around it need.
        for attempt in 0..<StandIns.rounds {
            round = attempt
            if make(type, RecordedNode()), let value = made[id] as? Value { return value }
        }
        refused.insert(id)
        throw Refusal()
    }

    private static func firstCase<Value>(_ type: Value.Type) -> Value? {
        func first<Choice: CaseIterable>(_: Choice.Type) -> Value? { Choice.allCases.first as? Value }
        return (type as? any CaseIterable.Type).flatMap { first($0) }
    }
}

/// What one type has asked for.
final class RecordedNode {
    struct Member {
        var name: String
        var schema: Schema
        var isRequired: Bool
    }

    private(set) var members: [Member] = []
    private var elements: [Schema] = []
    private var single: Schema?

    var isKeyed = false
    var isUnkeyed = false

    /// Whether the type looks at the names that are there, so that others than the recorded ones may be.
    var isOpen = false

    /// Whether the type asks for the end of an array, so that it takes any number of elements.
    var asksForEnd = false

    /// Names of which the type asks whether they are there.
    var optionalNames: Set<String> = []

    /// A node inside this one, which the type reads by a container of its own.
    private var children: [(name: String, node: RecordedNode)] = []

    var count: Int { members.count + elements.count + children.count + (single == nil ? 0 : 1) }
    var elementCount: Int { elements.count }

    func add(_ name: String, _ schema: Schema, isRequired: Bool) {
        // A type may try one key as several types. The first counts, and being needed once is enough.
        if let index = members.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
            if isRequired { members[index].isRequired = true }
            return
        }
        members.append(Member(name: name, schema: schema, isRequired: isRequired))
    }

    func add(element: Schema) { elements.append(element) }
    func set(single schema: Schema) { single = single ?? schema }

    func child(_ name: String) -> RecordedNode {
        if let known = children.first(where: { $0.name.hasSameBytes(as: name) }) { return known.node }
        let node = RecordedNode()
        children.append((name, node))
        return node
    }

    /// The schema of what was recorded.
    func schema(_ documentation: TypeDocumentation, isComplete: Bool) -> Schema {
        var schema: Schema
        if isKeyed {
            schema = objectSchema(documentation)
        } else if isUnkeyed {
            schema = arraySchema()
        } else if let single {
            schema = single
        } else {
            // A type that asks for nothing fits whatever is there.
            return .any
        }
        if !isComplete { schema["x-retort-incomplete"] = true }
        return schema
    }

    private func objectSchema(_ documentation: TypeDocumentation) -> Schema {
        var properties = members.map { member in
            (name: member.name, schema: member.schema.described(documentation.members[member.name]))
        }
        for child in children {
            properties.append((child.name, child.node.schema(TypeDocumentation(), isComplete: true)))
        }
        let required = members.filter { $0.isRequired && !optionalNames.contains($0.name) }.map(\.name)
        var schema = Schema.object(properties, required: required + children.map(\.name))
        if isOpen { schema["additionalProperties"] = true }
        return schema
    }

    private func arraySchema() -> Schema {
        let elements = elements + children.map { $0.node.schema(TypeDocumentation(), isComplete: true) }
        if asksForEnd || elements.isEmpty { return .array(of: elements.first ?? .any) }
        return Schema([
            "type": "array", "prefixItems": .array(elements.map(\.json)), "minItems": JSONValue(elements.count),
            "maxItems": JSONValue(elements.count),
        ])
    }
}
