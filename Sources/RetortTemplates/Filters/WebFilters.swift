// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Filters that web pages need and Jinja lacks, under Django's names.
///
/// Source: Django, built-in template filters and `django.contrib.humanize`.
enum WebFilters {
    static let all: [TemplateFilter] = times + numbers + texts + markup + lists

    // MARK: Times

    private static let times: [TemplateFilter] = [
        TemplateFilter("date") { value, call in
            let pattern = try call.parameters(ParameterNames.format)[0].text(default: "DATE_FORMAT")
            return try time(value, call).map { .string(DatePattern(pattern).text(of: $0)) } ?? .string("")
        },
        TemplateFilter("time") { value, call in
            let pattern = try call.parameters(ParameterNames.format)[0].text(default: "TIME_FORMAT")
            return try time(value, call).map { .string(DatePattern(pattern).text(of: $0)) } ?? .string("")
        },
        TemplateFilter("timesince") { value, call in
            let other = try call.parameters(ParameterNames.now)[0].flatMap { try time($0, call) } ?? now(call)
            return try time(value, call).map { .string(TimeWords.since($0, other)) } ?? .string("")
        },
        TemplateFilter("timeuntil") { value, call in
            let other = try call.parameters(ParameterNames.now)[0].flatMap { try time($0, call) } ?? now(call)
            return try time(value, call).map { .string(TimeWords.since(other, $0)) } ?? .string("")
        },
        TemplateFilter("naturaltime") { value, call in
            try time(value, call).map { .string(TimeWords.natural($0, now: now(call))) } ?? value
        },
        TemplateFilter("naturalday") { value, call in
            let pattern = try call.parameters(ParameterNames.format)[0].text(default: "DATE_FORMAT")
            return try time(value, call).map {
                .string(TimeWords.naturalDay($0, now: now(call)) ?? DatePattern(pattern).text(of: $0))
            } ?? value
        },
    ]

    /// The moment of a value: seconds since 1970, a date, or a text in the form of ISO 8601; nil for nothing.
    private static func time(_ value: TemplateValue, _ call: TemplateCall) throws -> CivilTime? {
        let policies = call.rendering.environment.configuration.policies
        func civil(_ seconds: Double) -> CivilTime {
            CivilTime(secondsSince1970: seconds, utcOffset: policies.utcOffset, zoneName: policies.zoneName)
        }
        switch value {
        case .none, .undefined: return nil
        case .int(let seconds): return civil(Double(seconds))
        case .float(let seconds): return civil(seconds)
        case .string, .markup:
            let text = value.text ?? ""
            if text.isEmpty { return nil }
            if let seconds = ISOTime.seconds(text) { return civil(seconds) }
        case .object(let object): if let date = object as? DateObject { return civil(date.seconds) }
        default: break
        }
        throw TemplateError(.argument, "\(call.name) needs a time, not \(value.representation.prefix(60)).")
    }

    private static func now(_ call: TemplateCall) -> CivilTime {
        let policies = call.rendering.environment.configuration.policies
        let seconds = policies.now?() ?? SystemClock.seconds
        return CivilTime(secondsSince1970: seconds, utcOffset: policies.utcOffset, zoneName: policies.zoneName)
    }

    // MARK: Numbers

