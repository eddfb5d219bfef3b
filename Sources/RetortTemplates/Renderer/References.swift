// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A block as a value: printed or called it shows the block.
final class BlockReference: TemplateObject {
    private let name: String
    private let index: Int
    private let context: Confined<RenderContext>

    init(_ name: String, _ index: Int, _ context: RenderContext) {
        self.name = name
        self.index = index
        self.context = Confined(context)
    }

    var typeName: String { "BlockReference" }
    var isTrue: Bool { true }

    func attribute(_ name: String) throws -> TemplateValue? {
        guard name == "super" else { return nil }
        guard (context.content.blocks[self.name]?.count ?? 0) > index + 1 else {
            return .undefined(Undefined(hint: "there is no parent block called '\(self.name)'."))
        }
        return .object(BlockReference(self.name, index + 1, context.content))
    }

    func call(_ call: TemplateCall) throws -> TemplateValue? {
        let rendering = call.rendering
        return try rendering.captureMarkup { try rendering.runBlock(name, index, context.content) }
    }
}

/// `self`: the blocks of the template.
final class TemplateReference: TemplateObject {
    private let context: Confined<RenderContext>

    init(_ context: RenderContext) { self.context = Confined(context) }

    var typeName: String { "TemplateReference" }
    var isTrue: Bool { true }

    func attribute(_ name: String) throws -> TemplateValue? {
        context.content.blocks[name] == nil ? nil : .object(BlockReference(name, 0, context.content))
    }
}

/// What a template exports: its macros and variables, and its text.
public final class TemplateModule: TemplateObject {
    private let template: Template
    /// The exported macros and variables.
    public let exports: [String: TemplateValue]
    private let body: TemplateValue

    init(_ template: Template, exports: [String: TemplateValue], body: TemplateValue) {
        self.template = template
        self.exports = exports
        self.body = body
    }

    /// What the type is called.
    public var typeName: String { "TemplateModule" }

    /// Always true.
    public var isTrue: Bool { true }

    /// What the template prints.
    public var text: String { (try? body.printed) ?? "" }

    /// What the template prints, where it escapes its output.
    public var html: SafeHTML? {
        if case .markup(let markup) = body { return markup }
        return nil
    }

    /// An exported macro or variable.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The value, or nil.
    public func attribute(_ name: String) -> TemplateValue? { exports[name] }

    /// Calls an exported macro.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - arguments: The arguments.
    /// - Returns: What the macro prints.
    /// - Throws: ``TemplateError`` when there is no such macro, and what rendering throws.
    public func call(_ name: String, _ arguments: CallArguments = CallArguments()) throws -> TemplateValue {
        guard let macro = exports[name] else {
            throw TemplateError(
                .undefined, "The template exports no '\(name)'.\(Suggestion.sentence(for: name, among: exports.keys))")
        }
        let context = RenderContext(layers: [], globals: template.globals, blocks: [:])
        return try Rendering(template.environment, template, context).call(macro, arguments)
    }
}
