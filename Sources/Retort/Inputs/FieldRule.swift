// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// What a field is called and means, for documents and forms.
struct FieldNotes: Sendable {
    var name: String?
    var title: String?
    var description: String?
    var unit: String?
    var format: String?
}

/// What is wrong with a value: a code, and the end of a sentence that begins with the field.
struct FieldComplaint: Sendable {
    var code: FieldError.Code
    var text: String
}

/// One limit: how it is checked, and how a schema says it.
struct FieldLimit<Value: Sendable>: Sendable {
    var complaint: @Sendable (Value) -> FieldComplaint?
    var describe: @Sendable (inout Schema) -> Void
}

/// What is known of a field beside its value.
///
/// Each field of a new value has a rule of its own, so that the plan of a type can tell its fields apart by it.
final class FieldRule<Value: Sendable>: Sendable {
    /// The value where none is sent; nil for a field that must be sent.
    let defaultValue: Value?
    let notes: FieldNotes
    let limits: [FieldLimit<Value>]

    init(_ defaultValue: Value?, _ notes: FieldNotes, _ limits: [FieldLimit<Value>] = []) {
        self.defaultValue = defaultValue ?? Self.none
        self.notes = notes
        self.limits = limits
    }

    /// Nil as a value, for an Optional: it need not be sent.
    private static var none: Value? { (Value.self as? any OptionalField.Type)?.noneValue as? Value }

    func complaint(_ value: Value) -> FieldComplaint? {
        for limit in limits {
            if let complaint = limit.complaint(value) { return complaint }
        }
        return nil
    }

    /// The schema of the field.
    func schema(_ table: inout SchemaTable, _ documentation: String?) -> Schema {
        let type: Any.Type = (Value.self as? any OptionalField.Type)?.wrappedType ?? Value.self
        var schema = table.schema(of: type)
        for limit in limits { limit.describe(&schema) }
        if let format = notes.format { schema["format"] = .string(format) }
        if let title = notes.title { schema["title"] = .string(title) }
        if let text = notes.description ?? documentation { schema["description"] = .string(text) }
        if let value = defaultValue.flatMap(DefaultJSON.value) { schema["default"] = value }
        if let unit = notes.unit { schema["x-retort-unit"] = .string(unit) }
        return schema
    }
}

/// An Optional whose type is not known to be one.
protocol OptionalField {
    static var noneValue: Any { get }
    static var wrappedType: Any.Type { get }
    var wrappedValue: Any? { get }
}

extension Optional: OptionalField {
    static var noneValue: Any { Self.none as Any }
    static var wrappedType: Any.Type { Wrapped.self }
    var wrappedValue: Any? { self }
}

/// Defaults as JSON.
enum DefaultJSON {
    /// Nil for the default nil, and for values that cannot be written.
    static func value(_ value: Any) -> JSONValue? {
        if let optional = value as? any OptionalField { return optional.wrappedValue.flatMap(self.value) }
        if let number = value as? any BinaryInteger { return JSONValue(number) }
        if let number = value as? Double { return JSONValue(shortest: number) }
        if let number = value as? Float { return JSONValue(shortest: Double("\(number)") ?? Double(number)) }
        if let encodable = value as? any Encodable { return try? JSONValue(encoding: encodable) }
        return (value as? any RawRepresentable).flatMap { self.value($0.rawValue) }
    }
}

// MARK: Limits

extension FieldLimit {
    /// Lets nil pass.
    func optional() -> FieldLimit<Value?> {
        FieldLimit<Value?>(complaint: { [complaint] value in value.flatMap(complaint) }, describe: describe)
    }
}

extension FieldLimit where Value: Comparable & Numeric {
    /// Numbers of a range, in steps from its lowest value or from 0.
    static func range(_ range: some FieldRange<Value>, step: Value?) -> FieldLimit {
        let bounds = FieldBounds(range)
        // The compiler makes quick code for types that are named.
        let known: Any? =
            switch bounds {
            case let bounds as FieldBounds<Double>: FieldLimit<Double>.range(bounds, step as? Double) { $0 }
            case let bounds as FieldBounds<Float>: FieldLimit<Float>.range(bounds, step as? Float) { Double($0) }
            case let bounds as FieldBounds<Int>: FieldLimit<Int>.range(bounds, step as? Int) { Double($0) }
            default: nil
            }
        return known as? FieldLimit ?? .range(bounds, step) { FieldNumber.double($0) }
    }

