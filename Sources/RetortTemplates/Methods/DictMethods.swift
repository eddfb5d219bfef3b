// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The methods of dictionaries.
enum DictMethods {
    static let names = Set(all.keys)

    static func bound(_ name: String, _ dict: TemplateDict) -> TemplateValue? { all[name]?.bound(name, .dict(dict)) }

    private static func dict(_ value: TemplateValue) throws -> TemplateDict {
        guard case .dict(let dict) = value else { throw TemplateError(.type, "The method belongs to dictionaries.") }
        return dict
    }

    /// The keys and values of a dictionary or of a list of pairs.
    static func pairs(of value: TemplateValue, _ rendering: Rendering) throws -> [(TemplateValue, TemplateValue)] {
        if case .dict(let dict) = value { return dict.pairs.map { ($0.key, $0.value) } }
        return try value.loopElements(rendering).map { pair in
            let parts = try pair.loopElements(rendering)
            guard parts.count == 2 else { throw TemplateError(.value, "A dictionary is made of pairs.") }
            return (parts[0], parts[1])
        }
    }

    static let all: [String: ValueMethod] = [
        "items": ValueMethod { value, _ in .list(try dict(value).pairs.map { .tuple([$0.key, $0.value]) }) },
        "keys": ValueMethod { value, _ in .list(try dict(value).keys) },
        "values": ValueMethod { value, _ in .list(try dict(value).values) },
        "get": ValueMethod { value, call in
            let parameters = try call.parameters("key", "default")
            guard let key = parameters[0] else { throw TemplateError(.type, "get() needs a key.") }
            return try dict(value)[DictKey(key)] ?? parameters[1] ?? .none
        },
        "copy": ValueMethod { value, _ in .dict(TemplateDict(entries: try dict(value).change { $0 })) },
        "fromkeys": ValueMethod { _, call in
            let parameters = try call.parameters("iterable", "value")
            let keys = try parameters[0]?.loopElements(call.rendering) ?? []
            return .dict(try TemplateDict(pairs: keys.map { ($0, parameters[1] ?? .none) }))
        },
        "update": ValueMethod(changes: true) { value, call in
            var pairs = try call.arguments.positional.flatMap { try Self.pairs(of: $0, call.rendering) }
            pairs += call.arguments.keywords.map { (.string($0.name), $0.value) }
            let keyed = try pairs.map { (try DictKey($0.0), $0.0, $0.1) }
            try dict(value).change { entries in for (key, name, value) in keyed { entries.set(key, name, value) } }
            return .none
        },
        "setdefault": ValueMethod(changes: true) { value, call in
            let parameters = try call.parameters("key", "default")
            guard let name = parameters[0] else { throw TemplateError(.type, "setdefault() needs a key.") }
            let key = try DictKey(name)
            let missing = parameters[1] ?? .none
            return try dict(value).change { entries in
                if let place = entries.find(key) { return entries.values[place] }
                entries.set(key, name, missing)
                return missing
            }
        },
        "pop": ValueMethod(changes: true) { value, call in
            let parameters = try call.parameters("key", "default")
            guard let name = parameters[0] else { throw TemplateError(.type, "pop() needs a key.") }
            let key = try DictKey(name)
            guard let popped = try dict(value).change({ $0.remove(key) }) ?? parameters[1] else {
                throw TemplateError(.value, "The dictionary has no key \(name.representation).")
            }
            return popped
        },
        "popitem": ValueMethod(changes: true) { value, _ in
            guard let last = try dict(value).keys.last else {
                throw TemplateError(.value, "popitem(): dictionary is empty")
            }
            let key = try DictKey(last)
            return .tuple([last, try dict(value).change { $0.remove(key) } ?? .none])
        },
        "clear": ValueMethod(changes: true) { value, _ in
            try dict(value).change { $0 = TemplateDict.Entries() }
            return .none
        },
    ]
}
