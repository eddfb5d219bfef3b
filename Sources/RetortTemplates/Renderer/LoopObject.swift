// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// `loop` inside of a loop.
final class LoopObject: TemplateObject {
    enum Attribute: String {
        case index, index0, revindex, revindex0, first, last, length, depth, depth0, previtem, nextitem
    }

    private let elements: [TemplateValue]
    private let depth: Int
    private let undefined: UndefinedBehavior
    private let state = Confined(State())

    /// What changes while the loop runs.
    private final class State {
        var index = 0
        var last: [TemplateValue]?
        var again: ((TemplateValue) throws -> TemplateValue)?
    }

    var index: Int {
        get { state.content.index }
        set { state.content.index = newValue }
    }

    /// Runs the loop again for other elements; nil in a loop that is not recursive.
    var again: ((TemplateValue) throws -> TemplateValue)? {
        get { state.content.again }
        set { state.content.again = newValue }
    }

    init(_ elements: [TemplateValue], depth: Int, _ undefined: UndefinedBehavior) {
        self.elements = elements
        self.depth = depth
        self.undefined = undefined
    }

    var typeName: String { "LoopContext" }
    var text: String { "<LoopContext \(index + 1)/\(elements.count)>" }
    var isTrue: Bool { true }
    var count: Int? { elements.count }

    func value(_ attribute: Attribute, _ rendering: Rendering?) -> TemplateValue {
        switch attribute {
        case .index: .int(index + 1)
        case .index0: .int(index)
        case .revindex: .int(elements.count - index)
        case .revindex0: .int(elements.count - index - 1)
        case .first: .bool(index == 0)
        case .last: .bool(index == elements.count - 1)
        case .length: .int(elements.count)
        case .depth: .int(depth + 1)
        case .depth0: .int(depth)
        case .previtem: index > 0 ? elements[index - 1] : missing("there is no previous item")
        case .nextitem: index + 1 < elements.count ? elements[index + 1] : missing("there is no next item")
        }
    }

    private func missing(_ hint: String) -> TemplateValue { .undefined(Undefined(hint: hint, behavior: undefined)) }

    func attribute(_ name: String) throws -> TemplateValue? {
        if let attribute = Attribute(rawValue: name) { return value(attribute, nil) }
        switch name {
        case "cycle":
            return .function(
                TemplateFunction("cycle") { [self] call in
                    let values = call.arguments.positional
                    guard !values.isEmpty else { throw TemplateError(.type, "no items for cycling given") }
                    return values[index % values.count]
                })
        case "changed":
            return .function(
                TemplateFunction("changed") { [self] call in
                    let values = call.arguments.positional
                    if let last = state.content.last, try TemplateValue.tuple(last).equals(.tuple(values)) {
                        return .bool(false)
                    }
                    state.content.last = values
                    return .bool(true)
                })
        default: return nil
        }
    }

    func call(_ call: TemplateCall) throws -> TemplateValue? {
        guard let again else {
            throw TemplateError(
                .type, "The loop must have the 'recursive' marker to be called recursively.")
        }
        guard let elements = call.arguments.positional.first, call.arguments.positional.count == 1 else {
            throw TemplateError(.type, "loop() takes the elements of the inner loop.")
        }
        return try again(elements)
    }
}
