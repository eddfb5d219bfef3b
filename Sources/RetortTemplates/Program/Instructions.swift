// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Text that is printed as it is.
final class DataInstruction: Instruction {
    let at: Position
    private let text: String
    /// The text, and behind it what ``OutputBuffer`` may read beyond its end.
    private let bytes: [UInt8]
    private let count: Int

    init(_ text: String, at: Position) {
        self.text = text
        count = text.utf8.count
        bytes = Array(text.utf8) + Array(repeating: 0, count: OutputBuffer.slack)
        self.at = at
    }

    @inline(__always)
    func write(_ rendering: Rendering) throws { try rendering.write(data: bytes, count, text) }

    func run(_ rendering: Rendering) throws -> Flow {
        try write(rendering)
        return .goesOn
    }
}

/// A value between two texts, which is what most of a template is.
final class FramedOutputInstruction: Instruction {
    let at: Position
    private let before: DataInstruction
    private let value: any Operation
    /// Something in any case: what may be missing is retained before it is called.
    private let after: DataInstruction
    private let hasAfter: Bool

    init(_ before: DataInstruction, _ output: OutputInstruction, _ after: DataInstruction?) {
        self.before = before
        value = output.value
        self.after = after ?? DataInstruction("", at: output.at)
        hasAfter = after != nil
        at = output.at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        try before.write(rendering)
        try value.print(rendering)
        if hasAfter { try after.write(rendering) }
        return .goesOn
    }
}

final class OutputInstruction: Instruction {
    let at: Position
    let value: any Operation

    init(_ value: any Operation, at: Position) {
        self.value = value
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        try value.print(rendering)
        return .goesOn
    }
}

/// One test with two ways to go on.
final class ConditionInstruction: Instruction {
    let at: Position
    private let test: any Operation
    private let then: any Instruction
    private let otherwise: any Instruction

    init(_ test: any Operation, _ then: any Instruction, _ otherwise: any Instruction, at: Position) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        try test.isTrue(rendering) ? try then.run(rendering) : try otherwise.run(rendering)
    }
}

/// More tests than should lie inside each other.
final class ManyConditionsInstruction: Instruction {
    let at: Position
    private let branches: [(test: any Operation, body: any Instruction)]
    private let otherwise: any Instruction

    init(_ branches: [(test: any Operation, body: any Instruction)], _ otherwise: any Instruction, at: Position) {
        self.branches = branches
        self.otherwise = otherwise
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        for branch in branches where try branch.test.isTrue(rendering) { return try branch.body.run(rendering) }
        return try otherwise.run(rendering)
    }
}

final class EvaluateInstruction: Instruction {
    let at: Position
    private let value: any Operation

    init(_ value: any Operation, at: Position) {
        self.value = value
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        _ = try value.value(rendering)
        return .goesOn
    }
}

final class FlowInstruction: Instruction {
    let at: Position
    private let flow: Flow

    init(_ flow: Flow, at: Position) {
        self.flow = flow
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow { flow }
}

/// Where a value goes.
indirect enum Destination: Sendable {
    case slot(Int)
    case outer(depth: Int, slot: Int)
    /// A variable of the template itself, which other templates and its blocks see.
    case exported(Int, ContextName, isPublic: Bool)
    case tuple([Destination])
    case attribute(any Operation, String)
}

final class SetInstruction: Instruction {
    let at: Position
    private let destination: Destination
    private let value: any Operation

    init(_ destination: Destination, _ value: any Operation, at: Position) {
        self.destination = destination
        self.value = value
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        let value = try value.value(rendering)
        rendering.state.pointee.at = at
        try rendering.assign(value, to: destination)
        return .goesOn
    }
}

final class SetBlockInstruction: Instruction {
    let at: Position
    private let destination: Destination
    private let filter: (any Operation)?
    private let loads: [SlotLoad]
    private let body: any Instruction

    init(
        _ destination: Destination, _ filter: (any Operation)?, _ loads: [SlotLoad], _ body: any Instruction,
        at: Position
    ) {
        self.destination = destination
        self.filter = filter
        self.loads = loads
        self.body = body
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        rendering.begin(loads)
        var flow = Flow.goesOn
        var value = try rendering.capture { flow = try body.run(rendering) }
        if let filter { value = try rendering.filtered(value, filter) }
        if rendering.state.pointee.escapes, case .string(let text) = value { value = .markup(SafeHTML(text)) }
        try rendering.assign(value, to: destination)
        return flow
    }
}

final class FilterBlockInstruction: Instruction {
    let at: Position
    private let filter: any Operation
    private let loads: [SlotLoad]
    private let body: any Instruction

    init(_ filter: any Operation, _ loads: [SlotLoad], _ body: any Instruction, at: Position) {
        self.filter = filter
        self.loads = loads
        self.body = body
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        rendering.begin(loads)
        var flow = Flow.goesOn
        let value = try rendering.capture { flow = try body.run(rendering) }
        try rendering.print(rendering.filtered(value, filter))
        return flow
    }
}

final class ScopeInstruction: Instruction {
    let at: Position
    private let loads: [SlotLoad]
    private let values: [(Destination, any Operation)]
    private let body: any Instruction

    init(_ loads: [SlotLoad], _ values: [(Destination, any Operation)], _ body: any Instruction, at: Position) {
        self.loads = loads
        self.values = values
        self.body = body
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        // The values see what is outside.
        let values = try values.map { ($0.0, try $0.1.value(rendering)) }
        rendering.begin(loads)
        for (destination, value) in values { try rendering.assign(value, to: destination) }
        return try body.run(rendering)
    }
}

final class AutoescapeInstruction: Instruction {
    let at: Position
    private let isOn: any Operation
    private let body: any Instruction

    init(_ isOn: any Operation, _ body: any Instruction, at: Position) {
        self.isOn = isOn
        self.body = body
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        let before = rendering.state.pointee.escapes
        rendering.state.pointee.escapes = try isOn.isTrue(rendering)
        defer { rendering.state.pointee.escapes = before }
        return try body.run(rendering)
    }
}

/// Defines a macro.
final class MacroInstruction: Instruction {
    let at: Position
    private let macro: MacroUnit
    private let destination: Destination

    init(_ macro: MacroUnit, _ destination: Destination, at: Position) {
        self.macro = macro
        self.destination = destination
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        try rendering.assign(.object(MacroObject(macro, rendering)), to: destination)
        return .goesOn
    }
}

/// Calls a macro with a body.
final class CallBlockInstruction: Instruction {
    let at: Position
    private let function: any Operation
    private let arguments: ArgumentOperations
    private let body: MacroUnit

    init(_ function: any Operation, _ arguments: ArgumentOperations, _ body: MacroUnit, at: Position) {
        self.function = function
        self.arguments = arguments
        self.body = body
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        let caller = TemplateValue.object(MacroObject(body, rendering))
        let function = try function.value(rendering)
        var values = try arguments.values(rendering)
        values.keywords.append(("caller", caller))
        rendering.state.pointee.at = at
        try rendering.print(rendering.call(function, values))
        return .goesOn
    }
}

/// Prints what the context has, for people who look for a mistake.
final class DebugInstruction: Instruction {
    let at: Position

    init(at: Position) { self.at = at }

    func run(_ rendering: Rendering) throws -> Flow {
        try rendering.print(.string(rendering.debugText()))
        return .goesOn
    }
}
