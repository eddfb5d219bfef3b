// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct AcceptTests {
    @Test(
        arguments: [
            (
                "text/xml,application/xml,text/html;q=0.9,text/plain;q=0.8,image/png",
                [("text/xml", 1), ("application/xml", 1), ("image/png", 1), ("text/html", 0.9), ("text/plain", 0.8)]
            ),
            (
                "text/*, text/html, text/html;level=1, */*",
                [("text/html; level=1", 1), ("text/html", 1), ("text/*", 1), ("*/*", 1)]
            ),
            ("a/foo;quiet=no; bar=baz;q=0.6,text/html;q=0.9", [("a/foo; quiet=no; bar=baz", 0.6), ("text/html", 0.9)]),
            ("*/*", [("*/*", 1)]), ("", []), (",", []), ("text/html;q=5", []), ("text/html;q=x, a/b", [("a/b", 1)]),
            ("\"text/html;q=0.5\"", [("text/html", 0.5)]), ("text/html;", [("text/html", 1)]), (";q=0.5", [("", 1)]),
            ("text/html ; Q=0.5", [("text/html", 0.5)]), ("text/html;q=\"0.5\"", [("text/html", 0.5)]),
            ("a/b;q=0.5;q=0.7", [("a/b", 0.7)]), ("a/b, c/d", [("a/b", 1), ("c/d", 1)]),
            ("a/b/c, d/e", [("a/b/c", 1), ("d/e", 1)]),
            ("text/html;q=0.5;level=1", [("text/html; level=1", 0.5)]),
        ] as [(String, [(String, Double)])])
    func mediaRangesAreSorted(text: String, items: [(String, Double)]) {
        let accept = AcceptedMediaTypes(headerValue: text)
        #expect(accept.items.map(\.value) == items.map(\.0))
        #expect(accept.items.map(\.quality) == items.map(\.1))
    }

    @Test(
        arguments: [
            ("0", 0), ("1", 1), ("1.0", 1), ("0.333", 0.333), ("0.123456789012345678", 0.123456789012345678), ("-0", 0),
            ("00.5", 0.5),
            ("1.000000000000000000000000", 1),
        ] as [(String, Double)])
    func qualitiesAreParsed(text: String, quality: Double) {
        #expect(AcceptedEncodings(headerValue: "gzip;q=\(text)").items.map(\.quality) == [quality])
    }

    @Test(arguments: ["1.1", "-1", "5.0", "x", ".5", "1.", "0.5_1", "+1", "1e0", "nan", "٠", "0x1", "", "1.0.0"])
    func anItemWithoutAProperQualityIsSkipped(text: String) {
        #expect(AcceptedEncodings(headerValue: "br, gzip;q=\(text)").items.first?.value == "br")
        #expect(AcceptedEncodings(headerValue: "br, gzip;q=\"\(text)\"").quality(of: "gzip") == 0)
    }

    @Test(
        arguments: [
            ("text/html, application/json;q=0.8", ["application/json", "text/html"], "text/html"),
            ("*/*", ["application/json", "text/html"], "application/json"),
            ("text/*", ["application/json", "text/plain"], "text/plain"),
            ("text/*;q=0.5, application/json;q=0.5", ["text/plain", "application/json"], "application/json"),
            ("text/html;q=0", ["text/html"], nil), ("*/*, text/html;q=0", ["text/html", "a/b"], "a/b"),
            ("", ["text/html"], nil),
            ("text/html;level=1", ["text/html"], nil),
            ("text/html;level=1", ["text/html; LEVEL=1"], "text/html; LEVEL=1"),
            ("text/html; a=b; c=d", ["text/html;c=d;a=b"], "text/html;c=d;a=b"),
            ("TEXT/HTML", ["text/html"], "text/html"),
            ("image/png, */*;q=0.1", ["text/html", "image/png"], "image/png"), ("image/png", ["image/*"], "image/*"),
            ("image/png", ["*/*"], "*/*"), ("*/png", ["image/png"], nil), ("image", ["image/png"], nil),
            ("*", ["image/png"], nil),
            ("*/*", ["image"], nil), ("*/*", ["*/png", "a/b"], "a/b"), ("a/b, c/d", ["c/d", "a/b"], "c/d"),
            ("a/b", [], nil),
            ("a/b;q=0.5, c/d;q=0.7", ["a/b", "c/d"], "c/d"),
        ] as [(String, [String], String?)])
    func theBestMediaTypeIsFound(header: String, offers: [String], best: String?) {
        #expect(AcceptedMediaTypes(headerValue: header).best(of: offers) == best)
    }

    @Test(arguments: [
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        """
        text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,\
        application/signed-exchange;v=b3;q=0.7
        """,
        "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "application/json, text/plain, */*", "*/*",
    ])
    func whatBrowsersSendIsReadLikeEverythingElse(header: String) {
        let known = AcceptedMediaTypes(headerValue: header)
        let parsed = AcceptedMediaTypes(headerValue: header + " ")
        #expect(MediaRangeRule.knownItems(of: header) != nil)
        #expect(MediaRangeRule.knownItems(of: header + " ") == nil)
        #expect(known == parsed)
        #expect(
            known.best(of: ["application/json", "text/html"]) == parsed.best(of: ["application/json", "text/html"]))
    }

    @Test func aPageAndAPictureAreToldApart() {
        let page = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        #expect(AcceptedMediaTypes(headerValue: page).best(of: ["application/json", "text/html"]) == "text/html")
        let picture = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
        #expect(AcceptedMediaTypes(headerValue: picture).best(of: ["application/json", "image/jpeg"]) == "image/jpeg")
    }

    @Test func theUsualQuestionsHaveAnswers() {
        #expect(AcceptedMediaTypes(headerValue: "text/html").acceptsHTML)
        #expect(AcceptedMediaTypes(headerValue: "application/xhtml+xml").acceptsHTML)
        #expect(AcceptedMediaTypes(headerValue: "application/xml").acceptsXHTML)
        #expect(!AcceptedMediaTypes(headerValue: "text/html").acceptsXHTML)
        #expect(AcceptedMediaTypes(headerValue: "application/*").acceptsJSON)
        #expect(!AcceptedMediaTypes(headerValue: "image/*").acceptsJSON)
    }

    @Test func itemsAreAskedAndWritten() {
        let accept = AcceptedMediaTypes(headerValue: "*/*;q=0.1, text/html")
        #expect(accept.best == "text/html")
        #expect(accept.quality(of: "a/b") == 0.1)
        #expect(accept.contains("a/b"))
        #expect(!accept.isEmpty)
        #expect(accept.headerValue == "text/html,*/*;q=0.1")
        #expect(AcceptedMediaTypes([("*/*", 0.1), ("text/html", 1)]) == accept)
        #expect(AcceptedMediaTypes(headerValue: "").best == nil)
    }

    @Test func manyItemsOfOneKindKeepTheirOrder() {
        let values = (0..<100).map { "a/t\($0)" }
        let header = (["*/*"] + values).joined(separator: ",")
        #expect(AcceptedMediaTypes(headerValue: header).items.map(\.value) == values + ["*/*"])
    }

    @Test func aHeaderThatIsTooLongHasNoItems() {
        #expect(AcceptedMediaTypes(headerValue: String(repeating: "a/b,", count: 2501)).isEmpty)
    }

    @Test func moreThanThirtyTwoParametersDoNoHarm() {
        let header = "a/b" + (0..<100).map { ";p\($0)=1" }.joined()
        let accept = AcceptedMediaTypes(headerValue: header + ", a/b")
        #expect(accept.items.last?.value == "a/b")
        #expect(accept.best(of: [header]) == header)
    }

    @Test(
        arguments: [
            ("en-GB, en;q=0.8", ["en", "en-GB"], "en-GB"), ("en-GB", ["en"], "en"), ("en", ["en-US", "de"], "en-US"),
            ("en_us", ["en-US"], "en-US"), ("EN", ["en"], "en"), ("de-AT, en;q=0.5", ["en", "de"], "en"),
            ("de-AT;q=0.9, fr", ["de"], "de"),
            ("*", ["fr", "de"], "fr"), ("fr;q=0, *", ["fr", "de"], "de"), ("zh-Hans-CN", ["zh-Hans", "zh"], "zh"),
            ("ja", ["en", "de"], nil),
            ("en-GB;q=0", ["en"], nil), ("en", ["EN-us"], "EN-us"), ("es-419,es-mx", ["en", "es"], "es"),
            ("", ["en"], nil),
        ] as [(String, [String], String?)])
    func theBestLanguageIsFound(header: String, offers: [String], best: String?) {
        #expect(AcceptedLanguages(headerValue: header).best(of: offers) == best)
    }

    @Test(
        arguments: [
            ("gzip, deflate, br", ["br", "gzip"], "br"), ("gzip;q=0.5, br;q=0.1", ["br", "gzip"], "gzip"),
            ("GZIP", ["gzip"], "gzip"),
            ("*", ["zstd"], "zstd"), ("*;q=0", ["gzip"], nil), ("identity", ["gzip"], nil), ("", ["gzip"], nil),
            ("gzip;q=0, *", ["gzip", "br"], "br"),
            ("identity, gzip;q=0.5", ["gzip"], nil), ("identity;q=0.5, gzip", ["gzip"], "gzip"),
            ("identity;q=0, gzip;q=0.2", ["gzip"], "gzip"),
            ("gzip", [], nil),
        ] as [(String, [String], String?)])
    func theBestCodingIsFoundUnlessNoneIsBetter(header: String, codings: [String], best: String?) {
        #expect(AcceptedEncodings(headerValue: header).coding(among: codings) == best)
    }

    @Test(
        arguments: [
            ("ISO-8859-1,utf-8;q=0.7,*;q=0.7", "latin1", 1), ("ISO-8859-1,utf-8;q=0.7,*;q=0.3", "UTF8", 0.7),
            ("utf-8", "u8", 1), ("US-ASCII", "ascii", 1), ("koi8-r", "KOI8_R", 1), ("utf-8", "utf-7", 0),
            ("x-own", "X-Own", 1), ("*;q=0.2", "big5", 0.2),
        ] as [(String, String, Double)])
    func charactersSetsAreKnownByAllTheirNames(header: String, offer: String, quality: Double) {
        #expect(AcceptedCharsets(headerValue: header).quality(of: offer) == quality)
    }

    @Test func aRuleOfOnesOwnComparesAsItLikes() {
        enum Prefix: AcceptRule {
            static func key(of text: ArraySlice<UInt8>) -> AcceptKey { AcceptKey(Array(text.prefix(1))) }
        }
        #expect(Accept<Prefix>(headerValue: "apple, *;q=0.5").quality(of: "avocado") == 1)
        #expect(Accept<Prefix>(headerValue: "apple, *;q=0.5").quality(of: "banana") == 0.5)
    }
}
