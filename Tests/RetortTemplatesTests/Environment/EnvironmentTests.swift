// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortTemplates
import Testing

private struct Person: Encodable {
    enum Rank: String, Encodable { case admin }
    var name: String
    var age: Int?
    var tags: [String]
    var rank = Rank.admin
    var born = Date(timeIntervalSince1970: 0)
    var note: SafeHTML
    var nested = ["k": [1, 2]]
    var ratio: Float = 0.1
}

@Suite struct EnvironmentTests {
    @Test func encodableValuesAreContexts() throws {
        let person = Person(name: "Ada", age: nil, tags: ["a", "b"], note: "<b>")
        let source =
            "{{ name }} {{ age }} {{ tags|join('+') }} {{ rank }} {{ born|date('Y') }} {{ note }} {{ nested.k[1] }} {{ ratio }}"
        #expect(
            try TemplateEnvironment().template(source: source).render(person) == "Ada None a+b admin 1970 <b> 2 0.1")
        struct People: Encodable { var people: [Person] }
        let people = People(
            people: (1...3).map { Person(name: "n" + String($0), age: $0, tags: [], note: SafeHTML("")) })
        #expect(
            try TemplateEnvironment().template(source: "{% for p in people %}{{ p.name }}{{ p.age }}{% endfor %}")
                .render(people) == "n11n22n33")
    }

    @Test func keysMayDifferFromRecordToRecord() throws {
        struct Odd: Encodable {
            var first: Bool
            enum Keys: String, CodingKey { case a, b, c }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                if first { try container.encode(1, forKey: .a) }
                try container.encode(2, forKey: first ? .b : .c)
            }
        }
        let value = try TemplateEncoder().encode([Odd(first: true), Odd(first: false), Odd(first: true)])
        #expect(value.representation == "[{'a': 1, 'b': 2}, {'c': 2}, {'a': 1, 'b': 2}]")
    }

    @Test func functionsHaveTypedArguments() throws {
        let change: (inout TemplateEnvironment.Configuration) -> Void = {
            $0.filter("shout") { (text: String, times: Int?) in text + String(repeating: "!", count: times ?? 1) }
            $0.test("longer") { (text: String, than: Int) in text.count > than }
            $0.function("sum") { (numbers: [Int]) in numbers.reduce(0, +) }
        }
        #expect(
            try render("{{ 'a'|shout }}{{ 'b'|shout(2) }}{{ 'abc' is longer(2) }}{{ sum([1,2]) }}", [:], change)
                == "a!b!!True3")
        #expect(
            failure("{{ 'a'|shout('x') }}", [:], change)?.message
                == "Argument 2 of shout() is a str, where a whole number is needed.")
        #expect(failure("{{ sum() }}", [:], change)?.message == "sum() needs argument 1.")
        #expect(failure("{{ sum([1], 2) }}", [:], change)?.message == "sum() takes 1 arguments, and more were given.")
    }

    @Test func functionsAndSequencesMayWait() async throws {
        var configuration = TemplateEnvironment.Configuration()
        configuration.function(
            "fetch",
            waiting: { (id: Int) async throws in
                try await Task.sleep(for: .milliseconds(1))
                return "item \(id)"
            })
        let environment = TemplateEnvironment(configuration)
        let template = try environment.template(source: "{% for i in range(3) %}{{ fetch(i) }},{% endfor %}")
        #expect(try await template.renderAsync(value: .none) == "item 0,item 1,item 2,")
        #expect(throws: TemplateError.self) { try template.render() }
    }

    @Test func outputComesInPieces() throws {
        let template = try environment().template(source: "{% for i in range(20000) %}{{ i }},{% endfor %}")
        var pieces: [Int] = []
        var text = ""
        try template.stream(value: .none) { bytes in
            pieces.append(bytes.count)
            text += String(decoding: copy bytes, as: UTF8.self)
        }
        #expect(pieces.count > 5)
        #expect(text == (0..<20_000).map { "\($0)," }.joined())
    }

    @Test func foldersDoNotLeadOut() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "templates-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder.appending(path: "sub"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try "one".write(to: folder.appending(path: "sub/a.html"), atomically: true, encoding: .utf8)
        let environment = environment { configuration in
            configuration.loader = FolderLoader(folder.path)
            configuration.reloads = true
        }
        #expect(try environment.templateNames() == ["sub/a.html"])
        #expect(try environment.template("sub/a.html").render() == "one")
        try "changed".write(to: folder.appending(path: "sub/a.html"), atomically: true, encoding: .utf8)
        #expect(try environment.template("sub/a.html").render() == "changed")
        for name in [
            "../sub/a.html", "sub/../sub/a.html", "/etc/passwd", "sub", "", "sub\\a.html", "sub/a.html\0",
            "./sub/a.html",
        ] {
            #expect(throws: TemplateError.self) { try environment.template(name) }
        }
        let error = #expect(throws: TemplateError.self) { try environment.template("sub/b.html") }
        #expect(error?.message == "sub/b.html Did you mean 'sub/a.html'?")
    }

    @Test func loadersCanBeJoined() throws {
        let loader = ChoiceLoader([
            PrefixLoader(["admin": DictionaryLoader(["x": "admin"])]), DictionaryLoader(["x": "app"]),
            FunctionLoader { $0 == "f" ? "function" : nil },
        ])
        let environment = environment { $0.loader = loader }
        #expect(
            try environment.template("admin/x").render() + environment.template("x").render()
                + environment.template("f").render() == "adminappfunction")
    }

    static let undefineds: [(UndefinedBehavior, String)] = [
        (.lenient, "[]"), (.chainable, "[]"), (.debug, "[{{ x }}]"),
    ]

    @Test(arguments: undefineds)
    func undefinedValuesPrint(behavior: UndefinedBehavior, text: String) throws {
        #expect(try render("[{{ x }}]") { $0.undefined = behavior } == text)
    }

    @Test func strictEnvironmentsRefuseUndefinedValues() throws {
        #expect(failure("{{ x }}") { $0.undefined = .strict }?.message == "'x' is undefined")
        #expect(try render("{{ x|default('d') }}{{ x is defined }}") { $0.undefined = .strict } == "dFalse")
        #expect(try render("{{ x.y.z }}") { $0.undefined = .chainable } == "")
    }

    @Test func templatesSayWhatTheyWant() throws {
        let template = try environment().template(
            source: "{% set a = b %}{{ a }}{{ c.d }}{% include 'x' %}{% for e in f %}{{ e }}{{ g }}{% endfor %}")
        #expect(template.variables == ["b", "c", "f", "g"])
        #expect(template.references == ["x"])
    }

    @Test func valuesCanBeTheResult() throws {
        let environment = environment { $0.isNative = true }
        #expect(try environment.template(source: "{{ [1, 2] }}").nativeValue(value: .none).representation == "[1, 2]")
        #expect(try environment.template(source: "{{ 1 }}{{ 2 }}").nativeValue(value: .none).integer == 12)
        #expect(try environment.expression("x * 2")(["x": 21]).integer == 42)
    }

    @Test func oneTemplateIsRenderedByManyAtOnce() async throws {
        let template = try environment().template(source: "{% for i in items %}{{ i.n }}{% endfor %}")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let items = TemplateValue.list((0..<50).map { _ in ["n": .int(number)] })
                    return try template.render(["items": items]) == String(repeating: "\(number)", count: 50)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
