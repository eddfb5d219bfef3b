// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Text that is printed as it is.
final class DataInstruction: Instruction, @unchecked Sendable {
    private let text: String
    private let bytes: [UInt8]

    init(_ text: String, at: Position) {
        self.text = text
        bytes = Array(text.utf8)
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        try rendering.write(data: bytes, text)
        return .goesOn
    }
}

final class OutputInstruction: Instruction, @unchecked Sendable {
    private let value: Operation

    init(_ value: Operation, at: Position) {
        self.value = value
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        try value.print(rendering)
        return .goesOn
    }
}

final class ConditionInstruction: Instruction, @unchecked Sendable {
    private let branches: [(test: Operation, body: [Instruction])]
    private let otherwise: [Instruction]

    init(_ branches: [(test: Operation, body: [Instruction])], _ otherwise: [Instruction], at: Position) {
        self.branches = branches
        self.otherwise = otherwise
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        for branch in branches where try branch.test.isTrue(rendering) { return try rendering.run(branch.body) }
        return try rendering.run(otherwise)
    }
}

final class EvaluateInstruction: Instruction, @unchecked Sendable {
    private let value: Operation

    init(_ value: Operation, at: Position) {
        self.value = value
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        _ = try value.value(rendering)
        return .goesOn
    }
}

final class FlowInstruction: Instruction, @unchecked Sendable {
    private let flow: Flow

    init(_ flow: Flow, at: Position) {
        self.flow = flow
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow { flow }
}

/// Where a value goes.
indirect enum Destination: Sendable {
    case slot(Int)
    case outer(depth: Int, slot: Int)
    /// A variable of the template itself, which other templates and its blocks see.
    case exported(Int, ContextName, isPublic: Bool)
    case tuple([Destination])
    case attribute(Operation, String)
}

final class SetInstruction: Instruction, @unchecked Sendable {
    private let destination: Destination
    private let value: Operation

    init(_ destination: Destination, _ value: Operation, at: Position) {
        self.destination = destination
        self.value = value
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        let value = try value.value(rendering)
        rendering.state.pointee.at = at
        try rendering.assign(value, to: destination)
        return .goesOn
    }
}

final class SetBlockInstruction: Instruction, @unchecked Sendable {
    private let destination: Destination
    private let filter: Operation?
    private let loads: [SlotLoad]
    private let body: [Instruction]

    init(_ destination: Destination, _ filter: Operation?, _ loads: [SlotLoad], _ body: [Instruction], at: Position) {
        self.destination = destination
        self.filter = filter
        self.loads = loads
        self.body = body
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        rendering.begin(loads)
        var flow = Flow.goesOn
        var value = try rendering.capture { flow = try rendering.run(body) }
        if let filter { value = try rendering.filtered(value, filter) }
        if rendering.state.pointee.escapes, case .string(let text) = value { value = .markup(SafeHTML(text)) }
        try rendering.assign(value, to: destination)
        return flow
    }
}

final class FilterBlockInstruction: Instruction, @unchecked Sendable {
    private let filter: Operation
    private let loads: [SlotLoad]
    private let body: [Instruction]

    init(_ filter: Operation, _ loads: [SlotLoad], _ body: [Instruction], at: Position) {
        self.filter = filter
        self.loads = loads
        self.body = body
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        rendering.begin(loads)
        var flow = Flow.goesOn
        let value = try rendering.capture { flow = try rendering.run(body) }
        try rendering.print(rendering.filtered(value, filter))
        return flow
    }
}

final class ScopeInstruction: Instruction, @unchecked Sendable {
    private let loads: [SlotLoad]
    private let values: [(Destination, Operation)]
    private let body: [Instruction]

    init(_ loads: [SlotLoad], _ values: [(Destination, Operation)], _ body: [Instruction], at: Position) {
        self.loads = loads
        self.values = values
        self.body = body
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        // The values see what is outside.
        let values = try values.map { ($0.0, try $0.1.value(rendering)) }
        rendering.begin(loads)
        for (destination, value) in values { try rendering.assign(value, to: destination) }
        return try rendering.run(body)
    }
}

final class AutoescapeInstruction: Instruction, @unchecked Sendable {
    private let isOn: Operation
    private let body: [Instruction]

    init(_ isOn: Operation, _ body: [Instruction], at: Position) {
        self.isOn = isOn
        self.body = body
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        let before = rendering.state.pointee.escapes
        rendering.state.pointee.escapes = try isOn.isTrue(rendering)
        defer { rendering.state.pointee.escapes = before }
        return try rendering.run(body)
    }
}

/// Defines a macro.
final class MacroInstruction: Instruction, @unchecked Sendable {
    private let macro: MacroUnit
    private let destination: Destination

    init(_ macro: MacroUnit, _ destination: Destination, at: Position) {
        self.macro = macro
        self.destination = destination
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        try rendering.assign(.object(MacroObject(macro, rendering)), to: destination)
        return .goesOn
    }
}

/// Calls a macro with a body.
final class CallBlockInstruction: Instruction, @unchecked Sendable {
    private let function: Operation
    private let arguments: ArgumentOperations
    private let body: MacroUnit

    init(_ function: Operation, _ arguments: ArgumentOperations, _ body: MacroUnit, at: Position) {
        self.function = function
        self.arguments = arguments
        self.body = body
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
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
final class DebugInstruction: Instruction, @unchecked Sendable {
    override func run(_ rendering: Rendering) throws -> Flow {
        try rendering.print(.string(rendering.debugText()))
        return .goesOn
    }
}
