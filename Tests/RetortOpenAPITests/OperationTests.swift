// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortOpenAPI
import Testing

/// What each kind of argument and result becomes in the document.
@Suite struct OperationTests {
    static let document = (try? SampleApps.everything().openAPIDocument()) ?? .null

    private func operation(_ path: String, _ method: String = "get") throws -> JSONValue {
        try #require(Self.document["paths"]?[path]?[method], "\(method) \(path)")
    }

    private func parameters(_ path: String) throws -> [String] {
        (try operation(path)["parameters"]?.array ?? []).map { one in
            let needed = one["required"] == true ? "!" : ""
            let schema = one["schema"]
            let type = schema?["type"]?.string ?? schema?["$ref"]?.string?.split(separator: "/").last.map { String($0) }
            return "\(one["in"]?.string ?? "?"):\(one["name"]?.string ?? "?")\(needed) \(type ?? "any")"
        }
    }

    @Test(
        arguments: [
            (
                "/path/{number}/{text}/{colour}/{key}",
                ["path:number! integer", "path:text! string", "path:colour! Colour", "path:key! string"]
            ),
            ("/files/{path}", ["path:path! string"]),
            ("/untyped/{a}", ["path:a! string"]),
            (
                "/search",
                [
                    "query:q! string", "query:tags array", "query:place.city! string", "query:place.zip integer",
                    "query:near.city string", "query:near.zip integer",
                ]
            ),
            (
                "/maybe",
                [
                    "query:q string", "query:tags array", "query:place.city string", "query:place.zip integer",
                    "query:near.city string", "query:near.zip integer",
                ]
            ),
            ("/any", ["query:query object"]),
            (
                "/faces",
                ["query:minimumScore number", "query:limit integer", "query:format Format", "query:label string"]
            ),
            ("/header", ["header:X-API-Version! integer", "cookie:theme string"]),
            ("/users", []),
            ("/blog/{id}", ["path:id! integer"]),
            ("/live/{room}", ["path:room! string"]),
        ] as [(String, [String])])
    func parametersComeFromTheArguments(path: String, expected: [String]) throws {
        #expect(try parameters(path) == expected)
    }

    private func body(_ path: String, _ method: String) throws -> String {
        guard let body = try operation(path, method)["requestBody"] else { return "none" }
        let content = (body["content"]?.object?.members ?? []).map { media in
            let schema = media.value["schema"]
            let names = schema?["properties"]?.object?.keys.joined(separator: ",")
            let needed = schema?["required"]?.array?.compactMap(\.string).joined(separator: ",")
            let target = schema?["$ref"]?.string?.split(separator: "/").last.map { String($0) }
            return "\(media.key)[\(names ?? target ?? schema?["type"]?.string ?? "")|\(needed ?? "")]"
        }
        return content.joined(separator: " ") + (body["required"] == true ? " !" : "")
    }

    @Test(arguments: [
        ("/json", "put", "application/json[Draft|] !"),
        ("/json", "patch", "application/json[array|]"),
        (
            "/form", "post",
            "application/x-www-form-urlencoded[title,tags,isPublic|title] multipart/form-data[title,tags,isPublic|title] !"
        ),
        (
            "/form/input", "post",
            "application/x-www-form-urlencoded[minimumScore,limit,format,label|] "
                + "multipart/form-data[minimumScore,limit,format,label|] !"
        ),
        ("/form/fields", "post", "application/x-www-form-urlencoded[object|] multipart/form-data[object|] !"),
        ("/form/data", "post", "application/x-www-form-urlencoded[object|] multipart/form-data[object|] !"),
        ("/gallery", "post", "multipart/form-data[title,cover,others|title,cover] !"),
        ("/upload", "post", "multipart/form-data[file,title,tags,isPublic|file,title] !"),
        (
            "/upload/maybe", "post",
            "multipart/form-data[file,title,tags,isPublic|title] "
                + "application/x-www-form-urlencoded[title,tags,isPublic|title] !"
        ),
        ("/uploads", "post", "multipart/form-data[object|] !"),
        ("/multipart", "post", "multipart/form-data[object|] !"),
        ("/raw", "post", "*/*[|]"),
        ("/stream", "post", "*/*[|]"),
        ("/anything", "post", "none"),
    ])
    func bodiesComeFromTheArguments(path: String, method: String, expected: String) throws {
        #expect(try body(path, method) == expected)
    }

    private func responses(_ path: String, _ method: String) throws -> String {
        (try operation(path, method)["responses"]?.object?.members ?? []).map { response in
            let types = response.value["content"]?.object?.keys ?? []
            if types == ["application/problem+json"] { return response.key }
            return types.isEmpty ? "\(response.key)-" : "\(response.key):\(types.joined(separator: ","))"
        }.joined(separator: " ")
    }

