// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Synchronization

/// How the values of one ``Input`` are read: made once for a type, so that a request costs no reflection.
///
/// A value is a copy of the prototype in which the fields that were sent are replaced.
final class InputPlan<Root: Input>: Sendable {
    let prototype: Root
    let steps: [InputStep]

    private init() {
        var value = Root()
        var steps: [InputStep] = []
        for child in Mirror(reflecting: value).children {
            guard let label = child.label, let field = child.value as? any PlannedField else { continue }
            let property = label.utf8.first == UInt8(ascii: "_") ? String(label.dropFirst()) : label
            guard let offset = Self.offset(of: field.mark, in: &value) else {
                stopAtStartUp("\(Root.self).\(property) cannot be read. Make \(Root.self) a struct.")
            }
            steps.append(field.step(property, at: offset))
        }
        self.prototype = value
        self.steps = steps
    }

    /// Where a field is within a value.
    ///
    /// The rule of a field is an object that no other field has, so the field is where the address of its rule stands.
    private static func offset(of mark: ObjectIdentifier, in value: inout Root) -> Int? {
        let address = UInt(bitPattern: mark)
        return withUnsafeBytes(of: &value) { bytes in
            stride(from: 0, through: bytes.count - MemoryLayout<UInt>.size, by: MemoryLayout<UInt>.alignment)
                .first { bytes.load(fromByteOffset: $0, as: UInt.self) == address }
        }
    }

    /// Reads the fields that were sent.
    func read(_ decoder: any Decoder, into value: inout Root) throws {
        var reading = try InputReading(decoder)
        withUnsafeMutableBytes(of: &value) { bytes in
            guard let base = bytes.baseAddress else { return }
            for step in steps { step.read(step.key, &reading, base + step.offset) }
        }
        try reading.finish()
    }

    func schema(in table: inout SchemaTable) -> Schema {
        let documentation = TypeDocumentation.of(Root.self)
        let properties = steps.map { step in
            (
                name: step.key.stringValue,
                schema: step.schema(&table, documentation.members[step.property])
            )
        }
        let required = steps.filter(\.isRequired).map(\.key.stringValue)
        return Schema.object(properties, required: required).described(documentation.text)
    }

    /// The plan of the type, which is made when it is asked for first.
    static func shared() -> InputPlan {
        // A plan is only ever kept for the type that it is for.
        if let known = InputPlans.shared.find(Root.self) { return unsafeDowncast(known, to: InputPlan.self) }
        let plan = InputPlan()
        InputPlans.shared.insert(plan, Root.self)
        return plan
    }
}

/// The plans that were made: what is known of types, which never changes.
private final class InputPlans: Sendable {
    static let shared = InputPlans()

    private let plans = Mutex<[ObjectIdentifier: any AnyObject & Sendable]>([:])

    func find(_ type: Any.Type) -> (any AnyObject & Sendable)? { plans.withLock { $0[ObjectIdentifier(type)] } }

    func insert(_ plan: any AnyObject & Sendable, _ type: Any.Type) {
        plans.withLock { $0[ObjectIdentifier(type)] = plan }
    }
}

/// How one field is read.
struct InputStep: Sendable {
    let key: InputKey

    /// The name of the property, which documentation comments go by.
    let property: String
    let isRequired: Bool

    /// Where the field is within a value, in bytes.
    let offset: Int
    let read: @Sendable (InputKey, inout InputReading, UnsafeMutableRawPointer) -> Void
    let schema: @Sendable (inout SchemaTable, String?) -> Schema
}

/// A field whose type is not known.
protocol PlannedField {
    /// The object that no other field of a value has.
    var mark: ObjectIdentifier { get }

    func step(_ property: String, at offset: Int) -> InputStep
}

extension Field: PlannedField {
    var mark: ObjectIdentifier { ObjectIdentifier(rule) }

    func step(_ property: String, at offset: Int) -> InputStep {
        // The compiler makes quick code for types that are named.
        switch self {
        case let field as Field<Double>: field.makeStep(property, offset)
        case let field as Field<Float>: field.makeStep(property, offset)
        case let field as Field<Int>: field.makeStep(property, offset)
        case let field as Field<Bool>: field.makeStep(property, offset)
        case let field as Field<String>: field.makeStep(property, offset)
        case let field as Field<Double?>: field.makeStep(property, offset)
        case let field as Field<Int?>: field.makeStep(property, offset)
        case let field as Field<String?>: field.makeStep(property, offset)
        default: makeStep(property, offset)
        }
    }

    /// The offset is that of the rule within the whole value.
    private func makeStep(_ property: String, _ offset: Int) -> InputStep {
        guard let inner = MemoryLayout<Field>.offset(of: \.rule) else {
            stopAtStartUp("The field \(property) cannot be found in memory.")
        }
        let rule = rule
        let reader = FieldReaders.reader(Value.self, isRequired: rule.defaultValue == nil)
        return InputStep(
            key: InputKey(stringValue: rule.notes.name ?? property), property: property,
            isRequired: rule.defaultValue == nil, offset: offset - inner,
            read: { key, reading, place in
                reading.read(key, rule, reader, into: &place.assumingMemoryBound(to: Field.self).pointee.stored)
            },
            schema: { rule.schema(&$0, $1) })
    }
}
