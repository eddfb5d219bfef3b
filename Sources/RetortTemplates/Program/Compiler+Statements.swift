// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Statements become instructions.
extension Compiler {
    func compile(_ statement: Statement) throws -> [any Instruction] {
        let at = statement.at
        switch statement.kind {
        case .data(let text): return [DataInstruction(text, at: at)]
        case .output(let values): return try values.map { try output($0, at) }
        case .loop(let loop): return [try self.loop(loop, at)]
        case .condition(let branches, let otherwise): return [try condition(branches, otherwise ?? [], at)]
        case .set(let target, let value):
            let value = try compile(value)
            return [SetInstruction(try destination(target, at), value, at: at)]
        case .setBlock(let target, let filter, let body): return [try setBlock(target, filter, body, at)]
        case .macro(let name, let macro):
            let unit = try self.macro(name, macro, at)
            return [MacroInstruction(unit, try destination(.name(name), at), at: at)]
        case .callBlock(let call, let macro): return [try callBlock(call, macro, at)]
        case .filterBlock(let filter, let body):
            let inner = Scope(parent: scope, unit: scope.unit)
            ScopeAnalysis(scope: inner).visit(body)
            ScopeAnalysis(scope: inner).visit(filter)
            return try inside(inner) {
                [FilterBlockInstruction(try compile(filter), loads(inner), try compile(body), at: at)]
            }
        case .block(let name, let body, let isScoped, let isRequired):
            return [try block(name, body, isScoped: isScoped, isRequired: isRequired, at)]
        case .extends(let template):
            guard isRoot else { throw error("cannot use extend from a non top-level scope", at) }
            note(reference: template)
            return [ExtendsInstruction(try compile(template), at: at)]
        case .include(let template, let ignoresMissing, let withContext):
            note(reference: template)
            let locals = withContext ? visibleLocals(at) : nil
            return [IncludeInstruction(try compile(template), ignoresMissing: ignoresMissing, locals: locals, at: at)]
        case .importModule(let template, let name, let withContext):
            note(reference: template)
            let locals = withContext ? visibleLocals(at) : nil
            let destination = try imported(name, at)
            return [ImportInstruction(try compile(template), locals: locals, module: destination, names: [], at: at)]
        case .importNames(let template, let names, let withContext):
            note(reference: template)
            let locals = withContext ? visibleLocals(at) : nil
            let destinations = try names.map { ($0.name, try imported($0.alias, at)) }
            return [ImportInstruction(try compile(template), locals: locals, module: nil, names: destinations, at: at)]
        case .with(let values, let body): return [try with(values, body, at)]
        case .autoescape(let value, let body):
            return [AutoescapeInstruction(try compile(value), try compile(body), at: at)]
        case .evaluate(let value): return [EvaluateInstruction(try compile(value), at: at)]
        case .breakLoop, .continueLoop:
            guard loopDepth > 0 else { throw error("'break' and 'continue' stand inside of a loop only.", at) }
            if case .breakLoop = statement.kind { return [FlowInstruction(.breaksLoop, at: at)] }
            return [FlowInstruction(.continuesLoop, at: at)]
        case .debug: return [DebugInstruction(at: at)]
        case .scope(let body): return [try with([], body, at)]
        }
    }

    private func output(_ expression: Expression, _ at: Position) throws -> any Instruction {
        OutputInstruction(try compile(expression), at: at)
    }

    private func condition(
        _ branches: [(test: Expression, body: [Statement])], _ otherwise: [Statement], _ at: Position
    ) throws -> any Instruction {
        conditionDepth += 1
        defer { conditionDepth -= 1 }
        let compiled = try branches.map { (test: try compile($0.test), body: try compile($0.body)) }
        let rest = try compile(otherwise)
        guard compiled.count <= 4 else { return ManyConditionsInstruction(compiled, rest, at: at) }
        return compiled.reversed().reduce(rest) { rest, branch in
            ConditionInstruction(branch.test, branch.body, rest, at: at)
        }
    }

    // MARK: Assignments

