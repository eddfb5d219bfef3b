// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A compiled template.
public final class Template: TemplateObject {
    let environment: TemplateEnvironment
    let program: Program
    let globals: GlobalValues

    init(_ environment: TemplateEnvironment, _ program: Program, _ globals: GlobalValues) {
        self.environment = environment
        self.program = program
        self.globals = globals
    }

    /// The same template with more globals.
    ///
    /// - Parameter globals: Values that the template sees, and those that it extends, includes and imports.
    /// - Returns: The template.
    public func with(globals: [String: TemplateValue]) -> Template {
        Template(
            environment, program,
            globals.isEmpty ? self.globals : GlobalValues(self.globals.values.merging(globals) { _, new in new }))
    }

    /// Its name; nil for one that was made of a text.
    public var name: String? { program.name }

    /// The names of its blocks.
    public var blockNames: [String] { program.blocks.keys.sorted() }

    /// The names of templates that it extends, includes or imports, where they are constants.
    public var references: [String] { program.references }

    /// The names that the template, without those that it extends, includes or imports, wants from outside.
    public var variables: [String] { program.variables }

    /// Whether the template, or one that it extends, includes or imports, may ask for a name.
    ///
    /// - Parameter name: The name.
    /// - Returns: False where it certainly does not.
    public func mayUse(_ name: String) -> Bool {
        var seen: Set<String> = []
        return mayUse(name, &seen)
    }

    private func mayUse(_ name: String, _ seen: inout Set<String>) -> Bool {
        if program.variables.contains(name) || program.hasUnknownReferences { return true }
        for reference in program.references where seen.insert(reference).inserted {
            guard let other = try? environment.template(reference) else { continue }
            if other.mayUse(name, &seen) { return true }
        }
        return false
    }

    /// What the type is called.
    public var typeName: String { "Template" }

    /// Always true.
    public var isTrue: Bool { true }

    /// Names that are looked up while a template is rendered, before the globals of the template.
    public typealias Lookup = @Sendable (_ name: String) -> TemplateValue?

    private func rendering(
        _ context: TemplateValue, _ lookUp: Lookup? = nil, bridge: AsyncBridge? = nil,
        sink: ((borrowing [UInt8]) throws -> Void)? = nil
    ) throws -> Rendering {
        var layers: [TemplateDict] = []
        switch context {
        case .dict(let dict): layers = [dict]
        case .none, .undefined: break
        default: throw TemplateError(.type, "A context has names: it is a dictionary or a value with keys.")
        }
        let seen = lookUp.map { GlobalValues($0, before: globals) } ?? globals
        let context = RenderContext(layers: layers, globals: seen, blocks: [:])
        return Rendering(environment, self, context, bridge: bridge, sink: sink)
    }

    /// Renders the template.
    ///
    /// - Parameter context: The names that it sees, with their values.
    /// - Returns: What it prints.
    /// - Throws: ``TemplateError`` with the place.
    public func render(_ context: [String: TemplateValue] = [:]) throws -> String {
        try render(value: .dict(context.map { ($0.key, $0.value) }))
    }

    /// Renders the template for any value that can be encoded, whose keys are the names that it sees.
    ///
    /// - Parameter context: The value.
    /// - Returns: What it prints.
    /// - Throws: ``TemplateError`` with the place; what the value throws when it is encoded.
    public func render(_ context: some Encodable) throws -> String {
        try render(value: TemplateEncoder().encode(context))
    }

    /// Renders the template for a dictionary.
    ///
    /// - Parameter context: A dictionary, or `None`.
    /// - Returns: What it prints.
    /// - Throws: ``TemplateError`` with the place.
    public func render(value context: TemplateValue) throws -> String {
        let rendering = try rendering(context)
        try rendering.runMeasured(self)
        program.printedBytes.store(rendering.output.count, ordering: .relaxed)
        return rendering.output.text(from: 0)
    }

    /// Renders the template into bytes of UTF-8.
    ///
    /// - Parameters:
    ///   - context: A dictionary, or `None`.
    ///   - lookUp: Finds further names, such as those of the request that is answered.
    /// - Returns: What it prints.
    /// - Throws: ``TemplateError`` with the place.
    public func renderBytes(value context: TemplateValue, globals lookUp: Lookup? = nil) throws -> [UInt8] {
        let rendering = try rendering(context, lookUp)
        try rendering.runMeasured(self)
        program.printedBytes.store(rendering.output.count, ordering: .relaxed)
        return rendering.output.bytes(from: 0)
    }

