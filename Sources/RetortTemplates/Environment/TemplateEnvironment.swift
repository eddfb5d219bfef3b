// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What templates are written and rendered with: syntax, filters, tests, globals, limits, and where templates come from.
///
///     var configuration = TemplateEnvironment.Configuration()
///     configuration.loader = FolderLoader("templates")
///     let environment = TemplateEnvironment(configuration)
///     let page = try environment.template("index.html").render(["title": "Home"])
///
/// A template is compiled once and kept; all cores render it at the same time.
public final class TemplateEnvironment: Sendable {
    /// What an environment is made of.
    public struct Configuration: Sendable {
        /// How templates are written.
        public var syntax = TemplateSyntax()
        /// For which templates output is escaped as HTML.
        public var autoescape = Autoescape.byName
        /// The parts of the language beyond the common one.
        public var extensions: Set<TemplateExtension> = Set(TemplateExtension.allCases)
        /// What happens where nothing is found under a name.
        public var undefined = UndefinedBehavior.lenient
        /// Is told each name of a variable that is not found.
        public var onUndefined: (@Sendable (String) -> Void)?
        /// Changes each value before it is printed.
        public var finalize: (@Sendable (TemplateValue) throws -> TemplateValue)?
        /// What filters do where they leave a choice.
        public var policies = TemplatePolicies()
        /// What rendering may use up.
        public var limits = RenderLimits()
        /// What templates may not do; nil for templates of the app's own.
        public var sandbox: TemplateSandbox?
        /// Whether rendering gives a value instead of a text.
        public var isNative = false
        /// Where templates come from; nil for none but those made of a text.
        public var loader: (any TemplateLoader)?
        /// Whether a template is compiled again when its source has changed.
        public var reloads = false
        /// The most compiled templates that are kept.
        public var cacheSize = 400
        /// The values that all templates see.
        public var globals: [String: TemplateValue] = StandardGlobals.all
        /// Finds the translations of texts; nil for none.
        public var translations: (any Translations)?
        /// Whether gettext's functions put variables into their texts themselves.
        public var usesNewstyleGettext = false
        var filters: [String: TemplateFilter] = StandardFilters.all
        var tests: [String: TemplateTest] = StandardTests.all

        /// Creates what Jinja has by default, with web filters and all extensions.
        public init() {}

        /// The names of the filters.
        public var filterNames: [String] { filters.keys.sorted() }

        /// The names of the tests.
        public var testNames: [String] { tests.keys.sorted() }
    }

    let configuration: Configuration
    private let globals: GlobalValues
    private let cache: Mutex<TemplateCache>

    /// Creates an environment.
    ///
    /// - Parameter configuration: What it is made of.
    public init(_ configuration: Configuration = Configuration()) {
        var configuration = configuration
        if configuration.extensions.contains(.i18n) { TranslationGlobals.add(to: &configuration) }
        self.configuration = configuration
        globals = GlobalValues(configuration.globals)
        cache = Mutex(TemplateCache(size: configuration.cacheSize))
    }

    /// Compiles a text.
    ///
    /// - Parameters:
    ///   - source: The text of the template.
    ///   - name: What it is called in messages, and by which it is decided whether its output is escaped; nil for none.
    ///   - globals: Values that this template sees beside those of the environment.
    /// - Returns: The template.
    /// - Throws: ``TemplateError`` where the text is no template.
    public func template(
        source: String, name: String? = nil, globals: [String: TemplateValue] = [:]
    ) throws -> Template {
        let text = try TemplateSource(
            source, name: name, keepsTrailingNewline: configuration.syntax.keepTrailingNewline)
        let template = Template(self, try Compiler.program(text, configuration), self.globals)
        return globals.isEmpty ? template : template.with(globals: globals)
    }

    /// Finds a template by its name, and compiles it unless that has been done.
    ///
    /// - Parameter name: The name.
    /// - Returns: The template.
    /// - Throws: ``TemplateError`` with `.notFound` where no loader has it, and where it is no template.
    public func template(_ name: String) throws -> Template {
        guard let loader = configuration.loader else { throw notFound(name, []) }
        if let known = cache.withLock({ $0.find(name) }) {
            guard configuration.reloads else { return known.template }
            if let version = try loader.version(of: name), version == known.version { return known.template }
        }
        guard let loaded = try loader.load(name) else { throw notFound(name, try loader.names()) }
        let template = try self.template(source: loaded.source, name: name)
        cache.withLock { $0.add(name, TemplateCache.Entry(template: template, version: loaded.version)) }
        return template
    }

    /// A template that can be rendered at once, without looking at where it comes from.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The compiled template; nil where it is not compiled yet, or may have changed.
    public func readyTemplate(_ name: String) -> Template? {
        configuration.reloads ? nil : cache.withLock { $0.find(name)?.template }
    }

    /// Whether all templates see a name.
    ///
    /// - Parameter name: The name.
    /// - Returns: Whether it is a global of the environment.
    public func isGlobal(_ name: String) -> Bool { configuration.globals[name] != nil }

    /// Finds the first of several templates.
    ///
    /// - Parameter names: The names in the order in which they are tried.
    /// - Returns: The template.
    /// - Throws: ``TemplateError`` with `.noneFound` where no loader has any, and where it is no template.
    public func template(firstOf names: [String]) throws -> Template {
        for name in names {
            do { return try template(name) } catch let error as TemplateError where error.code == .notFound {}
        }
        var error = TemplateError(
            .noneFound, "none of the templates given were found: \(names.joined(separator: ", "))")
        error.templates = names
        throw error
    }

    /// The names of all templates that the loader knows.
    ///
    /// - Returns: The names in order.
    /// - Throws: What the loader throws.
    public func templateNames() throws -> [String] { try configuration.loader?.names().sorted() ?? [] }

    /// Compiles an expression, such as `user.age >= 18`.
    ///
    /// - Parameter source: The expression.
    /// - Returns: A function from a context to the value of the expression.
    /// - Throws: ``TemplateError`` where the text is no expression.
    public func expression(
        _ source: String
    ) throws -> @Sendable (_ context: [String: TemplateValue]) throws -> TemplateValue {
        let syntax = configuration.syntax
        let text = "\(syntax.blockStart) set result = (\(source)\n) \(syntax.blockEnd)"
        let template = try template(source: text)
        return { context in
            try template.module(context: .dict(context.map { ($0.key, $0.value) })).exports["result"] ?? .none
        }
    }

    private func notFound(_ name: String, _ names: [String]) -> TemplateError {
        let what = name.isEmpty ? "The name of the template is empty." : name
        var error = TemplateError(.notFound, "\(what)\(Suggestion.sentence(for: name, among: names))")
        error.templates = [name]
        return error
    }
}

/// The compiled templates, of which the one that was used longest ago is dropped first.
struct TemplateCache {
    struct Entry {
        var template: Template
        var version: String?
        fileprivate var lastUse = 0
        init(template: Template, version: String?) {
            self.template = template
            self.version = version
        }
    }

    private let size: Int
    private var entries: [String: Entry] = [:]
    private var clock = 0

    init(size: Int) { self.size = size }

    mutating func find(_ name: String) -> Entry? {
        guard let index = entries.index(forKey: name) else { return nil }
        clock += 1
        entries.values[index].lastUse = clock
        return entries.values[index]
    }

    mutating func add(_ name: String, _ entry: Entry) {
        guard size > 0 else { return }
        if entries.count >= size, entries[name] == nil,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
        }
        clock += 1
        var entry = entry
        entry.lastUse = clock
        entries[name] = entry
    }
}
