// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
public import RetortTemplates
import RetortWire

/// In which languages an app's pages are, and how one is chosen.
struct PageLanguages: Sendable {
    /// Where translations look for the language of a rendering; no page can pass a value of this name by chance.
    static let variable = " language"

    var read: @Sendable () throws -> [String: Catalog]
    var defaultLanguage: String
    var choose: (@Sendable (Request) async throws -> String?)?

    func translations() throws -> LanguageTranslations {
        LanguageTranslations(try read(), default: defaultLanguage, variable: Self.variable)
    }
}

extension PageTemplates {
    /// Takes the translations of pages from a folder: `locale/LANGUAGE/LC_MESSAGES/messages.po` or `.mo`.
    ///
    /// They are read when the app starts. Each page is in the language that its visitor likes best of those that are
    /// there (`Accept-Language`), and its answer says so (`Content-Language`, `Vary`). Templates translate with `trans`,
    /// `gettext()` (or `_()`), `ngettext()`, `pgettext()` and `npgettext()`, and see the tag as `language`.
    ///
    /// - Parameters:
    ///   - folder: The folder. The app does not start where there are no catalogs in it, or one cannot be read.
    ///   - domain: The name of the files.
    ///   - defaultLanguage: The language of the texts in the templates, which is that of pages for everybody else.
    public mutating func translations(
        from folder: String, domain: String = "messages", default defaultLanguage: String = "en"
    ) {
        let read: @Sendable () throws -> [String: Catalog] = {
            let catalogs = try CatalogFolder(folder, domain: domain).catalogs()
            guard !catalogs.isEmpty else {
                throw CatalogError(
                    .unreadable,
                    "There are no translations. Put catalogs into LANGUAGE/LC_MESSAGES/\(domain).po of this folder.",
                    file: folder)
            }
            return catalogs
        }
        languages = PageLanguages(read: read, defaultLanguage: defaultLanguage, choose: languages?.choose)
    }

    /// Takes the translations of pages from catalogs, such as those that are part of the program.
    ///
    /// - Parameters:
    ///   - catalogs: The catalogs by the tags of their languages.
    ///   - defaultLanguage: The language of the texts in the templates, which is that of pages for everybody else.
    public mutating func translations(_ catalogs: [String: Catalog], default defaultLanguage: String = "en") {
        languages = PageLanguages(read: { catalogs }, defaultLanguage: defaultLanguage, choose: languages?.choose)
    }

    /// Chooses the language of a visitor, such as one that the session or the path names.
    ///
    /// - Parameter choose: Gives the tag of a language; nil for what `Accept-Language` says.
    public mutating func language(_ choose: @escaping @Sendable (Request) async throws -> String?) {
        if languages == nil { languages = PageLanguages(read: { [:] }, defaultLanguage: "en") }
        languages?.choose = choose
    }
}

/// The language of an answer, and why it is that one.
struct ChosenLanguage: Sendable {
    let tag: String
    private let isPreference: Bool

    static func given(_ tag: String) -> ChosenLanguage { ChosenLanguage(tag: tag, isPreference: false) }

    static func preferred(_ tag: String) -> ChosenLanguage { ChosenLanguage(tag: tag, isPreference: true) }

    /// Says in the answer which language it is in, and whether that was the client's choice.
    func mark(_ response: inout Response) {
        response.fields[.contentLanguage] = tag
        if isPreference { response.vary(on: "Accept-Language") }
    }
}

extension Request {
    /// What the client prefers of the languages that there are; nil where the app has no translations.
    var preferredLanguage: ChosenLanguage? {
        guard let translations = app.templates.translations else { return nil }
        let accepted = header(.acceptLanguage).map { AcceptedLanguages(headerValue: $0) }
        let best = accepted.flatMap { Self.best(of: translations.languages, $0) }
        return .preferred(best ?? translations.defaultLanguage)
    }

    /// The language for the first wish that can be met: `de-AT` is met by `de`, and failing that `pt` by `pt-BR`.
    ///
    /// Somebody who wants `de-AT`, and otherwise English, gets German, though English is what fits to the letter.
    ///
    /// Source: RFC 4647 §3.4.
    private static func best(of languages: [String], _ accepted: AcceptedLanguages) -> String? {
        let keys = languages.map { LanguageRule.key(of: ArraySlice($0.utf8)).bytes }
        let hyphen = UInt8(ascii: "-")
        for item in accepted.items where item.quality > 0 {
            if item.value == "*" { return nil }
            var wish = item.key.bytes[...]
            while true {
                if let place = keys.firstIndex(where: { $0.elementsEqual(wish) }) { return languages[place] }
                guard let end = wish.lastIndex(of: hyphen) else { break }
                wish = wish[..<end]
            }
            if let place = keys.firstIndex(where: { $0.starts(with: item.key.bytes + [hyphen]) }) {
                return languages[place]
            }
        }
        return nil
    }

    func chosenLanguage() async throws -> ChosenLanguage? {
        if let choose = app.templates.chooseLanguage, let tag = try await choose(self) { return .given(tag) }
        return preferredLanguage
    }

    /// The tag of the language in which this request is answered: what the app chooses, or what the client prefers.
    ///
    /// - Throws: What the app's own choice throws.
    public var language: String {
        get async throws { try await chosenLanguage()?.tag ?? "en" }
    }

    /// Translates a text of a handler, such as a message, into the language of the answer.
    ///
    ///     let text = try await request.translation(of: "%(num)s file", plural: "%(num)s files", count: count)
    ///
    /// Nothing is put in for `%(num)s`; that is what templates do.
    ///
    /// - Parameters:
    ///   - message: The text.
    ///   - plural: The text for other counts than one; nil where there is no count.
    ///   - count: The count; nil where there is none.
    ///   - context: What distinguishes texts that are written alike; nil for none.
    /// - Returns: The translation; the text itself, or the plural, where there is none.
    /// - Throws: What the app's own choice of the language throws.
    public func translation(
        of message: String, plural: String? = nil, count: Int? = nil, context: String? = nil
    ) async throws -> String {
        let found = app.templates.translations?.find(
            message, plural: plural, count: count, context: context, in: try await language)
        return found ?? (count == nil || count == 1 ? message : plural ?? message)
    }
}