    /// Renders the template piece by piece.
    ///
    /// - Parameters:
    ///   - context: A dictionary, or `None`.
    ///   - write: Takes pieces of UTF-8, each of about 16 KiB, of which none is empty.
    /// - Throws: ``TemplateError`` with the place; what `write` throws.
    public func stream(value context: TemplateValue, to write: @escaping (borrowing [UInt8]) throws -> Void) throws {
        try rendering(context, sink: write).run(self)
    }

    /// Renders one block of the template, as it is with everything that the template extends.
    ///
    /// What the template sets at its top level is known in the block; nothing outside of it is printed.
    ///
    /// - Parameters:
    ///   - block: The name of the block.
    ///   - context: A dictionary, or `None`.
    ///   - lookUp: Finds further names, such as those of the request that is answered.
    /// - Returns: What the block prints.
    /// - Throws: ``TemplateError`` for a block that does not exist, and with the place of other errors.
    public func render(block: String, value context: TemplateValue, globals lookUp: Lookup? = nil) throws -> String {
        let rendering = try rendering(context, lookUp)
        var text = ""
        try rendering.render(block: block, of: self) { text = $0 }
        return text
    }

    /// Renders the template to a value: that of its only expression, or what its text is a literal of.
    ///
    /// - Parameter context: A dictionary, or `None`.
    /// - Returns: The value.
    /// - Throws: ``TemplateError`` where the environment is not native, and with the place of other errors.
    public func nativeValue(value context: TemplateValue) throws -> TemplateValue {
        guard environment.configuration.isNative else {
            throw TemplateError(.runtime, "Values are given by native environments only.")
        }
        let rendering = try rendering(context)
        try rendering.run(self)
        return try rendering.nativeValue()
    }

    /// Renders the template with functions and sequences that wait.
    ///
    /// It runs on a thread of its own, which those block while they wait.
    ///
    /// - Parameter context: A dictionary, or `None`.
    /// - Returns: What it prints.
    /// - Throws: ``TemplateError`` with the place; `CancellationError`.
    public func renderAsync(value context: TemplateValue) async throws -> String {
        try await AsyncBridge.onThread { bridge in
            let rendering = try self.rendering(context, bridge: bridge)
            try rendering.runMeasured(self)
            return rendering.output.text(from: 0)
        }
    }

    /// Renders the template piece by piece, with functions and sequences that wait.
    ///
    /// - Parameters:
    ///   - context: A dictionary, or `None`.
    ///   - lookUp: Finds further names, such as those of the request that is answered.
    ///   - write: Takes pieces of UTF-8; rendering goes on when it returns.
    /// - Throws: ``TemplateError`` with the place; what `write` throws; `CancellationError`.
    public func streamAsync(
        value context: TemplateValue, globals lookUp: Lookup? = nil,
        to write: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        try await AsyncBridge.onThread { bridge in
            let rendering = try self.rendering(context, lookUp, bridge: bridge) { bytes in
                let piece = copy bytes
                try bridge.wait { try await write(piece) }
            }
            try rendering.run(self)
        }
    }

    /// Runs the template for its macros and variables.
    ///
    /// - Parameter context: A dictionary, or `None`.
    /// - Returns: What it exports.
    /// - Throws: ``TemplateError`` with the place.
    public func module(context: TemplateValue = .none) throws -> TemplateModule {
        try rendering(context).wholeModule(self)
    }

    /// The text of the template.
    public var text: String { "<Template '\(name ?? "<template>")'>" }
}

extension Rendering {
    /// Runs the template, and measures once more what the last of its statements have printed.
    fileprivate func runMeasured(_ template: Template) throws {
        try run(template)
        try check(outputBytes: output.count)
    }

    private func check(outputBytes count: Int) throws {
        guard count <= limits.outputBytes else {
            throw TemplateError(.limit, "The output has more than \(limits.outputBytes) bytes.")
        }
    }

    fileprivate func wholeModule(_ template: Template) throws -> TemplateModule {
        let body = try captureMarkup { try run(template) }
        return TemplateModule(template, exports: context.exports, body: body)
    }

    /// Runs the template without showing it, then shows one block.
    fileprivate func render(block name: String, of template: Template, _ use: (String) -> Void) throws {
        state.pointee.skipsBlocks = true
        _ = try capture { try run(template) }
        state.pointee.skipsBlocks = false
        guard context.blocks[name] != nil else {
            let hint = Suggestion.sentence(for: name, among: context.blocks.keys)
            throw TemplateError(
                .undefined, "The template '\(template.name ?? "<template>")' has no block '\(name)'.\(hint)")
        }
        state.pointee.extends = false
        let text = try capture { try runBlock(name, 0, context) }.printed
        try check(outputBytes: text.utf8.count)
        use(text)
    }
}
