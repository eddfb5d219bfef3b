// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortTemplates
import Testing

@Suite struct TranslationTests {
    private static let german = """
        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"
        msgid "Hello %(user)s!"
        msgstr "Hallo %(user)s!"
        msgid "one apple"
        msgid_plural "%(num)s apples"
        msgstr[0] "ein Apfel"
        msgstr[1] "%(num)s Äpfel"
        msgctxt "verb"
        msgid "open"
        msgstr "öffnen"
        msgctxt "mail"
        msgid "one new"
        msgid_plural "%(num)s new"
        msgstr[0] "eine neue"
        msgstr[1] "%(num)s neue"
        msgid "bold <b>"
        msgstr "fett <b>"
        """
    private static let austrian = """
        msgid "Hello %(user)s!"
        msgstr "Servus %(user)s!"
        """

    @Test(arguments: [
        ("{% trans user='A' %}Hello {{ user }}!{% endtrans %}", "Hallo A!"),
        ("{% trans num=n %}one apple{% pluralize %}{{ num }} apples{% endtrans %}", "3 Äpfel"),
        ("{% trans num=1 %}one apple{% pluralize %}{{ num }} apples{% endtrans %}", "ein Apfel"),
        ("{% trans 'verb' %}open{% endtrans %} {% trans %}open{% endtrans %}", "öffnen open"),
        ("{{ pgettext('verb', 'open') }} {{ gettext('open') }} {{ _('bold <b>') }}", "öffnen open fett <b>"),
        ("{{ ngettext('one apple', '%(num)s apples', 1) }}", "ein Apfel"),
        ("{{ npgettext('mail', 'one new', '%(num)s new', 2) % {'num': 2} }}", "2 neue"),
        ("{{ ngettext('a', 'b', 2) }}{{ ngettext('a', 'b', 1) }}", "ba"),
    ])
    func tagsAndFunctionsUseACatalog(source: String, expected: String) throws {
        let text = try render(source, ["n": 3]) { $0.translations = try? Catalog(po: Array(Self.german.utf8)) }
        #expect(text == expected)
    }

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let compiled = try Catalog(po: Array(Self.german.utf8)).moBytes
        _ = try folder.write("de/LC_MESSAGES/messages.mo", Data(compiled))
        _ = try folder.write("de_AT/LC_MESSAGES/messages.po", Data(Self.austrian.utf8))
        _ = try folder.write("de_AT/LC_MESSAGES/messages.mo", Data("older".utf8))
        _ = try folder.write("sr@latin/LC_MESSAGES/messages.po", Data())
        _ = try folder.write("fr/LC_MESSAGES/other.po", Data("broken".utf8))
        return folder
    }

    @Test func foldersHaveCatalogsByLanguage() throws {
        let folder = try folder()
        let catalogs = try CatalogFolder(folder.url.path).catalogs()
        #expect(catalogs.keys.sorted() == ["de", "de-AT", "sr-Latn"])
        #expect(catalogs["de-AT"]?.find("Hello %(user)s!") == "Servus %(user)s!")
        let error = #expect(throws: CatalogError.self) {
            try CatalogFolder(folder.url.path, domain: "other").catalogs()
        }
        #expect(error?.file?.hasSuffix("fr/LC_MESSAGES/other.po") == true)
        #expect(error?.line == 1)
        #expect(try CatalogFolder(folder.url.path + "/none").catalogs().isEmpty)
    }

    @Test(arguments: [
        ("de", "Hallo A! öffnen"), ("de-AT", "Servus A! öffnen"), ("de_at", "Servus A! öffnen"),
        ("DE-ch", "Hallo A! öffnen"), ("en", "Hello A! open"), ("fr", "Hello A! open"), ("", "Hello A! open"),
    ])
    func renderingsSayTheirLanguage(language: String, expected: String) throws {
        let folder = try folder()
        let translations = LanguageTranslations(try CatalogFolder(folder.url.path).catalogs(), default: "en")
        #expect(translations.languages == ["de", "de-AT", "en", "sr-Latn"])
        let source = "{% trans user='A' %}Hello {{ user }}!{% endtrans %} {{ pgettext('verb', 'open') }}"
        #expect(try render(source, ["language": .string(language)]) { $0.translations = translations } == expected)
        #expect(try render(source) { $0.translations = translations } == "Hello A! open")
    }
}
