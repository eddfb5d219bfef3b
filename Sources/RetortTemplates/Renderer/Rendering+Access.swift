// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Attributes, elements and calls.
extension Rendering {
    func attribute(_ name: ContextName, of owner: TemplateValue) throws -> TemplateValue {
        if isSandboxed, let refusal = sandboxRefusal(name.text, owner) { return refusal }
        switch owner {
        case .dict(let dict):
            if let method = DictMethods.bound(name.text, dict) { return method }
            if let value = dict[name.key] { return value }
        case .object(let object):
            if let value = try object.attribute(name.text) { return value }
            if let value = try object.item(.string(name.text)) { return value }
        case .string, .markup: if let method = StringMethods.bound(name.text, owner) { return method }
        case .list(let list): if let method = ListMethods.bound(name.text, list) { return method }
        case .tuple(let values): if let method = TupleMethods.bound(name.text, values) { return method }
        case .function(let function):
            if name.text == "name" || name.text == "__name__" { return .string(function.name) }
        case .undefined(let undefined):
            if name.text == "_undefined_name" { return undefined.name.map { .string($0) } ?? .none }
            guard undefined.behavior == .chainable else { throw undefined.error() }
            return owner
        default: break
        }
        if name.text == "__class__" { return .object(ClassObject(of: owner)) }
        return .undefined(Undefined(name: name.text, owner: owner.ownerName, behavior: undefinedBehavior))
    }

    func item(_ key: TemplateValue, of owner: TemplateValue) throws -> TemplateValue {
        switch owner {
        case .dict(let dict): if let hashed = try? DictKey(key), let value = dict[hashed] { return value }
        case .list(let list): if let index = key.integer, let value = list.element(index) { return value }
        case .tuple(let values):
            if let index = key.integer {
                let place = index < 0 ? values.count + index : index
                if values.indices.contains(place) { return values[place] }
            }
        case .string(let text):
            if let index = key.integer { if let value = Self.character(index, text) { return value } }
        case .markup(let markup):
            if let index = key.integer { if let value = Self.character(index, markup.html) { return value } }
        case .object(let object): if let value = try object.item(key) { return value }
        case .undefined(let undefined):
            guard undefined.behavior == .chainable else { throw undefined.error() }
            return owner
        default: break
        }
        if let name = key.text { return try attribute(ContextName(name), of: owner) }
        if case .undefined(let undefined) = key { throw undefined.error() }
        return .undefined(
            Undefined(element: key.representation, owner: owner.ownerName, behavior: undefinedBehavior))
    }

    private static func character(_ index: Int, _ text: String) -> TemplateValue? {
        let scalars = text.unicodeScalars
        let place = index < 0 ? scalars.count + index : index
        guard place >= 0, let found = scalars.index(scalars.startIndex, offsetBy: place, limitedBy: scalars.endIndex),
            found < scalars.endIndex
        else { return nil }
        return .string(String(Character(scalars[found])))
    }

    /// What a sandbox gives in place of an attribute that it hides.
    private func sandboxRefusal(_ name: String, _ owner: TemplateValue) -> TemplateValue? {
        let isHidden: Bool
        if name.utf8.first == UInt8(ascii: "_") {
            if case .dict(let dict) = owner, !name.hasPrefix("__"), dict[name] != nil { return nil }
            if case .object(let object) = owner, object is TemplateModule { return nil }
            isHidden = true
        } else {
            isHidden = environment.configuration.sandbox?.isImmutable == true && ValueMethods.changes(name, owner)
        }
        guard isHidden else { return nil }
        return .undefined(
            Undefined(
                name: name, hint: "access to attribute '\(name)' of '\(owner.typeName)' object is unsafe.",
                isSecurity: true, behavior: undefinedBehavior))
    }

    /// Calls a method of a text, a list or a dictionary without making a function of it first.
    func callMethod(
        _ name: ContextName, of owner: TemplateValue, _ arguments: ArgumentOperations, _ at: Position
    ) throws -> TemplateValue? {
        guard let method = ValueMethods.find(name.text, owner) else { return nil }
        if isSandboxed, sandboxRefusal(name.text, owner) != nil { return nil }
        let values = try arguments.values(self)
        state.pointee.at = at
        return try method.body(owner, TemplateCall(name: name.text, arguments: values, rendering: self))
    }

    func call(_ function: TemplateValue, _ arguments: CallArguments) throws -> TemplateValue {
        let result = try untilStopped {
            switch function {
            case .function(let function):
                if function.isUnsafe, isSandboxed {
                    throw TemplateError(.security, "\(function.name) is not safely callable")
                }
                let call = TemplateCall(name: function.name, arguments: arguments, rendering: self)
                switch function.body {
                case .now(let body): return try body(call)
                case .later(let body): return try wait { try await body(call) }
                }
            case .object(let object):
                let call = TemplateCall(name: object.typeName, arguments: arguments, rendering: self)
                if let value = try object.call(call) { return value }
            case .undefined(let undefined): throw undefined.error()
            default: break
            }
            return Optional<TemplateValue>.none
        }
        if let result { return result }
        throw TemplateError(.type, "'\(function.typeName)' object is not callable")
    }

    /// Calls something; its value is undefined when it says that it has no more.
    @inline(__always)
    func untilStopped(_ work: () throws -> TemplateValue?) throws -> TemplateValue? {
        do { return try work() } catch let error as TemplateError where error.code == .stopIteration {
            return .undefined(
                Undefined(
                    hint: "value was undefined because a callable raised a StopIteration exception",
                    behavior: undefinedBehavior))
        }
    }

    /// Waits for something, on the thread that renders.
    func wait<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        guard let bridge else {
            throw TemplateError(
                .runtime, "The template uses something that takes waiting. Render it with renderAsync.")
        }
        return try bridge.wait(work)
    }

    /// All elements of a sequence that gives them one by one.
    func collect(_ stream: AsyncThrowingStream<TemplateValue, any Error>) throws -> [TemplateValue] {
        let most = limits.steps
        return try wait {
            var values: [TemplateValue] = []
            for try await value in stream {
                values.append(value)
                guard values.count <= most else { throw TemplateError(.limit, "The sequence has too many elements.") }
            }
            return values
        }
    }

    func debugText() -> String {
        let filters = environment.configuration.filters.keys.sorted()
        let tests = environment.configuration.tests.keys.sorted()
        let names = (context.globals.names + context.outerLayers.flatMap { $0.keys.compactMap(\.text) }).sorted()
        return "{'context': \(names), 'filters': \(filters), 'tests': \(tests)}"
    }
}

extension TemplateValue {
    /// What a value is called when something of it is missing.
    fileprivate var ownerName: String {
        switch self {
        case .none: "None"
        default: "\(typeName) object"
        }
    }
}
