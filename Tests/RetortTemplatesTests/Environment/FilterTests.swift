// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import Testing

@Suite struct FilterTests {
    static let filters: [(String, String)] = [
        ("'foo bar'|capitalize", "Foo bar"), ("'foo-bar (baz)'|title", "Foo-Bar (Baz)"), ("'a'|center(5)", "  a  "),
        ("'aaa'|replace('a', 'b', 2)", "bba"),
        ("' a '|trim", "a"), ("'..a..'|trim('.')", "a"), ("'a\nb'|indent(2)", "a\n  b"),
        ("'a\nb'|indent(2, true)", "  a\n  b"),
        ("'foo bar baz qux'|truncate(9)", "foo..."), ("'foo bar baz qux'|truncate(9, true)", "foo ba..."),
        ("'a bb ccc'|wordwrap(4)", "a bb\nccc"),
        ("'one two'|wordcount", "2"), ("'<b>x</b> &amp; y'|striptags", "x & y"), ("1000000|filesizeformat", "1.0 MB"),
        ("1024|filesizeformat(true)", "1.0 KiB"),
        ("2.5|round", "2.0"), ("2.675|round(2)", "2.67"), ("42.55|round(1, 'floor')", "42.5"),
        ("1234.5|round(-2)", "1200.0"), ("'3.7'|int", "3"), ("'x'|int(5)", "5"),
        ("'0x1f'|int(base=16)", "31"), ("'1.5'|float", "1.5"), ("[3,1,2]|sort", "[1, 2, 3]"),
        ("['b','A']|sort", "['A', 'b']"), ("[1,1,2]|unique|list", "[1, 2]"),
        ("[{'a':2},{'a':1}]|map(attribute='a')|list", "[2, 1]"), ("[1,2,3]|select('odd')|list", "[1, 3]"),
        ("[1,2,3]|reject('gt', 1)|list", "[1]"),
        ("[{'a':true,'b':1},{'a':false,'b':2}]|selectattr('a')|map(attribute='b')|list", "[1]"), ("[1,2,3]|sum", "6"),
        ("[1,2,3]|max", "3"), ("[]|first", ""),
        ("[1,2,3,4,5]|batch(2, 0)|list", "[[1, 2], [3, 4], [5, 0]]"),
        ("[1,2,3,4,5]|slice(2)|list", "[[1, 2, 3], [4, 5]]"),
        ("[{'c':'x','n':1},{'c':'y','n':2},{'c':'x','n':3}]|groupby('c')|map('first')|list", "['x', 'y']"),
        ("{'b':1,'a':2}|dictsort", "[('a', 2), ('b', 1)]"),
        ("{'a':1,'b':none}|xmlattr", " a=\"1\""), ("'a b/ü'|urlencode", "a%20b/%C3%BC"),
        ("{'q':'a b'}|urlencode", "q=a+b"),
        (
            "'see http://example.com/x, ok'|urlize",
            "see <a href=\"http://example.com/x\" rel=\"noopener\">http://example.com/x</a>, ok"
        ),
        ("'mail me@example.com'|urlize", "mail <a href=\"mailto:me@example.com\">me@example.com</a>"),
        ("1234567|intcomma", "1,234,567"),
        ("3|pluralize", "s"), ("1|pluralize('y,ies')", "y"), ("true|yesno('on,off')", "on"), ("none|yesno", "maybe"),
        ("34.23|floatformat", "34.2"), ("34.0|floatformat", "34"),
        ("34|floatformat(3)", "34.000"), ("1234.5|floatformat('2g')", "1,234.50"),
        ("'Crème brûlée'|slugify", "creme-brulee"), ("'a\n\nb'|linebreaks", "<p>a</p>\n\n<p>b</p>"),
        ("'a b c'|truncatewords(2)", "a b …"), ("'abc'|truncatechars(2)", "a…"),
        ("'<p>a b</p>'|truncatewords_html(1)", "<p>a …</p>"), ("'x'|add('y')", "xy"), ("4|add('2')", "6"),
        ("0|date('Y-m-d')", "1970-01-01"), ("'2027-03-05T10:15:30+01:00'|date('j F Y H:i')", "5 March 2027 09:15"),
        ("'a'|default_if_none('b')", "a"), ("none|default_if_none('b')", "b"),
        (
            "{'a': '</script>'}|json_script('id')",
            "<script id=\"id\" type=\"application/json\">{\"a\": \"\\u003c/script\\u003e\"}</script>"
        ),
        ("['a', ['b', 'c']]|unordered_list", "\t<li>a\n\t<ul>\n\t\t<li>b</li>\n\t\t<li>c</li>\n\t</ul>\n\t</li>"),
        ("'08'|stringformat('5s')", "   08"), ("123|get_digit(1)", "3"),
    ]

    @Test(arguments: filters)
    func filtersGive(source: String, text: String) throws { #expect(try render("{{ \(source) }}") == text) }

    @Test func timesAreToldFromNow() throws {
        let change: (inout TemplateEnvironment.Configuration) -> Void = { $0.policies.now = { 1_000_000 } }
        #expect(
            try render(
                "{{ 996400|timesince }}, {{ 1003600|timeuntil }}, {{ 999990|naturaltime }}, {{ 913600|naturalday }}",
                [:], change) == "1 hour, 1 hour, 10 seconds ago, yesterday")
    }

    @Test func allOfJinjaIsThere() {
        let configuration = TemplateEnvironment.Configuration()
        #expect(configuration.filterNames.count >= 54 + 40)
        #expect(configuration.testNames.count == 39)
        for name in [
            "abs", "attr", "batch", "forceescape", "items", "pprint", "tojson", "xmlattr", "wordwrap", "groupby",
            "random",
        ] {
            #expect(configuration.filterNames.contains(name), "\(name)")
        }
    }

    @Test func translationsPutVariablesIn() throws {
        let change: (inout TemplateEnvironment.Configuration) -> Void = {
            $0.translations = NullTranslations()
            $0.usesNewstyleGettext = true
        }
        #expect(
            try render("{% trans n=3 %}one{% pluralize %}{{ n }} of 100%{% endtrans %}", [:], change) == "3 of 100%")
        #expect(try render("{{ gettext('hi %(who)s', who='you') }}", [:], change) == "hi you")
    }
}
