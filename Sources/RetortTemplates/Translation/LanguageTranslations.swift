// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The translations into several languages, of which each rendering takes one.
///
///     var configuration = TemplateEnvironment.Configuration()
///     configuration.translations = LanguageTranslations(try CatalogFolder("locale").catalogs(), default: "en")
///     let page = TemplateEnvironment(configuration)
///     try page.template(source: "{{ _('apple') }}").render(["language": "de-AT"])
///
/// A text that `de-AT` does not translate is looked for in `de`; one that has no translation there stays as it is.
public struct LanguageTranslations: Translations {
    /// The tags of the languages, in order: those of the catalogs and the default.
    public let languages: [String]
    /// The language of renderings that name none that is there.
    public let defaultLanguage: String
    private let variable: String
    /// The catalogs of each language, the most special first.
    private let chains: [String: [Catalog]]

    /// Creates translations.
    ///
    /// - Parameters:
    ///   - catalogs: The catalogs by the tags of their languages, such as `de` and `pt-BR`.
    ///   - defaultLanguage: The language of renderings that name none that is there; usually that of the templates.
    ///   - variable: The name under which renderings say which language they are in.
    public init(_ catalogs: [String: Catalog], default defaultLanguage: String, variable: String = "language") {
        self.defaultLanguage = defaultLanguage
        self.variable = variable
        var byTag: [String: Catalog] = [:]
        for (tag, catalog) in catalogs { byTag[Self.normal(tag)] = catalog }
        var languages = Set(catalogs.keys)
        if byTag[Self.normal(defaultLanguage)] == nil { languages.insert(defaultLanguage) }
        self.languages = languages.sorted()
        var chains: [String: [Catalog]] = [:]
        for language in languages {
            let chain = Self.parents(of: Self.normal(language)).compactMap { byTag[$0] }
            // As it is spelled too, which is how most renderings spell it.
            chains[language] = chain
            chains[Self.normal(language)] = chain
        }
        self.chains = chains
    }

    /// A tag in small letters with hyphens: `pt_BR` is `pt-br`.
    private static func normal(_ tag: String) -> String {
        let bytes = tag.utf8.map { $0 == 0x5F ? 0x2D : (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A tag, and what is left of it when parts at its end are dropped: `pt-br`, `pt`.
    private static func parents(of tag: String) -> [String] {
        let parts = tag.split(separator: "-")
        return (0..<parts.count).map { parts.dropLast($0).joined(separator: "-") }
    }

    /// The translation of a text.
    ///
    /// - Parameters:
    ///   - message: The text.
    ///   - plural: The text for other counts than one; nil where there is no count.
    ///   - count: The count; nil where there is none.
    ///   - context: What distinguishes texts that are written alike; nil for none.
    ///   - language: The tag of the language.
    /// - Returns: The translation; nil where there is none.
    public func find(
        _ message: String, plural: String? = nil, count: Int? = nil, context: String? = nil, in language: String
    ) -> String? {
        let chain = chains[language] ?? Self.parents(of: Self.normal(language)).lazy.compactMap { chains[$0] }.first
        for catalog in chain ?? [] {
            if let found = catalog.find(message, plural: plural, count: count, context: context) { return found }
        }
        return nil
    }

    /// The translation of a text into the language of a rendering, or the text itself.
    ///
    /// - Parameters:
    ///   - message: The text as it stands in the template.
    ///   - plural: The text for other counts than one; nil where there is no count.
    ///   - count: The count; nil where there is none.
    ///   - context: What distinguishes texts that are written alike; nil for none.
    ///   - rendering: The rendering, whose variable names the language.
    /// - Returns: The translation; the text itself, or the plural, where there is none.
    public func translation(
        of message: String, plural: String?, count: Int?, context: String?, in rendering: Rendering
    ) -> String {
        let language = rendering.value(of: variable)?.text ?? defaultLanguage
        return find(message, plural: plural, count: count, context: context, in: language)
            ?? NullTranslations().translation(
                of: message, plural: plural, count: count, context: context, in: rendering)
    }
}

/// The catalogs of a folder as gettext keeps them: `LANGUAGE/LC_MESSAGES/DOMAIN.po` or `.mo`.
///
/// Where both files are there, the `.po` is read: it is what people edit, and a `.mo` may be older.
public struct CatalogFolder: Sendable {
    private let folder: String
    private let domain: String

    /// Names a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - domain: The name of the files.
    public init(_ folder: String, domain: String = "messages") {
        self.folder = folder
        self.domain = domain
    }

    /// Reads the catalogs.
    ///
    /// - Returns: The catalogs by the tags of their languages: that of `pt_BR` is `pt-BR`, that of `sr@latin` is
    ///   `sr-Latn`. There are none where the folder does not exist.
    /// - Throws: ``CatalogError`` with file and line.
    public func catalogs() throws -> [String: Catalog] {
        let loader = FolderLoader(folder)
        var result: [String: Catalog] = [:]
        // From the end, ".po" comes before ".mo".
        for name in loader.names().reversed() {
            let parts = name.split(separator: "/")
            guard parts.count == 3, parts[1] == "LC_MESSAGES", parts[2] == "\(domain).po" || parts[2] == "\(domain).mo"
            else { continue }
            let tag = Self.tag(parts[0])
            guard result[tag] == nil else { continue }
            let bytes: [UInt8]?
            do { bytes = try loader.bytes(of: name, most: Catalog.mostBytes) } catch let error as TemplateError {
                throw CatalogError(.unreadable, error.message, file: "\(folder)/\(name)")
            }
            guard let bytes else { continue }
            let file = "\(folder)/\(name)"
            result[tag] =
                parts[2].hasSuffix(".po") ? try Catalog(po: bytes, file: file) : try Catalog(mo: bytes, file: file)
        }
        return result
    }

    /// The tag of a language that is written as systems write it.
    private static func tag(_ name: Substring) -> String {
        let parts = name.split(separator: "@", maxSplits: 1)
        let scripts = ["latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"]
        let language = (parts.first ?? "").split(separator: "_").joined(separator: "-")
        return parts.count < 2 ? language : "\(language)-\(scripts[String(parts[1])] ?? String(parts[1]))"
    }
}
