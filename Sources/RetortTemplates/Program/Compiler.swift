// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Makes a program of statements: names become slots, filters and tests become functions.
final class Compiler {
    let source: TemplateSource
    let configuration: TemplateEnvironment.Configuration
    let escapes: Bool
    private(set) var blocks: [String: BlockUnit] = [:]
    private(set) var references: [String] = []
    private(set) var hasUnknownReferences = false
    /// The names of the context that some part of the template loads.
    private var wanted: Set<String> = []
    /// How many conditions stand around, inside of which a filter may be unknown.
    var conditionDepth = 0
    var loopDepth = 0
    /// What surrounds the statement that is compiled.
    var scope: Scope
    var isRoot = true
    var isTopLevel = true
    var usesSelf = false
    var usesSuper = false

    init(_ source: TemplateSource, _ configuration: TemplateEnvironment.Configuration) {
        self.source = source
        self.configuration = configuration
        escapes = configuration.autoescape.isOn(for: source.name)
        scope = Scope(parent: nil, unit: UnitLayout())
    }

    static func program(_ source: TemplateSource, _ configuration: TemplateEnvironment.Configuration) throws -> Program
    {
        var parser = try Parser(source, configuration)
        let statements = try parser.parse()
        return try Compiler(source, configuration).program(statements)
    }

    private func program(_ statements: [Statement]) throws -> Program {
        usesSelf = NameSearch.names(["self"], in: statements).contains("self")
        ScopeAnalysis(scope: scope).visit(statements)
        let body = try compile(statements)
        let root = try unit(body, scope)
        return Program(
            source: source, root: root, blocks: blocks, escapes: escapes, references: references,
            hasUnknownReferences: hasUnknownReferences, variables: wanted.subtracting(scope.stores).sorted())
    }

    func error(_ message: String, _ at: Position, _ code: TemplateError.Code = .syntax) -> TemplateError {
        source.error(message, at, code)
    }

    private func unit(_ body: any Instruction, _ scope: Scope) throws -> Unit {
        guard scope.unit.count <= UnitLayout.mostSlots else {
            throw error("The template has more than \(UnitLayout.mostSlots) variables.", Position(), .limit)
        }
        return Unit(slotCount: scope.unit.count, loads: loads(scope), body: body)
    }

    /// What the variables of a scope begin with.
    func loads(_ scope: Scope) -> [SlotLoad] {
        scope.initialLoads.compactMap { slot, load in
            switch load {
            case .parameter: return nil
            case .missing: return .missing(slot)
            case .context(let name):
                wanted.insert(name)
                return .context(slot, ContextName(name))
            case .outer(let reference): return .outer(slot, depth: reference.depth, slot: reference.slot)
            }
        }
    }

    func compile(_ statements: [Statement]) throws -> any Instruction {
        InstructionList.joined(try statements.flatMap(compile))
    }

    /// Compiles something in a scope inside of the present one.
    func inside<Result>(_ inner: Scope, keepsTopLevel: Bool = false, _ work: () throws -> Result) throws -> Result {
        let outer = (scope, isTopLevel)
        scope = inner
        isTopLevel = keepsTopLevel && isTopLevel
        defer { (scope, isTopLevel) = outer }
        return try work()
    }

    func block(
        _ name: String, _ body: [Statement], isScoped: Bool, isRequired: Bool, _ at: Position
    ) throws -> any Instruction {
        let locals = isScoped ? visibleLocals(at) : nil
        let outer = (scope, isRoot, isTopLevel, usesSelf, usesSuper, loopDepth, conditionDepth)
        scope = Scope(parent: nil, unit: UnitLayout())
        isRoot = false
        isTopLevel = false
        loopDepth = 0
        conditionDepth = 0
        let special = NameSearch.names(["self", "super"], in: body)
        usesSelf = special.contains("self")
        usesSuper = special.contains("super")
        defer { (scope, isRoot, isTopLevel, usesSelf, usesSuper, loopDepth, conditionDepth) = outer }
        ScopeAnalysis(scope: scope).visit(body)
        let instructions = try compile(body)
        blocks[name] = BlockUnit(
            name: name, unit: try unit(instructions, scope), isRequired: isRequired, source: source, escapes: escapes)
        return BlockInstruction(
            name, isRequired: isRequired, locals: locals, isTopLevel: outer.1 && outer.2, at: at)
    }

    /// The variables that are visible, for templates and blocks that see them.
    func visibleLocals(_ at: Position) -> VisibleLocals {
        VisibleLocals(scope.visibleStores.map { name, reference in (ContextName(name), variable(reference, name, at)) })
    }

    func variable(_ reference: Scope.Reference, _ name: String, _ at: Position) -> any Operation {
        reference.depth == 0
            ? LocalOperation(reference.slot, name, at: at)
            : OuterOperation(reference.depth, reference.slot, name, at: at)
    }

    func note(reference template: Expression) {
        switch template.kind {
        case .constant(.string(let name)): if !references.contains(name) { references.append(name) }
        case .list(let values), .tuple(let values): for value in values { note(reference: value) }
        case .condition(_, let then, let otherwise):
            note(reference: then)
            if let otherwise { note(reference: otherwise) }
        default: hasUnknownReferences = true
        }
    }
}
