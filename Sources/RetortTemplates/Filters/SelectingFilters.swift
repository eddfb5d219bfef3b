// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Filters that apply filters and tests to each element.
enum SelectingFilters {
    static let all: [TemplateFilter] = [
        TemplateFilter("map") { value, call in .list(try map(value, call)) },
        TemplateFilter("select") { value, call in .list(try select(value, call, keeps: true, byAttribute: false)) },
        TemplateFilter("reject") { value, call in .list(try select(value, call, keeps: false, byAttribute: false)) },
        TemplateFilter("selectattr") { value, call in .list(try select(value, call, keeps: true, byAttribute: true)) },
        TemplateFilter("rejectattr") { value, call in .list(try select(value, call, keeps: false, byAttribute: true)) },
    ]

    /// The elements; none of a value that counts as false.
    private static func elements(_ value: TemplateValue, _ call: TemplateCall) throws -> [TemplateValue] {
        try value.isTrue ? value.loopElements(call.rendering) : []
    }

    private static func map(_ value: TemplateValue, _ call: TemplateCall) throws -> [TemplateValue] {
        let values = try elements(value, call)
        var arguments = call.arguments
        if arguments.positional.isEmpty, let attribute = arguments["attribute"] {
            let missing = arguments["default"]
            if let other = arguments.keywords.first(where: { $0.name != "attribute" && $0.name != "default" }) {
                throw TemplateError(.argument, "Unexpected keyword argument '\(other.name)'")
            }
            let path = AttributePath(attribute)
            return try values.map { try path.value(of: $0, call.rendering, default: missing) }
        }
        guard let name = arguments.positional.first?.text else {
            throw TemplateError(.argument, "map requires a filter argument")
        }
        arguments.positional.removeFirst()
        guard let filter = call.rendering.environment.configuration.filters[name] else {
            let names = call.rendering.environment.configuration.filters.keys
            throw TemplateError(.runtime, "No filter named '\(name)'.\(Suggestion.sentence(for: name, among: names))")
        }
        let inner = TemplateCall(name: name, arguments: arguments, rendering: call.rendering)
        return try values.map { value in
            try call.rendering.step()
            return try filter.body(value, inner)
        }
    }

    private static func select(
        _ value: TemplateValue, _ call: TemplateCall, keeps: Bool, byAttribute: Bool
    ) throws -> [TemplateValue] {
        let values = try elements(value, call)
        var arguments = call.arguments
        var path: AttributePath?
        if byAttribute {
            guard let attribute = arguments.positional.first else {
                throw TemplateError(.argument, "Missing parameter for attribute name")
            }
            path = AttributePath(attribute)
            arguments.positional.removeFirst()
        }
        var passes: (TemplateValue) throws -> Bool = { try $0.isTrue }
        if let name = arguments.positional.first?.text {
            arguments.positional.removeFirst()
            guard let test = call.rendering.environment.configuration.tests[name] else {
                let names = call.rendering.environment.configuration.tests.keys
                throw TemplateError(.runtime, "No test named '\(name)'.\(Suggestion.sentence(for: name, among: names))")
            }
            let inner = TemplateCall(name: name, arguments: arguments, rendering: call.rendering)
            passes = { try test.body($0, inner) }
        }
        return try values.filter { value in
            try call.rendering.step()
            return try passes(path?.value(of: value, call.rendering) ?? value) == keeps
        }
    }
}
