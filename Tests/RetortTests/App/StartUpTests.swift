// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

/// Mistakes in an app that are found before it answers anything, each with a sentence that says how to mend it.
@Suite struct StartUpTests {
    /// The sentence that an app ends with.
    private func sentence(_ fill: (inout App) -> Void) -> String? {
        var app = App.quiet
        fill(&app)
        do {
            _ = try TestClient(app)
            return nil
        } catch {
            return (error as? RoutingError)?.message ?? "\(error)"
        }
    }

    @Test func twoRoutesForOnePath() {
        let text = sentence { app in
            app.get("/posts/{id}") { (id: Int) in "\(id)" }
            app.get("/posts/{number}") { (number: Int) in "\(number)" }
        }
        #expect(
            text
                == "Two routes answer the same requests: GET /posts/{id} and GET /posts/{number}. Remove one, or give it "
                + "another path or method.")
    }

    @Test func aHandlerWithTooFewArguments() {
        let text = sentence { $0.get("/posts/{id}/{tag}") { (id: Int) in "\(id)" } }
        #expect(
            text
                == "GET /posts/{id}/{tag} has 2 variables ({id}, {tag}), and the handler takes 1 value (Int). Give each "
                + "variable one argument, in the same order.")
    }

    @Test func aHandlerWithTooManyArguments() {
        let text = sentence { $0.get("/posts/{id}") { (id: Int, tag: String) in "\(id) \(tag)" } }
        #expect(
            text
                == "GET /posts/{id} has 1 variable ({id}), and the handler takes 2 values (Int, String). Give each "
                + "variable one argument, in the same order.")
    }

    @Test func aHandlerWithArgumentsAndAPathWithout() {
        let text = sentence { $0.get("/posts") { (id: Int) in "\(id)" } }
        #expect(
            text
                == "GET /posts has no variables, and the handler takes 1 value (Int). Give each variable one argument, "
                + "in the same order.")
    }

    @Test func aSegmentForTheRestOfAPath() {
        let text = sentence { $0.get("/files/{path...}") { (path: Int) in "\(path)" } }
        #expect(
            text
                == "{path...} in GET /files/{path...} takes the rest of the path, and Int holds one segment. "
                + "Use RestOfPath or String, or write {path}.")
    }

    @Test(arguments: [
        ("posts", #""posts", byte 0: a path starts with a slash. Write "/posts"."#),
        ("", #""", byte 0: a path starts with a slash. Write "/"."#),
        ("/posts/{id", #""/posts/{id", byte 7: this { is never closed. Write {name}, or {{ for the brace itself."#),
        ("/posts/{}", #""/posts/{}", byte 7: the variable has no name. Write {name} or {name...}."#),
        ("/{a}/{a}", #""/{a}/{a}", byte 5: the name a stands twice. Give the second variable another name."#),
        ("/{r...}/x", #""/{r...}/x", byte 7: {r...} takes all that is left, so nothing can follow it."#),
    ])
    func malformedPaths(_ path: String, _ expected: String) {
        #expect(sentence { $0.get(path) { "x" } } == expected)
    }

    @Test func aHandlerWithoutArgumentsNeedNotLookAtThePath() {
        #expect(sentence { $0.get("/posts/{id}/{tag}") { "x" } } == nil)
        #expect(sentence { $0.get("/posts/{id}/{tag}") { (request: Request) in request.path } } == nil)
    }

    @Test func aRouteInABlueprintIsNamedWithItsPrefix() {
        struct Blog: Blueprint {
            func routes(_ r: inout Routes) {
                r.get("/{id}") { "x" }
                r.get("/{id}") { (id: String) in id }
            }
        }
        #expect(sentence { $0.mount(Blog(), at: "/blog") }?.contains("GET /blog/{id} and GET /blog/{id}") == true)
    }
}