    private static func range(
        _ bounds: FieldBounds<Value>, _ step: Value?, _ double: @escaping @Sendable (Value) -> Double
    ) -> FieldLimit {
        let lowest = bounds.lowest.map(double) ?? 0
        let size = step.map(double) ?? 0
        return FieldLimit(
            complaint: { value in
                guard bounds.contains(value) else {
                    return FieldComplaint(
                        code: .outOfRange, text: "must be \(bounds.sentence), not `\(FieldNumber.text(value))`")
                }
                guard let step, !FieldNumber.isStep(double(value) - lowest, size) else { return nil }
                let start = bounds.lowest.map { $0 == 0 ? "" : " from \(FieldNumber.text($0))" } ?? ""
                return FieldComplaint(
                    code: .outOfRange,
                    text: "must be in steps of \(FieldNumber.text(step))\(start), not `\(FieldNumber.text(value))`")
            },
            describe: { schema in
                if let lowest = bounds.lowest { schema["minimum"] = FieldNumber.json(lowest) }
                if let highest = bounds.highest {
                    schema[bounds.excludesHighest ? "exclusiveMaximum" : "maximum"] = FieldNumber.json(highest)
                }
                guard let step else { return }
                // JSON Schema counts from 0; and of 0.05, which is no number of a computer, hardly anything is a multiple.
                let isExact = (size * 1_024).rounded() == size * 1_024
                let keyword = isExact && FieldNumber.isStep(lowest, size) ? "multipleOf" : "x-retort-step"
                schema[keyword] = FieldNumber.json(step)
            })
    }
}

extension FieldLimit where Value == String {
    /// Texts of some numbers of Unicode scalars, as JSON Schema counts.
    static func length(_ range: some FieldRange<Int>) -> FieldLimit {
        let bounds = FieldBounds(range)
        return FieldLimit(
            complaint: { text in
                let count = text.unicodeScalars.count
                guard !bounds.contains(count) else { return nil }
                return FieldComplaint(
                    code: .invalidLength,
                    text:
                        "must have \(bounds.sentence) \(bounds.highest == 1 ? "character" : "characters"), not \(count)"
                )
            },
            describe: { schema in bounds.describe(&schema, "minLength", "maxLength") })
    }

    /// Texts that a pattern fits as a whole.
    static func pattern(_ pattern: FieldPattern) -> FieldLimit {
        FieldLimit(
            complaint: { text in
                guard !pattern.matches(text) else { return nil }
                return FieldComplaint(
                    code: .invalidFormat, text: "must match `\(pattern.text)`, not \(FieldError.quoted(text))")
            },
            describe: { $0["pattern"] = .string(pattern.text) })
    }
}

extension FieldLimit where Value: Collection {
    /// Lists of some numbers of elements.
    static func count(_ range: some FieldRange<Int>) -> FieldLimit {
        let bounds = FieldBounds(range)
        return FieldLimit(
            complaint: { list in
                guard !bounds.contains(list.count) else { return nil }
                return FieldComplaint(
                    code: .invalidLength,
                    text:
                        "must have \(bounds.sentence) \(bounds.highest == 1 ? "element" : "elements"), not \(list.count)"
                )
            },
            describe: { schema in bounds.describe(&schema, "minItems", "maxItems") })
    }
}

extension FieldBounds<Int> {
    fileprivate func describe(_ schema: inout Schema, _ least: String, _ most: String) {
        if let lowest { schema[least] = JSONValue(max(lowest, 0)) }
        if let highest { schema[most] = JSONValue(max(excludesHighest ? highest &- 1 : highest, 0)) }
    }
}

/// Numbers whose type is not known to be whole or not.
enum FieldNumber {
    static func json(_ number: some Numeric) -> JSONValue? { DefaultJSON.value(number) }

    /// A value in a sentence: 1 and not 1.0.
    static func text(_ value: some Any) -> String {
        switch DefaultJSON.value(value) {
        case .int(let number)?: "\(number)"
        default: "\(value)"
        }
    }

    /// Whether a distance is a whole number of steps.
    static func isStep(_ distance: Double, _ size: Double) -> Bool {
        guard size > 0 else { return true }
        let steps = distance / size
        // 0.3 / 0.1 is not 3.
        return (steps - steps.rounded()).magnitude <= 1e-6 * max(1, steps.magnitude)
    }

    static func double(_ number: some Numeric) -> Double {
        if let number = number as? any BinaryInteger { return Double(number) }
        if let number = number as? any BinaryFloatingPoint { return Double(number) }
        return 0
    }
}
