// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Filters that compare elements with each other.
enum OrderFilters {
    static let all: [TemplateFilter] = [
        TemplateFilter("sort") { value, call in
            let parameters = try call.parameters(ParameterNames.reverseCaseSensitiveAttribute)
            let keys = SortKey(parameters[2], caseSensitive: try parameters[1].isTrue(default: false))
            return .list(
                try keys.sorted(
                    value.loopElements(call.rendering), call.rendering, reverse: parameters[0].isTrue(default: false)))
        },
        TemplateFilter("unique") { value, call in
            let parameters = try call.parameters(ParameterNames.caseSensitiveAttribute)
            let key = SortKey(parameters[1], caseSensitive: try parameters[0].isTrue(default: false), isSingle: true)
            var seen: Set<DictKey> = []
            return .list(
                try value.loopElements(call.rendering).filter { element in
                    seen.insert(try DictKey(key.value(of: element, call.rendering))).inserted
                })
        },
        TemplateFilter("min") { value, call in try extreme(value, call, isMax: false) },
        TemplateFilter("max") { value, call in try extreme(value, call, isMax: true) },
        TemplateFilter("groupby") { value, call in
            let parameters = try call.parameters(ParameterNames.attributeDefaultCaseSensitive)
            guard let attribute = parameters[0] else { throw TemplateError(.argument, "groupby needs an attribute.") }
            return try groups(
                value.loopElements(call.rendering), AttributePath(attribute), parameters[1],
                caseSensitive: parameters[2].isTrue(default: false), call.rendering)
        },
        TemplateFilter("dictsort") { value, call in
            let parameters = try call.parameters(ParameterNames.caseSensitiveByReverse)
            let by = try parameters[1].text(default: "key")
            guard by == "key" || by == "value" else {
                throw TemplateError(.argument, "You can only sort by either \"key\" or \"value\"")
            }
            guard case .dict(let dict) = value else {
                if case .undefined(let undefined) = value { throw undefined.error() }
                throw TemplateError(.type, "dictsort needs a dictionary, not \(value.typeName).")
            }
            let key = SortKey(
                .int(by == "key" ? 0 : 1), caseSensitive: try parameters[0].isTrue(default: false), isSingle: true)
            let pairs = dict.pairs.map { TemplateValue.tuple([$0.key, $0.value]) }
            return .list(try key.sorted(pairs, call.rendering, reverse: parameters[2].isTrue(default: false)))
        },
    ]

    private static func extreme(_ value: TemplateValue, _ call: TemplateCall, isMax: Bool) throws -> TemplateValue {
        let parameters = try call.parameters(ParameterNames.caseSensitiveAttribute)
        let key = SortKey(parameters[1], caseSensitive: try parameters[0].isTrue(default: false), isSingle: true)
        var best: (value: TemplateValue, key: TemplateValue)?
        for element in try value.loopElements(call.rendering) {
            let own = try key.value(of: element, call.rendering)
            guard let found = best else {
                best = (element, own)
                continue
            }
            if try isMax ? found.key.precedes(own, ">") : own.precedes(found.key) { best = (element, own) }
        }
        return best?.value ?? SequenceFilters.none("No aggregated item, sequence was empty.", call)
    }

    private static func groups(
        _ values: [TemplateValue], _ path: AttributePath, _ missing: TemplateValue?, caseSensitive: Bool,
        _ rendering: Rendering
    ) throws -> TemplateValue {
        var keyed: [(key: TemplateValue, folded: TemplateValue, value: TemplateValue)] = []
        for value in values {
            let key = try path.value(of: value, rendering, default: missing)
            keyed.append((key, caseSensitive ? key : SortKey.folded(key), value))
        }
        var failure: (any Error)?
        let order = keyed.indices.sorted { left, right in
            guard failure == nil else { return false }
            do {
                if try keyed[left].folded.precedes(keyed[right].folded) { return true }
                if try keyed[right].folded.precedes(keyed[left].folded) { return false }
                return left < right
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        var groups: [(key: TemplateValue, folded: TemplateValue, values: [TemplateValue])] = []
        for index in order {
            if let last = groups.last, try last.folded.equals(keyed[index].folded) {
                groups[groups.count - 1].values.append(keyed[index].value)
            } else {
                groups.append((keyed[index].key, keyed[index].folded, [keyed[index].value]))
            }
        }
        return .list(groups.map { .object(GroupObject($0.key, $0.values)) })
    }
}

/// What elements are ordered by.
struct SortKey {
    private let paths: [AttributePath]
    private let caseSensitive: Bool

    /// Creates a key.
    ///
    /// - Parameters:
    ///   - attribute: Attributes with commas between them; nil for the elements themselves.
    ///   - caseSensitive: Whether capitals come before small letters.
    ///   - isSingle: Whether the attribute is one, whatever it holds.
    init(_ attribute: TemplateValue?, caseSensitive: Bool, isSingle: Bool = false) {
        self.caseSensitive = caseSensitive
        if let text = attribute?.text, !isSingle {
            paths = text.split(separator: ",").map { AttributePath(.string(String($0))) }
        } else if let attribute, !attribute.isNone {
            paths = [AttributePath(attribute)]
        } else {
            paths = []
        }
    }

    static func folded(_ value: TemplateValue) -> TemplateValue { value.text.map { .string($0.lowercased()) } ?? value }

    func value(of element: TemplateValue, _ rendering: Rendering) throws -> TemplateValue {
        func fold(_ value: TemplateValue) -> TemplateValue { caseSensitive ? value : Self.folded(value) }
        switch paths.count {
        case 0: return fold(element)
        case 1: return fold(try paths[0].value(of: element, rendering))
        default: return .list(try paths.map { fold(try $0.value(of: element, rendering)) })
        }
    }

    func sorted(_ values: [TemplateValue], _ rendering: Rendering, reverse: Bool) throws -> [TemplateValue] {
        let keys = try values.map { try value(of: $0, rendering) }
        var failure: (any Error)?
        // Equal elements keep their order, in the reversed order too.
        let order = values.indices.sorted { left, right in
            guard failure == nil else { return false }
            do {
                let (first, second) = reverse ? (keys[right], keys[left]) : (keys[left], keys[right])
                if try first.precedes(second) { return true }
                if try second.precedes(first) { return false }
                return left < right
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        return order.map { values[$0] }
    }
}

/// A group that `groupby` makes: `group.grouper`, `group.list`, or both as a pair.
final class GroupObject: TemplateObject {
    private let grouper: TemplateValue
    private let list: TemplateValue

    init(_ grouper: TemplateValue, _ values: [TemplateValue]) {
        self.grouper = grouper
        list = .list(values)
    }

    var typeName: String { "_GroupTuple" }
    var count: Int? { 2 }
    var text: String { TemplateValue.tuple([grouper, list]).representation }
    func elements() -> [TemplateValue]? { [grouper, list] }

    func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "grouper": grouper
        case "list": list
        default: nil
        }
    }

    func item(_ key: TemplateValue) -> TemplateValue? {
        switch key.integer {
        case 0, -2: grouper
        case 1, -1: list
        default: nil
        }
    }
}