    func destination(_ target: Target, _ at: Position, exports: Bool = true) throws -> Destination {
        switch target {
        case .name(let name):
            guard let reference = scope.find(name) else { throw error("'\(name)' cannot be assigned to here.", at) }
            if exports, isTopLevel, isRoot, reference.depth == 0 {
                return .exported(reference.slot, ContextName(name), isPublic: name.utf8.first != UInt8(ascii: "_"))
            }
            return reference.depth == 0 ? .slot(reference.slot) : .outer(depth: reference.depth, slot: reference.slot)
        case .tuple(let targets): return .tuple(try targets.map { try destination($0, at, exports: exports) })
        case .attribute(let owner, let name):
            return .attribute(try compile(Expression(kind: .name(owner), at: at)), name)
        }
    }

    /// Imported names are seen by blocks, but are not exported again.
    private func imported(_ name: String, _ at: Position) throws -> Destination {
        let destination = try destination(.name(name), at)
        guard case .exported(let slot, let name, _) = destination else { return destination }
        return .exported(slot, name, isPublic: false)
    }

    private func setBlock(
        _ target: Target, _ filter: Expression?, _ body: [Statement], _ at: Position
    ) throws -> any Instruction {
        let inner = Scope(parent: scope, unit: scope.unit)
        ScopeAnalysis(scope: inner).visit(body)
        if let filter { ScopeAnalysis(scope: inner).visit(filter) }
        let (filter, instructions) = try inside(inner) { (try filter.map(compile), try compile(body)) }
        return SetBlockInstruction(try destination(target, at), filter, loads(inner), instructions, at: at)
    }

    private func with(_ values: [(Target, Expression)], _ body: [Statement], _ at: Position) throws -> any Instruction {
        let operations = try values.map { try compile($0.1) }
        let inner = Scope(parent: scope, unit: scope.unit)
        let analysis = ScopeAnalysis(scope: inner)
        for (target, _) in values { analysis.store(target) }
        analysis.visit(body)
        return try inside(inner) {
            let targets = try values.map { try destination($0.0, at) }
            return ScopeInstruction(loads(inner), Array(zip(targets, operations)), try compile(body), at: at)
        }
    }

    // MARK: Loops

    private func loop(_ loop: Statement.Loop, _ at: Position) throws -> any Instruction {
        if Self.assigns("loop", in: loop.target) {
            throw error("Can't assign to special loop variable in for-loop target", at)
        }
        let sequence = try compile(loop.sequence)
        let home = scope
        let unit = loop.isRecursive ? UnitLayout() : scope.unit
        let inner = Scope(parent: home, unit: unit)
        let usesLoop =
            loop.isRecursive || NameSearch.names(["loop"], in: loop.body).contains("loop")
            || Self.hasScopedBlock(loop.body)
        if usesLoop { inner.declareParameter("loop") }
        let analysis = ScopeAnalysis(scope: inner)
        analysis.store(loop.target, asParameter: true)
        analysis.visit(loop.body)
        // The condition sees the target, but not the loop.
        let test = Scope(parent: home, unit: unit)
        ScopeAnalysis(scope: test).store(loop.target, asParameter: true)
        if let filter = loop.filter { ScopeAnalysis(scope: test).visit(filter) }
        let other = Scope(parent: home, unit: unit)
        ScopeAnalysis(scope: other).visit(loop.otherwise)
        let isRecursive = loop.isRecursive

        loopDepth += 1
        let (target, body) = try inside(inner) {
            (try destination(loop.target, at, exports: false), try compile(loop.body))
        }
        loopDepth -= 1
        let (filterTarget, filter) = try inside(test) {
            (try destination(loop.target, at, exports: false), try loop.filter.map(compile))
        }
        // What is only read of the context is the same for each turn.
        let all = loads(inner)
        let compiled = LoopUnit(
            target: target, loads: all.filter { !$0.isConstant(in: inner) },
            contextLoads: all.filter { $0.isConstant(in: inner) },
            loopSlot: usesLoop ? inner.slots["loop"] : nil, filter: filter, filterTarget: filterTarget,
            filterLoads: loads(test), body: body, slotCount: isRecursive ? unit.count + other.slots.count : nil)
        let otherwise = try inside(isRecursive ? Scope(parent: home, unit: home.unit) : other) {
            if isRecursive { ScopeAnalysis(scope: scope).visit(loop.otherwise) }
            return (loads(scope), loop.otherwise.isEmpty ? nil : try compile(loop.otherwise))
        }
        return LoopInstruction(sequence, compiled, otherwise.0, otherwise.1, at: at)
    }

