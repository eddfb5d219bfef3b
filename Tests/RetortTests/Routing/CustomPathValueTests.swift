// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

import Retort

/// A year of four digits, as a type with fixed digits and bounds.
private struct Year: PathValue, Equatable {
    var number: Int

    init?(_ number: Int) {
        guard (1000...9999).contains(number) else { return nil }
        self.number = number
    }

    init?(pathText: String) {
        guard pathText.utf8.count == 4, let number = Int(pathText: pathText) else { return nil }
        self.init(number)
    }

    var pathText: String { "\(number)" }
    static var pathWeight: Int { 35 }
}

/// A code of two small letters that looks at bytes only.
private struct Language: UnfailingPathValue, Equatable {
    static let german = Language(code: "de")
    var code: String

    private init(code: String) { self.code = code }

    init?(pathText: String) {
        guard Self.accepts(pathText.utf8.span) else { return nil }
        code = pathText
    }

    var pathText: String { code }

    static func accepts(_ segment: Span<UInt8>) -> Bool {
        segment.count == 2 && (0x61...0x7A).contains(segment[0]) && (0x61...0x7A).contains(segment[1])
    }
}

/// The rest of a path that must name a picture.
private struct PicturePath: PathValue {
    var rest: RestOfPath

    init?(pathText: String) {
        guard pathText.hasSuffix(".png"), let rest = RestOfPath(pathText: pathText) else { return nil }
        self.rest = rest
    }

    var pathText: String { rest.string }
    static var pathWeight: Int { 190 }
    static var pathExtent: PathExtent { .rest }
}

/// An enumeration whose raw value is not ASCII.
private enum Drink: String, PathValue { case coffee = "caf\u{E9}" }

/// Types of somebody else, through the public interface alone.
@Suite struct CustomPathValueTests {
    private func router() throws -> Router<String> {
        var builder = RouterBuilder<String>()
        builder.add("/{year}", types: [Year.self], name: "year", value: "year")
        builder.add("/{number}", types: [Int.self], name: "number", value: "number")
        builder.add("/{language}", types: [Language.self], name: "language", value: "language")
        builder.add("/{year}-{month}", types: [Year.self, Int.self], name: "month", value: "month")
        builder.add("/{drink}", types: [Drink.self], name: "drink", value: "drink")
        builder.add("/{path...}", types: [PicturePath.self], name: "picture", value: "picture")
        builder.add("/{path...}", methods: [.get, .put], value: "rest")
        return try builder.freeze()
    }

    @Test(arguments: [
        ("/2026", "year"), ("/0999", "number"), ("/20260", "number"), ("/de", "language"), ("/DE", "rest"),
        ("/2026-07", "month"), ("/20-07", "rest"), ("/a/b.png", "picture"), ("/a/b.gif", "rest"),
        ("/%64%65", "language"),
        ("/a%2Fb/c.png", "picture"), ("/a%20/c.png", "picture"), ("/caf%C3%A9", "drink"), ("/cafe%CC%81", "rest"),
    ])
    func theTypeDecidesWhatMatches(path: String, expected: String) throws {
        guard case .found(let value, _, _) = try router().match(.get, path) else {
            Issue.record("\(path) was not found.")
            return
        }
        #expect(value == expected)
    }

    @Test func valuesAreReadAsTheirTypes() throws {
        guard case .found(_, _, var values) = try router().match(.get, "/2026-07") else {
            Issue.record("The month was not found.")
            return
        }
        #expect(values.next(Year.self) == Year(2026))
        #expect(values.next(Int.self) == 7)
        guard case .found(_, _, var picture) = try router().match(.get, "/a/b%2Fc.png") else {
            Issue.record("The picture was not found.")
            return
        }
        #expect(picture.next(PicturePath.self)?.rest.string == "a/b/c.png")
    }

    @Test func urlsAreCheckedByTheType() throws {
        let urls = try router().urls
        #expect(try urls.url(for: "year", ["year": Year(2026)]) == "/2026")
        #expect(try urls.url(for: "picture", ["path": PicturePath(pathText: "a/b.png")]) == "/a/b.png")
        #expect(throws: BuildError.self) { try urls.url(for: "year", ["year": 26]) }
        #expect(throws: BuildError.self) { try urls.url(for: "picture", ["path": "a/b.gif"]) }
    }

    @Test func unfailingTypesAreWrittenWithoutTry() {
        let route: Route<Language, Int> = "/{language}/{id}"
        #expect(route.url(.german, 3) == "/de/3")
        #expect(route.types.count == 2)
    }

    @Test func numbersCannotTakeTheRest() {
        var builder = RouterBuilder<String>()
        builder.add("/{path...}", types: [Year.self], value: "")
        let error = #expect(throws: RoutingError.self) { try builder.freeze() }
        #expect(error?.message.contains("Use RestOfPath or String, or write {path}.") == true)
    }
}
