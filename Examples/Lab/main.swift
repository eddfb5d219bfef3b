// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// Computer vision in the browser: drop a photograph on http://127.0.0.1:8000 and see faces, edges and contours.
//
// The program is a tour of what RetortLab adds to Retort. Book.swift has the applications of the chapter "Mobile and Web
// Computer Vision with Python and OpenCV" of a well-known book, with the same URLs and answers, so that its client scripts
// run unchanged; the other files have the same and more in Retort's own manner, below /api.

import RetortConsole
import RetortLab
import RetortOpenAPI

await App.main { app in
    app.name = "Lab"
    app.summary = "Computer vision: pictures in, faces, edges and contours out."
    app.settings.server.limits.bodyBytes = 40 << 20

    // What `?url=` may lead to. Addresses inside of this network are refused, unless they are named here.
    app.configuration.addOption(
        "--allow-fetch", for: "fetch.allow", value: "HOST:PORT",
        help: "lets ?url= reach an address that is refused otherwise; may be repeated.")
    app.configuration.addOption(
        "--gallery", for: "gallery.folder", value: "FOLDER",
        help: "where pictures are kept that can be searched; in the cache by default.")
    var lab = Lab()
    lab.tellsTimes = true
    lab.fetcher.policy.allowed = Set(try app.configuration.list("fetch.allow", of: Authority.self))
    app.use(lab)

    // A detector is loaded once, before the first request, and may be used by all of them at once.
    let detectors = try Detectors()

    app.mount(Finding(detectors: detectors), at: "/api")
    app.mount(Filters(), at: "/api")
    app.mount(Measures(), at: "/api")
    app.mount(Live(detectors: detectors), at: "/api")
    // Neural networks, where `make run` has installed what they need.
    if let networks = await Networks.loaded() {
        app.mount(Seeing(networks: networks), at: "/api")
        // Pictures that are found by what they look like.
        let folder = try app.configuration.string("gallery.folder")
        if let index = await Gallery.opened(by: networks.embedder, in: folder) {
            var gallery = PictureGallery(index)
            gallery.allowsChanges = !index.options.isReadOnly
            app.mount(gallery, at: "/api/gallery")
        }
        app.mount(BookNetworks(networks: networks))
        app.templates.embed(.templates)
        app.mount(Comparison(networks: networks))
        app.mount(ModelMonitor(networks.repository), at: "/models")
        // The same models for programs that speak Triton's protocol.
        app.mount(InferenceProtocol(networks.repository), at: "/v2")
    }

    app.mount(Book(faces: detectors[.faces], catFaces: detectors[.catFaces]))

    app.onError(.notFound) { error, request in
        // The book's words for programs; below /api and for people the usual ones.
        guard !request.path.hasPrefix("/api"), !wantsPage(request) else { throw error }
        return BookError(.notFound, "not found", "route not found")
    }

    // The description of all of it, and the page that is made from it. The page is for people; programs get a directory.
    app.openAPI(title: "Lab", version: "1", description: "Computer vision with OpenCV \(OpenCV.version).")
    app.after { request, response in
        // What a cache keeps for programs is nothing for people.
        if request.path == "/" { response.headers[.vary] = "Accept" }
    }
    app.before { request in
        guard request.path == "/", [.get, .head].contains(request.method), !wantsPage(request) else { return nil }
        return Book.directory
    }
    app.mount(
        Console(title: "Retort Lab", document: "/openapi.json", start: "POST /api/find", examples: Photos.examples))
}

/// Whether somebody looks with a browser.
func wantsPage(_ request: Request) -> Bool {
    AcceptedMediaTypes(headerValue: request.header(.accept) ?? "").best(of: ["application/json", "text/html"])
        == "text/html"
}
