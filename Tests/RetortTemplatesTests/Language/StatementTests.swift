// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import Testing

@Suite struct StatementTests {
    static let statements: [(String, String)] = [
        (
            "{% for x in [1,2,3] %}{{ loop.index }}/{{ loop.length }}{{ ',' if not loop.last }}{% endfor %}",
            "1/3,2/3,3/3"
        ),
        ("{% for x in [] %}a{% else %}b{% endfor %}", "b"),
        ("{% for x in [1,2,3,4] if x is even %}{{ loop.index }}{{ x }} {% endfor %}", "12 24 "),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}={{ v }}{% endfor %}", "a=1"),
        (
            "{% for x in [1,2,3] %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% if x == 3 %}{% break %}{% endif %}{% endfor %}",
            "13"
        ),
        ("{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}", "1"),
        ("{% set ns = namespace(n=0) %}{% for i in [1,2,3] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "6"),
        ("{% set x %}a{{ 1 }}{% endset %}{{ x|upper }}", "A1"), ("{% set x | upper %}a{% endset %}{{ x }}", "A"),
        ("{% if a %}1{% elif b is defined %}2{% else %}3{% endif %}", "3"),
        (
            "{% macro m(a, b=a * 2) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, c=4) }}{{ m(5) }}",
            "12(3,){'c': 4}510(){}"
        ),
        ("{% macro m() %}[{{ caller(1) }}]{% endmacro %}{% call(x) m() %}<{{ x }}>{% endcall %}", "[<1>]"),
        ("{% filter upper %}a{{ 'b' }}{% endfilter %}", "AB"),
        ("{% with a=1, b=2 %}{{ a + b }}{% endwith %}{{ a }}", "3"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"), ("{# nothing #}a", "a"), ("{%- if 1 -%} a {%- endif -%} b", "ab"),
        ("{% for i in [1,[2,[3]]] recursive %}{{ loop(i) if i is iterable else i }}{% endfor %}", "123"),
        ("{% set l = [1] %}{% do l.append(2) %}{{ l }}", "[1, 2]"),
        ("{% for i in [1,1,2] %}{{ loop.changed(i) }} {% endfor %}", "True False True "),
        ("{% for i in range(4) %}{{ loop.cycle('a', 'b') }}{% endfor %}", "abab"), ("{% print 1, 2 %}", "12"),
        ("{% set x = 5 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 6 %}{{ m() }}", "6"),
        ("{% trans %}hello{% endtrans %}", ""),
    ]

    @Test(arguments: statements.dropLast())
    func statementsDoWhatJinjaDoes(source: String, text: String) throws { #expect(try render(source) == text) }

    static let mistakes: [(String, String)] = [
        (
            "{% for x in y %}",
            "Unexpected end of template. Jinja was looking for the following tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'."
        ),
        ("{% fro x in y %}", "Encountered unknown tag 'fro'. Did you mean 'for'?"),
        ("{{ x|uper }}", "No filter named 'uper'. Did you mean 'upper'?"),
        ("{{ x is evn }}", "No test named 'evn'. Did you mean 'even'?"),
        ("{{ 1 + }}", "unexpected 'end of print statement'"),
        ("{{ (1 }}", "unexpected '}', expected ')'"), ("{{ a b }}", "expected token 'end of print statement', got 'b'"),
        ("{% set true = 1 %}", "can't assign to 'true'"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "block 'a' defined twice"),
        ("{% for loop in x %}{% endfor %}", "Can't assign to special loop variable in for-loop target"),
        ("{# open", "Missing end of comment tag"),
        ("{% raw %}", "Missing end of raw directive"), ("{{ 'a' & 'b' }}", "unexpected char '&' at 7"),
        ("{% break %}", "'break' and 'continue' stand inside of a loop only."),
    ]

    @Test(arguments: mistakes)
    func mistakesAreNamed(source: String, message: String) { #expect(failure(source)?.message == message) }

    @Test func errorsShowTheLineAndTheWayToIt() throws {
        let templates = ["page.html": "{% include 'part.html' %}", "part.html": "one\n  {{ user.name.first }}"]
        let error = #expect(throws: TemplateError.self) {
            try environment(templates).template("page.html").render(["user": [:]])
        }
        let text = """
            UndefinedError: 'dict object' has no attribute 'name'
              in part.html:2:16
                2 |   {{ user.name.first }}
                  |                ^
              from page.html:1:4
            """
        #expect(error?.description == text)
    }

    static let whitespace: [(String, String)] = [
        ("  {% if 1 %}\n  a\n  {% endif %}\n", "  a\n"), ("{% if 1 %}\n{{ 1 }}\n{% endif %}\nb", "1\nb"),
        ("  {%+ if 1 %}x{% endif %}", "  x"),
    ]

    @Test(arguments: whitespace)
    func blocksTakeTheirLinesWithThem(source: String, text: String) throws {
        #expect(
            try render(source, [:]) {
                $0.syntax.trimBlocks = true; $0.syntax.lstripBlocks = true
            } == text)
    }

    @Test func linesAreStatements() throws {
        let source = "# for x in [1, 2]:\n{{ x }} ## comment\n# endfor\nend"
        #expect(
            try render(source) {
                $0.syntax.lineStatementPrefix = "#"; $0.syntax.lineCommentPrefix = "##"
            } == "1\n2\nend")
    }

    @Test func templatesExtendIncludeAndImport() throws {
        let templates = [
            "base.html": "<{% block title %}base{% endblock %}|{% block body %}{% endblock %}>",
            "page.html":
                "{% extends 'base.html' %}{% import 'macros.html' as m %}{% block title %}page {{ super() }}{% endblock %}"
                + "{% block body %}{{ m.hello(name) }}{% include ['missing.html', 'part.html'] %}{% include 'no' ignore missing %}{% endblock %}lost",
            "macros.html": "{% macro hello(who) %}hello {{ who }}{% endmacro %}", "part.html": "({{ name }})",
        ]
        #expect(
            try environment(templates).template("page.html").render(["name": "ada"]) == "<page base|hello ada(ada)>")
    }

