// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Filters of sequences as wholes.
enum SequenceFilters {
    static let all: [TemplateFilter] = [
        TemplateFilter("first") { value, call in
            if let text = value.text {
                return text.unicodeScalars.first.map { .string(String(Character($0))) }
                    ?? none("No first item, sequence was empty.", call)
            }
            return try value.loopElements(call.rendering).first ?? none("No first item, sequence was empty.", call)
        },
        TemplateFilter("last") { value, call in
            try value.loopElements(call.rendering).last ?? none("No last item, sequence was empty.", call)
        },
        TemplateFilter("length") { value, call in
            if let length = value.length { return .int(length) }
            if case .undefined(let undefined) = value {
                if undefined.behavior == .strict { throw undefined.error() }
                return .int(0)
            }
            if case .object(let object) = value, object.asyncElements() != nil {
                return .int(try value.loopElements(call.rendering).count)
            }
            throw TemplateError(.type, "object of type '\(value.typeName)' has no len()")
        },
        TemplateFilter("list") { value, call in .list(try value.loopElements(call.rendering)) },
        TemplateFilter(plain: "items") { value in
            if value.isUndefined { return .list([]) }
            guard case .dict(let dict) = value else {
                throw TemplateError(.type, "Can only get item pairs from a mapping.")
            }
            return .list(dict.pairs.map { .tuple([$0.key, $0.value]) })
        },
        TemplateFilter("random") { value, call in
            try value.loopElements(call.rendering).randomElement() ?? none("No random item, sequence was empty.", call)
        },
        TemplateFilter("join", ParameterNames.dAttribute) { value, parameters, rendering in
            let path = parameters[1].flatMap { $0.isNone ? nil : $0 }.map { AttributePath($0) }
            var values = try value.loopElements(rendering)
            if let path { values = try values.map { try path.value(of: $0, rendering) } }
            return try join(values, parameters[0] ?? .string(""), rendering)
        },
        TemplateFilter("sum") { value, call in
            let parameters = try call.parameters(ParameterNames.attributeStart)
            let path = parameters[0].flatMap { $0.isNone ? nil : $0 }.map { AttributePath($0) }
            var sum = parameters[1] ?? .int(0)
            for element in try value.loopElements(call.rendering) {
                sum = try Arithmetic.compute(.add, sum, path?.value(of: element, call.rendering) ?? element)
            }
            return sum
        },
        TemplateFilter("batch") { value, call in
            let parameters = try call.parameters(ParameterNames.linecountFillWith)
            let size = try parameters[0].integer("batch", default: 0)
            guard size > 0 else { throw TemplateError(.argument, "batch needs a number above 0.") }
            var rows: [TemplateValue] = []
            var row: [TemplateValue] = []
            for element in try value.loopElements(call.rendering) {
                if row.count == size {
                    rows.append(.list(row))
                    row = []
                }
                row.append(element)
            }
            if !row.isEmpty {
                if let fill = parameters[1], !fill.isNone, size <= 1_000_000 {
                    row += Array(repeating: fill, count: size - row.count)
                }
                rows.append(.list(row))
            }
            return .list(rows)
        },
        TemplateFilter("slice") { value, call in
            let parameters = try call.parameters(ParameterNames.slicesFillWith)
            let count = try parameters[0].integer("slice", default: 0)
            guard (1...1_000_000).contains(count) else {
                throw TemplateError(.argument, "slice needs a number from 1 to 1000000.")
            }
            let values = try value.loopElements(call.rendering)
            let (size, longer) = values.count.quotientAndRemainder(dividingBy: count)
            var place = 0
            return .list(
                (0..<count).map { index in
                    let end = place + size + (index < longer ? 1 : 0)
                    var part = Array(values[place..<end])
                    place = end
                    if let fill = parameters[1], !fill.isNone, index >= longer { part.append(fill) }
                    return .list(part)
                })
        },
        TemplateFilter("default", ParameterNames.defaultValueBoolean) { value, parameters, _ in
            let missing = parameters[0] ?? .string("")
            if value.isUndefined { return missing }
            return try parameters[1].isTrue(default: false) && !value.isTrue ? missing : value
        },
        TemplateFilter("attr") { value, call in
            guard let name = try call.parameters(ParameterNames.name)[0]?.text else {
                throw TemplateError(.argument, "attr needs a name.")
            }
            return try attribute(name, of: value, call.rendering)
        },
    ]

