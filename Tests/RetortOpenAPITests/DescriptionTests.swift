// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortOpenAPI
import Testing

/// The comments in CommentedTypes.swift, which the plugin of this target has collected.
@Suite struct DescriptionTests {
    private func document() throws -> JSONValue {
        var app = App()
        app.get("/faces") { (_: Query<CommentedOptions>) in [CommentedFace]() }
        return try app.openAPIDocument()
    }

    @Test func fieldsHaveTheirComments() throws {
        let parameters = try #require(try document()["paths"]?["/faces"]?["get"]?["parameters"]?.array)
        #expect(
            parameters.map { $0["description"]?.string } == [
                "Smallest score of a face that is kept.\n\nLower finds more, and more that are none.",
                "What the answer is.", "Said in code.",
            ])
        #expect(parameters[0]["schema"]?["description"] == nil)
    }

    @Test func choicesHaveTheirComments() throws {
        let schema = try #require(try document()["components"]?["schemas"]?["CommentedFormat"])
        #expect(schema["description"] == "What an answer is.")
        #expect(
            schema["x-retort-enum-descriptions"]
                == ["json": "Boxes and scores.", "jpeg": "The picture with boxes drawn."])
    }

    @Test func resultsHaveTheirComments() throws {
        let schema = try #require(try document()["components"]?["schemas"]?["CommentedFace"])
        #expect(schema["description"] == "A face that was found.")
        #expect(schema["properties"]?["score"]?["description"] == "Between 0 and 1.")
    }
}
