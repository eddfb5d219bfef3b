// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import DocumentationComments
import Testing

@Suite struct DeclarationFinderTests {
    private func find(_ text: String) -> [DocumentedType] { DeclarationFinder.find(in: text) }

    @Test func fieldsOfAnInputHaveTheirComments() {
        let types = find(
            """
            import Retort

            /// What to look for.
            ///
            /// More of it.
            public struct Options: Input, Hashable {
                /// Smallest score.
                ///
                ///     code
                @Field(in: 0...1) var score = 0.5

                /** The most faces
                 * in an answer. */
                @Field(in: 1...100, step: 1)
                public private(set) var limit = 20
                @Field var plain = 1  // no comment
                // An ordinary comment.
                @Field var other = 2
                /// Of the type.
                static let shared = Options()
                /// Not a property.
                func run() { var local = 1 }
                /// Computed.
                var twice: Int { limit * 2 }
            }
            """)
        #expect(
            types == [
                DocumentedType(
                    name: "Options", access: "public", text: "What to look for.\n\nMore of it.",
                    members: [
                        ("score", "Smallest score.\n\n    code"), ("limit", "The most faces\nin an answer."),
                        ("twice", "Computed."),
                    ])
            ])
    }

    @Test func casesOfEnumerationsHaveTheirComments() {
        let types = find(
            """
            enum Format: String, CaseIterable, Sendable {
                /// Boxes.
                case json
                /// Pictures.
                case jpeg = "jpg", png
                case `default`
                /// With a keyword.
                case `in`
                /// Never.
                var isPicture: Bool { switch self { case .json: false; default: true } }
            }
            enum Other: String { /// Not listed.
                case a }
            """)
        #expect(
            types == [
                DocumentedType(
                    name: "Format", access: "", text: nil,
                    members: [
                        ("json", "Boxes."), ("jpeg", "Pictures."), ("png", "Pictures."), ("in", "With a keyword."),
                    ])
            ])
    }

    @Test(
        arguments: [
            ("struct A: Input { /// x\nvar a = 1 }", ["A"], [""]),
            ("public struct A: Retort.Input { /// x\nvar a = 1 }", ["A"], ["public"]),
            ("package struct A: Input { /// x\nvar a = 1 }", ["A"], ["package"]),
            ("private struct A: Input { /// x\nvar a = 1 }", [], []),
            ("fileprivate struct A: Input { /// x\nvar a = 1 }", [], []),
            ("enum Names { struct A: Input { /// x\nvar a = 1 } }", ["Names.A"], [""]),
            ("public enum Names { public struct A: Input { /// x\nvar a = 1 } }", ["Names.A"], ["public"]),
            ("enum Names { public struct A: Input { /// x\nvar a = 1 } }", ["Names.A"], [""]),
            ("private enum Names { struct A: Input { /// x\nvar a = 1 } }", [], []),
            ("extension Outer.Inner { struct A: Input { /// x\nvar a = 1 } }", ["Outer.Inner.A"], [""]),
            ("public extension Outer { struct A: Input { /// x\nvar a = 1 } }", ["Outer.A"], ["public"]),
            ("extension Outer { public struct A: Input { /// x\nvar a = 1 } }", ["Outer.A"], ["public"]),
            ("private extension Outer { struct A: Input { /// x\nvar a = 1 } }", [], []),
            ("func f() { struct A: Input { /// x\nvar a = 1 } }", [], []),
            ("app.get(\"/\") { struct A: Input { /// x\nvar a = 1 } }", [], []),
            (
                "#if DEBUG\nstruct A: Input { /// x\nvar a = 1 }\n#endif\nstruct B: Codable { /// y\nvar b: Int }",
                ["B"], [""]
            ),
            ("struct A<Element: Codable>: Input where Element: Sendable { /// x\nvar a = 1 }", ["A"], [""]),
            ("struct A: Sendable { /// x\nvar a = 1 }", [], []),
            ("struct A: Sendable where B: Input { /// x\nvar a = 1 }", [], []),
            ("@available(macOS 26, *) @frozen public struct A: Input { /// x\n@Field var a = 1 }", ["A"], ["public"]),
            (
                "class A: Codable { class var b = 1; class func c() {} }\nstruct D: Input { /// x\nvar a = 1 }", ["D"],
                [""]
            ),
            ("struct A: Input { var a = 1 }", [], []),
            ("struct `in`: Input { /// x\nvar a = 1 }", ["`in`"], [""]),
        ] as [(String, [String], [String])])
    func onlyTypesThatCanBeNamedAreFound(text: String, names: [String], accesses: [String]) {
        let types = find(text)
        #expect(types.map(\.name) == names, "\(text)")
        #expect(types.map(\.access) == accesses, "\(text)")
    }

    /// Braces, comments and declarations inside of literals are no code.
    @Test(arguments: [
        "let a = \"struct B: Input { /// x\"", "let a = \"\\\" { \"", "let a = \"\\(f(\"}\") + \")\") {\"",
        "let a = #\"\\(x) \" {\"#", "let a = \"\"\"\n  } \" struct B: Input { /// no\n  \\(g { \"}\" })\n  \"\"\"",
        "let a = ##\"\"\"\n } \"#  \n \"\"\"##", "/* { /* } */ struct B: Input { */", "let a = #/[{\"]/#",
        "let a = 0x1F_p3; let b = 1_000", "// } { \"", "let a = \"unfinished {", "let a = [\"}\": { $0 }]",
        "let a = \"🙂 \\u{7B}\"", "#warning(\"{\")", "let a = b ? \"{\" : \"}\"",
        "let a =\n    b\n    .map { $0 }\n    + c", "var a: Int {\n  get { 1 }\n  set { }\n}",
        "if x { y() } else { z() }",
        "func a<T>(_ b: T) -> T where T: B { b }", "protocol P { var a: Int { get } }", "typealias A = (Int) -> Void",
    ])
    func literalsAreNotTakenForCode(text: String) {
        let types = find("\(text)\n/// About A.\nstruct A: Input {\n    \(text)\n    /// x\n    var a = 1\n}\n")
        #expect(types == [DocumentedType(name: "A", access: "", text: "About A.", members: [("a", "x")])], "\(text)")
    }

    @Test func commentsBelongToWhatFollowsAtOnce() {
        let types = find(
            """
            /// Of nothing.

            struct A: Input {
                /// Of nothing.

                var a = 1
                /// x
                @Field(
                    in: 0...1
                )
                var b = 1; /// y
                var c = 2
            }
            """)
        #expect(types == [DocumentedType(name: "A", access: "", text: nil, members: [("b", "x"), ("c", "y")])])
    }

    @Test func anythingIsReadToItsEnd() {
        let text =
            "/// a\npublic struct A: Input { @Field(in: 0...1) var b = \"\\(c)\" /* d */ enum E: CaseIterable { case f } }"
        let bytes = Array(text.utf8)
        for end in 0...bytes.count {
            for start in [0, end / 2] { _ = find(String(decoding: bytes[start..<end], as: UTF8.self)) }
        }
        for odd in [
            "}", "}}}", "((", "\"\"\"", "#", "##\"", "`", "@", "@@", "/*", "case", "struct", "struct A", "enum :", "\\",
        ] {
            _ = find(odd)
            _ = find("struct A: Input { \(odd)")
        }
    }

    @Test func codeOfTheCommentsIsWritten() {
        let source = Generator.source([
            DocumentedType(
                name: "A.B", access: "public", text: "Says \"hi\" \\ and\nmore.  ",
                members: [("a", "x\t"), ("a", "again")]),
            DocumentedType(name: "C", access: "", text: nil, members: [("b", "y")]),
        ])
        #expect(
            source == """
                // Made by RetortDocumentation from documentation comments.

                public import Retort

                extension A.B: SelfDocumenting {
                    public static var documentation: TypeDocumentation {
                        TypeDocumentation(
                            "Says \\"hi\\" \\\\ and\\nmore.",
                            members: [
                                "a": "x",
                            ])
                    }
                }

                extension C: SelfDocumenting {
                    static var documentation: TypeDocumentation {
                        TypeDocumentation(
                            nil,
                            members: [
                                "b": "y",
                            ])
                    }
                }

                """)
        #expect(!Generator.source([]).contains("import"))
    }
}
