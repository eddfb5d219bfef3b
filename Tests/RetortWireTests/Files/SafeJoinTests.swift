// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

struct SafeJoinTests {
    @Test(
        arguments: [
            ("a", ["b/c"], "a/b/c"), ("a", ["b", "c"], "a/b/c"), ("a/", ["b"], "a/b"),
            ("/srv", ["x.txt"], "/srv/x.txt"), ("", ["b"], "./b"),
            ("a", [], "a"), ("a", ["", "b", ""], "a/b"), ("a", ["b/../c"], "a/c"), ("a", ["b//c/"], "a/b/c"),
            ("a", ["./b"], "a/b"), ("a", ["."], "a/."),
            ("a", ["b/.."], "a/."), ("a", ["..."], "a/..."), ("a", ["..b"], "a/..b"), ("a", ["b.."], "a/b.."),
            ("a", ["~"], "a/~"), ("a", ["ü"], "a/ü"),
            ("/", ["b"], "/b"), ("a", ["10:30.txt"], "a/10:30.txt"), ("a", ["console"], "a/console"),
            ("a", ["com10"], "a/com10"), ("a", [" x"], "a/ x"),
        ] as [(String, [String], String)])
    func partsAreJoinedInsideTheFolder(folder: String, parts: [String], path: String) {
        #expect(safeJoin(folder, parts: parts) == path)
    }

    @Test(arguments: [
        [".."], ["../b"], ["b/../../c"], ["b", "../c"], ["/etc/passwd"], ["//b/c"], ["b", "/c"], ["a\u{0}.png"],
        ["\u{0}"], ["./.."], ["b/../.."],
        ["../a"], ["..", "a"], [".//../x"], ["/"], ["../"],
    ])
    func whateverLeavesTheFolderIsRefused(parts: [String]) {
        #expect(safeJoin("a", parts: parts) == nil)
        #expect(safeJoin("a", parts: parts, portable: false) == nil)
    }

    @Test(arguments: [
        "b\\c", "\\", "..\\b", "c:", "C:x", "c:/x", "CON", "con.txt", "CON.txt.html", "CON  ", "CON . txt", "b/CON",
        "nul", "NUL:", "aux:stream", "prn.",
        "com1", "COM9.x", "lpt3", "LPT¹", "com²", "conin$", "CONOUT$.x", "\tcon",
    ])
    func namesThatAreSpecialOnWindowsAreRefusedUnlessTold(part: String) {
        #expect(safeJoin("a", part) == nil)
        #expect(safeJoin("a", part, portable: false) == "a/" + part)
    }

    @Test func aFolderWithNULIsRefused() {
        #expect(safeJoin("a\u{0}", "b") == nil)
    }

    @Test func dotsWithMarksAreOrdinaryNames() {
        // To Swift the dot and its mark are one Character, but the file system sees the bytes.
        #expect(safeJoin("a", "..\u{301}") == "a/..\u{301}")
        #expect(safeJoin("a", "../\u{301}b") == nil)
    }
}

struct SecureFilenameTests {
    @Test(arguments: [
        ("My cool movie.mov", "My_cool_movie.mov"), ("../../../etc/passwd", "etc_passwd"),
        ("i contain cool \u{FC}ml\u{E4}uts.txt", "i_contain_cool_umlauts.txt"),
        ("i contain cool u\u{308}mla\u{308}uts.txt", "i_contain_cool_umlauts.txt"), ("__filename__", "filename"),
        ("foo$&^*)bar", "foobar"), ("", ""), ("...", ""),
        ("_._", ""), ("日本語", ""), ("日本語.txt", "txt"), (".htaccess", "htaccess"), ("a\u{0}b", "ab"), ("a\r\nb", "a_b"),
        ("a \t b", "a_b"), ("a/b", "a_b"),
        ("a $ b", "a__b"), ("a\u{A0}b", "a_b"), ("ﬁle.ＴＸＴ", "file.TXT"), ("Ⅳ.½", "IV.12"), ("№ 5", "No_5"),
        ("𝐁old", "Bold"), ("ĲŁøß", "IJ"), ("①②③", "123"),
        ("a\\b", "a_b"), ("C:\\x.txt", "C_x.txt"), ("CON", "_CON"), ("nul.txt", "_nul.txt"),
        ("Lpt1.tar.gz", "_Lpt1.tar.gz"), ("con sole", "con_sole"),
        ("Å\u{212B}", "AA"), ("a\u{1C}b", "a_b"), ("\u{2488}x", "1.x"), ("e\u{301}\u{323}", "e"), ("ǅ", "Dz"),
        ("㎏㏕", "kgmil"),
    ])
    func namesBecomePlain(name: String, secure: String) {
        #expect(secureFilename(name) == secure)
    }

    @Test(arguments: [("CON", "CON"), ("a\\b", "ab"), ("C:\\x", "Cx")])
    func windowsNeedNotBeThoughtOf(name: String, secure: String) {
        #expect(secureFilename(name, portable: false) == secure)
    }

    @Test(arguments: [
        ("abcdef.txt", 8, "abcd.txt"), ("abcdef.txt", 10, "abcdef.txt"), ("abcdef.txt", 5, "a.txt"),
        ("abcdef.txt", 4, "abcd"), ("abcdef.txt", 0, ""), ("abcdef", 3, "abc"),
        ("a.bcdefghijklmnopqrstuvwxyz", 5, "a.bcd"), ("abcdef.txt", -1, ""), ("con", 3, "_co"),
    ])
    func longNamesAreCutBeforeTheExtension(name: String, maximum: Int, secure: String) {
        #expect(secureFilename(name, maximumBytes: maximum) == secure)
    }

    @Test func theDefaultFitsCommonFileSystems() {
        let name = secureFilename(String(repeating: "ü", count: 10_000) + ".jpeg")
        #expect(name.utf8.count == 255)
        #expect(name.hasSuffix("u.jpeg"))
    }

    @Test func everyCharacterGivesASafeName() {
        for value in Array(UInt32(0)...0x33FF) + Array(stride(from: UInt32(0x3400), through: 0x10FFFF, by: 61)) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let name = secureFilename("a\(Character(scalar))")
            guard name.utf8.first == UInt8(ascii: "a"), name.utf8.count <= 20 else {
                Issue.record("\(value) gives \(name)")
                continue
            }
            let isSafe = name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || [0x2D, 0x2E, 0x5F].contains(byte)
            }
            if !isSafe { Issue.record("\(value) gives \(name)") }
        }
    }
}