    private static func assigns(_ name: String, in target: Target) -> Bool {
        switch target {
        case .name(let other): other == name
        case .tuple(let targets): targets.contains { assigns(name, in: $0) }
        case .attribute: false
        }
    }

    /// A scoped block sees the loop, whether this template's version of it uses that or not.
    private static func hasScopedBlock(_ body: [Statement]) -> Bool {
        body.contains { statement in
            switch statement.kind {
            case .block(_, _, let isScoped, _): isScoped
            case .include(_, _, let withContext): withContext
            case .importModule(_, _, let withContext), .importNames(_, _, let withContext): withContext
            case .condition(let branches, let otherwise):
                branches.contains { hasScopedBlock($0.body) } || hasScopedBlock(otherwise ?? [])
            case .with(_, let body), .filterBlock(_, let body), .autoescape(_, let body), .setBlock(_, _, let body):
                hasScopedBlock(body)
            default: false
            }
        }
    }

    // MARK: Macros

    func macro(_ name: String, _ macro: Statement.Macro, _ at: Position) throws -> MacroUnit {
        let unit = UnitLayout()
        let inner = Scope(parent: scope, unit: unit)
        var special = NameSearch.names(["caller", "kwargs", "varargs"], in: macro.body)
        for value in macro.defaults { special.formUnion(NameSearch.names(["caller", "kwargs", "varargs"], in: value)) }
        let explicitCaller = macro.parameters.firstIndex(of: "caller")
        if let explicitCaller, explicitCaller < macro.parameters.count - macro.defaults.count {
            throw error(
                "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a "
                    + "default.", at)
        }
        let implicit = ["caller", "kwargs", "varargs"].filter { special.contains($0) && !macro.parameters.contains($0) }
        for name in macro.parameters + implicit { inner.declareParameter(name) }
        let analysis = ScopeAnalysis(scope: inner)
        for value in macro.defaults { analysis.visit(value) }
        analysis.visit(macro.body)
        let outer = (loopDepth, conditionDepth)
        (loopDepth, conditionDepth) = (0, 0)
        defer { (loopDepth, conditionDepth) = outer }
        return try inside(inner) {
            let defaults = try macro.defaults.map(compile)
            let missing = Array(repeating: (any Operation)?.none, count: macro.parameters.count - defaults.count)
            let parameters = zip(macro.parameters, missing + defaults).map { name, value in
                MacroUnit.Parameter(name: name, slot: inner.slots[name] ?? 0, value: value)
            }
            let body = try compile(macro.body)
            return MacroUnit(
                name: name, parameters: parameters, caller: inner.slot(of: "caller", if: implicit),
                kwargs: inner.slot(of: "kwargs", if: implicit), varargs: inner.slot(of: "varargs", if: implicit),
                hasExplicitCaller: explicitCaller != nil,
                unit: Unit(slotCount: unit.count, loads: loads(inner), body: body), source: source, escapes: escapes)
        }
    }

    private func callBlock(_ call: Expression, _ macro: Statement.Macro, _ at: Position) throws -> any Instruction {
        guard case .call(let function, let arguments) = call.kind else { throw error("expected call", at) }
        let callee = try compile(function)
        let values = try compile(arguments)
        return CallBlockInstruction(callee, values, try self.macro("caller", macro, at), at: call.at)
    }
}

extension SlotLoad {
    /// Whether it loads a name of the context that its scope does not store.
    fileprivate func isConstant(in scope: Scope) -> Bool {
        if case .context(_, let name) = self { return !scope.stores.contains(name.text) }
        return false
    }
}

extension Scope {
    fileprivate func slot(of name: String, if names: [String]) -> Int? { names.contains(name) ? slots[name] : nil }
}
