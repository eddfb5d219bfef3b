// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

/// Answers of Werkzeug 3.1.9 to random lists of what clients accept and servers offer.
@Suite struct RecordedAcceptTests {
    typealias Row = (header: String, offers: [String], best: String?, quality: Double, written: String)

    @Test(
        arguments: [
            (
                "text/html;q=1, text/html; level=1;a=b, TEXT/html;q=0.25", ["*/*"], "*/*", 1,
                "text/html; level=1; a=b,text/html,TEXT/html;q=0.25"
            ),
            (
                "application/json, text/html;a=b;level=1;q=0.9, text/html; level=1;a=b;q=0.9",
                ["text/html;a=b;level=1"], "text/html;a=b;level=1", 0.9,
                "text/html; a=b; level=1;q=0.9,text/html; level=1; a=b;q=0.9,application/json"
            ),
            (
                "text/html;level=1, */x;q=0, text/html;level=1", ["text/*", "*/*", "text/html;level=1"], "text/*", 1,
                "text/html; level=1,text/html; level=1,*/x;q=0.0"
            ),
            (
                "image/*;q=0, */x;q=1", ["application/json", "text/html; level=1;a=b", "*/*"], nil, 0,
                "image/*;q=0.0,*/x"
            ),
            (
                "text/html;q=0.5, image/*;q=0.5, TEXT/html;q=0.5", ["text/html; level=1;a=b", "TEXT/html"], "TEXT/html",
                0, "text/html;q=0.5,TEXT/html;q=0.5,image/*;q=0.5"
            ),
            ("text/*;q=0, text/*;q=0.25", ["image/png", "application/json"], nil, 0, "text/*;q=0.25,text/*;q=0.0"),
            (
                "text/html;q=0.5, text/html, text/html;a=b;level=1;q=0.9", ["text/html"], "text/html", 1,
                "text/html; a=b; level=1;q=0.9,text/html,text/html;q=0.5"
            ),
            (
                "text/html;q=0.5", ["application/json", "application/json", "text/html"], "text/html", 0,
                "text/html;q=0.5"
            ),
            ("*;q=0.9, image/png;q=0.9", ["application/json"], nil, 0, "image/png;q=0.9,*;q=0.9"),
            ("*/*;q=0.9", ["text/html;level=1"], "text/html;level=1", 0.9, "*/*;q=0.9"),
            ("text/html;q=0.25", ["image/*"], nil, 0, "text/html;q=0.25"),
            (
                "text/html;level=1;q=0.9, *, text/html;level=1;q=0", ["text/html;level=1", "image/png"],
                "text/html;level=1", 0.9, "text/html; level=1;q=0.9,text/html; level=1;q=0.0,*"
            ),
            (
                "text/html; level=1;a=b;q=1, text/html;a=b;level=1, application/json",
                ["text/html; level=1;a=b", "application/json", "text/html; level=1;a=b"], "text/html; level=1;a=b", 1.0,
                "text/html; level=1; a=b,text/html; a=b; level=1,application/json"
            ),
            ("*/x;q=0.25", ["text/html;level=1"], nil, 0, "*/x;q=0.25"),
            ("text/html;level=1;q=0.25", ["image/*"], nil, 0, "text/html; level=1;q=0.25"),
            (
                "*/x;q=0, text/html;a=b;level=1, text/html;level=1;q=1", ["application/json"], nil, 0,
                "text/html; a=b; level=1,text/html; level=1,*/x;q=0.0"
            ),
            ("*/*;q=1", ["text/html; level=1;a=b"], "text/html; level=1;a=b", 1.0, "*/*"),
            (
                "text/html;q=0.9, text/*;q=0.5", ["TEXT/html", "application/json", "application/json"], "TEXT/html",
                0.9, "text/html;q=0.9,text/*;q=0.5"
            ),
            (
                "text/html; level=1;a=b;q=0.25", ["*/*", "text/html;level=1", "image/*"], "*/*", 0.25,
                "text/html; level=1; a=b;q=0.25"
            ),
            (
                "text/html;level=1;q=0.25, text/html;a=b;level=1, *", ["text/html;level=1", "image/png"],
                "text/html;level=1", 0.25, "text/html; a=b; level=1,text/html; level=1;q=0.25,*"
            ),
            (
                "TEXT/html;q=0.25", ["text/html", "application/json", "text/html;level=1"], "text/html", 0.25,
                "TEXT/html;q=0.25"
            ),
            (
                "application/json;q=0.25, image/png;q=0.9", ["application/json", "*/*", "TEXT/html"], "*/*", 0.25,
                "image/png;q=0.9,application/json;q=0.25"
            ),
            (
                "text/html;a=b;level=1;q=0, text/html;level=1;q=1, */*;q=1",
                ["text/html; level=1;a=b", "text/html;level=1", "application/json"], "text/html;level=1", 0.0,
                "text/html; a=b; level=1;q=0.0,text/html; level=1,*/*"
            ),
            (
                "text/html;q=0, text/html;a=b;level=1;q=1", ["text/html", "text/html;a=b;level=1"],
                "text/html;a=b;level=1", 0.0, "text/html; a=b; level=1,text/html;q=0.0"
            ),
            ("TEXT/html;q=1, */x", ["text/html; level=1;a=b", "image/*", "text/*"], "text/*", 0, "TEXT/html,*/x"),
            ("*/x;q=0.5", ["text/html;level=1", "text/*", "text/html;level=1"], nil, 0, "*/x;q=0.5"),
            ("image/*;q=0.5, */*;q=0.25", ["TEXT/html"], "TEXT/html", 0.25, "image/*;q=0.5,*/*;q=0.25"),
            ("image/*;q=0.5", ["image/*", "image/png", "image/png"], "image/*", 0.5, "image/*;q=0.5"),
            ("*/x;q=0.9, TEXT/html", ["TEXT/html"], "TEXT/html", 1, "TEXT/html,*/x;q=0.9"),
            (
                "text/*;q=0.5, image/*;q=1", ["TEXT/html", "text/html", "text/html;a=b;level=1"], "TEXT/html", 0.5,
                "image/*,text/*;q=0.5"
            ),
            (
                "text/html; level=1;a=b, text/html;level=1;q=1", ["TEXT/html", "image/png"], nil, 0,
                "text/html; level=1; a=b,text/html; level=1"
            ),
            ("text/html;q=0.9", ["TEXT/html", "text/html; level=1;a=b"], "TEXT/html", 0.9, "text/html;q=0.9"),
            ("application/json", ["*/*", "TEXT/html", "image/png"], "*/*", 1, "application/json"),
            (
                "text/html;a=b;level=1;q=0.9", ["text/html; level=1;a=b", "image/*", "text/html"],
                "text/html; level=1;a=b", 0.9, "text/html; a=b; level=1;q=0.9"
            ),
            (
                "application/json;q=0.5", ["text/html;level=1", "text/html; level=1;a=b", "text/html;a=b;level=1"], nil,
                0, "application/json;q=0.5"
            ),
            ("*/*;q=1", ["text/html", "text/html;a=b;level=1"], "text/html", 1.0, "*/*"),
            (
                "application/json;q=0, text/html; level=1;a=b;q=0.5",
                ["application/json", "TEXT/html", "text/html;level=1"], nil, 0.0,
                "text/html; level=1; a=b;q=0.5,application/json;q=0.0"
            ),
            (
                "text/html;level=1;q=0.25", ["text/*", "text/html;level=1", "text/*"], "text/*", 0.25,
                "text/html; level=1;q=0.25"
            ),
            (
                "image/png;q=0.25, text/html; level=1;a=b;q=0.9, text/html", ["*/*", "image/*"], "*/*", 0.9,
                "text/html; level=1; a=b;q=0.9,text/html,image/png;q=0.25"
            ),
            (
                "application/json;q=0.25, text/*, text/*;q=0.25", ["text/*"], "text/*", 1,
                "application/json;q=0.25,text/*,text/*;q=0.25"
            ),
            (
                "text/html; level=1;a=b;q=0.9, image/png, image/png;q=0.9",
                ["application/json", "text/html;a=b;level=1"], "text/html;a=b;level=1", 0,
                "text/html; level=1; a=b;q=0.9,image/png,image/png;q=0.9"
            ),
            (
                "image/*;q=0.5, text/html;a=b;level=1;q=0", ["application/json"], nil, 0,
                "text/html; a=b; level=1;q=0.0,image/*;q=0.5"
            ),
            (
                "text/html; level=1;a=b;q=1, text/html;level=1", ["text/*", "*/*"], "text/*", 1.0,
                "text/html; level=1; a=b,text/html; level=1"
            ),
            ("image/*;q=0.5", ["image/*", "text/html;a=b;level=1"], "image/*", 0.5, "image/*;q=0.5"),
            ("text/html;q=1, TEXT/html;q=0.9", ["image/*"], nil, 0, "text/html,TEXT/html;q=0.9"),
            ("*/*", ["*/*", "text/html;level=1", "text/html;a=b;level=1"], "*/*", 1, "*/*"),
            (
                "text/html; level=1;a=b;q=0.5, text/html;level=1;q=0, */*;q=0.9", ["text/html"], "text/html", 0.9,
                "text/html; level=1; a=b;q=0.5,text/html; level=1;q=0.0,*/*;q=0.9"
            ),
            (
                "text/*;q=0.5", ["text/html; level=1;a=b", "*/*", "application/json"], "text/html; level=1;a=b", 0.5,
                "text/*;q=0.5"
            ),
            ("TEXT/html;q=0.5, image/png;q=0, */x", ["text/*"], "text/*", 0.5, "TEXT/html;q=0.5,image/png;q=0.0,*/x"),
            ("*;q=0.5, image/*;q=0.9, text/*;q=1", ["TEXT/html"], "TEXT/html", 1.0, "text/*,image/*;q=0.9,*;q=0.5"),
        ] as [Row])
    func mediaTypesAreChosenAsRecorded(row: Row) {
        let accept = AcceptedMediaTypes(headerValue: row.header)
        #expect(accept.best(of: row.offers) == row.best)
        #expect(accept.quality(of: row.offers[0]) == row.quality)
        #expect(accept.headerValue == row.written)
    }

