// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import Synchronization

/// Values of cases about templates, and what templates give back.
enum JinjaValue {
    static func value(_ value: CaseValue, _ environment: TemplateEnvironment?) throws -> TemplateValue {
        switch value {
        case .null: return .none
        case .bool(let truth): return .bool(truth)
        case .int(let number): return .int(number)
        case .double(let number): return .float(number)
        case .string(let text): return .string(text)
        case .array(let values): return .list(try values.map { try self.value($0, environment) })
        case .object(let members):
            if members.count == 1, let known = try marked(members[0].name, members[0].value, environment) {
                return known
            }
            return .dict(try members.map { ($0.name, try self.value($0.value, environment)) })
        }
    }

    private static func marked(
        _ mark: String, _ content: CaseValue, _ environment: TemplateEnvironment?
    ) throws -> TemplateValue? {
        let values = { try (content.array ?? []).map { try value($0, environment) } }
        switch mark {
        case "$tuple": return .tuple(try values())
        case "$markup": return .markup(SafeHTML(content.string ?? ""))
        case "$set": return .list(try values())
        case "$bytes": return .object(TemplateBytes(Array((content.string ?? "").utf8)))
        case "$float": return .float(Double(content.string ?? "") ?? .nan)
        case "$undefined": return .undefined(Undefined(name: content.string ?? content["name"]?.string))
        case "$iter": return .object(IterObject(try values()))
        case "$aiter": return .object(AsyncIterObject(try values()))
        case "$range":
            let bounds = (content.array ?? []).compactMap(\.int)
            let source = "(range(\(bounds.map(String.init).joined(separator: ", "))))"
            return try TemplateEnvironment().expression(source)([:])
        case "$dict":
            var pairs: [CaseValue.Member] = []
            for pair in content.array ?? [] { pairs.append(CaseValue.Member(name: "", value: pair)) }
            return .dict(
                try TemplateDict(
                    pairs: pairs.map { pair in
                        (try value(pair.value[0] ?? .null, environment), try value(pair.value[1] ?? .null, environment))
                    }))
        case "$obj":
            let attributes = try (content["attrs"]?.members ?? []).map { ($0.name, try value($0.value, environment)) }
            return .object(
                RecordObject(
                    attributes, text: content["str"]?.string, html: content["html"]?.string,
                    items: try content["items"].map { try value($0, environment) }))
        case "$nt":
            let names = (content["fields"]?.array ?? []).compactMap(\.string)
            let values = try (content["values"]?.array ?? []).map { try value($0, environment) }
            return .object(NamedTuple(names, values))
        case "$template":
            guard let environment else { return nil }
            if let source = content.string { return .object(try environment.template(source: source)) }
            if let source = content["source"]?.string { return .object(try environment.template(source: source)) }
            return .object(try environment.template(content["name"]?.string ?? ""))
        case "$fn": return .function(try tape(content, environment))
        default: return nil
        }
    }

    /// A function that answers as it did when the case was recorded.
    private static func tape(_ content: CaseValue, _ environment: TemplateEnvironment?) throws -> TemplateFunction {
        let calls = try (content["calls"]?.array ?? []).map { call -> (TemplateValue?, String?) in
            (try call["result"].map { try value($0, environment) }, call["raises"]?.string)
        }
        let place = Mutex(0)
        let answer: @Sendable (TemplateCall) throws -> TemplateValue = { _ in
            let index = place.withLock { place in
                defer { place += 1 }
                return place
            }
            guard !calls.isEmpty else { return .none }
            let (result, failure) = calls[min(index, calls.count - 1)]
            if failure == "StopIteration" { throw TemplateError(.stopIteration, "") }
            if let failure { throw TemplateError(TemplateError.Code(failure, jinjaName: failure), failure) }
            return result ?? .none
        }
        if content["async"]?.bool == true { return .waiting("function") { call in try answer(call) } }
        return TemplateFunction("function", answer)
    }

    /// A value as JSON.
    static func plain(_ value: TemplateValue) -> CaseValue {
        switch value {
        case .none, .undefined: return .null
        case .bool(let truth): return .bool(truth)
        case .int(let number): return .int(number)
        case .float(let number): return .double(number)
        case .string(let text): return .string(text)
        case .markup(let markup): return .object([("$markup", .string(markup.html))])
        case .list(let list): return .array(list.values.map(plain))
        case .tuple(let values): return .object([("$tuple", .array(values.map(plain)))])
        case .dict(let dict): return .object(dict.pairs.map { ($0.key.text ?? $0.key.representation, plain($0.value)) })
        case .function(let function): return .string(function.name)
        case .object(let object):
            if let bytes = object as? TemplateBytes {
                return .object([("$bytes", .string(String(decoding: bytes.bytes, as: UTF8.self)))])
            }
            if let elements = try? object.elements() { return .array(elements.map(plain)) }
            return .string(object.text)
        }
    }
}

/// An object with attributes.
private final class RecordObject: TemplateObject {
    private let attributes: TemplateDict
    private let shown: String?
    private let markup: String?
    private let entries: TemplateValue?

    init(_ attributes: [(String, TemplateValue)], text: String?, html: String?, items: TemplateValue?) {
        self.attributes = TemplateDict(attributes)
        shown = text
        markup = html
        entries = items
    }

    var typeName: String { "object" }
    var isTrue: Bool { true }
    var text: String { shown ?? "<object>" }
    var html: SafeHTML? { markup.map { SafeHTML($0) } }
    func attribute(_ name: String) -> TemplateValue? { attributes[name] }
    func item(_ key: TemplateValue) -> TemplateValue? {
        if case .dict(let dict)? = entries { return key.text.flatMap { dict[$0] } }
        return nil
    }
}

/// A tuple whose elements have names.
private final class NamedTuple: TemplateObject {
    private let names: [String]
    private let values: [TemplateValue]

    init(_ names: [String], _ values: [TemplateValue]) {
        self.names = names
        self.values = values
    }

    var typeName: String { "tuple" }
    var count: Int? { values.count }
    var text: String { TemplateValue.tuple(values).representation }
    func elements() -> [TemplateValue]? { values }
    func attribute(_ name: String) -> TemplateValue? {
        names.firstIndex(of: name).flatMap { $0 < values.count ? values[$0] : nil }
    }
    func item(_ key: TemplateValue) -> TemplateValue? {
        key.integer.flatMap { values.indices.contains($0) ? values[$0] : nil }
    }
}

/// Elements that have no count.
private final class IterObject: TemplateObject {
    private let values: [TemplateValue]
    init(_ values: [TemplateValue]) { self.values = values }
    var typeName: String { "generator" }
    var isTrue: Bool { true }
    func elements() -> [TemplateValue]? { values }
}

/// Elements that come one by one.
private final class AsyncIterObject: TemplateObject {
    private let values: [TemplateValue]
    init(_ values: [TemplateValue]) { self.values = values }
    var typeName: String { "async_generator" }
    var isTrue: Bool { true }
    func asyncElements() -> AsyncThrowingStream<TemplateValue, any Error>? {
        AsyncThrowingStream { continuation in
            for value in values { continuation.yield(value) }
            continuation.finish()
        }
    }
}
