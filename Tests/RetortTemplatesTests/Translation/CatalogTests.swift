// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortTemplates
import Testing

@Suite struct CatalogTests {
    static let header = """
        # A catalog.
        #, fuzzy
        msgid ""
        msgstr ""
        "Language: pl\\n"
        "Content-Type: text/plain; charset=UTF-8\\n"
        "Plural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\\n"


        """
    static let source =
        header + """
            #. for translators
            #: a.html:1
            msgid "apple"
            msgid_plural "%(num)s apples"
            msgstr[0] "jabłko"
            msgstr[1] "%(num)s jabłka"
            msgstr[2] "%(num)s jabłek"

            msgctxt "verb"
            msgid "open"
            msgstr "otwórz"

            msgctxt "adjective"
            msgid "open"
            msgstr "otwarty"
            msgctxt "count"
            msgid "one"
            msgid_plural "many"
            msgstr[0] "a"
            msgstr[1] "b"
            msgstr[2] "c"

            msgid "all \\"escapes\\"\\t\\n\\r\\a\\b\\f\\v\\\\\\101\\x42é"
            msgstr "\\060\\1/\\x4a\\\\n"
              "second line\\n"   "third"

            #, c-format, fuzzy
            #| msgid "old"
            msgid "fuzzy one"
            msgstr "wrong"

            msgid "not translated"
            msgstr ""

            msgid "not translated plural"
            msgid_plural "x"
            msgstr[0] ""
            msgstr[1] ""
            msgstr[2] ""

            #~ msgid "obsolete"
            #~ msgstr "gone"

            msgid "\u{e9}"
            msgstr "one letter"

            msgid "e\u{301}"
            msgstr "two letters"

            msgid "last"
            msgstr "ostatni"
            """

    private static let lookups: [(id: String, plural: String?, context: String?)] = [
        ("apple", "%(num)s apples", nil), ("open", nil, "verb"), ("open", nil, "adjective"), ("open", nil, nil),
        ("one", "many", "count"), ("one", "many", nil),
        ("all \"escapes\"\t\n\r\u{7}\u{8}\u{c}\u{b}\\ABé", nil, nil), ("fuzzy one", nil, nil),
        ("not translated", nil, nil), ("not translated plural", "x", nil), ("obsolete", nil, nil),
        ("\u{e9}", nil, nil), ("e\u{301}", nil, nil), ("last", nil, nil), ("none", "nones", "c"),
    ]

    private static func found(in catalog: Catalog) -> [String] {
        lookups.flatMap { lookup in
            (lookup.plural == nil ? [nil] : [0, 1, 2, 5, 22, 112].map { $0 as Int? }).map { count in
                catalog.find(lookup.id, plural: lookup.plural, count: count, context: lookup.context)
                    ?? (count == nil || count == 1 ? lookup.id : lookup.plural ?? lookup.id)
            }
        }
    }

    /// Python's reader of compiled catalogs, the one that programs run with.
    private static func pythonFinds(_ bytes: [UInt8]) throws -> [String] {
        let script = """
            import base64, gettext, io, json, sys
            data, lookups = json.load(sys.stdin)
            t = gettext.GNUTranslations(io.BytesIO(base64.b64decode(data)))
            out = []
            for id, plural, context in lookups:
                if not plural: out.append(t.pgettext(context, id) if context else t.gettext(id)); continue
                for n in (0, 1, 2, 5, 22, 112):
                    out.append(t.npgettext(context, id, plural, n) if context else t.ngettext(id, plural, n))
            print(json.dumps(out))
            """
        return try python(script, (Data(bytes), lookups.map { [$0.id, $0.plural ?? "", $0.context ?? ""] }))
    }