    @Test(
        arguments: [
            ("EN;q=0.25", ["en-GB", "fr-CA"], "en-GB", 0, "EN;q=0.25"),
            ("*;q=1, en-GB;q=0.25, en_US;q=0", ["en-GB", "EN"], "EN", 0.25, "en-GB;q=0.25,en_US;q=0.0,*"),
            ("fr-CA;q=0.5", ["de"], nil, 0, "fr-CA;q=0.5"),
            ("zh-Hans-CN;q=0, fr-CA;q=0.5, fr-CA", ["de-AT"], nil, 0, "fr-CA,fr-CA;q=0.5,zh-Hans-CN;q=0.0"),
            ("de", ["de-AT"], "de-AT", 0, "de"),
            ("zh-Hans-CN;q=0.5", ["en"], nil, 0, "zh-Hans-CN;q=0.5"),
            ("zh-Hans-CN;q=0.9, zh-Hans-CN;q=0", ["EN", "en_US", "*"], nil, 0, "zh-Hans-CN;q=0.9,zh-Hans-CN;q=0.0"),
            ("de-AT;q=1, en_US;q=0.5", ["*", "zh-Hans-CN"], nil, 0, "de-AT,en_US;q=0.5"),
            ("zh-Hans-CN, *;q=0.5", ["de"], "de", 0.5, "zh-Hans-CN,*;q=0.5"),
            ("de-AT;q=0.5, en;q=0.25, de;q=1", ["en_US", "fr-CA", "en-GB"], "en_US", 0, "de,de-AT;q=0.5,en;q=0.25"),
            ("de-AT;q=1, en-GB;q=1, en-GB;q=0.5", ["de-AT"], "de-AT", 1.0, "de-AT,en-GB,en-GB;q=0.5"),
            (
                "de-AT;q=0, de-AT;q=0, *;q=0.25", ["en_US", "zh-Hans-CN"], "en_US", 0.25,
                "de-AT;q=0.0,de-AT;q=0.0,*;q=0.25"
            ),
            ("fr-CA, zh-Hans-CN;q=0.25, fr-CA;q=0.25", ["en_US"], nil, 0, "fr-CA,zh-Hans-CN;q=0.25,fr-CA;q=0.25"),
            ("en_US;q=1, en;q=0.9, de-AT;q=0.25", ["EN", "en"], "EN", 0.9, "en_US,en;q=0.9,de-AT;q=0.25"),
            ("en-GB, en_US;q=0.25, zh-Hans-CN;q=0.5", ["*"], nil, 0, "en-GB,zh-Hans-CN;q=0.5,en_US;q=0.25"),
            ("en;q=0.5, EN;q=0.25", ["fr-CA", "en-GB"], "en-GB", 0, "en;q=0.5,EN;q=0.25"),
            ("*;q=1", ["EN", "de-AT"], "EN", 1.0, "*"),
            ("fr-CA, *;q=0.25", ["EN", "*", "en-GB"], "EN", 0.25, "fr-CA,*;q=0.25"),
            ("en_US;q=0.9, zh-Hans-CN;q=0.25, de", ["de", "*"], "de", 1, "de,en_US;q=0.9,zh-Hans-CN;q=0.25"),
            ("en;q=0.9", ["de", "de", "EN"], "EN", 0, "en;q=0.9"),
            ("en-GB;q=0.5, EN;q=0.9", ["en_US", "de-AT", "fr-CA"], "en_US", 0, "EN;q=0.9,en-GB;q=0.5"),
            ("de-AT;q=0.5, *;q=0", ["en_US", "fr-CA"], nil, 0.0, "de-AT;q=0.5,*;q=0.0"),
            ("zh-Hans-CN;q=0.5", ["en-GB", "zh-Hans-CN", "EN"], "zh-Hans-CN", 0, "zh-Hans-CN;q=0.5"),
            ("en_US;q=0.5", ["en-GB", "de-AT", "zh-Hans-CN"], nil, 0, "en_US;q=0.5"),
            ("en_US, en-GB;q=0.9", ["zh-Hans-CN", "EN"], "EN", 0, "en_US,en-GB;q=0.9"),
            ("*;q=0", ["en", "zh-Hans-CN"], nil, 0.0, "*;q=0.0"),
            ("*;q=0.25, EN;q=0.25", ["en", "fr-CA", "*"], "en", 0.25, "EN;q=0.25,*;q=0.25"),
            (
                "de-AT;q=0.25, en_US;q=0.5, de-AT;q=1", ["en_US", "de-AT", "en_US"], "de-AT", 0.5,
                "de-AT,en_US;q=0.5,de-AT;q=0.25"
            ),
            ("de-AT;q=0.25, en_US;q=0, en_US;q=0.9", ["zh-Hans-CN"], nil, 0, "en_US;q=0.9,de-AT;q=0.25,en_US;q=0.0"),
            ("en;q=1", ["en", "EN", "de-AT"], "en", 1.0, "en"),
            ("en;q=1, de, *;q=0.9", ["zh-Hans-CN", "en", "de-AT"], "en", 0.9, "en,de,*;q=0.9"),
            ("en-GB;q=1, *;q=0.9", ["de", "en"], "de", 0.9, "en-GB,*;q=0.9"),
            ("fr-CA;q=0.25, EN;q=0", ["de", "EN", "zh-Hans-CN"], nil, 0, "fr-CA;q=0.25,EN;q=0.0"),
            ("fr-CA;q=0.9", ["en-GB", "*", "en-GB"], nil, 0, "fr-CA;q=0.9"),
            ("en_US;q=0.25", ["EN"], "EN", 0, "en_US;q=0.25"),
            ("fr-CA, EN;q=0.9", ["en_US", "EN"], "EN", 0, "fr-CA,EN;q=0.9"),
            ("EN;q=0.9, de;q=1", ["zh-Hans-CN", "fr-CA", "EN"], "EN", 0, "de,EN;q=0.9"),
            (
                "zh-Hans-CN;q=0.5, en_US;q=0.5, EN;q=0", ["EN", "zh-Hans-CN"], "zh-Hans-CN", 0.0,
                "zh-Hans-CN;q=0.5,en_US;q=0.5,EN;q=0.0"
            ),
            (
                "fr-CA;q=0.25, en-GB;q=0.5, en_US;q=0.5", ["zh-Hans-CN", "en-GB", "de"], "en-GB", 0,
                "en-GB;q=0.5,en_US;q=0.5,fr-CA;q=0.25"
            ),
            ("en-GB;q=0, EN;q=0.9, en;q=0.25", ["en", "en", "de-AT"], "en", 0.9, "EN;q=0.9,en;q=0.25,en-GB;q=0.0"),
            (
                "en_US;q=0.25, de-AT;q=0.9, en;q=1", ["zh-Hans-CN", "de-AT", "zh-Hans-CN"], "de-AT", 0,
                "en,de-AT;q=0.9,en_US;q=0.25"
            ),
            ("zh-Hans-CN;q=0, *, en;q=0.5", ["EN", "en", "en"], "EN", 0.5, "en;q=0.5,zh-Hans-CN;q=0.0,*"),
            ("de-AT;q=0.9, *;q=0.25", ["zh-Hans-CN", "EN", "de-AT"], "de-AT", 0.25, "de-AT;q=0.9,*;q=0.25"),
            ("en-GB", ["fr-CA", "en"], "en", 0, "en-GB"),
            ("de;q=0.5, en-GB;q=0", ["de"], "de", 0.5, "de;q=0.5,en-GB;q=0.0"),
            ("*;q=0.5", ["fr-CA"], "fr-CA", 0.5, "*;q=0.5"),
            ("en;q=0, en_US", ["EN"], "EN", 0.0, "en_US,en;q=0.0"),
            ("*;q=0.25, zh-Hans-CN, en;q=0.25", ["en", "fr-CA"], "en", 0.25, "zh-Hans-CN,en;q=0.25,*;q=0.25"),
            ("en;q=0.9, de-AT;q=0.25", ["en"], "en", 0.9, "en;q=0.9,de-AT;q=0.25"),
            ("*;q=0, *", ["*", "en", "en-GB"], "*", 1, "*,*;q=0.0"),
        ] as [Row])
    func languagesAreChosenAsRecorded(row: Row) {
        let accept = AcceptedLanguages(headerValue: row.header)
        #expect(accept.best(of: row.offers) == row.best)
        #expect(accept.quality(of: row.offers[0]) == row.quality)
        #expect(accept.headerValue == row.written)
    }

