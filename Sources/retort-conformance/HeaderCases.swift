// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// Answers the cases about header fields, cookies, conditions and negotiation; nil for every other case.
func answerHeaderCase(_ testCase: CaseValue) -> CaseValue? {
    let prefix = "werkzeug.http."
    guard let function = testCase["func"]?.string, function.utf8.starts(with: prefix.utf8) else { return nil }
    let call = HeaderCall(
        name: String(function.dropFirst(prefix.utf8.count)), args: testCase["args"], kwargs: testCase["kwargs"])
    return call.values() ?? call.dates() ?? call.conditions() ?? call.cookies()
}

/// One call of a function, with its arguments by place or by name.
private struct HeaderCall {
    let name: String
    let args: CaseValue?
    let kwargs: CaseValue?

    func argument(_ place: Int, _ name: String) -> CaseValue? {
        let value = args?[place] ?? kwargs?[name]
        return value?.isNull ?? true ? nil : value
    }

    /// The first argument as text; nil counts as the empty text.
    var text: String { argument(0, "value")?.string ?? "" }

    func values() -> CaseValue? {
        switch name {
        case "parse_options_header":
            let header = OptionsHeader(headerValue: text)
            return .answer(.array([.string(header.value), Self.object(header.options)]))
        case "parse_list_header": return .answer(Self.strings(HeaderText.parseList(text)))
        case "parse_set_header":
            return .answer(.object([("$headerset", Self.strings(HeaderSet(headerValue: text).items))]))
        case "parse_dict_header": return .answer(Self.object(HeaderParameters(headerValue: text)))
        case "quote_header_value":
            let allowsToken = argument(1, "allow_token")?.bool ?? true
            return .answer(.string(HeaderText.quoted(Self.text(argument(0, "value")), allowingToken: allowsToken)))
        case "unquote_header_value": return .answer(.string(HeaderText.unquoted(text)))
        case "dump_header": return .answer(.string(dumpedHeader))
        case "dump_options_header": return .answer(.string(dumpedOptions))
        case "parse_accept_header": return .answer(accept)
        case "parse_cache_control_header":
            let type = argument(2, "cls")?["$type"]?.string ?? "RequestCacheControl"
            return .answer(.object([("$" + type, Self.object(HeaderParameters(headerValue: text)))]))
        case "parse_csp_header":
            let entries = ContentSecurityPolicy(headerValue: text).entries
            let members = entries.map { ($0.directive.name, CaseValue.string($0.text)) }
            return .answer(.object([("$ContentSecurityPolicy", .object(members))]))
        case "is_entity_header": return .answer(.bool(FieldCategories.isEntity(argument(0, "header")?.string ?? "")))
        case "is_hop_by_hop_header":
            return .answer(.bool(FieldCategories.isHopByHop(argument(0, "header")?.string ?? "")))
        case "remove_entity_headers", "remove_hop_by_hop_headers": return .answer(.null)
        default: return nil
        }
    }

    private var dumpedHeader: String {
        guard let members = argument(0, "iterable")?.members else {
            return HeaderText.printList((argument(0, "iterable")?.array ?? []).map { Self.text($0) })
        }
        return HeaderParameters(
            members.map { .init(name: $0.name, value: $0.value.isNull ? nil : Self.text($0.value)) }
        ).headerValue
    }

    private var dumpedOptions: String {
        let members = argument(1, "options")?.members ?? []
        let options = HeaderParameters(
            members.map { .init(name: $0.name, value: $0.value.isNull ? nil : Self.text($0.value)) })
        return OptionsHeader(argument(0, "header")?.string ?? "", options: options).headerValue
    }

    private var accept: CaseValue {
        let type = argument(1, "cls")?["$type"]?.string ?? "Accept"
        func items<Rule>(_ accept: Accept<Rule>) -> CaseValue {
            let items = accept.items.map { CaseValue.array([.string($0.value), .double($0.quality)]) }
            return .object([("$accept", .string(type)), ("items", .array(items))])
        }
        switch type {
        case "MIMEAccept": return items(AcceptedMediaTypes(headerValue: text))
        case "LanguageAccept": return items(AcceptedLanguages(headerValue: text))
        case "CharsetAccept": return items(AcceptedCharsets(headerValue: text))
        default: return items(AcceptedEncodings(headerValue: text))
        }
    }
}