    @Test func oneBlockCanBeRenderedAlone() throws {
        let templates = [
            "base.html": "<{% block list %}base{% endblock %}>",
            "page.html": "{% extends 'base.html' %}{% from 'm.html' import item %}{% set n = 2 %}"
                + "{% block list %}{{ super() }}{% for i in range(n) %}{{ item(i) }}{% endfor %}{% endblock %}",
            "m.html": "{% macro item(i) %}[{{ i }}]{% endmacro %}",
        ]
        let template = try environment(templates).template("page.html")
        #expect(try template.render(block: "list", value: .none) == "base[0][1]")
        let error = #expect(throws: TemplateError.self) { try template.render(block: "lst", value: .none) }
        #expect(error?.message == "The template 'page.html' has no block 'lst'. Did you mean 'list'?")
    }

    @Test func outputIsEscapedUnlessItIsSafe() throws {
        let values: [String: TemplateValue] = ["x": "<b> & 'q' \"d\"", "safe": .markup("<i>")]
        let text = try render(
            "{{ x }}{{ x|safe }}{{ safe }}{{ [x]|join }}{% set y %}<{{ x }}>{% endset %}{{ y }}", values
        ) { $0.autoescape = .on }
        let escaped = "&lt;b&gt; &amp; &#39;q&#39; &#34;d&#34;"
        #expect(text == "\(escaped)<b> & 'q' \"d\"<i>\(escaped)<\(escaped)>")
        #expect(
            try render("{{ {'a': x}|tojson }}", ["x": "</script>'&"]) == #"{"a": "\u003c/script\u003e\u0027\u0026"}"#)
    }
}
