// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import Testing

@Suite struct ExpressionTests {
    static let surprises: [(String, String)] = [
        ("2**3**2", "64"), ("-2**2", "4"), ("-1|abs", "1"), ("4/2", "2.0"), ("7//2", "3"), ("-7//2", "-4"),
        ("-7%3", "2"),
        ("7%-3", "-2"), ("7.5//2", "3.0"), ("1 ~ 2 ~ 3", "123"), ("'a' 'b'", "ab"), ("1_000", "1000"), ("0x1f", "31"),
        ("0o17", "15"), ("0b101", "5"), ("1e3", "1000.0"), ("1.5e-7", "1.5e-07"), ("1e16", "1e+16"),
        ("1e15", "1000000000000000.0"),
        ("0.1+0.2", "0.30000000000000004"), ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("100.0", "100.0"),
        ("true", "True"),
        ("none", "None"), ("[1, 'a', none, 2.0]", "[1, 'a', None, 2.0]"), ("(1,)", "(1,)"), ("()", "()"),
        ("{'a': (1, true)}", "{'a': (1, True)}"), ("1 < 2 < 3", "True"), ("1 < 2 > 3", "False"), ("not 1 == 2", "True"),
        ("1 in [1, 2]", "True"), ("'b' not in 'abc'", "False"), ("'x' if false", ""), ("1 if 0 else 2", "2"),
        ("'abc'[1]", "b"), ("'abc'[-1]", "c"), ("[1,2,3,4][1:3]", "[2, 3]"), ("'abcdef'[::-2]", "fdb"),
        ("[1,2].0", "1"),
        ("{'a': 1}.a", "1"), ("{'items': 1}['items']", "1"), ("'%s-%03d' % ('a', 7)", "a-007"), ("'ab' * 3", "ababab"),
        ("[1] + [2]", "[1, 2]"), ("1 == 1.0", "True"), ("true == 1", "True"), ("'1' == 1", "False"),
        ("10**20", "100000000000000000000"),
        ("9223372036854775807 + 1", "9223372036854775808"), ("-9223372036854775808 - 1", "-9223372036854775809"),
        ("(2**70) // (2**60)", "1024"), ("(2**70) % 1000", "424"), ("-(2**64)", "-18446744073709551616"),
        ("2**64 == 2**64", "True"),
        ("2**64 > 1.5", "True"), ("0 or 'x'", "x"), ("1 and 'x'", "x"), ("x", ""), ("x is defined", "False"),
        ("1 is odd", "True"),
        ("6 is divisibleby 3", "True"), ("6 is divisibleby(4)", "False"), ("'A' is upper", "True"),
        ("[] is iterable", "True"),
        ("1.0 is integer", "False"), ("true is integer", "False"), ("true is number", "True"),
        ("3 is not none", "True"),
        ("range(3)|list", "[0, 1, 2]"), ("range(10, 0, -3)|list", "[10, 7, 4, 1]"), ("'a,b'.split(',')", "['a', 'b']"),
        ("'{}-{name:>4}'.format(1, name='x')", "1-   x"), ("'é'|length", "1"), ("\"it's\"|string|list|length", "4"),
    ]

    @Test(arguments: surprises)
    func expressionsGiveWhatJinjaPrints(source: String, text: String) throws {
        #expect(try render("{{ \(source) }}") == text)
    }

    static let errors: [(String, TemplateError.Code)] = [
        ("1 ~ 2 + 3", .type), ("1 / 0", .division), ("1 % 0", .division), ("1.0 // 0", .division), ("x.y", .undefined),
        ("x + 1", .undefined), ("x()", .undefined), ("'a' + 1", .type), ("[] < 1", .type), ("'a'()", .type),
        ("2**100000", .overflow), ("'a' * 100000000", .limit), ("range(100000000)", .limit), ("range(1, 2, 0)", .value),
        ("{[1]: 2}", .type), ("1|round(method='up')", .argument), ("'abc'|truncate(length=1)", .argument),
        ("'%d' % 'x'", .type),
        ("'%s %s' % 'x'", .type), ("'{0}'.format()", .value), ("[1][:1:0]", .value), ("dict(1)", .type),
    ]

    @Test(arguments: errors)
    func mistakesAreErrorsWithAPlace(source: String, code: TemplateError.Code) {
        let error = failure("line\n{{ \(source) }}")
        #expect(error?.code == code)
        #expect(error?.place?.line == 2)
    }

    @Test func numbersAtTheirLimitsDoNotTrap() throws {
        let values: [String: TemplateValue] = [
            "min": .int(.min), "max": .int(.max), "big": .float(1e300), "nan": .float(.nan),
        ]
        for source in [
            "min|abs", "min // -1", "min % -1", "-min", "max * max", "min * min", "max + max", "min - 1", "big|int",
            "big|round(2)", "nan|int", "nan|round", "big|filesizeformat", "max|filesizeformat", "[1][max]", "[1][min]",
            "'a'[min]",
            "'abc'[min:max:max]", "'abc'[max:min:min]", "range(min, max)|length", "range(max, min, min)|length",
            "min|intcomma",
            "nan|floatformat(2)", "big|floatformat(300)", "max|ordinal", "nan|date", "big|date('c')", "'a'|center(max)",
            "'a'|indent(max)", "'a'|ljust(max)", "'a b'|truncatewords(max)", "[1]|batch(max)|list", "[1]|slice(1)|list",
            "'a'|wordwrap(max)", "max|pluralize", "max in range(min, max)", "min in range(max, min, -1)",
            "'x'|truncate(max)",
        ] {
            // Either a text or an error; never the end of the process.
            _ = try? render("{{ \(source) }}", values)
        }
    }

    @Test func bytesDecideAboutTexts() throws {
        let values: [String: TemplateValue] = ["a": "e\u{301}", "b": "\u{e9}", "crlf": "x\r\ny"]
        #expect(
            try render("{{ a == b }} {{ {a: 1}[b] is defined }} {{ '\n' in crlf }} {{ crlf|length }}", values)
                == "False False True 4")
    }
}
