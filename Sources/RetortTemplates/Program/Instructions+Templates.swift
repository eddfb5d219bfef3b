// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The variables that templates and scoped blocks see of the place where they stand.
final class VisibleLocals: Sendable {
    private let locals: [(name: ContextName, value: any Operation)]
    /// The names of all, which nothing changes.
    private let shape = TemplateDict.Shape()
    /// Where they lie, where all belong to the unit that runs.
    private let slots: [Int]?

    init(_ locals: [(ContextName, any Operation)]) {
        self.locals = locals
        let slots = locals.compactMap { ($0.1 as? LocalOperation)?.slot }
        self.slots = slots.count == locals.count ? slots : nil
        for (name, _) in locals { shape.append(name.key, .string(name.text)) }
    }

    /// Those that have a value, with it.
    func values(_ rendering: Rendering) throws -> TemplateDict.Entries {
        if let slots, let known = known(slots, rendering) { return TemplateDict.Entries(shape, known) }
        var values: [TemplateValue] = []
        values.reserveCapacity(locals.count)
        var isComplete = true
        for (_, operation) in locals {
            let value = try operation.value(rendering)
            if case .undefined = value { isComplete = false }
            values.append(value)
        }
        if isComplete { return TemplateDict.Entries(shape, values) }
        var entries = TemplateDict.Entries()
        for (place, value) in values.enumerated() {
            if case .undefined = value { continue }
            entries.set(locals[place].name.key, .string(locals[place].name.text), value)
        }
        return entries
    }
}

extension VisibleLocals {
    /// The values of all where they have one; nil otherwise.
    private func known(_ slots: [Int], _ rendering: Rendering) -> [TemplateValue]? {
        var values: [TemplateValue] = []
        values.reserveCapacity(slots.count)
        for slot in slots {
            guard let value = rendering.state.pointee.slots[slot], !value.isUndefined else { return nil }
            values.append(value)
        }
        return values
    }
}

/// Shows a block, as the template or one that extends it defines it.
final class BlockInstruction: Instruction {
    let at: Position
    private let name: String
    private let isRequired: Bool
    /// The variables that a scoped block sees; nil for one that is not scoped.
    private let locals: VisibleLocals?
    private let isTopLevel: Bool

    init(_ name: String, isRequired: Bool, locals: VisibleLocals?, isTopLevel: Bool, at: Position) {
        self.name = name
        self.isRequired = isRequired
        self.locals = locals
        self.isTopLevel = isTopLevel
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        if isTopLevel, rendering.state.pointee.extends || rendering.state.pointee.skipsBlocks { return .goesOn }
        rendering.state.pointee.at = at
        if isRequired, (rendering.context.blocks[name]?.count ?? 0) <= 1 {
            throw TemplateError(.runtime, "Required block '\(name)' not found")
        }
        var context = rendering.context
        if let locals { context = context.derived(TemplateDict(entries: try locals.values(rendering))) }
        try rendering.runBlock(name, 0, context)
        return .goesOn
    }
}

final class ExtendsInstruction: Instruction {
    let at: Position
    private let template: any Operation

    init(_ template: any Operation, at: Position) {
        self.template = template
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        rendering.state.pointee.at = at
        guard !rendering.state.pointee.extends else { throw TemplateError(.runtime, "extended multiple times") }
        let name = try template.value(rendering)
        rendering.state.pointee.at = at
        try rendering.extend(rendering.template(name))
        return .goesOn
    }
}

final class IncludeInstruction: Instruction {
    let at: Position
    private let template: any Operation
    private let constantName: String?
    private let ignoresMissing: Bool
    /// What the template sees of the variables here; nil without context.
    private let locals: VisibleLocals?

    init(_ template: any Operation, ignoresMissing: Bool, locals: VisibleLocals?, at: Position) {
        self.template = template
        constantName = template.constant?.text
        self.ignoresMissing = ignoresMissing
        self.locals = locals
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        let found: Template
        do {
            if let constantName {
                rendering.state.pointee.at = at
                found = try rendering.template(constantName, of: self)
            } else {
                let name = try template.value(rendering)
                rendering.state.pointee.at = at
                found = try rendering.template(name)
            }
        } catch let error as TemplateError where ignoresMissing && (error.code == .notFound || error.code == .noneFound)
        {
            return .goesOn
        }
        try rendering.include(found, locals?.values(rendering))
        return .goesOn
    }
}

final class ImportInstruction: Instruction {
    let at: Position
    private let template: any Operation
    private let locals: VisibleLocals?
    private let module: Destination?
    private let names: [(name: String, destination: Destination)]

    init(
        _ template: any Operation, locals: VisibleLocals?, module: Destination?,
        names: [(name: String, destination: Destination)], at: Position
    ) {
        self.template = template
        self.locals = locals
        self.module = module
        self.names = names
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        let name = try template.value(rendering)
        rendering.state.pointee.at = at
        let found = try rendering.template(name)
        let imported = try rendering.module(
            found, locals.map { TemplateDict(entries: try $0.values(rendering)) })
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