    private static let numbers: [TemplateFilter] = [
        TemplateFilter(plain: "intcomma") { value in .string(NumberWords.intcomma(try value.filterText())) },
        TemplateFilter(plain: "intword") { value in
            value.integer.flatMap(NumberWords.intword).map { .string($0) } ?? value
        },
        TemplateFilter(plain: "apnumber") { value in value.integer.map { .string(NumberWords.apnumber($0)) } ?? value },
        TemplateFilter(plain: "ordinal") { value in value.integer.map { .string(NumberWords.ordinal($0)) } ?? value },
        TemplateFilter("get_digit") { value, call in
            guard let number = value.integer, let place = try call.parameters(ParameterNames.place)[0]?.integer else {
                return value
            }
            return .int(NumberWords.digit(number, place))
        },
        TemplateFilter("add") { value, call in
            guard let other = try call.parameters(ParameterNames.other)[0] else {
                throw TemplateError(.argument, "add needs a value.")
            }
            if let left = wholeNumber(value), let right = wholeNumber(other) {
                return try Arithmetic.compute(.add, .int(left), .int(right))
            }
            return (try? Arithmetic.compute(.add, value, other)) ?? .string("")
        },
        TemplateFilter("floatformat") { value, call in
            let argument = try call.parameters(ParameterNames.places)[0] ?? .int(-1)
            return .string(try FloatFormat(argument).text(value))
        },
        TemplateFilter("pluralize") { value, call in
            let endings = try call.parameters(ParameterNames.endings)[0].text(default: "s")
            let isOne: Bool
            if let number = value.number ?? value.text.flatMap(NumberText.double) {
                isOne = number == 1
            } else if let length = value.length {
                isOne = length == 1
            } else {
                return .string("")
            }
            return .string(NumberWords.pluralize(isOne: isOne, endings))
        },
        TemplateFilter("yesno") { value, call in
            let words = try call.parameters(ParameterNames.words)[0].text(default: "yes,no,maybe").split(
                separator: ",", omittingEmptySubsequences: false
            ).map(String.init)
            guard words.count >= 2 else { return value }
            if value.isNone { return .string(words.count > 2 ? words[2] : words[1]) }
            return .string(words[try value.isTrue ? 0 : 1])
        },
        TemplateFilter("divisibleby") { value, call in
            guard let number = wholeNumber(value), let by = try call.parameters(ParameterNames.by)[0]?.integer, by != 0
            else {
                throw TemplateError(.argument, "divisibleby needs whole numbers.")
            }
            return .bool(by == -1 || number % by == 0)
        },
        TemplateFilter("phone2numeric") { value, _ in .string(NumberWords.phone2numeric(try value.filterText())) },
    ]

    private static func wholeNumber(_ value: TemplateValue) -> Int? {
        value.integer ?? value.text.flatMap { NumberText.integer($0, base: 10) }
    }

    // MARK: Texts

    private static let texts: [TemplateFilter] = [
        TemplateFilter(plain: "slugify") { value in .string(Slug.slug(try value.filterText())) },
        TemplateFilter(plain: "capfirst") { value in value.replacing(TextLayout.capitalizeFirst(try value.filterText()))
        },
        TemplateFilter("cut") { value, call in
            let part = try call.parameters(ParameterNames.part)[0].text(default: "")
            // What remains of markup without one of its characters may be other markup.
            return .string(TextLayout.cut(try value.filterText(), part))
        },
        TemplateFilter(plain: "addslashes") { value in .string(TextLayout.addSlashes(try value.filterText())) },
        TemplateFilter(plain: "escapejs") { value in .markup(SafeHTML(TextLayout.escapeScript(try value.filterText())))
        },
        TemplateFilter("ljust") { value, call in
            let width = try call.parameters(ParameterNames.width)[0].integer("ljust", default: 0)
            return value.replacing(TextLayout.justify(try value.filterText(), width, left: true))
        },
        TemplateFilter("rjust") { value, call in
            let width = try call.parameters(ParameterNames.width)[0].integer("rjust", default: 0)
            return value.replacing(TextLayout.justify(try value.filterText(), width, left: false))
        },
        TemplateFilter("truncatechars") { value, call in
            let count = try call.parameters(ParameterNames.count)[0].integer("truncatechars", default: 0)
            return .string(TextLayout.truncateCharacters(try value.filterText(), count))
        },
        TemplateFilter("truncatewords") { value, call in
            let count = try call.parameters(ParameterNames.count)[0].integer("truncatewords", default: 0)
            return .string(TextLayout.truncateWords(try value.filterText(), count))
        },
        TemplateFilter("stringformat") { value, call in
            let format = try call.parameters(ParameterNames.format)[0].text(default: "s")
            return .string(try PercentFormat.format("%" + format, CallArguments([value]), escaping: false))
        },
        TemplateFilter(plain: "iriencode") { value in .string(URLText.iri(try value.filterText())) },
        TemplateFilter("make_list") { value, call in
            .list(try TemplateValue.string(value.filterText()).loopElements(call.rendering))
        },
    ]

    // MARK: Markup

