// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortTemplates
import Testing

@Suite struct PluralRuleTests {
    static let rules = [
        "nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);", "nplurals=2; plural=n>1;",
        "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", "nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;",
        "nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2;",
        "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
        "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",
        "nplurals=4; plural=n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3;",
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
        "nplurals=2; plural= ! ( n == 1 ) ;", "nplurals=5; plural=n*3%5;", "nplurals=9; plural=(n+7)/2%9;",
        "nplurals=3; plural=1+n%3-1;", "nplurals=2; plural=n<=5==n%2;",
    ]

    /// Python's own reader of these expressions gives the same forms.
    @Test func formsAreThoseOfPython() throws {
        let counts = Array(0...250) + [999, 1_000, 1_001, 1_000_000, 123_456_789]
        let script = """
            import gettext, json, sys
            rules, counts = json.load(sys.stdin)
            print(json.dumps([[gettext.c2py(r.split('plural=')[-1].rstrip('; '))(n) for n in counts] for r in rules]))
            """
        let expected: [[Int]] = try python(script, (Self.rules, counts))
        for (rule, forms) in zip(Self.rules, expected) {
            let parsed = try PluralRule(rule)
            #expect(counts.map(parsed.form) == forms.map { Int($0) }, "\(rule)")
        }
        #expect(expected.count == Self.rules.count)
    }

    @Test(arguments: [
        "", "nplurals=2;", "plural=n;", "nplurals=0; plural=0;", "nplurals=65; plural=0;", "nplurals=x; plural=0;",
        "nplurals=2; plural=n;", "nplurals=2; plural=n/0;", "nplurals=2; plural=n%n;", "nplurals=2; plural=n !;",
        "nplurals=2; plural=(n;", "nplurals=2; plural=n);", "nplurals=2; plural=n?1;", "nplurals=2; plural=m;",
        "nplurals=2; plural=n!=1 1;", "nplurals=2; plural=-1;", "nplurals=2; plural=99999999999999999999;",
        "nplurals=2; plural=n=1;", "nplurals=2; plural=n&1;", "nplurals=2; plural=__import__('os');",
    ])
    func whatIsNoRuleIsRefused(rule: String) {
        let error = #expect(throws: CatalogError.self) { try PluralRule(rule) }
        #expect(error?.code == .plural)
    }

    @Test(arguments: ["(", "!", "n?", "n+", "n?n:"])
    func deepRulesAreRefused(part: String) {
        #expect(throws: CatalogError.self) {
            try PluralRule("nplurals=2; plural=" + String(repeating: part, count: 200) + "n")
        }
        #expect(throws: CatalogError.self) {
            try PluralRule("nplurals=2; plural=" + String(repeating: part, count: 100_000) + "n")
        }
    }

    @Test func everyCountHasAForm() throws {
        let rule = try PluralRule("nplurals=2; plural=n < 2000 ? n != 1 : n / (n - 5000);")
        #expect([0, 1, 2, -1, -7].map(rule.form) == [1, 0, 1, 0, 1])
        // A division by zero, forms that are not there, and the smallest number have the first form.
        #expect([5_000, 2_001, Int.min, Int.max].map(rule.form) == [0, 0, 1, 1])
        #expect(try PluralRule("nplurals=2; plural=n == 0 || 5 / n < 5;").form(for: 0) == 1)
    }
}
