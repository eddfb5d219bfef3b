// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortWire
import Testing

@Suite struct SchemaTests {
    private enum Colour: String, Codable, CaseIterable { case red, green }
    private enum Level: Int, Codable, CaseIterable { case low = 1, high = 2 }

    private struct Post: Codable {
        var id: Int
        var title: String
        var rating: Double?
        var tags: [String]
        var labels: [String: Int]
        var colour: Colour
        var level: Level?
        var parent: [Post]
        var written: Date
        var key: UUID
        var link: URL
        var picture: Data
        var other: JSONValue
    }

    private struct Page<Element: Codable>: Codable {
        var items: [Element]
        var next: Int?
    }

    private func text(_ type: Any.Type) throws -> String {
        var table = SchemaTable()
        return try table.definition(of: type).json.text()
    }

    @Test(
        arguments: [
            (Int.self as Any.Type, #"{"type":"integer","format":"int64"}"#),
            (Int32.self, #"{"type":"integer","format":"int32"}"#),
            (UInt8.self, #"{"type":"integer","minimum":0,"maximum":255}"#),
            (Int16.self, #"{"type":"integer","minimum":-32768,"maximum":32767}"#),
            (UInt64.self, #"{"type":"integer","minimum":0}"#),
            (Double.self, #"{"type":"number","format":"double"}"#),
            (Float.self, #"{"type":"number","format":"float"}"#),
            (Decimal.self, #"{"type":"number"}"#),
            (Bool.self, #"{"type":"boolean"}"#),
            (String.self, #"{"type":"string"}"#),
            (Date.self, #"{"type":"string","format":"date-time"}"#),
            (UUID.self, #"{"type":"string","format":"uuid"}"#),
            (URL.self, #"{"type":"string","format":"uri"}"#),
            (Data.self, #"{"type":"string","contentEncoding":"base64"}"#),
            (JSONValue.self, "{}"),
            (UploadedFile.self, #"{"type":"string","contentMediaType":"application/octet-stream"}"#),
            ([Int].self, #"{"type":"array","items":{"type":"integer","format":"int64"}}"#),
            (Set<String>.self, #"{"type":"array","items":{"type":"string"},"uniqueItems":true}"#),
            ([String: Bool].self, #"{"type":"object","additionalProperties":{"type":"boolean"}}"#),
            (Int?.self, #"{"type":["integer","null"],"format":"int64"}"#),
            (Colour.self, #"{"type":"string","enum":["red","green"]}"#),
            (Level.self, #"{"type":"integer","enum":[1,2]}"#),
        ] as [(Any.Type, String)])
    func simpleTypesHaveTheirSchemas(type: Any.Type, expected: String) throws {
        #expect(try text(type) == expected)
    }

    @Test func structsAreRecordedMemberByMember() throws {
        var table = SchemaTable()
        #expect(table.schema(of: Post.self) == .reference("Post"))
        let schema = try #require(table.components.first { $0.name == "Post" }).schema
        #expect(
            try schema.json.text() == """
                {"type":"object","properties":{"id":{"type":"integer","format":"int64"},"title":{"type":"string"},\
                "rating":{"type":"number","format":"double"},"tags":{"type":"array","items":{"type":"string"}},\
                "labels":{"type":"object","additionalProperties":{"type":"integer","format":"int64"}},\
                "colour":{"$ref":"#/components/schemas/Colour"},"level":{"$ref":"#/components/schemas/Level"},\
                "parent":{"type":"array","items":{"$ref":"#/components/schemas/Post"}},\
                "written":{"type":"string","format":"date-time"},"key":{"type":"string","format":"uuid"},\
                "link":{"type":"string","format":"uri"},"picture":{"type":"string","contentEncoding":"base64"},\
                "other":{}},"required":["id","title","tags","labels","colour","parent","written","key","link",\
                "picture","other"]}
                """)
        #expect(table.components.map(\.name) == ["Colour", "Level", "Post"])
    }

    @Test func genericTypesHaveNamesThatDocumentsTake() throws {
        var table = SchemaTable()
        #expect(table.schema(of: Page<Colour>.self) == .reference("PageOfColour"))
        #expect(table.schema(of: Page<[String: Int]>.self).component == "PageOfDictionaryOfStringAndInt")
    }

    private enum Blog {
        struct Draft: Codable { var title: String }
    }
    private enum Shop {
        struct Draft: Codable { var price: Int }
    }

    @Test func twoTypesOfOneNameAreKeptApart() {
        var table = SchemaTable()
        #expect(table.schema(of: Blog.Draft.self).component == "Draft")
        let other = table.schema(of: Shop.Draft.self).component
        #expect(other?.hasSuffix("Shop.Draft") == true)
        #expect(table.schema(of: Shop.Draft.self).component == other)
        #expect(table.components.count == 2)
    }

    /// Takes texts with an at sign alone.
    private struct Email: Codable {
        let text: String
        init(from decoder: any Decoder) throws {
            text = try decoder.singleValueContainer().decode(String.self)
            guard text.contains("@") else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no address"))
            }
        }
    }

    private struct Hex: Codable {
        let text: String
        init(from decoder: any Decoder) throws {
            text = try decoder.singleValueContainer().decode(String.self)
            guard text.hasPrefix("#") else { throw CocoaError(.coderInvalidValue) }
        }
    }

    private struct Never: Codable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            _ = try container.decode(Int.self, forKey: .first)
            throw CocoaError(.coderInvalidValue)
        }
        func encode(to encoder: any Encoder) throws {}
        enum CodingKeys: CodingKey { case first, second }
    }

    private struct Contact: Codable {
        var email: Email
        var colour: Hex
        var age: Int
    }

    private struct Holder: Codable {
        var name: String
        var never: Never
        var age: Int
    }

    @Test func typesThatCheckTheirValuesFindOneTheyTake() throws {
        #expect(
            try text(Contact.self) == """
                {"type":"object","properties":{"email":{"type":"string"},"colour":{"type":"string"},\
                "age":{"type":"integer","format":"int64"}},"required":["email","colour","age"]}
                """)
    }

    @Test func typesThatRefuseEverythingAreSaidToBeIncomplete() throws {
        var table = SchemaTable()
        let schema = table.definition(of: Never.self)
        #expect(schema["x-retort-incomplete"] == true)
        #expect(schema["properties"]?["first"] != nil)
        let outer = table.definition(of: Holder.self)
        #expect(outer["x-retort-incomplete"] == true)
        #expect(outer["properties"]?.object?.keys == ["name", "never"])
    }

    private struct Pair: Decodable {
        var x: Double
        var y: Double
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            x = try container.decode(Double.self)
            y = try container.decode(Double.self)
        }
    }

    private struct Nested: Decodable {
        var city: String
        init(from decoder: any Decoder) throws {
            let outer = try decoder.container(keyedBy: FieldName.self)
            let inner = try outer.nestedContainer(keyedBy: FieldName.self, forKey: FieldName("address"))
            city = try inner.decode(String.self, forKey: FieldName("city"))
        }
    }

    private struct FieldName: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    @Test func containersOfOtherShapesAreRecorded() throws {
        #expect(
            try text(Pair.self) == """
                {"type":"array","prefixItems":[{"type":"number","format":"double"},{"type":"number","format":"double"}],\
                "minItems":2,"maxItems":2}
                """)
        #expect(
            try text(Nested.self) == """
                {"type":"object","properties":{"address":{"type":"object","properties":{"city":{"type":"string"}},\
                "required":["city"]}},"required":["address"]}
                """)
    }

    private struct WrittenOnly: Encodable { var a = 1 }
    private struct Money: Encodable, SchemaDescribing {
        static func schema(in table: inout SchemaTable) -> Schema { .string(format: "decimal") }
        static var schemaName: String? { nil }
    }

    @Test func whatIsWrittenOnlyFitsEverythingUnlessItSpeaks() throws {
        #expect(try text(WrittenOnly.self) == "{}")
        #expect(try text(Money.self) == #"{"type":"string","format":"decimal"}"#)
    }

    private final class Tree: Decodable {
        var left: Tree?
        var name: String
    }

    @Test func typesThatHoldThemselvesEnd() throws {
        #expect(
            try text(Tree.self) == """
                {"type":"object","properties":{"left":{"$ref":"#/components/schemas/Tree"},"name":{"type":"string"}},\
                "required":["name"]}
                """)
    }

    @Test func inputsSayTheirLimits() throws {
        #expect(
            try text(FaceOptions.self) == """
                {"type":"object","properties":{"minimumScore":{"type":"number","format":"double","minimum":0,\
                "maximum":1,"default":0.5},"limit":{"type":"integer","format":"int64","minimum":1,"maximum":100,\
                "multipleOf":1,"default":20},"format":{"$ref":"#/components/schemas/PictureFormat","default":"json"},\
                "label":{"type":"string"},"angle":{"type":"number","format":"float","minimum":0,\
                "exclusiveMaximum":360,"default":0,"x-retort-unit":"°"},"width":{"type":"integer","format":"int64",\
                "minimum":16,"multipleOf":16},"tags":{"type":"array","items":{"type":"string"},"maxItems":3,\
                "default":["any"]}}}
                """)
        #expect(
            try text(ArticleDraft.self) == """
                {"type":"object","properties":{"title":{"type":"string","minLength":1,"maxLength":10,"title":"Title"},\
                "slug":{"type":"string","maxLength":20,"pattern":"^[a-z][a-z0-9-]*$","default":"draft"},\
                "stars":{"type":"integer","format":"int64","minimum":1,"maximum":5},"is_public":{"type":"boolean",\
                "default":false},"size":{"$ref":"#/components/schemas/BoxSize","default":{"width":10,"height":20}}},\
                "required":["title","stars"]}
                """)
    }

    private struct Wrapper: Decodable {
        var options: FaceOptions
        var draft: ArticleDraft
        var name: String
    }

    @Test func inputsInsideOtherTypesAreRecorded() throws {
        var table = SchemaTable()
        let schema = table.definition(of: Wrapper.self)
        #expect(schema["properties"]?.object?.keys == ["options", "draft", "name"])
        #expect(schema["x-retort-incomplete"] == nil)
    }
}
