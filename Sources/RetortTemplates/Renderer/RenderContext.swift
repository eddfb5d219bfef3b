// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The names that a template sees from outside, and those that it gives to others.
final class RenderContext {
    /// Where names are looked for behind those that the template has set, the nearest first.
    let layers: [TemplateDict]
    let globals: [String: TemplateValue]
    private(set) var variables: [DictKey: TemplateValue] = [:]
    private(set) var exported: [String] = []
    var blocks: [String: [BlockUnit]]

    init(layers: [TemplateDict], globals: [String: TemplateValue], blocks: [String: [BlockUnit]]) {
        self.layers = layers
        self.globals = globals
        self.blocks = blocks
    }

    func find(_ name: ContextName) -> TemplateValue? {
        if !variables.isEmpty, let value = variables[name.key] { return value }
        for layer in layers { if let value = layer[name.key] { return value } }
        return globals[name.text]
    }

    func set(_ name: ContextName, _ value: TemplateValue, isPublic: Bool) {
        variables[name.key] = value
        if !isPublic {
            exported.removeAll { $0.hasSameUTF8(as: name.text) }
        } else if !exported.contains(where: { $0.hasSameUTF8(as: name.text) }) {
            exported.append(name.text)
        }
        names[name.key] = name.text
    }

    private var names: [DictKey: String] = [:]

    /// The variables that the template has set, as a layer for others.
    private var ownLayer: TemplateDict {
        TemplateDict(variables.compactMap { key, value in names[key].map { ($0, value) } })
    }

    /// What templates see that are shown with this context.
    func layers(with locals: TemplateDict?) -> [TemplateDict] {
        (locals.map { [$0] } ?? []) + (variables.isEmpty ? [] : [ownLayer]) + layers
    }

    /// The same context with more variables, for a scoped block.
    func derived(_ locals: TemplateDict) -> RenderContext {
        RenderContext(layers: layers(with: locals), globals: globals, blocks: blocks)
    }

    /// The names that the template gives to others, with their values.
    var exports: [String: TemplateValue] {
        var result: [String: TemplateValue] = [:]
        for name in exported { result[name] = variables[DictKey(text: name)] }
        return result
    }
}