    static func none(_ hint: String, _ call: TemplateCall) -> TemplateValue {
        .undefined(Undefined(hint: hint, behavior: call.rendering.undefinedBehavior))
    }

    /// The attribute alone, not the element of the same name.
    private static func attribute(_ name: String, of value: TemplateValue, _ rendering: Rendering) throws
        -> TemplateValue
    {
        switch value {
        case .dict(let dict):
            if let method = DictMethods.bound(name, dict), !rendering.isSandboxed { return method }
            if rendering.isSandboxed { return try rendering.attribute(ContextName(name), of: .dict([])) }
            return .undefined(Undefined(name: name, owner: "dict object", behavior: rendering.undefinedBehavior))
        default: return try rendering.attribute(ContextName(name), of: value)
        }
    }

    private static func join(
        _ values: [TemplateValue], _ separator: TemplateValue, _ rendering: Rendering
    ) throws -> TemplateValue {
        if let text = try joinedTexts(values, separator, rendering) { return .string(text) }
        let hasMarkup =
            rendering.isEscaping
            && (values + [separator]).contains { value in
                if case .markup = value { return true }
                if case .object(let object) = value { return object.html != nil }
                return false
            }
        var text = ""
        let between = hasMarkup ? try separator.escaped().html : try separator.filterText()
        for (index, value) in values.enumerated() {
            if index > 0 { text += between }
            text += hasMarkup ? try value.escaped().html : try value.filterText()
            if text.utf8.count > rendering.limits.outputBytes {
                throw TemplateError(.limit, "The joined text is too long.")
            }
        }
        return hasMarkup ? .markup(SafeHTML(text)) : .string(text)
    }
}

extension SequenceFilters {
    /// Joins values that are all texts in one place of the right size; nil for others.
    private static func joinedTexts(
        _ values: [TemplateValue], _ separator: TemplateValue, _ rendering: Rendering
    ) throws -> String? {
        guard case .string(var between) = separator, !values.isEmpty else { return nil }
        var size = between.utf8.count * (values.count - 1)
        for value in values {
            guard case .string(let text) = value else { return nil }
            size += text.utf8.count
        }
        guard size <= rendering.limits.outputBytes else {
            throw TemplateError(.limit, "The joined text is too long.")
        }
        return between.withUTF8 { between in
            String(unsafeUninitializedCapacity: size) { result in
                guard let start = result.baseAddress else { return 0 }
                var end = start
                for place in values.indices {
                    if place > 0, let from = between.baseAddress {
                        end.update(from: from, count: between.count)
                        end += between.count
                    }
                    guard case .string(let text) = values[place] else { continue }
                    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
                        guard let from = bytes.baseAddress else { return }
                        end.update(from: from, count: bytes.count)
                        end += bytes.count
                    }
                    guard isDone == nil else { continue }
                    for byte in text.utf8 {
                        end.pointee = byte
                        end += 1
                    }
                }
                return end - start
            }
        }
    }
}

/// The way to a part of a value, such as `author.name` or `0`.
struct AttributePath {
    private let parts: [TemplateValue]

    init(_ value: TemplateValue) {
        if let text = value.text {
            parts = text.split(separator: ".").map { part in Int(part).map { .int($0) } ?? .string(String(part)) }
        } else {
            parts = [value]
        }
    }

    func value(of value: TemplateValue, _ rendering: Rendering, default missing: TemplateValue? = nil) throws
        -> TemplateValue
    {
        var value = value
        for part in parts {
            value = try rendering.item(part, of: value)
            if let missing, value.isUndefined { value = missing }
        }
        return value
    }
}
