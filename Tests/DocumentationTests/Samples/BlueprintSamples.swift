// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort

// sample: blueprint
struct Blog: Blueprint {
    let title: String

    func routes(_ r: inout Routes) {
        r.use(.etags())
        r.get("/") { title }
        r.get("/{id}", .name("show")) { (id: Int) in "\(title), post \(id)" }
        r.get("/latest") { Redirect(name: ".show", ["id": 99]) }
        r.onError(.notFound) { _, _ in Reply("\(title) has no such post.", status: .notFound) }
    }
}
// end

func blueprintSamples() -> App {
    var app = App()
    // sample: blueprint-mount
    app.mount(Blog(title: "Travel"), at: "/travel", name: "travel")
    app.mount(Blog(title: "Cooking"), at: "/cooking", name: "cooking")
    app.get("/links") { (request: Request) in try request.url(for: "cooking.show", ["id": 3]) }
    // end
    return app
}

// sample: blueprint-nested
struct Site: Blueprint {
    func routes(_ r: inout Routes) {
        r.get("/") { "the site" }
        r.mount(Blog(title: "News"), at: "/news")
    }
}
// end
