// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// `value.name`.
final class AttributeOperation: Operation {
    let at: Position
    let owner: any Operation
    let name: ContextName
    /// Whether dictionaries have a method of this name, which comes before their keys.
    private let isDictMethod: Bool
    private let isPrivate: Bool
    /// Where the name stood in the last dictionary: dictionaries of one loop have the same keys.
    private let place = Atomic(0)

    init(_ owner: any Operation, _ name: String, at: Position) {
        self.owner = owner
        self.name = ContextName(name)
        isDictMethod = DictMethods.names.contains(name)
        isPrivate = name.utf8.first == UInt8(ascii: "_")
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        // Nothing looks at the owner again where it is a dictionary, which is then not retained a second time.
        switch try owner.value(rendering) {
        case .dict(let dict):
            guard !isDictMethod, !isPrivate else { return try other(.dict(dict), rendering) }
            if let value = dict[name.key] { return value }
            return .undefined(Undefined(name: name.text, owner: "dict object", behavior: rendering.undefinedBehavior))
        case let owner: return try other(owner, rendering)
        }
    }

    private func other(_ owner: TemplateValue, _ rendering: Rendering) throws -> TemplateValue {
        rendering.state.pointee.at = at
        return try rendering.attribute(name, of: owner)
    }
}

/// `loop.name` inside of the loop.
final class LoopAttributeOperation: Operation {
    let at: Position
    private let slot: Int
    private let attribute: LoopObject.Attribute

    init(_ slot: Int, _ attribute: LoopObject.Attribute, at: Position) {
        self.slot = slot
        self.attribute = attribute
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        guard case .object(let object)? = rendering.state.pointee.slots[slot], type(of: object) == LoopObject.self
        else {
            rendering.state.pointee.at = at
            let owner = rendering.state.pointee.slots[slot] ?? rendering.undefined("loop")
            return try rendering.attribute(ContextName(attribute.rawValue), of: owner)
        }
        // A cast would look the type up; it has just been compared.
        return unsafeDowncast(object, to: LoopObject.self).value(attribute, rendering)
    }
}

/// `value[key]`.
final class ItemOperation: Operation {
    let at: Position
    private let owner: any Operation
    private let key: any Operation

    init(_ owner: any Operation, _ key: any Operation, at: Position) {
        self.owner = owner
        self.key = key
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let owner = try owner.value(rendering)
        let key = try key.value(rendering)
        rendering.state.pointee.at = at
        return try rendering.item(key, of: owner)
    }
}

/// `value[start:stop:step]`.
final class SliceOperation: Operation {
    let at: Position
    private let owner: any Operation
    private let bounds: [(any Operation)?]

    init(_ owner: any Operation, _ bounds: [(any Operation)?], at: Position) {
        self.owner = owner
        self.bounds = bounds
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let owner = try owner.value(rendering)
        let bounds = try bounds.map { bound -> Int? in
            guard let value = try bound?.value(rendering), !value.isNone else { return nil }
            guard let number = value.integer else {
                throw TemplateError(.type, "slice indices must be integers or None, not \(value.typeName)")
            }
            return number
        }
        rendering.state.pointee.at = at
        return try Slicing.slice(owner, bounds[0], bounds[1], bounds[2], rendering)
    }
}

/// Parts of texts and lists.
enum Slicing {
    static func slice(
        _ value: TemplateValue, _ start: Int?, _ stop: Int?, _ step: Int?, _ rendering: Rendering
    ) throws -> TemplateValue {
        switch value {
        case .string(let text): return .string(try characters(text, start, stop, step))
        case .markup(let markup): return .markup(SafeHTML(try characters(markup.html, start, stop, step)))
        case .list(let list): return .list(try elements(list.values, start, stop, step))
        case .tuple(let values): return .tuple(try elements(values, start, stop, step))
        case .undefined(let undefined):
            if undefined.behavior == .chainable { return value }
            throw undefined.error()
        case .object(let object):
            guard let values = try object.elements(), object.count != nil else { break }
            return .list(try elements(values, start, stop, step))
        default: break
        }
        return .undefined(Undefined(owner: "'\(value.typeName)' object", behavior: rendering.undefinedBehavior))
    }

    private static func characters(_ text: String, _ start: Int?, _ stop: Int?, _ step: Int?) throws -> String {
        String(String.UnicodeScalarView(try elements(Array(text.unicodeScalars), start, stop, step)))
    }

