// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortTemplates

func librarySample() throws -> String {
    // sample: templates-library
    let environment = TemplateEnvironment()
    let template = try environment.template(source: "Hello {{ name|title }}{% for n in numbers %} {{ n }}{% endfor %}")
    let text = try template.render(["name": "ada lovelace", "numbers": [1, 2]])
    // end
    return text
}

func templateSamples() -> App {
    var app = App()
    app.templates.folders = []
    app.templates.embedded = [
        "posts/show.html":
            "<h1>{{ title }}</h1>{% block content %}{% for c in comments %}<p>{{ c|shout }}</p>{% endfor %}{% endblock %}",
        "today.html": "{{ weather() }} {{ twice(2) }} {{ site }} {{ agent }}",
    ]
    // sample: templates-page
    struct PostView: Encodable, Sendable {
        var title: String
        var comments: [String]
    }

    app.get("/posts/{id}") { (id: Int) in
        Page("posts/show.html", PostView(title: "Post \(id)", comments: ["First!"]))
    }
    // end

    // sample: templates-sample
    app.templates.sample(Page("posts/show.html", PostView(title: "A title", comments: [])))
    // end

    // sample: templates-own
    app.templates.filter("shout") { (text: String) in text.uppercased() + "!" }
    app.templates.function("twice") { (number: Int) in number * 2 }
    app.templates.global("site", "The Retort Times")
    app.templates.context { request in
        ["agent": .string(request.header(.userAgent) ?? "somebody")]
    }
    // end

    // sample: templates-fragment
    app.get("/comments") { Page("posts/show.html", PostView(title: "", comments: ["New."])).block("content") }
    // end

    // sample: templates-streamed
    let weather = TemplateFunction.waiting("weather") { call in
        try await Task.sleep(for: .milliseconds(1))
        return "sunny"
    }
    app.get("/today") { Page.streamed("today.html", ["weather": .function(weather)]) }
    // end
    return app
}

func languageSamples() -> App {
    var app = App()
    // sample: templates-languages
    app.templates.translations(from: "locale", default: "en")
    app.templates.language { request in try await request.session["language"]?.string }
    // end
    return app
}

func translationSamples() throws -> App {
    var app = App()
    app.templates.folders = []
    app.templates.embedded = [
        "basket.html": "{% trans num=count %}one apple{% pluralize %}{{ num }} apples{% endtrans %}, {{ language }}"
    ]
    let german = try Catalog(
        po: Array("msgid \"one apple\"\nmsgid_plural \"%(num)s apples\"\nmsgstr[0] \"ein Apfel\"\n".utf8)
            + Array("msgstr[1] \"%(num)s Äpfel\"\n\nmsgid \"Saved.\"\nmsgstr \"Gespeichert.\"".utf8))
    app.templates.translations(["de": german])

    // sample: templates-translation
    app.get("/basket/{count}") { (count: Int) in Page("basket.html", ["count": .int(count)]) }
    app.get("/saved") { (request: Request) in try await request.translation(of: "Saved.") }
    // end
    return app
}
