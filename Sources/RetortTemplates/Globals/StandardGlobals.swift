// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The functions that every template can call.
enum StandardGlobals {
    static let all: [String: TemplateValue] = [
        "range": .function(TemplateFunction("range") { call in try range(call) }),
        "dict": .function(
            TemplateFunction("dict") { call in
                var pairs: [(TemplateValue, TemplateValue)] = []
                if let first = call.arguments.positional.first {
                    pairs = try DictMethods.pairs(of: first, call.rendering)
                }
                pairs += call.arguments.keywords.map { (.string($0.name), $0.value) }
                return .dict(try TemplateDict(pairs: pairs))
            }),
        "lipsum": .function(
            TemplateFunction("lipsum") { call in
                let parameters = try call.parameters("n", "html", "min", "max")
                return try PlaceholderText.make(
                    paragraphs: parameters[0].integer("lipsum", default: 5), html: parameters[1].isTrue(default: true),
                    least: parameters[2].integer("lipsum", default: 20),
                    most: parameters[3].integer("lipsum", default: 100))
            }),
        "cycler": .function(
            TemplateFunction("cycler") { call in
                guard !call.arguments.positional.isEmpty else {
                    throw TemplateError(.type, "at least one item has to be provided")
                }
                return .object(Cycler(call.arguments.positional))
            }),
        "joiner": .function(
            TemplateFunction("joiner") { call in
                .object(Joiner(try call.parameters("sep")[0].text(default: ", ")))
            }),
        "namespace": .function(
            TemplateFunction("namespace") { call in
                var pairs: [(String, TemplateValue)] = []
                for value in call.arguments.positional {
                    for (key, value) in try DictMethods.pairs(of: value, call.rendering) {
                        pairs.append((try key.printed, value))
                    }
                }
                return .object(Namespace(pairs + call.arguments.keywords.map { ($0.name, $0.value) }))
            }),
    ]

    private static func range(_ call: TemplateCall) throws -> TemplateValue {
        let bounds = try call.arguments.positional.map { value -> Int in
            guard let number = value.integer else {
                if case .undefined(let undefined) = value { throw undefined.error() }
                throw TemplateError(.type, "'\(value.typeName)' object cannot be interpreted as an integer")
            }
            return number
        }
        let range: TemplateRange
        switch bounds.count {
        case 1: range = try TemplateRange(0, bounds[0])
        case 2: range = try TemplateRange(bounds[0], bounds[1])
        case 3: range = try TemplateRange(bounds[0], bounds[1], bounds[2])
        default: throw TemplateError(.type, "range expected 1 to 3 arguments, got \(bounds.count)")
        }
        let rendering = call.rendering
        let most = rendering.environment.configuration.sandbox?.rangeElements ?? rendering.limits.rangeElements
        if (range.count ?? 0) > most {
            throw TemplateError(
                .limit,
                rendering.isSandboxed
                    ? "Range too big. The sandbox blocks ranges larger than MAX_RANGE (\(most))."
                    : "The range has more than \(most) numbers.")
        }
        return .object(range)
    }
}
