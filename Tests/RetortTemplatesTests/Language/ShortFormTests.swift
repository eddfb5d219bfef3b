// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import Testing

/// What is done in a shorter way where that gives the same: bytes instead of characters, fields instead of arrays.
@Suite struct ShortFormTests {
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "'": "&#39;"
            case "\"": "&#34;"
            default: String(scalar)
            }
        }.joined()
    }

    @Test(arguments: ["&", "<", ">", "'", "\"", "%", "=", "é", "#", "!", "\u{A6}", "\u{BC}"])
    func everyPlaceOfATextIsEscaped(_ special: String) throws {
        let template = try TemplateEnvironment().template(source: "[{{ text }}{{ text|upper|lower }}]")
        for length in [0, 1, 7, 8, 9, 15, 16, 17, 31, 40] {
            for place in 0...length {
                let filler = String(repeating: "a", count: place)
                let text = filler + special + String(repeating: "?", count: length - place)
                let expected = "[" + Self.escaped(text) + Self.escaped(text.uppercased().lowercased()) + "]"
                #expect(try template.render(["text": .string(text)]) == expected)
            }
        }
    }

    @Test func longTextsAreEscapedInPieces() throws {
        let text = String(repeating: "a<&b", count: 5_000)
        let expected = String(repeating: "a&lt;&amp;b", count: 5_000)
        #expect(try TemplateEnvironment().template(source: "{{ text }}").render(["text": .string(text)]) == expected)
    }

    @Test(arguments: [
        0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 9999, 10_000, 10_001, 99_999, 123_456_789, .max, -1, -10, -9999, .min,
    ])
    func wholeNumbersAreSwifts(_ number: Int) throws {
        #expect(try render("a{{ number }}b", ["number": .int(number)]) == "a\(number)b")
    }

    @Test(arguments: [
        (0.0, "0.0"), (-0.0, "-0.0"), (0.5, "0.5"), (-1.25, "-1.25"), (100.0, "100.0"), (0.01, "0.01"), (0.05, "0.05"),
        (0.07, "0.07"), (0.29, "0.29"), (1.005, "1.005"), (0.009, "0.009"), (0.1 + 0.2, "0.30000000000000004"),
        (123_456_789.12, "123456789.12"), (9_999_999_999_999.99, "9999999999999.99"), (1e15, "1000000000000000.0"),
        (1e16, "1e+16"), (1e-5, "1e-05"), (1 / 3.0, "0.3333333333333333"), (.infinity, "inf"), (.nan, "nan"),
    ])
    func fractionsArePythons(_ number: Double, _ text: String) throws {
        #expect(try render("{{ number }}", ["number": .float(number)]) == text)
        #expect(try render("{{ number ~ '' }}", ["number": .float(number)]) == text)
    }

    @Test(arguments: [
        ("{{ 'aZ[`{@'|upper }}", "AZ[`{@"), ("{{ 'aZ[`{@'|lower }}", "az[`{@"), ("{{ 'straße'|upper }}", "STRASSE"),
        ("{{ 'ÀB'|lower }}", "àb"), ("{{ 'hello wORLD-foo (bar) 3d'|title }}", "Hello World-Foo (Bar) 3d"),
        ("{{ 'élan vital'|title }}", "Élan Vital"), ("{{ 'banana'|replace('a', 'o') }}", "bonono"),
        ("{{ 'banana'|replace('a', 'o', 2) }}", "bonona"), ("{{ 'banana'|replace('x', 'yy') }}", "banana"),
        ("{{ 'banana'|replace('an', '') }}", "ba"), ("{{ ' \t a b\n '|trim }}", "a b"), ("{{ '   '|trim }}", ""),
        ("{{ '\u{2003}é '|trim }}", "é"), ("{{ 'xax'|trim('x') }}", "a"),
        ("{{ ['a', 'b', 'c']|join(', ') }}", "a, b, c"),
        ("{{ ['a', 'b']|join }}", "ab"), ("{{ []|join(', ') }}", ""), ("{{ [1, 'é']|join('–') }}", "1–é"),
        ("{{ 2.5|round }} {{ 2.345|round(2) }} {{ 2.1|round(0, 'ceil') }}", "2.0 2.35 3.0"),
        ("{{ 2.9|round(method='floor') }}", "2.0"), ("{{ x|default('d') }}{{ ''|default('d', true) }}", "dd"),
        ("{{ ''|default('d', boolean=true) }}{{ 1|default(y) }}", "d1"),
        ("{{ 1 < 2 }}{{ 2 <= 1 }}{{ 1 in [1] }}{{ 1 < 2 < 3 }}{{ 1 == 1.0 }}{{ 1.5 * 2 }}", "TrueFalseTrueTrueTrue3.0"),
    ])
    func filtersGiveWhatTheyGave(_ source: String, _ expected: String) throws {
        #expect(try render(source) == expected)
    }

    @Test func wrongArgumentsOfFiltersAreErrors() {
        #expect(failure("{{ 'a'|trim(1, 2) }}")?.message == "trim() takes 1 arguments, but 2 were given.")
        #expect(failure("{{ 1|round(1, 'up') }}")?.message == "method must be common, ceil or floor")
        #expect(failure("{{ 'a'|replace('b') }}")?.message == "replace() needs an old and a new text.")
    }

    @Test func aMacroPrintsWhatItsValueIs() throws {
        let safe = "{% macro m(x, y='<') %}<i>{{ x }}{{ y }}</i>{% endmacro %}"
        let on: (inout TemplateEnvironment.Configuration) -> Void = { $0.autoescape = .on }
        #expect(try render(safe + "{{ m('&') }}|{{ m('&')|upper }}", [:], on) == "<i>&amp;&lt;</i>|<I>&AMP;&LT;</I>")
        #expect(try render(safe + "{{ m('&') }}|{{ m(y=1, x=2) }}") == "<i>&<</i>|<i>21</i>")
        let plain = "{% autoescape false %}{% macro m(x) %}<{{ x }}>{% endmacro %}{% endautoescape %}"
        #expect(try render(plain + "{{ m('&') }}", [:], on) == "&lt;&amp;&gt;")
        #expect(failure(safe + "{{ m(1, 2, 3) }}")?.message == "macro 'm' takes not more than 2 argument(s)")
        #expect(try render(safe + "{{ m(m(m(1, 2), 3), 4) }}") == "<i><i><i>12</i>3</i>4</i>")
    }

    @Test func whatAMacroPrintedIsTakenBackWhenItIsStopped() throws {
        let change: (inout TemplateEnvironment.Configuration) -> Void = { configuration in
            configuration.filter("stop") { (_: Int) -> Int in throw TemplateError(.stopIteration, "") }
        }
        let macro = "{% macro m() %}before{{ 1|stop }}{% endmacro %}"
        #expect(try render(macro + "[{{ m() }}]{{ m() is defined }}", [:], change) == "[]False")
        let template = try environment([:], change).template(
            source: "{{ 'x' * 20000 }}" + macro + "[{{ m() }}]{% for i in range(3) %}{{ i }}{% endfor %}")
        let pieces = Pieces()
        try template.stream(value: .none) { pieces.text += String(decoding: copy $0, as: UTF8.self) }
        #expect(pieces.text == String(repeating: "x", count: 20_000) + "[]012")
    }

    private final class Pieces { var text = "" }

    @Test func variablesOutliveTheCallThatMadeThem() throws {
        let source = """
            {% set kept = namespace(first=none) %}{% macro outer(x) %}{% macro inner() %}{{ x }}{% endmacro %}\
            {% if x == 1 %}{% set kept.first = inner %}{% endif %}{{ x }}{% endmacro %}\
            {{ outer(1) }}{{ outer(2) }}{{ outer(3) }}{{ kept.first() }}{{ kept.first() }}
            """
        #expect(try render(source) == "12311")
        let recursive = "{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{{ n }}{% endmacro %}"
        #expect(try render(recursive + "{{ m(3) }}{{ m(1) }}") == "321001231001")
    }

    @Test func includesSeeVariablesAsTheyAreThen() throws {
        let templates = [
            "value": "({{ a }}{{ b }}{{ loop.index if loop }})",
            "outer": "{% for b in [1, 2] %}{% if loop %}{% include 'value' %}{% endif %}{% endfor %}",
            "chain": "{% include 'chained' %}", "chained": "{% extends 'base' %}{% block body %}{{ a }}{% endblock %}",
            "base": "<{% block body %}{% endblock %}>",
        ]
        func shown(_ source: String) throws -> String {
            try environment(templates).template(source: source).render(["c": 9])
        }
        #expect(try shown("{% set a = 1 %}{% include 'value' %}{% set a = 2 %}{% include 'value' %}") == "(1)(2)")
        #expect(try shown("{% set a = 1 %}{% include 'outer' %}") == "(111)(122)")
        #expect(try shown("{% for a in 'xy' %}{% include 'outer' %}{% endfor %}") == "(x11)(x22)(y11)(y22)")
        #expect(try shown("{% set a = 3 %}{% include 'outer' without context %}") == "(11)(22)")
        #expect(try shown("[{% set a = 4 %}{% include 'chain' %}{% include 'chain' %}]") == "[<4><4>]")
        #expect(try shown("{% include 'none' ignore missing %}{% include ['none', 'base'] %}") == "<>")
    }

    @Test(arguments: 0...30)
    func listsOfInstructionsRunInOrder(_ count: Int) throws {
        let values = (0..<count).map { "{{ \($0) }}" }
        let expected = (0..<count).map { "\($0)" }
        #expect(try render(values.joined()) == expected.joined())
        #expect(try render(values.joined(separator: "-")) == expected.joined(separator: "-"))
        #expect(try render(values.map { "<" + $0 + ">" }.joined()) == expected.map { "<" + $0 + ">" }.joined())
        let loop = "{% for i in 'ab' %}" + values.joined(separator: " ") + "{% break %}no{% endfor %}"
        #expect(try render(loop) == expected.joined(separator: " "))
    }

    @Test func conditionsAreTriedInOrder() throws {
        let branches = (0..<9).map { "{% elif n == \($0) %}\($0)" }.joined()
        let source = "{% for n in range(11) %}{% if n == 10 %}x" + branches + "{% else %}e{% endif %}{% endfor %}"
        #expect(try render(source) == "012345678ex")
        #expect(try render("{% for n in range(4) %}{% if n == 1 %}a{% elif n == 2 %}b{% endif %}{% endfor %}") == "ab")
    }

    @Test func arraysAreEncodedAsTheyEncodeThemselves() throws {
        struct Point: Encodable {
            var x: Int
            var y: Int?
        }
        struct Wrapped: Encodable {
            var value: String
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(value)
            }
        }
        struct All: Encodable {
            var points = [[Point(x: 1, y: 2)], [], [Point(x: 3), Point(x: 4, y: 5)]]
            var numbers = [[1, 2], [3]]
            var floats: [[Float]] = [[0.5]]
            var maybe: [Int?] = [1, nil]
            var wrapped = [Wrapped(value: "a"), Wrapped(value: "b")]
            var none: [Point] = []
            var pairs = [["k": [true]]]
        }
        let text = try TemplateEncoder().encode([All()]).representation
        #expect(
            text
                == "[{'points': [[{'x': 1, 'y': 2}], [], [{'x': 3, 'y': None}, {'x': 4, 'y': 5}]], 'numbers': [[1, 2], [3]], "
                + "'floats': [[0.5]], 'maybe': [1, None], 'wrapped': ['a', 'b'], 'none': [], 'pairs': [{'k': [True]}]}]"
        )
    }

    @Test func arraysInArraysHaveALimit() {
        struct Deep: Encodable { var inner: [Deep] }
        let deep = (0..<200).reduce(Deep(inner: [])) { value, _ in Deep(inner: [value]) }
        #expect(throws: TemplateError.self) { try TemplateEncoder().encode(deep) }
    }
}