    @Test(
        arguments: [
            ("us-ascii;q=0.9", ["*", "UTF8"], nil, 0, "us-ascii;q=0.9"),
            ("UTF8;q=0.25, foo;q=0.9", ["cp1252", "foo", "windows-1252"], "foo", 0, "foo;q=0.9,UTF8;q=0.25"),
            ("UTF8;q=1, utf-8;q=1", ["foo", "us-ascii", "us-ascii"], nil, 0, "UTF8,utf-8"),
            (
                "foo;q=0.25, us-ascii;q=1, cp1252;q=1", ["latin1", "us-ascii", "us-ascii"], "us-ascii", 0,
                "us-ascii,cp1252,foo;q=0.25"
            ),
            ("ascii;q=0.9", ["koi8-r", "koi8-r", "utf-8"], nil, 0, "ascii;q=0.9"),
            ("latin1", ["cp1252", "latin1", "cp1252"], "latin1", 0, "latin1"),
            ("cp1252;q=0.9", ["us-ascii", "koi8-r", "cp1252"], "cp1252", 0, "cp1252;q=0.9"),
            ("cp1252;q=0", ["*", "latin1"], nil, 0, "cp1252;q=0.0"),
            (
                "foo;q=0.9, utf-8;q=0.5, latin1;q=0", ["iso-8859-1", "ascii", "windows-1252"], nil, 0.0,
                "foo;q=0.9,utf-8;q=0.5,latin1;q=0.0"
            ),
            ("*;q=0.9", ["latin1", "latin1", "iso-8859-1"], "latin1", 0.9, "*;q=0.9"),
            ("ascii, cp1252;q=0.25", ["cp1252", "koi8-r", "foo"], "cp1252", 0.25, "ascii,cp1252;q=0.25"),
            (
                "UTF8, UTF8;q=0.25, iso-8859-1;q=0.25", ["UTF8", "koi8-r", "us-ascii"], "UTF8", 1,
                "UTF8,UTF8;q=0.25,iso-8859-1;q=0.25"
            ),
            (
                "windows-1252;q=0.5, *;q=1, foo;q=1", ["windows-1252", "latin1"], "latin1", 0.5,
                "foo,windows-1252;q=0.5,*"
            ),
            ("windows-1252;q=0.5", ["koi8-r", "us-ascii"], nil, 0, "windows-1252;q=0.5"),
            ("foo;q=0.9, latin1;q=0", ["*", "UTF8"], nil, 0, "foo;q=0.9,latin1;q=0.0"),
            ("koi8-r;q=0.25, foo", ["foo"], "foo", 1, "foo,koi8-r;q=0.25"),
            ("koi8-r;q=1", ["cp1252"], nil, 0, "koi8-r"),
            ("latin1", ["foo", "latin1"], "latin1", 0, "latin1"),
            ("windows-1252, *;q=0, latin1;q=1", ["koi8-r"], nil, 0.0, "windows-1252,latin1,*;q=0.0"),
            ("windows-1252", ["cp1252", "*", "us-ascii"], "cp1252", 1, "windows-1252"),
            ("UTF8;q=1, koi8-r;q=1, iso-8859-1", ["iso-8859-1", "ascii"], "iso-8859-1", 1, "UTF8,koi8-r,iso-8859-1"),
            ("*;q=0.5", ["latin1", "latin1", "iso-8859-1"], "latin1", 0.5, "*;q=0.5"),
            ("us-ascii, utf-8", ["koi8-r", "cp1252"], nil, 0, "us-ascii,utf-8"),
            ("foo;q=0.9", ["cp1252", "foo", "cp1252"], "foo", 0, "foo;q=0.9"),
            (
                "cp1252;q=0, windows-1252, cp1252;q=0", ["utf-8", "*", "UTF8"], nil, 0,
                "windows-1252,cp1252;q=0.0,cp1252;q=0.0"
            ),
            ("UTF8, *, utf-8;q=0", ["*", "windows-1252", "latin1"], "*", 1, "UTF8,utf-8;q=0.0,*"),
            ("iso-8859-1;q=1", ["us-ascii", "*"], nil, 0, "iso-8859-1"),
            ("iso-8859-1", ["koi8-r"], nil, 0, "iso-8859-1"),
            (
                "windows-1252;q=0.5, ascii", ["windows-1252", "windows-1252", "us-ascii"], "us-ascii", 0.5,
                "ascii,windows-1252;q=0.5"
            ),
            ("*, koi8-r", ["cp1252", "ascii", "cp1252"], "cp1252", 1, "koi8-r,*"),
            (
                "utf-8;q=0.25, windows-1252;q=0.5, foo;q=0.9", ["foo", "latin1", "utf-8"], "foo", 0.9,
                "foo;q=0.9,windows-1252;q=0.5,utf-8;q=0.25"
            ),
            ("*;q=1", ["latin1"], "latin1", 1.0, "*"),
            (
                "iso-8859-1, *;q=1, iso-8859-1;q=0.9", ["*", "foo", "us-ascii"], "*", 1.0,
                "iso-8859-1,iso-8859-1;q=0.9,*"
            ),
            ("us-ascii;q=0.25, cp1252;q=0", ["UTF8", "*", "us-ascii"], "us-ascii", 0, "us-ascii;q=0.25,cp1252;q=0.0"),
            ("utf-8;q=0.9, windows-1252;q=0.5", ["UTF8", "latin1"], "UTF8", 0.9, "utf-8;q=0.9,windows-1252;q=0.5"),
            (
                "ascii;q=0, windows-1252;q=0.9, iso-8859-1;q=0.5", ["iso-8859-1"], "iso-8859-1", 0.5,
                "windows-1252;q=0.9,iso-8859-1;q=0.5,ascii;q=0.0"
            ),
            (
                "koi8-r;q=0.25, windows-1252;q=0.25", ["ascii", "foo", "cp1252"], "cp1252", 0,
                "koi8-r;q=0.25,windows-1252;q=0.25"
            ),
            ("*;q=1", ["*", "cp1252", "foo"], "*", 1.0, "*"),
            (
                "us-ascii;q=0.5, UTF8;q=0.5, us-ascii;q=1", ["us-ascii", "cp1252"], "us-ascii", 1.0,
                "us-ascii,us-ascii;q=0.5,UTF8;q=0.5"
            ),
            ("*, utf-8;q=0.9", ["foo", "windows-1252", "latin1"], "foo", 1, "utf-8;q=0.9,*"),
            ("windows-1252;q=0.5, koi8-r;q=0.5", ["koi8-r"], "koi8-r", 0.5, "windows-1252;q=0.5,koi8-r;q=0.5"),
            (
                "iso-8859-1;q=0.9, ascii;q=1, *;q=0.9", ["latin1", "us-ascii"], "us-ascii", 0.9,
                "ascii,iso-8859-1;q=0.9,*;q=0.9"
            ),
            ("UTF8;q=0, ascii;q=0.9, UTF8;q=0", ["ascii"], "ascii", 0.9, "ascii;q=0.9,UTF8;q=0.0,UTF8;q=0.0"),
            ("us-ascii", ["*", "ascii"], "ascii", 0, "us-ascii"),
            (
                "UTF8;q=0, windows-1252;q=0.25", ["windows-1252", "utf-8", "cp1252"], "windows-1252", 0.25,
                "windows-1252;q=0.25,UTF8;q=0.0"
            ),
            ("*, utf-8;q=0.9", ["foo", "utf-8"], "foo", 1, "utf-8;q=0.9,*"),
            ("foo;q=0.9", ["us-ascii", "foo", "us-ascii"], "foo", 0, "foo;q=0.9"),
            ("windows-1252", ["latin1", "cp1252", "windows-1252"], "cp1252", 0, "windows-1252"),
            (
                "windows-1252;q=0.25, us-ascii;q=1, utf-8;q=0", ["ascii"], "ascii", 1.0,
                "us-ascii,windows-1252;q=0.25,utf-8;q=0.0"
            ),
            ("ascii;q=0.25, windows-1252;q=1", ["windows-1252"], "windows-1252", 1.0, "windows-1252,ascii;q=0.25"),
        ] as [Row])
    func charsetsAreChosenAsRecorded(row: Row) {
        let accept = AcceptedCharsets(headerValue: row.header)
        #expect(accept.best(of: row.offers) == row.best)
        #expect(accept.quality(of: row.offers[0]) == row.quality)
        #expect(accept.headerValue == row.written)
    }
}