    /// The elements that Python's slice takes.
    static func elements<Element>(_ all: [Element], _ start: Int?, _ stop: Int?, _ step: Int?) throws -> [Element] {
        let step = step ?? 1
        guard step != 0 else { throw TemplateError(.value, "slice step cannot be zero") }
        let count = all.count
        func clamp(_ bound: Int?, _ missing: Int) -> Int {
            guard let bound else { return missing }
            let place = bound < 0 ? max(bound, -count - 1) + count : bound
            return step > 0 ? min(max(place, 0), count) : min(max(place, -1), count - 1)
        }
        let first = clamp(start, step > 0 ? 0 : count - 1)
        let end = clamp(stop, step > 0 ? count : -1)
        if step == 1 { return first < end ? Array(all[first..<end]) : [] }
        var result: [Element] = []
        var place = first
        while step > 0 ? place < end : place > end {
            result.append(all[place])
            let (next, isOver) = place.addingReportingOverflow(step)
            if isOver { break }
            place = next
        }
        return result
    }
}

/// Arguments of a call, evaluated when it runs.
struct ArgumentOperations: Sendable {
    var positional: [any Operation]
    var keywords: [(name: String, value: any Operation)]
    var star: (any Operation)?
    var doubleStar: (any Operation)?
    /// The arguments where all are known before anything runs.
    let constants: CallArguments?
    /// Whether all are given by position.
    let isPlain: Bool
    /// The first two again: fields can be called without being retained, elements cannot.
    private let first: any Operation
    private let second: any Operation

    init(
        positional: [any Operation], keywords: [(name: String, value: any Operation)], star: (any Operation)?,
        doubleStar: (any Operation)?
    ) {
        self.positional = positional
        self.keywords = keywords
        self.star = star
        self.doubleStar = doubleStar
        isPlain = keywords.isEmpty && star == nil && doubleStar == nil
        let none = ConstantOperation(.none, at: Position())
        first = positional.first ?? none
        second = positional.dropFirst().first ?? none
        let known = positional.compactMap(\.constant)
        constants = isPlain && known.count == positional.count ? CallArguments(known) : nil
    }

    /// Puts arguments that are given by position into slots.
    func fill(_ frame: Frame, _ slots: [Int], _ rendering: Rendering) throws {
        guard positional.count > 0 else { return }
        frame.slots[slots[0]] = try first.value(rendering)
        guard positional.count > 1 else { return }
        frame.slots[slots[1]] = try second.value(rendering)
        guard positional.count > 2 else { return }
        for place in 2..<positional.count { frame.slots[slots[place]] = try positional[place].value(rendering) }
    }

    func values(_ rendering: Rendering) throws -> CallArguments {
        if let constants { return constants }
        var result = CallArguments()
        switch positional.count {
        case 0: break
        case 1: result.positional = [try positional[0].value(rendering)]
        default: result.positional = try positional.map { try $0.value(rendering) }
        }
        if let star { result.positional += try star.value(rendering).loopElements(rendering) }
        for (name, value) in keywords { result.keywords.append((name, try value.value(rendering))) }
        if let doubleStar {
            guard case .dict(let dict) = try doubleStar.value(rendering) else {
                throw TemplateError(.type, "argument after ** must be a mapping")
            }
            for (key, value) in dict.pairs {
                let name = try key.printed
                guard result[name] == nil else {
                    throw TemplateError(.type, "got multiple values for keyword argument '\(name)'")
                }
                result.keywords.append((name, value))
            }
        }
        return result
    }
}

/// `function(arguments)`.
final class CallOperation: Operation {
    let at: Position
    private let function: any Operation
    /// The function where it is a part of something else.
    private let method: AttributeOperation?
    private let arguments: ArgumentOperations

    init(_ function: any Operation, _ arguments: ArgumentOperations, at: Position) {
        self.function = function
        method = function as? AttributeOperation
        self.arguments = arguments
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        if let method {
            let owner = try method.owner.value(rendering)
            rendering.state.pointee.at = method.at
            if let direct = try rendering.callMethod(method.name, of: owner, arguments, at) { return direct }
            let function = try rendering.attribute(method.name, of: owner)
            let values = try arguments.values(rendering)
            rendering.state.pointee.at = at
            return try rendering.call(function, values)
        }
        return try call(function.value(rendering), rendering)
    }

    private func call(_ function: TemplateValue, _ rendering: Rendering) throws -> TemplateValue {
        if let macro = MacroObject.of(function), macro.takes(arguments) {
            return try rendering.untilStopped { try macro.value(arguments, rendering, at: at) } ?? .none
        }
        let values = try arguments.values(rendering)
        rendering.state.pointee.at = at
        return try rendering.call(function, values)
    }

