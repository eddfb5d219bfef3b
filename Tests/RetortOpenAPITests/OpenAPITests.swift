// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortOpenAPI
import Testing

@Suite struct OpenAPITests {
    @Test func theSmallestAppHasADocument() throws {
        #expect(
            try SampleApps.hello().openAPIDocument(OpenAPI(title: "Hello", version: "1")).text() == """
                {"openapi":"3.1.1","info":{"title":"Hello","version":"1"},"servers":[{"url":"/"}],\
                "paths":{"/":{"get":{"operationId":"getRoot","responses":{"200":{"description":"OK",\
                "content":{"text/plain":{"schema":{"type":"string"}}}}}}}}}
                """)
    }

    @Test func whatTheAppIsStandsInTheDocument() throws {
        let pictures = try SampleApps.pictures().openAPIDocument()
        #expect(
            pictures["info"] == ["title": "lab", "version": "1.0", "description": "Pictures in, detections out."])
    }

    @Test func picturesAreDescribedByTheirTypes() throws {
        let document = try SampleApps.pictures().openAPIDocument()
        let path = try #require(document["paths"]?["/api/detect"])
        let get = try #require(path["get"])
        #expect(get["requestBody"] == nil)
        #expect(get["parameters"]?[0]?["required"] == true)
        #expect(get["x-retort-image"] == ["url": "url"])
        let post = try #require(path["post"])
        #expect(post["requestBody"]?["required"] == nil)
        #expect(
            post["requestBody"]?["content"] == [
                "multipart/form-data": [
                    "schema": [
                        "type": "object",
                        "properties": ["image": ["type": "string", "contentMediaType": "image/*"]],
                        "required": ["image"],
                    ],
                    "encoding": ["image": ["contentType": "image/*"]],
                ],
                "image/*": ["schema": ["type": "string", "contentMediaType": "image/*"]],
            ])
        #expect(post["parameters"]?[0]?["required"] == nil)
        #expect(
            post["parameters"]?[1]?["schema"]
                == ["type": "number", "format": "double", "minimum": 0, "maximum": 1, "default": 0.5])
        #expect(post["responses"]?["200"]?["content"]?.object?.keys == ["application/json", "image/jpeg", "image/png"])
        #expect(post["x-retort-formats"]?["parameter"] == "format")
        #expect(post["x-retort-body-limit"] == 20_000_000)
        #expect(
            post["x-retort-examples"]
                == [["name": "A group", "values": ["image": "/examples/faces.jpg", "limit": 5]]])
        #expect(document["components"]?["schemas"]?["Detections"]?["x-retort-kind"] == "detections")
    }

    @Test func theDocumentIsServedWithATag() async throws {
        let client = try TestClient(SampleApps.pictures())
        let first = try await client.get("/openapi.json")
        #expect(first.status == .ok)
        #expect(first.header(.contentType) == "application/json")
        #expect(first.header(.cacheControl) == "no-cache")
        #expect(try JSONValue(parsing: first.text) == SampleApps.pictures().openAPIDocument())
        let tag = try #require(first.header(.eTag))
        let second = try await client.get("/openapi.json", headers: [.ifNoneMatch: tag])
        #expect(second.status == .notModified)
        #expect(second.text.isEmpty)
        #expect(second.header(.eTag) == tag)
        let head = try await client.head("/openapi.json")
        #expect(head.header(.eTag) == tag)
        #expect(try await client.get("/openapi.json", headers: [.ifMatch: "\"other\""]).status == .preconditionFailed)
    }

    @Test func eachAppHasItsOwnDocument() async throws {
        let first = SampleApps.hello()
        var second = first
        second.get("/more") { "more" }
        let shorter = try await TestClient(first).get("/openapi.json")
        let longer = try await TestClient(second).get("/openapi.json")
        #expect(!shorter.text.contains("/more"))
        #expect(longer.text.contains("/more"))
        #expect(shorter.header(.eTag) != longer.header(.eTag))
    }

    @Test func itIsMountedAnywhere() async throws {
        var app = App()
        app.get("/") { "" }
        app.mount(OpenAPI(path: "/description.json"), at: "/api")
        #expect(try await TestClient(app).get("/api/description.json").status == .ok)
    }

    @Test func theCommandPrintsTheDocument() async throws {
        let record = Terminal.Record()
        let code = await SampleApps.everything().run(["openapi"], terminal: .recording(to: record))
        #expect(code == 0)
        let printed = try JSONValue(parsing: record.output)
        #expect(printed["info"]?["title"] == "Everything")
        #expect(printed["servers"] == [["url": "https://example.com/v2"]])
        #expect(printed["paths"] == OperationTests.document["paths"])
        #expect(record.output.contains("\n  \"info\": {\n"))
    }

    @Test func describingTwiceGivesTheSameBytes() throws {
        let first = try SampleApps.everything().openAPIDocument().text()
        for _ in 0..<3 { #expect(try SampleApps.everything().openAPIDocument().text() == first) }
    }

    @Test func routesAreDescribedForOtherUses() throws {
        let app = try SampleApps.everything().describe()
        let show = try #require(app.routes.first { $0.name == "blog.show" })
        #expect(show.pattern == "/blog/{id}")
        #expect(show.blueprint == "blog")
        #expect(show.operations.map(\.method) == [.get])
        #expect(show.operations[0].parameters.map(\.name) == ["id"])
        #expect(show.operations[0].responses.map(\.status.code) == [404, 200])
        #expect(app.schemas.components.contains { $0.name == "Post" })
        #expect(app.routes.first { $0.isWebSocket }?.pattern == "/live/{room}")
    }

    @Test func aBlueprintIsHiddenAsAWhole() throws {
        var app = App()
        app.mount(SampleApps.Blog(), at: "/blog", .hidden)
        app.mount(SampleApps.Blog(), at: "/shown", name: "shown", .tags("a", "b"))
        let paths = try app.openAPIDocument()["paths"]
        #expect(paths?.object?.keys == ["/shown/{id}", "/shown/"])
        #expect(paths?["/shown/{id}"]?["get"]?["tags"] == ["a", "b"])
    }
}