    private static let markup: [TemplateFilter] = [
        TemplateFilter(plain: "linebreaks") { value in
            .markup(SafeHTML(TextLayout.lineBreaks(try value.escaped().html)))
        },
        TemplateFilter(plain: "linebreaksbr") { value in
            .markup(SafeHTML(TextLayout.lineBreaksBR(try value.escaped().html)))
        },
        TemplateFilter(plain: "linenumbers") { value in
            .markup(SafeHTML(TextLayout.lineNumbers(try value.escaped().html)))
        },
        TemplateFilter("truncatechars_html") { value, call in
            let count = try call.parameters(ParameterNames.count)[0].integer("truncatechars_html", default: 0)
            return value.replacing(MarkupTruncation.truncate(try value.filterText(), count, .characters))
        },
        TemplateFilter("truncatewords_html") { value, call in
            let count = try call.parameters(ParameterNames.count)[0].integer("truncatewords_html", default: 0)
            return value.replacing(MarkupTruncation.truncate(try value.filterText(), count, .words))
        },
        TemplateFilter("json_script") { value, call in
            let id = try call.parameters(ParameterNames.elementId)[0].flatMap { $0.isNone ? nil : $0 }
            let json = try TemplateJSON(indent: nil, sortsKeys: false).text(value)
            let attribute = try id.map { " id=\"\(try $0.escaped().html)\"" } ?? ""
            return .markup(SafeHTML("<script\(attribute) type=\"application/json\">\(json)</script>"))
        },
        TemplateFilter("urlizetrunc") { value, call in
            let limit = try call.parameters(ParameterNames.limit)[0].integer("urlizetrunc", default: 15)
            let links = LinkFinder(limit: limit, rel: "nofollow", target: nil, schemes: [])
            return .markup(SafeHTML(try links.markup(value.escaped().html)))
        },
        TemplateFilter("unordered_list") { value, call in .markup(SafeHTML(try listItems(value, call.rendering, 1))) },
        TemplateFilter("safeseq") { value, call in
            .list(try value.loopElements(call.rendering).map { .markup(SafeHTML(try $0.filterText())) })
        },
    ]

    private static func listItems(_ value: TemplateValue, _ rendering: Rendering, _ depth: Int) throws -> String {
        guard depth < 50 else { throw TemplateError(.limit, "The list is nested too deeply.") }
        let tabs = String(repeating: "\t", count: depth)
        let values = try value.loopElements(rendering)
        var lines: [String] = []
        var index = 0
        while index < values.count {
            var line = "\(tabs)<li>\(try values[index].escaped().html)"
            if index + 1 < values.count, values[index + 1].elements != nil {
                index += 1
                line += "\n\(tabs)<ul>\n\(try listItems(values[index], rendering, depth + 1))\n\(tabs)</ul>\n\(tabs)"
            }
            lines.append(line + "</li>")
            index += 1
        }
        return lines.joined(separator: "\n")
    }

    // MARK: Lists

    private static let lists: [TemplateFilter] = [
        TemplateFilter("default_if_none") { value, call in
            value.isNone ? try call.parameters(ParameterNames.default)[0] ?? .string("") : value
        },
        TemplateFilter("length_is") { value, call in
            .bool(try value.length != nil && value.length == call.parameters(ParameterNames.length)[0]?.integer)
        },
        TemplateFilter("dictsortreversed") { value, call in
            let key = SortKey(try call.parameters(ParameterNames.key)[0], caseSensitive: true, isSingle: true)
            return .list(try key.sorted(value.loopElements(call.rendering), call.rendering, reverse: true))
        },
    ]
}

/// The clock of the machine.
enum SystemClock {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A moment as a value in templates, which filters such as `date` print.
public final class DateObject: TemplateObject {
    /// The seconds since 1970-01-01 00:00 UTC.
    public let seconds: Double

    /// Creates a moment.
    ///
    /// - Parameter seconds: The seconds since 1970-01-01 00:00 UTC.
    public init(secondsSince1970 seconds: Double) { self.seconds = seconds }

    /// What the type is called.
    public var typeName: String { "datetime" }

    private var time: CivilTime { CivilTime(secondsSince1970: seconds) }

    /// The moment in UTC, as Python prints it.
    public var text: String {
        DatePattern(time.microsecond == 0 ? "Y-m-d H:i:s" : "Y-m-d H:i:s.u").text(of: time) + "+00:00"
    }

    /// A part of the moment in UTC: `year`, `month`, `day`, `hour`, `minute`, `second`, `microsecond`.
    ///
    /// - Parameter name: The name of the part.
    /// - Returns: The number, or nil.
    public func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "year": .int(time.year)
        case "month": .int(time.month)
        case "day": .int(time.day)
        case "hour": .int(time.hour)
        case "minute": .int(time.minute)
        case "second": .int(time.second)
        case "microsecond": .int(time.microsecond)
        default: nil
        }
    }

    /// Whether another moment is the same.
    ///
    /// - Parameter other: The other value.
    /// - Returns: Whether they are equal.
    public func isEqual(to other: TemplateValue) -> Bool? {
        guard case .object(let object) = other, let date = object as? DateObject else { return false }
        return seconds == date.seconds
    }
}
