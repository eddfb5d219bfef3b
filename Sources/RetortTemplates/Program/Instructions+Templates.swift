// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Shows a block, as the template or one that extends it defines it.
final class BlockInstruction: Instruction, @unchecked Sendable {
    private let name: String
    private let isRequired: Bool
    /// The variables that a scoped block sees; nil for one that is not scoped.
    private let locals: [(ContextName, Operation)]?
    private let isTopLevel: Bool

    init(_ name: String, isRequired: Bool, locals: [(ContextName, Operation)]?, isTopLevel: Bool, at: Position) {
        self.name = name
        self.isRequired = isRequired
        self.locals = locals
        self.isTopLevel = isTopLevel
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        if isTopLevel, rendering.state.pointee.extends || rendering.state.pointee.skipsBlocks { return .goesOn }
        rendering.state.pointee.at = at
        if isRequired, (rendering.context.blocks[name]?.count ?? 0) <= 1 {
            throw TemplateError(.runtime, "Required block '\(name)' not found")
        }
        var context = rendering.context
        if let locals { context = context.derived(try rendering.values(locals)) }
        try rendering.runBlock(name, 0, context)
        return .goesOn
    }
}

final class ExtendsInstruction: Instruction, @unchecked Sendable {
    private let template: Operation

    init(_ template: Operation, at: Position) {
        self.template = template
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        rendering.state.pointee.at = at
        guard !rendering.state.pointee.extends else { throw TemplateError(.runtime, "extended multiple times") }
        let name = try template.value(rendering)
        rendering.state.pointee.at = at
        try rendering.extend(rendering.template(name))
        return .goesOn
    }
}

final class IncludeInstruction: Instruction, @unchecked Sendable {
    private let template: Operation
    private let ignoresMissing: Bool
    /// What the template sees of the variables here; nil without context.
    private let locals: [(ContextName, Operation)]?

    init(_ template: Operation, ignoresMissing: Bool, locals: [(ContextName, Operation)]?, at: Position) {
        self.template = template
        self.ignoresMissing = ignoresMissing
        self.locals = locals
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        let name = try template.value(rendering)
        rendering.state.pointee.at = at
        let found: Template
        do {
            found = try rendering.template(name)
        } catch let error as TemplateError where ignoresMissing && (error.code == .notFound || error.code == .noneFound)
        {
            return .goesOn
        }
        try rendering.include(found, locals.map { try rendering.values($0) })
        return .goesOn
    }
}

final class ImportInstruction: Instruction, @unchecked Sendable {
    private let template: Operation
    private let locals: [(ContextName, Operation)]?
    private let module: Destination?
    private let names: [(name: String, destination: Destination)]

    init(
        _ template: Operation, locals: [(ContextName, Operation)]?, module: Destination?,
        names: [(name: String, destination: Destination)], at: Position
    ) {
        self.template = template
        self.locals = locals
        self.module = module
        self.names = names
        super.init(at: at)
    }

    override func run(_ rendering: Rendering) throws -> Flow {
        let name = try template.value(rendering)
        rendering.state.pointee.at = at
        let found = try rendering.template(name)
        let imported = try rendering.module(found, locals.map { try rendering.values($0) })
        if let module { try rendering.assign(.object(imported), to: module) }
        for (name, destination) in names {
            let value =
                imported.exports[name]
                ?? .undefined(
                    Undefined(
                        hint:
                            "the template '\(found.name ?? "<template>")' (imported on line \(at.line)) does not export the "
                            + "requested name '\(name)'", behavior: rendering.undefinedBehavior))
            try rendering.assign(value, to: destination)
        }
        return .goesOn
    }
}
