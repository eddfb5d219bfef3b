// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortEmbedded
public import RetortTemplates

/// Where an app's templates come from, and what they can use.
///
///     app.templates.folders = ["templates"]
///     app.templates.filter("shout") { (text: String) in text.uppercased() + "!" }
///     app.templates.context { request in ["user": .string(try await request.session["user"]?.string ?? "nobody")] }
public struct PageTemplates: Sendable {
    /// The folders in which templates are looked for, in this order, those of blueprints behind them.
    public var folders = ["templates"]

    /// Templates that are part of the program, behind the folders.
    public var embedded: [String: String] = [:]

    /// Files that are part of the program, behind the others.
    private var embeddedFiles: [EmbeddedFiles] = []

    /// Whether templates are read again when they change; nil in debug only.
    public var reloads: Bool?

    /// Everything else: syntax, extensions, limits, filters, tests and globals.
    public var configuration = TemplateEnvironment.Configuration()

    private var contexts: [@Sendable (Request) async throws -> [String: TemplateValue]] = []

    private var contextNames: [String] = []
    private var samples: [Page] = []

    /// Reads the translations when the app is set up; nil for none.
    var languages: PageLanguages?

    init() {}

    /// Adds templates that are part of the program: a folder that the plugin `RetortEmbedding` has embedded.
    ///
    ///     app.templates.embed(.templates)
    ///
    /// Files in ``folders`` are found before them, so that a template can be changed without a new program; with
    /// `folders = []` there are none.
    ///
    /// - Parameter files: The files, searched behind those that were added before.
    public mutating func embed(_ files: EmbeddedFiles) { embeddedFiles.append(files) }

    /// Adds values that every template sees, made for each request.
    ///
    /// Where several make a value of the same name, the last counts; what a page itself passes counts more.
    ///
    /// - Parameters:
    ///   - names: The names of the values, for the command `templates check`, which makes none.
    ///   - make: Makes the values.
    public mutating func context(
        names: [String] = [], _ make: @escaping @Sendable (Request) async throws -> [String: TemplateValue]
    ) {
        contexts.append(make)
        contextNames += names
    }

    /// Gives the command `templates check` an example of a page, from which it takes the names that pages pass.
    ///
    ///     app.templates.sample(Page("posts/show.html", PostView(title: "A title", comments: [])))
    ///
    /// The command compares them with the names that the page's template, and every template that it extends, includes
    /// or imports, wants from outside. Nothing else is done with the page.
    ///
    /// - Parameter page: The page, with any values.
    public mutating func sample(_ page: Page) { samples.append(page) }

    /// Adds a filter with typed arguments, of which the first is the value in front of the bar.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Makes the result.
    public mutating func filter<each A: TemplateArgument, Result: TemplateConvertible>(
        _ name: String, _ body: @escaping @Sendable (repeat each A) throws -> Result
    ) {
        configuration.filter(name, body)
    }

    /// Adds a test with typed arguments, of which the first is the value in front of `is`.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Whether the value passes.
    public mutating func test<each A: TemplateArgument>(
        _ name: String, _ body: @escaping @Sendable (repeat each A) throws -> Bool
    ) {
        configuration.test(name, body)
    }

    /// Adds a function that all templates can call, with typed arguments.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - body: Makes the result.
    public mutating func function<each A: TemplateArgument, Result: TemplateConvertible>(
        _ name: String, _ body: @escaping @Sendable (repeat each A) throws -> Result
    ) {
        configuration.function(name, body)
    }

    /// Adds a value that all templates see.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - value: The value.
    public mutating func global(_ name: String, _ value: TemplateValue) { configuration.globals[name] = value }

    /// What renders the pages of an app.
    func frozen(isDebug: Bool, blueprintFolders: [String]) throws -> FrozenTemplates {
        var configuration = configuration
        configuration.reloads = reloads ?? isDebug
        var loaders: [any TemplateLoader] = [FolderLoader(folders + blueprintFolders), DictionaryLoader(embedded)]
        loaders += embeddedFiles.map { EmbeddedLoader($0) }
        if let own = configuration.loader { loaders.insert(own, at: 0) }
        configuration.loader = ChoiceLoader(loaders)
        let translations = try languages?.translations()
        if let translations { configuration.translations = translations }
        return FrozenTemplates(
            environment: TemplateEnvironment(configuration), contexts: contexts, translations: translations,
            chooseLanguage: languages?.choose, contextNames: contextNames, samples: samples)
    }
}

/// The templates of an app that is set up.
package struct FrozenTemplates: Sendable {
    package let environment: TemplateEnvironment
    let contexts: [@Sendable (Request) async throws -> [String: TemplateValue]]
    let translations: LanguageTranslations?
    let chooseLanguage: (@Sendable (Request) async throws -> String?)?
    let contextNames: [String]
    let samples: [Page]

    func template(_ name: String) throws -> Template { try environment.template(name) }

    /// Finds a template, away from the event loop where a file has to be read or looked at.
    func load(_ name: String) async throws -> Template {
        if let ready = environment.readyTemplate(name) { return ready }
        return try await FileThreads.run { try environment.template(name) }
    }
}

extension RouteCollection {
    /// Adds a folder of templates, which is searched behind those of the app.
    ///
    /// - Parameter folder: The folder.
    public mutating func templates(from folder: String) { routes.templateFolders.append(folder) }
}
