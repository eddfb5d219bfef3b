// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortTemplates
import Testing

@Suite struct TemplatesCommandTests {
    private struct PostView: Encodable, Sendable {
        var title = "A title"
        var comments = ["First!"]
    }

    private func run(
        _ arguments: [String], _ templates: [String: String], _ change: (inout App) -> Void = { _ in }
    ) async -> Outcome {
        var app = App()
        app.templates.folders = []
        app.templates.embedded = templates
        change(&app)
        return await Outcome(["templates"] + arguments, app)
    }

    private static let templates = [
        "layout.html":
            "{{ heading }}{{ site }}{{ who }}{% block b %}{% endblock %}{{ note|default('') }}{{ language }}",
        "show.html":
            "{% extends 'layout.html' %}{% set heading = titel %}{% block b %}"
            + "{% for c in comments %}{% include 'part.html' %}{% endfor %}{% endblock %}",
        "part.html": "{{ c }}{{ author }}{{ request.path }}{{ url_for('x') }}",
        "other.html": "{{ anything }}",
    ]

    @Test func namesThatNoSamplePassesAreNamed() async {
        let result = await run(["check"], Self.templates) {
            $0.templates.sample(Page("show.html", PostView()))
            $0.templates.global("site", "S")
            $0.templates.context(names: ["who"]) { _ in ["who": "me"] }
        }
        #expect(
            result.output == """
                part.html: no page passes 'author'.
                show.html: no page passes 'titel'.
                1 template is reached by no sample page (app.templates.sample), so that what is passed was not compared \
                with what is wanted.

                """)
        #expect(result.code != 0)
    }

    @Test func whatOneOfThePagesPassesIsEnough() async {
        let result = await run(["check"], Self.templates) {
            $0.templates.sample(Page("show.html", PostView()))
            $0.templates.sample(Page("show.html", ["titel": 1, "author": "A"]))
            $0.templates.sample(Page("other.html", ["anything": 1]))
            $0.templates.global("site", "S")
            $0.templates.global("who", "W")
        }
        #expect(result.output == "4 templates are all right.\n")
        #expect(result.code == 0)
    }

    @Test func mistakesAreNamedWithoutSamples() async {
        let result = await run(["check"], ["a.html": "{{ x|uper }}", "b.html": "{% include 'c.html' %}{{ y }}"]) {
            $0.templates.sample(Page("d.html"))
        }
        #expect(result.output.contains("d.html: a sample page names this template, and there is none.\n"))
        #expect(result.output.contains("a.html: TemplateAssertionError: "))
        #expect(result.output.contains("b.html: uses the template c.html"))
        #expect(!result.output.contains("'y'"))
        let all = await run(["check", "--passes", "x"], ["b.html": "{{ x }}{{ y }}"])
        #expect(all.output == "b.html: no page passes 'y'.\n")
    }

    @Test func textsForTranslatorsArePrinted() async throws {
        let result = await run(
            ["messages"], ["a.html": "{{ _('Hello') }}", "b.html": "{% trans %}Hello{% endtrans %}{{ _('\"') }}"])
        #expect(
            result.output.hasSuffix(
                "\n\n#: a.html:1\n#: b.html:1\nmsgid \"Hello\"\nmsgstr \"\"\n"
                    + "\n#: b.html:1\nmsgid \"\\\"\"\nmsgstr \"\"\n"))
        #expect(try Catalog(po: Array(result.output.utf8)).headers.count == 2)
        #expect(result.code == 0)
    }
}