extension HeaderCall {
    func dates() -> CaseValue? {
        switch name {
        case "parse_date":
            return .answer(HTTPDate.parse(text).map { Self.datetime($0.date, zone: $0.zone) } ?? .null)
        case "http_date":
            guard let date = Self.date(argument(0, "timestamp")) else { return nil }
            return .answer(.string(date.headerValue))
        case "parse_age":
            guard let age = DeltaSeconds.parse(text) else { return .answer(.null) }
            return .answer(.object([("$timedelta", .int(Int(age.components.seconds)))]))
        case "dump_age":
            guard let age = argument(0, "age") else { return .answer(.null) }
            guard let seconds = age.int ?? age["$timedelta"]?.int, seconds >= 0 else { return .failure("ValueError") }
            return .answer(.string(DeltaSeconds.print(.seconds(seconds))))
        default: return nil
        }
    }

    /// The moment that a number, a text or an object stands for.
    private static func date(_ value: CaseValue?) -> HTTPDate? {
        guard let value else { return nil }
        if let number = value.double {
            return HTTPDate(secondsSince1970: Int64(exactly: number.rounded(.down)) ?? 0)
        }
        if let text = value.string { return HTTPDate(headerValue: text) }
        guard let text = (value["$datetime"] ?? value["$date"])?.string else { return nil }
        // 2008-01-01T12:30:00.5+01:00, of which the clock and the zone may be absent.
        let clock = text.utf8.dropFirst(11)
        let zoneSign = clock.firstIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } ?? text.utf8.endIndex
        let parts = text.utf8[..<zoneSign].split { !(0x30...0x39).contains($0) }.compactMap { Int(String($0) ?? "") }
        let zone = text.utf8[zoneSign...].split { !(0x30...0x39).contains($0) }.compactMap { Int(String($0) ?? "") }
        guard parts.count >= 3 else { return nil }
        func part(_ place: Int) -> Int { place < parts.count ? parts[place] : 0 }
        let moment = HTTPDate(
            year: parts[0], month: parts[1], day: parts[2], hour: part(3), minute: part(4), second: part(5))
        guard let moment, zone.count >= 2 else { return moment }
        let shift = Int64(zone[0] * 3600 + zone[1] * 60)
        let isWest = text.utf8[zoneSign] == UInt8(ascii: "-")
        return HTTPDate(secondsSince1970: moment.secondsSince1970 + (isWest ? shift : -shift))
    }

    private static func datetime(_ date: HTTPDate, zone: Int = 0) -> CaseValue {
        // The text of the header field, turned round: `Sun, 06 Nov 1994 08:49:37 GMT`.
        let local = HTTPDate(secondsSince1970: date.secondsSince1970 + Int64(zone))
        let words = local.headerValue.split(separator: " ").map { String($0) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let month = two((months.firstIndex(of: words[2]) ?? 0) + 1)
        let offset = (zone < 0 ? "-" : "+") + two(abs(zone) / 3600) + ":" + two(abs(zone) / 60 % 60)
        return .object([("$datetime", .string("\(words[3])-\(month)-\(words[1])T\(words[4])\(offset)"))])
    }

    func conditions() -> CaseValue? {
        switch name {
        case "quote_etag":
            let isWeak = argument(1, "weak")?.bool ?? false
            guard let tag = try? ETag(argument(0, "etag")?.string ?? "", isWeak: isWeak) else {
                return .failure("ValueError")
            }
            return .answer(.string(tag.headerValue))
        case "unquote_etag":
            guard let tag = ETag(headerValue: argument(0, "etag")?.string ?? "") else {
                return .answer(.array([.null, .null]))
            }
            return .answer(.array([.string(tag.tag), .bool(tag.isWeak)]))
        case "parse_etags": return .answer(etags)
        case "generate_etag":
            return .answer(.string(SHA1.hexadecimal(Self.bytes(argument(0, "data")) ?? [])))
        case "parse_if_range_header": return .answer(ifRange)
        case "parse_range_header": return .answer(range)
        case "parse_content_range_header":
            guard let range = ContentRange(headerValue: text) else { return .answer(.null) }
            let parts: [CaseValue] = [
                .string(range.unit), Self.number(range.range?.lowerBound), Self.number(range.range?.upperBound),
                Self.number(range.length),
            ]
            return .answer(.object([("$content_range", .array(parts))]))
        case "is_byte_range_valid": return .answer(.bool(isByteRangeValid))
        case "is_resource_modified": return isResourceModified
        default: return nil
        }
    }

    private var etags: CaseValue {
        let set = ETagSet(headerValue: text)
        var tags: [ETag] = []
        if case .tags(let found) = set { tags = found }
        func texts(weak: Bool) -> CaseValue {
            Self.strings(Set(tags.filter { $0.isWeak == weak }.map(\.tag)).sorted())
        }
        let members: [(String, CaseValue)] = [
            ("star", .bool(set == .any)), ("strong", texts(weak: false)), ("weak", texts(weak: true)),
        ]
        return .object([("$etags", .object(members))])
    }

    private var ifRange: CaseValue {
        var date = CaseValue.null
        var tag = CaseValue.null
        switch IfRange(headerValue: text) {
        case .date(let found): date = Self.datetime(found)
        case .tag(let found): tag = .string(found.tag)
        case nil: break
        }
        return .object([("$if_range", .object([("date", date), ("etag", tag)]))])
    }

    private var range: CaseValue {
        guard let range = RangeRequest(headerValue: text) else { return .null }
        let parts = range.parts.map { part in
            switch part {
            case .from(let first): CaseValue.array([.int(Int(first)), .null])
            case .closed(let range): CaseValue.array([.int(Int(range.lowerBound)), .int(Int(range.upperBound) &+ 1)])
            case .suffix(let count): CaseValue.array([.int(-Int(count)), .null])
            }
        }
        return .object([("$range", .string(range.unit)), ("ranges", .array(parts))])
    }

    private var isByteRangeValid: Bool {
        let length = argument(2, "length")?.int.map { Int64($0) }
        switch (argument(0, "start")?.int, argument(1, "stop")?.int) {
        case (let start?, let stop?):
            guard start < stop else { return false }
            return ContentRange(Int64(start)..<Int64(stop), length: length) != nil
        case (nil, nil): return ContentRange(nil, length: length) != nil
        default: return false
        }
    }

    private var isResourceModified: CaseValue {
        let environment = argument(0, "environ")
        func field(_ name: String) -> String? { environment?["HTTP_" + name]?.string }
        var tag = argument(1, "etag")?.string.flatMap { ETag(headerValue: $0) }
        if let data = Self.bytes(argument(2, "data")) {
            guard argument(1, "etag") == nil else { return .failure("TypeError") }
            tag = ETag(headerValue: "\"" + SHA1.hexadecimal(data) + "\"")
        }
        let conditions = Preconditions(
            ifMatch: field("IF_MATCH").map { ETagSet(headerValue: $0) },
            ifNoneMatch: field("IF_NONE_MATCH").map { ETagSet(headerValue: $0) },
            ifModifiedSince: field("IF_MODIFIED_SINCE").flatMap { HTTPDate(headerValue: $0) },
            ifRange: field("IF_RANGE").flatMap { IfRange(headerValue: $0) }, hasRange: field("RANGE") != nil)
        let ignoresIfRange = argument(4, "ignore_if_range")?.bool ?? true
        let isModified = conditions.isModified(
            tag: tag, lastModified: Self.date(argument(3, "last_modified")), usingIfRange: !ignoresIfRange)
        return .answer(.bool(isModified))
    }
}

