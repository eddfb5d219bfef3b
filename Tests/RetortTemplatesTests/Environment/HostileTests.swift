// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import Testing

/// Templates and contexts that mean harm end in an error, within bounds.
@Suite(.timeLimit(.minutes(1))) struct HostileTests {
    static let sources: [String] = [
        String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000),
        String(repeating: "[", count: 5_000), String(repeating: "not ", count: 20_000) + "1",
        String(repeating: "-", count: 20_000) + "1",
        "1" + String(repeating: "|abs", count: 20_000), "a" + String(repeating: ".b", count: 20_000),
        "a" + String(repeating: "()", count: 20_000),
        String(repeating: "1 if ", count: 5_000) + "1",
    ]

    @Test(arguments: sources.indices)
    func deepExpressionsAreRefused(index: Int) { #expect(failure("{{ \(Self.sources[index]) }}") != nil) }

    @Test func longFlatExpressionsAreFine() throws {
        #expect(try render("{{ 0" + String(repeating: " + 1", count: 100) + " }}") == "100")
    }

    @Test func deepStatementsAreRefused() {
        let source = String(repeating: "{% if 1 %}", count: 5_000) + String(repeating: "{% endif %}", count: 5_000)
        #expect(failure(source)?.code == .limit)
    }

    @Test func templatesThatContainThemselvesEnd() {
        let templates = [
            "a": "{% include 'a' %}", "b": "{% extends 'c' %}", "c": "{% extends 'b' %}", "d": "{% import 'd' as d %}",
            "e": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "f": "{% block x %}{{ self.x() }}{% endblock %}",
            "g": "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        ]
        let environment = environment(templates)
        for name in templates.keys {
            let error = #expect(throws: TemplateError.self) { try environment.template(name).render() }
            #expect(error?.code == .limit, "\(name)")
        }
    }

    @Test func theNamelessTemplateIsNotFoundWithASentence() {
        let error = failure("{% include x ~ y %}")
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("is empty") == true)
    }

    static let greedy = [
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(1000000) %}{{ 'x' * 1000 }}{% endfor %}", "{{ ('x' * 1000000)|replace('x', 'y' * 1000) }}",
        "{{ 'x'.join(range(1000000)|map('string')|list) * 1000 }}", "{{ '%10000s' % 1 * 10000 }}",
        "{{ range(999999999)|list }}",
        "{% set ns = namespace(x='x') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x|length }}",
    ]

    @Test(arguments: greedy)
    func greedyTemplatesAreStopped(source: String) {
        let error = failure(source) {
            $0.limits.steps = 100_000
            $0.limits.outputBytes = 1 << 20
        }
        #expect(error != nil)
    }

    /// The last value that is printed counts too.
    @Test(arguments: ["{{ x * 2 }}", "{% include 'x' %}", "a{{ x }}{{ x }}"])
    func noOutputIsLongerThanItsLimit(source: String) {
        let long = String(repeating: "x", count: 700)
        let error = failure(source, ["x": .string(long)]) {
            $0.limits.outputBytes = 1_000
            $0.loader = DictionaryLoader(["x": long + long])
        }
        #expect(error?.code == .limit)
    }

    @Test func longTextsTakeLinearTime() throws {
        let long = String(repeating: "<a & b> http://example.com ", count: 60_000)
        let values: [String: TemplateValue] = ["x": .string(long)]
        for filter in [
            "escape", "upper", "wordcount", "striptags", "urlize", "title", "truncatewords(10)", "linebreaks",
            "slugify", "tojson|length",
        ] {
            _ = try render("{{ x|\(filter) }}", values)
        }
    }

    /// A word is broken into as many lines as it fills, without being copied for each of them.
    @Test func longWordsAreWrappedInLinearTime() throws {
        let values: [String: TemplateValue] = ["x": .string(String(repeating: "a-", count: 150_000))]
        let text = try render("{{ x|wordwrap(4, break_on_hyphens=false) }}", values)
        #expect(text.utf8.count == 374_999)
        #expect(text.hasPrefix("a-a-\na-a-\n"))
        #expect(try render("{{ 'bb-cc-ddddddd e'|wordwrap(4) }}") == "bb-\ncc-d\ndddd\ndd e")
    }

    @Test func sandboxesHideAndRefuse() throws {
        let sandboxed: (inout TemplateEnvironment.Configuration) -> Void = {
            $0.sandbox = TemplateSandbox(isImmutable: true)
        }
        #expect(try render("{{ ''.__class__ }}{{ x._secret }}", ["x": ["a": 1]], sandboxed) == "")
        for source in [
            "{{ ''.__class__() }}", "{{ [].append(1) }}", "{{ {}.update(a=1) }}", "{{ danger() }}",
            "{{ range(100001) }}", "{{ '{0.__class__.x}'.format(1) }}",
        ] {
            let error = failure(source) {
                sandboxed(&$0)
                $0.globals["danger"] = .function(TemplateFunction("danger", isUnsafe: true) { _ in .none })
            }
            #expect([.security, .limit, .undefined].contains(error?.code), "\(source)")
        }
    }

    /// Every beginning of a template is a template or an error.
    @Test func cutTemplatesNeverTrap() {
        let source =
            "{% extends 'x' %}{% set a, b = [1, {'k': -2.5e3}] %}{% block c scoped %}{{ a|join(', ', attribute='x')[1:2] }}{% endblock %}{# c #}{% raw %}x{% endraw %}{%- for i in x recursive -%}{{ loop(i) }}{% else %}é{% endfor %}{% trans n=1 %}a{{ n }}{% pluralize %}b{% endtrans %}"
        let bytes = Array(source.utf8)
        for count in bytes.indices { _ = failure(String(decoding: bytes[..<count], as: UTF8.self)) }
        for index in bytes.indices {
            var changed = bytes
            changed[index] = changed[index] &+ 1
            _ = failure(String(decoding: changed, as: UTF8.self))
            changed[index] = 0x7B
            _ = failure(String(decoding: changed, as: UTF8.self))
        }
    }
}
