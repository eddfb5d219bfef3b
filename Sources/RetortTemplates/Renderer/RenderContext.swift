// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The names that a template sees from outside, and those that it gives to others.
final class RenderContext {
    /// Where names are looked for behind those that the template has set, the nearest first.
    private let layers: [TemplateDict]
    /// The variables of the place where a template is included, which come before the layers.
    private let front: TemplateDict.Entries
    let globals: GlobalValues
    var blocks: [String: [BlockUnit]]
    /// Behind a pointer, so that reading it takes plain loads; nil as long as there is nothing.
    private var own: UnsafeMutablePointer<Own>?

    /// What the template has set.
    private struct Own {
        var variables: [DictKey: TemplateValue] = [:]
        var names: [DictKey: String] = [:]
        var exported: [String] = []
        /// What ``layersBehind`` were when somebody asked; nil when something was set since then.
        var layers: [TemplateDict]?
    }

    init(
        front: TemplateDict.Entries = .none, layers: [TemplateDict], globals: GlobalValues,
        blocks: [String: [BlockUnit]]
    ) {
        self.front = front
        self.layers = layers
        self.globals = globals
        self.blocks = blocks
    }

    deinit {
        own?.deinitialize(count: 1)
        own?.deallocate()
    }

    private func makeOwn() -> UnsafeMutablePointer<Own> {
        if let own { return own }
        let made = UnsafeMutablePointer<Own>.allocate(capacity: 1)
        made.initialize(to: Own())
        own = made
        return made
    }

    func find(_ name: ContextName) -> TemplateValue? {
        if let own, !own.pointee.variables.isEmpty, let value = own.pointee.variables[name.key] { return value }
        if let place = front.find(name.key) { return front.values[place] }
        for layer in layers { if let value = layer[name.key] { return value } }
        return globals.find(name.text)
    }

    func set(_ name: ContextName, _ value: TemplateValue, isPublic: Bool) {
        let own = makeOwn()
        own.pointee.variables[name.key] = value
        if !isPublic {
            own.pointee.exported.removeAll { $0.hasSameUTF8(as: name.text) }
        } else if !own.pointee.exported.contains(where: { $0.hasSameUTF8(as: name.text) }) {
            own.pointee.exported.append(name.text)
        }
        own.pointee.names[name.key] = name.text
        own.pointee.layers = nil
    }

    /// Where names are looked for that come from outside of the template.
    var outerLayers: [TemplateDict] { front.values.isEmpty ? layers : [TemplateDict(entries: front)] + layers }

    /// What templates see that are shown with this context, behind the variables of the place where they are.
    var layersBehind: [TemplateDict] {
        let own = makeOwn()
        if let known = own.pointee.layers { return known }
        var result = outerLayers
        if !own.pointee.variables.isEmpty {
            let pairs = own.pointee.variables.compactMap { key, value in own.pointee.names[key].map { ($0, value) } }
            result.insert(TemplateDict(pairs), at: 0)
        }
        own.pointee.layers = result
        return result
    }

    /// What templates see that are shown with this context.
    func layers(with locals: TemplateDict) -> [TemplateDict] { [locals] + layersBehind }

    /// The same context with more variables, for a scoped block.
    func derived(_ locals: TemplateDict) -> RenderContext {
        RenderContext(layers: layers(with: locals), globals: globals, blocks: blocks)
    }

    /// The names that the template gives to others, with their values.
    var exports: [String: TemplateValue] {
        var result: [String: TemplateValue] = [:]
        guard let own else { return result }
        for name in own.pointee.exported { result[name] = own.pointee.variables[DictKey(text: name)] }
        return result
    }
}

/// The globals of a template, shared by all its renderings, or those of one rendering in front of them.
final class GlobalValues: Sendable {
    let values: [String: TemplateValue]
    private let lookUp: (@Sendable (String) -> TemplateValue?)?
    private let parent: GlobalValues?

    init(_ values: [String: TemplateValue]) {
        self.values = values
        lookUp = nil
        parent = nil
    }

    /// Globals that are made when somebody asks for them, in front of others.
    init(_ lookUp: @escaping @Sendable (String) -> TemplateValue?, before parent: GlobalValues) {
        values = [:]
        self.lookUp = lookUp
        self.parent = parent
    }

    func find(_ name: String) -> TemplateValue? {
        if let lookUp, let value = lookUp(name) { return value }
        return values[name] ?? parent?.find(name)
    }

    /// These with those of another template, of which these count where both have a name.
    func joined(with other: GlobalValues) -> GlobalValues {
        if self === other { return self }
        if let parent, let lookUp {
            let joined = parent.joined(with: other)
            return joined === parent ? self : GlobalValues(lookUp, before: joined)
        }
        return GlobalValues(values.merging(other.values) { own, _ in own })
    }

    /// All names but those that are made when somebody asks.
    var names: [String] { Array(values.keys) + (parent?.names ?? []) }
}
