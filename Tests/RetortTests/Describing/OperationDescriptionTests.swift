// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import Testing

@Suite struct OperationDescriptionTests {
    private func operation(_ app: App, _ path: PathPattern) throws -> OperationDescription {
        let route = try #require(try app.describe().routes.first { $0.pattern == path })
        return try #require(route.operations.first)
    }

    @Test func bodiesOfSeveralArgumentsAreOne() throws {
        let json = MediaDescription.json(.object(["a": .string], required: ["a"]))
        let form = MediaDescription.form(.object(["b": .string], required: ["b"]))
        var app = App()
        app.post("/", .describe { $0.addBody([json] + form) }, .describe { $0.addBody(form) }) { "" }
        app.post("/json", .describe { $0.addBody([json]) }, .describe { $0.addBody([MediaDescription("*/*")]) }) { "" }
        app.post(
            "/optional", .describe { $0.addBody(form) }, .describe { $0.addBody([json], isRequired: false) }
        ) { "" }
        app.get("/none", .describe { $0.addBody([json]) }) { "" }
        #expect(try operation(app, "/").body?.content == form)
        #expect(try operation(app, "/json").body?.content == [json])
        let optional = try #require(try operation(app, "/optional").body)
        #expect(optional.content == form)
        #expect(optional.isRequired)
        #expect(try operation(app, "/none").body == nil)
    }

    @Test func whatARouteSaysStandsInPlaceOfGuesses() throws {
        var app = App()
        app.get("/file", .response(.ok, "A picture", as: "image/png")) { File("a") }
        app.get("/reply", .response(.accepted, Int.self)) { Reply("", status: .accepted) }
        app.get("/failure", .response(.conflict, "Taken")) { Reply("") }
        let file = try operation(app, "/file")
        #expect(file.responses.first { $0.status == .ok }?.content.map(\.mediaType) == ["image/png"])
        #expect(file.responses.first { $0.status == .ok }?.description == "A picture")
        #expect(try operation(app, "/reply").responses.map(\.status) == [.accepted])
        #expect(try operation(app, "/failure").responses.map(\.status) == [.ok, .conflict])
    }

    @Test func middlewaresAddWhatTheyAnswer() throws {
        var app = App()
        app.use(.csrf(secret: String(repeating: "s", count: 32)))
        app.group("/a", .basicAuth(realm: "a") { _, _ in true }) { group in
            group.post("/", .middleware(.timeout(.seconds(1)))) { "" }
        }
        app.get("/b") { "" }
        let guarded = try operation(app, "/a/")
        #expect(guarded.security == [.basic])
        #expect(!guarded.isSecurityOptional)
        #expect(Set(guarded.responses.map(\.status.code)) == [200, 401, 403, 503])
        #expect(try operation(app, "/b").responses.map(\.status.code) == [200])
    }

    @Test func describingRunsNoHandlerAndNoArgument() throws {
        struct Unmade: RequestArgument {
            static func make(from request: Request, path: inout PathValues) async throws -> Unmade {
                Issue.record("An argument was made.")
                return Unmade()
            }
        }
        var app = App()
        app.get("/") { (_: Unmade) -> String in
            Issue.record("A handler ran.")
            return ""
        }
        #expect(try operation(app, "/").parameters.isEmpty)
    }

    @Test func traitsOfABlueprintComeBeforeThoseOfItsRoutes() throws {
        struct Part: Blueprint {
            func routes(_ r: inout Routes) {
                r.get("/a") { "" }
                r.get("/b", .tags("own"), .summary("Own")) { "" }
            }
        }
        var app = App()
        app.mount(Part(), at: "/part", .tags("shared"), .summary("Shared"), .deprecated)
        #expect(try operation(app, "/part/a").tags == ["shared"])
        #expect(try operation(app, "/part/b").tags == ["own"])
        #expect(try operation(app, "/part/b").summary == "Own")
        #expect(try operation(app, "/part/b").isDeprecated)
    }
}
