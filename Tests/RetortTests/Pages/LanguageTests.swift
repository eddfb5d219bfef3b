// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Retort
import RetortTemplates
import Testing

@Suite struct LanguageTests {
    private func app(_ change: (inout App) -> Void = { _ in }) throws -> App {
        func catalog(_ text: String) throws -> Catalog {
            try Catalog(po: Array("msgid \"Hello\"\nmsgstr \"\(text)\"".utf8))
        }
        var app = App()
        app.templates.folders = []
        app.templates.embedded = [
            "a.html":
                "{% block x %}{{ language }}: {{ _('Hello') }}{% endblock %}{% import 'm.html' as m %}{{ m.h() }}",
            "m.html": "{% macro h() %}{{ gettext('Hello') }}{% endmacro %}",
        ]
        app.templates.translations(["de": try catalog("Hallo"), "pt-BR": try catalog("Olá")])
        app.get("/") { Page("a.html") }
        app.get("/part") { Page("a.html").block("x") }
        app.get("/de") { Page("a.html", ["language": "Swift"]).language("de") }
        app.get("/text") { (request: Request) in
            let many = try await request.translation(of: "file", plural: "files", count: 2)
            return try await request.translation(of: "Hello") + " " + many
        }
        change(&app)
        return app
    }

    @Test(arguments: [
        (nil, "en", "en: HelloHello"), ("de", "de", "de: HalloHallo"), ("de-AT, en;q=0.5", "de", "de: HalloHallo"),
        ("fr, pt-BR;q=0.3", "pt-BR", "pt-BR: OláOlá"), ("pt", "pt-BR", "pt-BR: OláOlá"), ("fr", "en", "en: HelloHello"),
        ("de;q=0.4, en;q=0.6", "en", "en: HelloHello"), ("*", "en", "en: HelloHello"),
        ("de;q=0", "en", "en: HelloHello"),
        ("pt, en;q=0.9", "pt-BR", "pt-BR: OláOlá"), ("EN_us, de", "en", "en: HelloHello"),
        ("d", "en", "en: HelloHello"),
        ("de-\(String(repeating: "a-", count: 500)), *", "de", "de: HalloHallo"),
        ("\u{1}, ;;", "en", "en: HelloHello"),
    ])
    func pagesAreInTheLanguageOfTheVisitor(accept: String?, tag: String, text: String) async throws {
        let client = try TestClient(app())
        var headers = HTTPFields()
        if let accept { headers[.acceptLanguage] = accept }
        let response = try await client.get("/", headers: headers)
        #expect(response.text == text)
        #expect(response.header(.contentLanguage) == tag)
        #expect(response.header(.vary) == "Accept-Language")
        let part = try await client.get("/part", headers: headers)
        #expect(!part.text.isEmpty && text.hasPrefix(part.text))
    }

    @Test func pagesAndAppsCanChoose() async throws {
        let own = try TestClient(app { $0.templates.language { request in request.queryString } })
        let page = try await own.get("/de", headers: [.acceptLanguage: "pt"])
        // What a page passes is no choice of a language.
        #expect(page.text == "Swift: HalloHallo")
        #expect(page.header(.contentLanguage) == "de")
        #expect(page.header(.vary) == nil)
        #expect(try await own.get("/?de", headers: [.acceptLanguage: "pt"]).text == "de: HalloHallo")
        #expect(try await own.get("/", headers: [.acceptLanguage: "pt"]).text == "pt-BR: OláOlá")
        #expect(try await own.get("/?xx").text == "xx: HelloHello")
        #expect(try await own.get("/text", headers: [.acceptLanguage: "de"]).text == "Hallo files")
    }

    @Test func appsWithoutTranslationsSayNothing() async throws {
        var app = App()
        app.templates.embedded = ["a.html": "{{ language }}{% trans %}x{% endtrans %}"]
        app.get("/") { Page("a.html") }
        let response = try await TestClient(app).get("/", headers: [.acceptLanguage: "de"])
        #expect(response.header(.contentLanguage) == nil)
    }

    @Test func foldersAreReadAtTheStart() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "retort-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let error = #expect(throws: CatalogError.self) {
            try TestClient(app { $0.templates.translations(from: folder.path) })
        }
        #expect(error?.code == .unreadable)
        let file = folder.appending(path: "fr/LC_MESSAGES/site.po")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("msgid \"Hello\"\nmsgstr \"Bonjour\"".utf8).write(to: file)
        let client = try TestClient(app { $0.templates.translations(from: folder.path, domain: "site") })
        #expect(try await client.get("/", headers: [.acceptLanguage: "fr-CA"]).text == "fr: BonjourBonjour")
        try Data("msgid \"Hello\"\n\nmsgstr Bonjour".utf8).write(to: file)
        let mistake = #expect(throws: CatalogError.self) {
            try TestClient(app { $0.templates.translations(from: folder.path, domain: "site") })
        }
        #expect(mistake?.line == 3)
    }
}
