// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortTemplates

/// What is done with texts of 10 MB, and what stops it: a time, a size, or a limit that has to be passed.
enum LongTexts {
    /// What may be done with 10 MB, as `x` (with markup and links) and `y` (one letter again and again).
    private static let harmless = [
        "{{ x }}", "{{ x|safe }}", "{{ (x ~ y)|length }}", "{{ x|upper|lower|length }}",
        "{{ x|title|length }}", "{{ x|capitalize|length }}", "{{ x|e|e|length }}", "{{ x|forceescape|length }}",
        "{{ x|replace('a', 'b')|length }}", "{{ x|trim|length }}",
        "{{ x|striptags|length }}", "{{ x|urlize|length }}", "{{ x|wordcount }}", "{{ x|truncate(9000000)|length }}",
        "{{ y|truncate(100) }}", "{{ x|indent(4)|length }}", "{{ x|wordwrap(40)|length }}",
        "{{ y|wordwrap(40)|length }}",
        "{{ y|center(12000000)|length }}", "{{ x|tojson|length }}", "{{ x|urlencode|length }}", "{{ x|list|length }}",
        "{{ x|reverse|length }}", "{{ x.split(' ')|join('-')|length }}", "{{ x[5000000:9000000]|length }}",
        "{{ y[::-1]|length }}", "{{ 'zz' in y }}", "{{ y.find('b') }}", "{{ x|slugify|length }}",
        "{{ x|linebreaks|length }}", "{{ x|linenumbers|length }}", "{{ x|truncatewords(100000)|length }}",
        "{{ x|pprint|length }}", "{{ '%s%s'|format(x, y)|length }}",
        "{{ x == x ~ '' }}", "{{ x|unique|list|length }}", "{{ {'k': x}|xmlattr|length }}", "{{ y.count('aa') }}",
        "{% set z %}{{ x }}{{ y }}{% endset %}{{ z|length }}", "{% filter upper %}{{ x }}{% endfilter %}",
        "{% for c in y[:1000000] %}{{ c }}{% endfor %}", "{{ x|json_script('i')|length }}", "{{ x is lower }}",
        "{{ x|random|length }}", "{{ x|first }}{{ x|last }}", "{{ x.encode is defined }}{{ x|int }}{{ x|float }}",
    ]

    /// What would take more than the limits: 64 MiB of output, and 10 MB for a text that is computed.
    private static let tooMuch = [
        "{{ (x + y)|length }}", "{{ y|replace('a', 'bb')|length }}", "{{ y|replace('', '-')|length }}",
        "{{ x }}{{ x }}{{ x }}{{ x }}{{ x }}{{ x }}{{ x }}", "{{ (x * 10)|length }}", "{{ y|replace('a', 'b' * 100) }}",
        "{{ ((((x ~ x) ~ (x ~ x)) ~ ((x ~ x) ~ (x ~ x))))|length }}", "{{ '{}{}'.format(x, y)|length }}",
        "{{ [x, x, x, x, x, x, x, x]|join|length }}", "{{ y|list|join(',' * 100) }}",
        "{% for i in range(1000) %}{{ x }}{% endfor %}", "{{ ('%s' * 8) % (x, x, x, x, x, x, x, x) }}",
    ]

    /// Prints how much the worst of them took; ends with 1 where one took too much.
    static func check() throws {
        let piece = "Aa <b>bold</b> & \"quoted\" http://example.com/a?b=c é€😀\n"
        let most = 10_000_000
        let values: [String: TemplateValue] = [
            "x": .string(String(repeating: piece, count: most / piece.utf8.count)),
            "y": .string(String(repeating: "a", count: most)),
        ]
        var worst: (seconds: Double, source: String) = (0, "")
        var failures: [String] = []
        for (sources, fails) in [(harmless, false), (tooMuch, true)] {
            for source in sources {
                let start = cpuTime()
                let code = errorCode(source, values)
                let seconds = cpuTime() - start
                if seconds > worst.seconds { worst = (seconds, source) }
                if seconds > 10 { failures.append("\(source) takes \(seconds) s") }
                if (code != nil) != fails { failures.append("\(source): \(code ?? "there is no error")") }
            }
        }
        let megabytes = Double(peakBytes()) / 1e6
        if megabytes > 2_000 { failures.append("\(megabytes) MB were held") }
        for failure in failures { print("failed: \(failure)") }
        print(
            "\(harmless.count + tooMuch.count) templates with texts of 10 MB: at most "
                + "\(Int(worst.seconds * 1_000)) ms each (`\(worst.source)`), at most \(Int(megabytes)) MB resident; "
                + "\(tooMuch.count) of them pass a limit and end in an error.")
        exit(failures.isEmpty ? 0 : 1)
    }

    private static func errorCode(_ source: String, _ values: [String: TemplateValue]) -> String? {
        do {
            _ = try TemplateEnvironment().template(source: source).render(values)
            return nil
        } catch let error as TemplateError {
            return error.code.description
        } catch { return "\(error)" }
    }

    private static func peakBytes() -> Int {
        var usage = rusage()
        getrusage(0, &usage)
        #if os(Linux)
            return usage.ru_maxrss * 1_024
        #else
            return usage.ru_maxrss
        #endif
    }
}