    /// A macro prints into the output itself, where nothing need be done to its text.
    func print(_ rendering: Rendering) throws {
        guard method == nil else { return try rendering.print(value(rendering)) }
        let function = try function.value(rendering)
        guard let macro = MacroObject.of(function), macro.takes(arguments), macro.isShown(by: rendering) else {
            return try rendering.print(call(function, rendering))
        }
        let start = rendering.output.count
        let rest = try rendering.untilStopped {
            try macro.run(arguments, rendering, at: at)
            return Optional<TemplateValue>.none
        }
        guard let rest else { return }
        rendering.output.truncate(to: start)
        try rendering.print(rest)
    }
}

/// `value|filter(arguments)`.
final class FilterOperation: Operation {
    let at: Position
    private let input: (any Operation)?
    private let filter: TemplateFilter
    private let arguments: ArgumentOperations

    init(_ input: (any Operation)?, _ filter: TemplateFilter, _ arguments: ArgumentOperations, at: Position) {
        self.input = input
        self.filter = filter
        self.arguments = arguments
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let value = try input?.value(rendering) ?? rendering.state.pointee.filtered
        let call = TemplateCall(name: filter.name, arguments: try arguments.values(rendering), rendering: rendering)
        rendering.state.pointee.at = at
        return try filter.body(value, call)
    }
}

extension FilterOperation {
    /// The shortest form of a filter that its arguments allow.
    static func make(
        _ input: (any Operation)?, _ filter: TemplateFilter, _ arguments: ArgumentOperations, at: Position
    ) -> any Operation {
        if let input, let known = arguments.constants {
            if let plain = filter.plain, known.positional.isEmpty { return PlainFilterOperation(input, plain, at: at) }
            if let named = filter.named, known.positional.count <= named.names.count {
                return NamedFilterOperation(
                    input, named.body, CallParameters(positional: known.positional), at: at)
            }
        }
        return FilterOperation(input, filter, arguments, at: at)
    }
}

/// `value|filter` for a filter that looks at nothing but the value.
private final class PlainFilterOperation: Operation {
    let at: Position
    private let input: any Operation
    private let filter: TemplateFilter.Plain

    init(_ input: any Operation, _ filter: @escaping TemplateFilter.Plain, at: Position) {
        self.input = input
        self.filter = filter
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let value = try input.value(rendering)
        rendering.state.pointee.at = at
        return try filter(value)
    }
}

/// `value|filter(arguments)` with arguments that are known before anything runs.
private final class NamedFilterOperation: Operation {
    let at: Position
    private let input: any Operation
    private let filter: TemplateFilter.Named
    private let parameters: CallParameters

    init(_ input: any Operation, _ filter: @escaping TemplateFilter.Named, _ parameters: CallParameters, at: Position) {
        self.input = input
        self.filter = filter
        self.parameters = parameters
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let value = try input.value(rendering)
        rendering.state.pointee.at = at
        return try filter(value, parameters, rendering)
    }
}

/// A filter or a test that does not exist, behind a condition that may keep it from being used.
final class UnknownNameOperation: Operation {
    let at: Position
    private let message: String

    init(_ message: String, at: Position) {
        self.message = message
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        rendering.state.pointee.at = at
        throw TemplateError(.runtime, message)
    }
}

/// `value is test(arguments)`.
final class TestOperation: Operation {
    let at: Position
    private let input: any Operation
    private let test: TemplateTest
    private let arguments: ArgumentOperations

    init(_ input: any Operation, _ test: TemplateTest, _ arguments: ArgumentOperations, at: Position) {
        self.input = input
        self.test = test
        self.arguments = arguments
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue { .bool(try isTrue(rendering)) }

    func isTrue(_ rendering: Rendering) throws -> Bool {
        let value = try input.value(rendering)
        let call = TemplateCall(name: test.name, arguments: try arguments.values(rendering), rendering: rendering)
        rendering.state.pointee.at = at
        return try test.body(value, call)
    }
}

/// `super` inside of a block.
final class SuperOperation: Operation {
    let at: Position

    init(at: Position) { self.at = at }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        rendering.state.pointee.at = at
        return rendering.superBlock()
    }
}

/// `self`, which has the blocks of the template.
final class SelfOperation: Operation {
    let at: Position

    init(at: Position) { self.at = at }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        .object(TemplateReference(rendering.context))
    }
}

/// Text of translators, which is markup where output is escaped.
final class TranslatedOperation: Operation {
    let at: Position
    private let operand: any Operation

    init(_ operand: any Operation, at: Position) {
        self.operand = operand
        self.at = at
    }

    func value(_ rendering: Rendering) throws -> TemplateValue {
        let value = try operand.value(rendering)
        guard rendering.state.pointee.escapes, case .string(let text) = value else { return value }
        return .markup(SafeHTML(text))
    }
}
