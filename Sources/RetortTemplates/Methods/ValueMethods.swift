// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A method of a text, a list, a tuple or a dictionary, as Python's.
struct ValueMethod: Sendable {
    /// Whether it changes its object.
    var changes = false
    let body: @Sendable (TemplateValue, TemplateCall) throws -> TemplateValue

    init(changes: Bool = false, _ body: @escaping @Sendable (TemplateValue, TemplateCall) throws -> TemplateValue) {
        self.changes = changes
        self.body = body
    }

    /// The method as a function of its object.
    func bound(_ name: String, _ owner: TemplateValue) -> TemplateValue {
        .function(
            TemplateFunction(
                name, changes: changes, .now { [body] call in try body(owner, call) }))
    }
}

/// The methods of values.
enum ValueMethods {
    static func find(_ name: String, _ owner: TemplateValue) -> ValueMethod? {
        switch owner {
        case .string, .markup: StringMethods.all[name]
        case .list: ListMethods.all[name]
        case .dict: DictMethods.all[name]
        case .tuple: TupleMethods.all[name]
        default: nil
        }
    }

    static func changes(_ name: String, _ owner: TemplateValue) -> Bool { find(name, owner)?.changes ?? false }
}

enum ListMethods {
    static func bound(_ name: String, _ list: TemplateList) -> TemplateValue? { all[name]?.bound(name, .list(list)) }

    private static func list(_ value: TemplateValue) throws -> TemplateList {
        guard case .list(let list) = value else { throw TemplateError(.type, "The method belongs to lists.") }
        return list
    }

    static let all: [String: ValueMethod] = [
        "append": ValueMethod(changes: true) { value, call in
            guard let element = try call.parameters("object")[0] else {
                throw TemplateError(.type, "append() needs a value.")
            }
            try list(value).change { $0.append(element) }
            return .none
        },
        "extend": ValueMethod(changes: true) { value, call in
            let more = try call.parameters("iterable")[0]?.loopElements(call.rendering) ?? []
            try list(value).change { $0 += more }
            return .none
        },
        "insert": ValueMethod(changes: true) { value, call in
            let parameters = try call.parameters("index", "object")
            guard let index = parameters[0]?.integer, let element = parameters[1] else {
                throw TemplateError(.type, "insert() needs an index and a value.")
            }
            try list(value).change { values in
                let place = index < 0 ? max(0, values.count + max(index, -values.count)) : min(index, values.count)
                values.insert(element, at: place)
            }
            return .none
        },
        "pop": ValueMethod(changes: true) { value, call in
            let index = try call.parameters("index")[0].integer("pop", default: -1)
            let popped = try list(value).change { values -> TemplateValue? in
                let place = index < 0 ? values.count + max(index, -values.count - 1) : index
                return values.indices.contains(place) ? values.remove(at: place) : nil
            }
            guard let popped else { throw TemplateError(.value, "pop index out of range") }
            return popped
        },
        "remove": ValueMethod(changes: true) { value, call in
            guard let element = try call.parameters("value")[0] else {
                throw TemplateError(.type, "remove() needs a value.")
            }
            let list = try list(value)
            guard let place = try list.values.firstIndex(where: { try $0.equals(element) }) else {
                throw TemplateError(.value, "list.remove(x): x not in list")
            }
            list.change { if $0.indices.contains(place) { $0.remove(at: place) } }
            return .none
        },
        "clear": ValueMethod(changes: true) { value, _ in
            try list(value).change { $0 = [] }
            return .none
        },
        "reverse": ValueMethod(changes: true) { value, _ in
            try list(value).change { $0.reverse() }
            return .none
        },
        "sort": ValueMethod(changes: true) { value, call in
            let reverse = try call.arguments["reverse"].isTrue(default: false)
            let list = try list(value)
            let sorted = try SortKey(nil, caseSensitive: true).sorted(list.values, call.rendering, reverse: reverse)
            list.change { $0 = sorted }
            return .none
        },
        "copy": ValueMethod { value, _ in .list(try list(value).values) },
        "index": ValueMethod { value, call in try TupleMethods.index(list(value).values, call) },
        "count": ValueMethod { value, call in try TupleMethods.count(list(value).values, call) },
    ]
}

enum TupleMethods {
    static func bound(_ name: String, _ values: [TemplateValue]) -> TemplateValue? {
        all[name]?.bound(name, .tuple(values))
    }

    static let all: [String: ValueMethod] = [
        "index": ValueMethod { value, call in try index(value.elements ?? [], call) },
        "count": ValueMethod { value, call in try count(value.elements ?? [], call) },
    ]

    static func index(_ values: [TemplateValue], _ call: TemplateCall) throws -> TemplateValue {
        guard let element = try call.parameters("value")[0],
            let place = try values.firstIndex(where: { try $0.equals(element) })
        else { throw TemplateError(.value, "The value is not in the list.") }
        return .int(place)
    }

    static func count(_ values: [TemplateValue], _ call: TemplateCall) throws -> TemplateValue {
        guard let element = try call.parameters("value")[0] else {
            throw TemplateError(.type, "count() needs a value.")
        }
        return .int(try values.count { try $0.equals(element) })
    }
}
