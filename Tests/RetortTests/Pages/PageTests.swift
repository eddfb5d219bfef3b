// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortTemplates
import Testing

private struct PostView: Encodable, Sendable {
    var title: String
    var comments: [String]
}

@Suite struct PageTests {
    /// An app with templates in its program.
    private func app(_ templates: [String: String], _ change: (inout App) -> Void = { _ in }) -> App {
        var app = App()
        app.templates.folders = []
        app.templates.embedded = templates
        change(&app)
        return app
    }

    @Test func pagesShowEncodableValuesAndEscapeThem() async throws {
        let source = "<h1>{{ title }}</h1>{% for c in comments %}<p>{{ c }}</p>{% endfor %}"
        let client = try TestClient(
            app(["show.html": source]) {
                $0.get("/") { Page("show.html", PostView(title: "A & B", comments: ["<script>"])) }
            })
        let response = try await client.get("/")
        #expect(response.text == "<h1>A &amp; B</h1><p>&lt;script&gt;</p>")
        #expect(response.header(.contentType) == "text/html; charset=utf-8")
    }

    @Test(arguments: [
        ("a.txt", "text/plain; charset=utf-8", "<&>"), ("a.svg", "image/svg+xml", "&lt;&amp;&gt;"),
        ("a.json", "application/json", "<&>"), ("a.htm", "text/html; charset=utf-8", "&lt;&amp;&gt;"),
    ])
    func theNameDecidesAboutTypeAndEscaping(name: String, type: String, text: String) async throws {
        let client = try TestClient(app([name: "{{ x }}"]) { $0.get("/") { Page(name, ["x": "<&>"]) } })
        let response = try await client.get("/")
        #expect(response.header(.contentType) == type)
        #expect(response.text == text)
    }

    @Test func templatesKnowTheRequestAndWriteURLs() async throws {
        let source =
            "{{ request.method }} {{ request.path }} {{ request.args.q }} {{ request.headers['X-A'] }} "
            + "{{ url_for('post', id=3, page=2, _anchor='top') }} {{ config.debug }} {{ config['server.port'] }}"
        let client = try TestClient(
            app(["a.html": source]) {
                $0.get("/a b") { Page("a.html") }
                $0.get("/posts/{id}", .name("post")) { (id: Int) in "\(id)" }
            })
        let name = try #require(HTTPField.Name("X-A"))
        let response = try await client.get("/a%20b?q=x&q=y", headers: [name: "h"])
        #expect(response.text == "GET /a b x h /posts/3?page=2#top False 8000")
    }

    @Test func sessionsAndMessagesAreSeen() async throws {
        let source =
            "{{ session.user }}{% for c, m in get_flashed_messages(with_categories=true) %}[{{ c }}: {{ m }}]{% endfor %}"
        let client = try TestClient(
            app(["a.html": source]) {
                $0.use(.sessions(secret: String(repeating: "k", count: 32)))
                $0.get("/set") { (session: Session, flash: Flash) in
                    session["user"] = "ada"
                    flash("<saved>", category: "success")
                    return "ok"
                }
                $0.get("/") { Page("a.html") }
            })
        _ = try await client.get("/set")
        #expect(try await client.get("/").text == "ada[success: &lt;saved&gt;]")
        #expect(try await client.get("/").text == "ada")
    }

    @Test func tokensAreThereForForms() async throws {
        let client = try TestClient(
            app(["form.html": "<form method=post>{{ csrf_input() }}</form>", "plain.html": "plain"]) {
                $0.use(.sessions(secret: String(repeating: "k", count: 32)), .csrf())
                $0.get("/") { Page("form.html") }
                $0.get("/plain") { Page("plain.html") }
            })
        let text = try await client.get("/").text
        #expect(text.hasPrefix("<form method=post><input type=\"hidden\" name=\"csrf_token\" value=\""))
        #expect(try await client.get("/plain").header(.setCookie) == nil)
    }

    @Test func appsAddFiltersFunctionsAndValues() async throws {
        let client = try TestClient(
            app(["a.html": "{{ 'a'|shout }} {{ site }} {{ twice(4) }} {{ who }} {{ 3 is big }}"]) { app in
                app.templates.filter("shout") { (text: String) in text.uppercased() + "!" }
                app.templates.function("twice") { (number: Int) in number * 2 }
                app.templates.test("big") { (number: Int) in number > 2 }
                app.templates.global("site", "Retort")
                app.templates.context { request in ["who": .string(request.header(.userAgent) ?? "nobody")] }
                app.get("/") { Page("a.html") }
            })
        #expect(try await client.get("/", headers: [.userAgent: "test"]).text == "A! Retort 8 test True")
    }

    @Test func aBlockAloneIsAFragment() async throws {
        let templates = [
            "base.html": "<html>{% block list %}{% endblock %}</html>",
            "a.html": "{% extends 'base.html' %}{% block list %}<li>{{ x }}</li>{% endblock %}",
        ]
        let client = try TestClient(
            app(templates) { app in
                app.get("/") { Page("a.html", ["x": 1]) }
                app.get("/part") { Page("a.html", ["x": 2]).block("list") }
            })
        #expect(try await client.get("/").text == "<html><li>1</li></html>")
        #expect(try await client.get("/part").text == "<li>2</li>")
    }

    @Test func pagesCanBeSentWhileTheyAreMade() async throws {
        let slow = TemplateFunction.waiting("slow") { call in
            try await Task.sleep(for: .milliseconds(2))
            return call.arguments.positional.first ?? .none
        }
        let client = try TestClient(
            app(["a.html": "{% for i in range(3) %}{{ slow(i) }};{% endfor %}"]) { app in
                app.get("/") { Page.streamed("a.html", ["slow": .function(slow)]) }
            })
        #expect(try await client.get("/").text == "0;1;2;")
    }

    @Test func statusAndHeadersAreThoseOfAReply() async throws {
        let client = try TestClient(app(["a.html": "x"]) { $0.get("/") { Reply(Page("a.html"), status: .created) } })
        #expect(try await client.get("/").status == .created)
    }

    @Test func mistakesInTemplatesAreErrorsOfTheServer() async throws {
        let client = try TestClient(
            app(["a.html": "{{ x.y }}"]) { app in
                app.get("/") { Page("a.html") }
                app.get("/missing") { Page("b.html") }
            })
        #expect(try await client.get("/").status == .internalServerError)
        #expect(try await client.get("/missing").status == .internalServerError)
    }

    @Test func foldersOfBlueprintsComeBehindThoseOfTheApp() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pages-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [("app/a.html", "app"), ("blog/a.html", "blog"), ("blog/b.html", "only blog")] {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        var app = App()
        app.templates.folders = [folder.path + "/app"]
        app.group("/blog") { blog in
            blog.templates(from: folder.path + "/blog")
            blog.get("/a") { Page("a.html") }
            blog.get("/b") { Page("b.html") }
        }
        let client = try TestClient(app)
        #expect(try await client.get("/blog/a").text == "app")
        #expect(try await client.get("/blog/b").text == "only blog")
    }
}