    @Test func textsAreFound() throws {
        let catalog = try Catalog(po: Array(Self.source.utf8), file: "pl.po")
        #expect(catalog.find("apple", plural: "%(num)s apples", count: 3) == "%(num)s jabłka")
        #expect(catalog.find("apple") == "jabłko")
        #expect(catalog.find("open", context: "verb") == "otwórz")
        #expect(catalog.find("all \"escapes\"\t\n\r\u{7}\u{8}\u{c}\u{b}\\ABé") == "0\u{1}/J\\nsecond line\nthird")
        #expect(catalog.find("\u{e9}") == "one letter")
        #expect(catalog.find("e\u{301}") == "two letters")
        for id in ["fuzzy one", "not translated", "obsolete", "open", ""] { #expect(catalog.find(id) == nil) }
        #expect(catalog.headers.map(\.name) == ["Language", "Content-Type", "Plural-Forms"])
        #expect(catalog.pluralRule.count == 3)
    }

    @Test func compiledCatalogsAreReadByPythonAndByUs() throws {
        let catalog = try Catalog(po: Array(Self.source.utf8))
        let bytes = catalog.moBytes
        let expected = try Self.pythonFinds(bytes)
        #expect(Self.found(in: catalog) == expected)
        #expect(expected.contains("%(num)s jabłek"))
        let again = try Catalog(mo: bytes)
        #expect(Self.found(in: again) == expected)
        #expect(again.moBytes == bytes)
        #expect(again.messages.sorted { $0.id < $1.id }.count == catalog.messages.count)
    }

    @Test(.enabled(if: hasProgram("msgfmt")))
    func compiledCatalogsAreThoseOfGNU() throws {
        let folder = try TemporaryFolder()
        let source = try folder.write("a.po", Data(Self.source.utf8))
        let target = folder.url.appending(path: "a.mo")
        for options in [["--no-hash"], [], ["--endianness=big"], ["--alignment=8"]] {
            try run("msgfmt", options + ["-o", target.path, source.path])
            let bytes = [UInt8](try Data(contentsOf: target))
            let ours = try Catalog(po: Array(Self.source.utf8))
            if options == ["--no-hash"] { #expect(ours.moBytes == bytes) }
            #expect(try Catalog(mo: bytes).moBytes == ours.moBytes, "\(options)")
        }
    }

    static let mistakes: [(String, Int, CatalogError.Code)] = [
        ("msgid \"a\"\nmsgstr \"b", 2, .syntax), ("msgid a", 1, .syntax), ("msgid \"a\" x", 1, .syntax),
        ("\"a\"", 1, .syntax), ("msgstr \"a\"", 1, .syntax), ("msgid \"a\"\n\nmsgid \"b\"", 3, .syntax),
        ("msgid \"a\"", 1, .syntax), ("msgfoo \"a\"", 1, .syntax), ("msgid \"\\q\"", 1, .syntax),
        ("msgid \"\\x\"", 1, .syntax), ("msgid \"\\777\"", 1, .syntax), ("msgid \"a\\", 1, .syntax),
        ("msgid \"a\"\nmsgstr[0] \"b\"", 2, .syntax), ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"c\"", 3, .syntax),
        ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"", 3, .syntax), ("msgid \"a\"\nmsgstr[x] \"b\"", 2, .syntax),
        ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"", 1, .plural), ("domain \"a\"", 1, .syntax),
        ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"", 4, .duplicate),
        ("msgid \"a\"\nmsgstr \"\\000\"", 2, .syntax), ("msgctxt \"\\004\"\nmsgid \"a\"\nmsgstr \"b\"", 1, .syntax),
        ("msgid \"a\"\nmsgstr \"\\xff\"", 2, .charset),
        ("\nmsgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-2\\n\"", 2, .charset),
        ("\nmsgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=x;\\n\"", 2, .plural),
    ]

    @Test(arguments: mistakes.indices)
    func mistakesHaveLines(index: Int) {
        let (source, line, code) = Self.mistakes[index]
        let error = #expect(throws: CatalogError.self) { try Catalog(po: Array(source.utf8), file: "x.po") }
        #expect(error?.line == line, "\(source)")
        #expect(error?.code == code, "\(source)")
        #expect(error?.description.hasPrefix("x.po:\(line): ") == true)
    }

    /// Whatever becomes of a file, it is a catalog or an error.
    @Test func damagedFilesNeverTrap() throws {
        let source = Array(Self.source.utf8)
        let compiled = try Catalog(po: source).moBytes
        for count in compiled.indices {
            #expect(throws: CatalogError.self) { try Catalog(mo: Array(compiled[..<count])) }
        }
        for index in compiled.indices {
            for byte in [0x00, 0xFF, compiled[index] &+ 1] {
                var changed = compiled
                changed[index] = byte
                _ = try? Catalog(mo: changed).moBytes
            }
        }
        for index in source.indices {
            _ = try? Catalog(po: Array(source[..<index]))
            for byte in [UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x0A, 0xFF] {
                var changed = source
                changed[index] = byte
                _ = try? Catalog(po: changed).moBytes
            }
        }
    }

    @Test func longFilesTakeLinearTime() throws {
        var source = Self.header
        for number in 0..<20_000 { source += "msgid \"text \(number)\"\nmsgstr \"Text \(number)\"\n\n" }
        let catalog = try Catalog(po: Array(source.utf8))
        #expect(catalog.messages.count == 20_000)
        #expect(try Catalog(mo: catalog.moBytes).find("text 19999") == "Text 19999")
        #expect(throws: CatalogError.self) { try Catalog(po: [UInt8](repeating: 0x0A, count: Catalog.mostBytes + 1)) }
    }
}
