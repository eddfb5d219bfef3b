// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Expressions become operations.
extension Compiler {
    func compile(_ expression: Expression) throws -> any Operation {
        let operation = try operation(expression)
        // What is known now need not be computed again and again.
        if !(operation is ConstantOperation), let value = operation.constant {
            return ConstantOperation(value, at: expression.at)
        }
        return operation
    }

    private func operation(_ expression: Expression) throws -> any Operation {
        let at = expression.at
        switch expression.kind {
        case .constant(let value): return ConstantOperation(value, at: at)
        case .name(let name): return name == "" ? ConstantOperation(.none, at: at) : nameOperation(name, at)
        case .tuple(let values): return ListOperation(try values.map(compile), isTuple: true, at: at)
        case .list(let values): return ListOperation(try values.map(compile), isTuple: false, at: at)
        case .dict(let pairs): return DictOperation(try pairs.map { (try compile($0.0), try compile($0.1)) }, at: at)
        case .condition(let test, let then, let otherwise):
            conditionDepth += 1
            defer { conditionDepth -= 1 }
            return ConditionOperation(try compile(test), try compile(then), try otherwise.map(compile), at: at)
        case .and(let left, let right):
            return LogicOperation(try compile(left), try compile(right), isAnd: true, at: at)
        case .or(let left, let right):
            return LogicOperation(try compile(left), try compile(right), isAnd: false, at: at)
        case .not(let value): return NotOperation(try compile(value), at: at)
        case .negative(let value): return SignOperation(try compile(value), isNegative: true, at: at)
        case .positive(let value): return SignOperation(try compile(value), isNegative: false, at: at)
        case .binary(let sign, let left, let right):
            return BinaryOperation(sign, try compile(left), try compile(right), at: at)
        case .concat(let values): return ConcatOperation(try values.map(compile), at: at)
        case .compare(let left, let parts):
            return CompareOperation(try compile(left), try parts.map { ($0.0, try compile($0.1)) }, at: at)
        case .attribute(let owner, let name): return try attribute(owner, name, at)
        case .item(let owner, let key):
            if case .slice(let start, let stop, let step) = key.kind {
                return SliceOperation(try compile(owner), try [start, stop, step].map { try $0.map(compile) }, at: at)
            }
            return ItemOperation(try compile(owner), try compile(key), at: at)
        case .slice: throw error("A slice stands in brackets only.", at)
        case .call(let function, let arguments):
            return CallOperation(try compile(function), try compile(arguments), at: at)
        case .filter(let value, let name, let arguments):
            let input = try value.map(compile)
            let values = try compile(arguments)
            guard let filter = configuration.filters[name] else {
                return try unknown("No filter named '\(name)'.", name, Array(configuration.filters.keys), at)
            }
            return FilterOperation.make(input, filter, values, at: at)
        case .test(let value, let name, let arguments):
            let input = try compile(value)
            let values = try compile(arguments)
            guard let test = configuration.tests[name] else {
                return try unknown("No test named '\(name)'.", name, Array(configuration.tests.keys), at)
            }
            return TestOperation(input, test, values, at: at)
        case .translated(let value): return TranslatedOperation(try compile(value), at: at)
        }
    }

    private func unknown(_ message: String, _ name: String, _ names: [String], _ at: Position) throws -> any Operation {
        let message = message + Suggestion.sentence(for: name, among: names)
        guard conditionDepth > 0 else { throw error(message, at, .unknownName) }
        return UnknownNameOperation(message, at: at)
    }

    private func nameOperation(_ name: String, _ at: Position) -> any Operation {
        if name == "super", usesSuper, !isStored(name) { return SuperOperation(at: at) }
        if name == "self", usesSelf, !isStored(name) { return SelfOperation(at: at) }
        guard let reference = scope.find(name) else { return ConstantOperation(.none, at: at) }
        return variable(reference, name, at)
    }

    private func isStored(_ name: String) -> Bool { scope.visibleStores.contains { $0.name == name } }

    private func attribute(_ owner: Expression, _ name: String, _ at: Position) throws -> any Operation {
        if case .name("loop") = owner.kind, let attribute = LoopObject.Attribute(rawValue: name),
            let reference = scope.find("loop"), reference.depth == 0
        {
            return LoopAttributeOperation(reference.slot, attribute, at: at)
        }
        return AttributeOperation(try compile(owner), name, at: at)
    }

    func compile(_ arguments: Arguments) throws -> ArgumentOperations {
        ArgumentOperations(
            positional: try arguments.positional.map(compile),
            keywords: try arguments.keywords.map { (name: $0.name, value: try compile($0.value)) },
            star: try arguments.star.map(compile), doubleStar: try arguments.doubleStar.map(compile))
    }
}