extension HeaderCall {
    func cookies() -> CaseValue? {
        switch name {
        case "parse_cookie":
            let header = argument(0, "header")
            // The text holds one character for each byte that came.
            let scalars = (header?["HTTP_COOKIE"]?.string ?? header?.string ?? "").unicodeScalars
            guard scalars.allSatisfy({ $0.value < 256 }) else { return .failure("UnicodeEncodeError") }
            guard let text = String(validating: scalars.map { UInt8($0.value) }, as: UTF8.self) else {
                return .failure("UnicodeDecodeError")
            }
            let cookies = Cookies.parse(text)
            let pairs = cookies.names.flatMap { name in
                cookies.all(name).map { CaseValue.array([.string(name), .string($0)]) }
            }
            return .answer(.object([("$multidict", .array(pairs))]))
        case "dump_cookie": return dumpedCookie
        default: return nil
        }
    }

    private var dumpedCookie: CaseValue {
        var cookie = SetCookie(name: argument(0, "key")?.string ?? "", value: argument(1, "value")?.string ?? "")
        if let age = argument(2, "max_age") {
            cookie.maxAge = (age.int ?? age["$timedelta"]?.int).map { .seconds($0) }
        }
        cookie.expires = Self.date(argument(3, "expires"))
        if (args?[4] ?? kwargs?["path"])?.isNull ?? false { cookie.path = nil }
        if let path = argument(4, "path")?.string { cookie.path = path }
        cookie.domain = argument(5, "domain")?.string
        cookie.isSecure = argument(6, "secure")?.bool ?? false
        cookie.isHTTPOnly = argument(7, "httponly")?.bool ?? false
        if let site = argument(10, "samesite")?.string {
            guard
                let known = SetCookie.SameSite.allCases.first(where: { $0.rawValue.lowercased() == site.lowercased() })
            else { return .failure("ValueError") }
            cookie.sameSite = known
        }
        cookie.isPartitioned = argument(11, "partitioned")?.bool ?? false
        // The recorded text has one character for each byte that is sent.
        let bytes = cookie.headerValue.utf8
        return .answer(.string(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))))
    }

    static func strings(_ texts: [String]) -> CaseValue { .array(texts.map { .string($0) }) }

    static func number(_ number: Int64?) -> CaseValue { number.map { .int(Int($0)) } ?? .null }

    static func object(_ parameters: HeaderParameters) -> CaseValue {
        .object(parameters.elements.map { ($0.name, CaseValue.text($0.value)) })
    }

    /// A value as the text that a header field gets.
    static func text(_ value: CaseValue?) -> String {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): number.description
        case .bool(let flag): flag ? "True" : "False"
        default: ""
        }
    }

    /// The bytes of a `$b64` object, or nil where there is none.
    static func bytes(_ value: CaseValue?) -> [UInt8]? {
        guard let text = value?["$b64"]?.string else { return nil }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let sextets = text.utf8.compactMap { alphabet.firstIndex(of: $0) }
        return (0..<(sextets.count * 6 / 8)).map { place in
            let (first, shift) = (place * 8 / 6, place * 8 % 6)
            let pair = sextets[first] << 6 | sextets[first + 1]
            return UInt8(truncatingIfNeeded: pair >> (4 - shift))
        }
    }
}

/// SHA-1, which the recorded entity tags were made with.
///
/// Source: RFC 3174 §6.1.
private enum SHA1 {
    static func hexadecimal(_ message: [UInt8]) -> String {
        var bytes = message + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: UInt64(message.count) * 8 >> UInt64(shift)))
        }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for start in stride(from: 0, to: bytes.count, by: 64) { mix(bytes[start..<(start + 64)], into: &state) }
        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }.joined()
    }

    private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { index in
            block[index..<(index + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<80 {
            words.append(rotated(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for index in 0..<80 {
            let (mixed, constant): (UInt32, UInt32) =
                switch index {
                case 0..<20: (b & c | ~b & d, 0x5A82_7999)
                case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case 40..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotated(a, 5) &+ mixed &+ e &+ constant &+ words[index]
            (a, b, c, d, e) = (next, a, rotated(b, 30), c, d)
        }
        state = zip(state, [a, b, c, d, e]).map { $0 &+ $1 }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
