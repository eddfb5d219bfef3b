// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A macro that is compiled.
final class MacroUnit: Sendable {
    struct Parameter: Sendable {
        var name: String
        var slot: Int
        var value: (any Operation)?
    }

    let name: String
    let parameters: [Parameter]
    /// The slots of what a macro gets without naming it, where it uses it.
    let caller: Int?
    let kwargs: Int?
    let varargs: Int?
    let hasExplicitCaller: Bool
    let unit: Unit
    let source: TemplateSource
    let escapes: Bool
    /// Whether it has nothing but its parameters.
    let isPlain: Bool
    /// The slots of the parameters.
    let slots: [Int]
    /// What parameters hold that are not given, where that is known before anything runs.
    let constants: [TemplateValue?]

    init(
        name: String, parameters: [Parameter], caller: Int?, kwargs: Int?, varargs: Int?, hasExplicitCaller: Bool,
        unit: Unit, source: TemplateSource, escapes: Bool
    ) {
        self.name = name
        self.parameters = parameters
        self.caller = caller
        self.kwargs = kwargs
        self.varargs = varargs
        self.hasExplicitCaller = hasExplicitCaller
        self.unit = unit
        self.source = source
        self.escapes = escapes
        isPlain = caller == nil && kwargs == nil && varargs == nil
        slots = parameters.map(\.slot)
        constants = parameters.map { $0.value?.constant }
    }
}

/// A macro with the variables around it, which can be called.
final class MacroObject: TemplateObject {
    private let macro: MacroUnit
    private let home: Confined<Frame>
    private let context: Confined<RenderContext>
    private let escapes: Bool

    init(_ macro: MacroUnit, _ rendering: Rendering) {
        self.macro = macro
        home = Confined(rendering.frame)
        context = Confined(rendering.context)
        escapes = rendering.state.pointee.escapes
    }

    var typeName: String { "Macro" }
    var text: String { "<Macro \(TemplateValue.string(macro.name).representation)>" }
    var isTrue: Bool { true }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "name": .string(macro.name)
        case "arguments": .tuple(macro.parameters.map { .string($0.name) })
        case "catch_kwargs": .bool(macro.kwargs != nil)
        case "catch_varargs": .bool(macro.varargs != nil)
        case "caller": .bool(macro.caller != nil || macro.hasExplicitCaller)
        default: nil
        }
    }

    func call(_ call: TemplateCall) throws -> TemplateValue? {
        let rendering = call.rendering
        let frame = Frame(macro.unit.slotCount, parent: home.content)
        let missing = try bind(call.arguments, frame, rendering)
        return try rendering.deeper {
            let value = try rendering.capture {
                try rendering.run(macro.unit, frame, macro.source, context.content, escapes: escapes) {
                    for parameter in missing { try self.fill(parameter, frame, rendering) }
                }
            }
            if escapes, case .string(let text) = value { return .markup(SafeHTML(text)) }
            return value
        }
    }

    /// The macro that a value is; nil for other values.
    @inline(__always)
    static func of(_ value: TemplateValue) -> MacroObject? {
        guard case .object(let object) = value, type(of: object) == MacroObject.self else { return nil }
        // A cast would look the type up; it has just been compared.
        return unsafeDowncast(object, to: MacroObject.self)
    }

    /// Whether arguments can be put into the slots of the parameters as they stand.
    @inline(__always)
    func takes(_ arguments: ArgumentOperations) -> Bool {
        macro.isPlain && arguments.isPlain && arguments.positional.count <= macro.slots.count
    }

    /// Whether what it prints is shown as it is where the rendering is now.
    @inline(__always)
    func isShown(by rendering: Rendering) -> Bool {
        rendering.printsPlainly && (escapes || !rendering.state.pointee.escapes)
    }

    /// Runs the macro for arguments that it ``takes(_:)``.
    func run(_ arguments: ArgumentOperations, _ rendering: Rendering, at: Position) throws {
        var frame = rendering.newFrame(macro.unit.slotCount, parent: home.content)
        defer { rendering.giveBack(&frame) }
        try arguments.fill(frame, macro.slots, rendering)
        rendering.state.pointee.at = at
        // What it prints may have to be taken back, so none of it leaves the output before the end.
        rendering.state.pointee.captures += 1
        defer { rendering.state.pointee.captures -= 1 }
        try rendering.goDeeper()
        defer { rendering.state.pointee.depth -= 1 }
        let filled = arguments.positional.count
        try rendering.run(macro.unit, frame, macro.source, context.content, escapes: escapes) {
            for place in filled..<macro.slots.count {
                if let value = macro.constants[place] {
                    frame.slots[macro.slots[place]] = value
                } else {
                    try fill(macro.parameters[place], frame, rendering)
                }
            }
        }
    }

    /// What it prints for arguments that it ``takes(_:)``.
    func value(_ arguments: ArgumentOperations, _ rendering: Rendering, at: Position) throws -> TemplateValue {
        let value = try rendering.capture { try run(arguments, rendering, at: at) }
        if escapes, case .string(let text) = value { return .markup(SafeHTML(text)) }
        return value
    }

    private func fill(_ parameter: MacroUnit.Parameter, _ frame: Frame, _ rendering: Rendering) throws {
        if let value = parameter.value {
            frame.slots[parameter.slot] = try value.value(rendering)
        } else {
            frame.slots[parameter.slot] = .undefined(
                Undefined(
                    name: parameter.name, hint: "parameter '\(parameter.name)' was not provided",
                    behavior: rendering.undefinedBehavior))
        }
    }

    /// Puts the arguments into their slots.
    ///
    /// - Returns: The parameters without an argument.
    private func bind(
        _ arguments: CallArguments, _ frame: Frame, _ rendering: Rendering
    ) throws -> [MacroUnit.Parameter] {
        var keywords = arguments.keywords
        var missing: [MacroUnit.Parameter] = []
        for (index, parameter) in macro.parameters.enumerated() {
            if index < arguments.positional.count {
                frame.slots[parameter.slot] = arguments.positional[index]
            } else if let place = keywords.firstIndex(where: { $0.name.hasSameUTF8(as: parameter.name) }) {
                frame.slots[parameter.slot] = keywords.remove(at: place).value
            } else {
                missing.append(parameter)
            }
        }
        if let caller = macro.caller {
            if let place = keywords.firstIndex(where: { $0.name == "caller" }) {
                frame.slots[caller] = keywords.remove(at: place).value
            } else {
                frame.slots[caller] = .undefined(
                    Undefined(name: "caller", hint: "No caller defined", behavior: rendering.undefinedBehavior))
            }
        }
        if let kwargs = macro.kwargs {
            frame.slots[kwargs] = .dict(keywords.map { ($0.name, $0.value) })
        } else if let first = keywords.first {
            if keywords.contains(where: { $0.name == "caller" }), macro.hasExplicitCaller {
                throw TemplateError(
                    .type,
                    "macro '\(macro.name)' was invoked with two values for the special caller argument. This is "
                        + "most likely a bug.")
            }
            throw TemplateError(.type, "macro '\(macro.name)' takes no keyword argument '\(first.name)'")
        }
        let rest = Array(arguments.positional.dropFirst(macro.parameters.count))
        if let varargs = macro.varargs {
            frame.slots[varargs] = .tuple(rest)
        } else if !rest.isEmpty {
            throw TemplateError(
                .type, "macro '\(macro.name)' takes not more than \(macro.parameters.count) argument(s)")
        }
        return missing
    }
}