    @Test(arguments: [
        ("/path/{number}/{text}/{colour}/{key}", "get", "200:text/plain 404"),
        ("/search", "get", "200:text/plain 422"),
        ("/json", "put", "204- 400 413 415 422"),
        ("/json", "patch", "204- 400 413 415 422"),
        ("/form", "post", "204- 400 413 415 422"),
        ("/form/fields", "post", "204- 400 413 415"),
        ("/upload", "post", "204- 400 413 415 422"),
        ("/raw", "post", "204- 413"),
        ("/basic", "get", "200:text/plain 401"),
        ("/guarded/", "get", "200:text/plain 401 429"),
        ("/html", "get", "200:text/html"),
        ("/bytes", "get", "200:*/*"),
        ("/post", "get", "200:application/json"),
        ("/redirect", "get", "303-"),
        ("/file", "get", "200:*/* 404"),
        ("/events", "get", "200:text/event-stream"),
        ("/lines", "get", "200:application/jsonl"),
        ("/response", "get", "200-"),
        ("/live/{room}", "get", "101- 400 404"),
        ("/blog/{id}", "get", "200:application/json 404"),
        ("/blog/", "post", "201:application/json 400 413 415 422"),
    ])
    func answersComeFromTheResult(path: String, method: String, expected: String) throws {
        #expect(try responses(path, method) == expected)
    }

    @Test func securityComesFromArgumentsAndMiddlewares() throws {
        #expect(try operation("/basic")["security"] == [["basic": []]])
        #expect(try operation("/bearer")["security"] == [["bearer": []], [:]])
        #expect(try operation("/guarded/")["security"] == [["bearer": []]])
        #expect(try operation("/html")["security"] == nil)
        let schemes = Self.document["components"]?["securitySchemes"]
        #expect(schemes?["basic"] == ["type": "http", "scheme": "basic"])
        #expect(schemes?["bearer"] == ["type": "http", "scheme": "bearer"])
    }

    @Test func traitsAndBlueprintsSayTheRest() throws {
        let show = try operation("/blog/{id}")
        #expect(show["operationId"] == "blog.show")
        #expect(show["tags"] == ["blog"])
        #expect(show["deprecated"] == true)
        #expect(try operation("/blog/", "post")["responses"]?["201"]?["description"] == "The new post")
        #expect(Self.document["paths"]?["/blog/secret"] == nil)
        #expect(Self.document["paths"]?["/openapi.json"] == nil)
        #expect(Self.document["paths"]?["/assets/{path}"] == nil)
        #expect(try operation("/raw", "post")["x-retort-body-limit"] == 1_000)
        #expect(try operation("/live/{room}")["x-retort-websocket"] == true)
        #expect(try operation("/files/{path}")["parameters"]?[0]?["x-retort-rest"] == true)
        #expect(try operation("/users")["servers"]?[0]?["url"] == "//{user}.example.com")
    }

    @Test func namesOfOperationsAreUniqueAndSayTheirPath() throws {
        var names: [String] = []
        for path in Self.document["paths"]?.object?.values ?? [] {
            names += path.object?.values.compactMap { $0["operationId"]?.string } ?? []
        }
        #expect(names.count > 40)
        #expect(Set(names).count == names.count)
        #expect(
            try operation("/path/{number}/{text}/{colour}/{key}")["operationId"] == "getPathByNumberByTextByColourByKey"
        )
        #expect(try operation("/form/input", "post")["operationId"] == "postFormInput")
    }

    @Test func pathsThatAreTheSameToOpenAPIAreOne() throws {
        let twins = try #require(Self.document["paths"]?["/twins/{id}"]?.object)
        #expect(twins.keys == ["get", "delete"])
        #expect(twins["get"]?["parameters"]?[0]?["schema"]?["type"] == "integer")
        #expect(twins["delete"]?["parameters"]?[0]?["name"] == "id")
        #expect(Self.document["paths"]?["/twins/{name}"] == nil)
        #expect(Self.document["paths"]?["/odd%20path/%7Bx%7D/%C3%A9"] != nil)
    }

    @Test func aRouteForAnyMethodIsListedUnderTheUsualOnes() throws {
        let methods = Self.document["paths"]?["/anything"]?.object?.keys
        #expect(methods == ["get", "post", "put", "patch", "delete"])
    }

    @Test func pathsStandInTheOrderOfTheRoutes() throws {
        let paths = try #require(Self.document["paths"]?.object?.keys)
        #expect(paths.prefix(3) == ["/path/{number}/{text}/{colour}/{key}", "/files/{path}", "/untyped/{a}"])
        #expect(paths.last == "/blog/")
    }
}
