// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct EnvironmentFileTests {
    @Test(
        arguments: [
            ("A=1", ["A": "1"]),
            ("A=1\nB=2\n", ["A": "1", "B": "2"]),
            ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
            ("\u{FEFF}A=1", ["A": "1"]),
            ("  A = 1  ", ["A": "1"]),
            ("\tA\t=\t1\t", ["A": "1"]),
            ("export A=1", ["A": "1"]),
            ("export\tA=1", ["A": "1"]),
            ("export=1", ["export": "1"]),
            ("# A=1\n   # B=2\nC=3", ["C": "3"]),
            ("A=", ["A": ""]),
            ("A=   ", ["A": ""]),
            ("A=\nB=2", ["A": "", "B": "2"]),
            ("A=# nothing", ["A": ""]),
            ("A=1 # one", ["A": "1"]),
            ("A=1\t# one", ["A": "1"]),
            ("A=a#b", ["A": "a#b"]),
            ("A=http://x/?a=b&c#d", ["A": "http://x/?a=b&c#d"]),
            ("A=two words", ["A": "two words"]),
            ("A=1\nA=2", ["A": "2"]),
            ("A=$HOME and ${HOME}", ["A": "$HOME and ${HOME}"]),
            ("A=\\n", ["A": "\\n"]),
            ("A='it''s'", ["A": "it"]),
            ("A=' a \\n $b # '", ["A": " a \\n $b # "]),
            ("A='1' # one", ["A": "1"]),
            ("A=\"a\\nb\\tc\\r\"", ["A": "a\nb\tc\r"]),
            ("A=\"say \\\"hi\\\" \\\\ \\$x\"", ["A": "say \"hi\" \\ $x"]),
            ("A=\"\\q\"", ["A": "\\q"]),
            ("A=\"one\ntwo\"\nB=2", ["A": "one\ntwo", "B": "2"]),
            ("A='one\ntwo'\nB=2", ["A": "one\ntwo", "B": "2"]),
            ("_A1=x", ["_A1": "x"]),
            ("Ä=1\nB=2", ["B": "2"]),
            ("A=ä€", ["A": "ä€"]),
            ("", [:]),
            ("\n\n\n", [:]),
        ] as [(String, [String: String])])
    func valuesAreReadAsShellsWriteThem(text: String, expected: [String: String]) throws {
        let file = try EnvironmentFile(Array(text.utf8), name: ".env")
        #expect(file.entries.mapValues(\.content.text) == expected)
    }

    @Test(
        arguments: [
            ("A", [1]), ("A=1\nB C\nD=2", [2]), ("1A=2", [1]), ("=1", [1]), ("A B=1", [1]), ("export", [1]),
            ("\n# x\nA-B=1", [3]), ("A=\"x\ny\"\nB", [3]),
        ] as [(String, [Int])])
    func linesThatAreNoAssignmentAreSkipped(text: String, lines: [Int]) throws {
        #expect(try EnvironmentFile(Array(text.utf8), name: ".env").skippedLines == lines)
    }

    @Test func linesAreCountedThroughQuotedValues() throws {
        let file = try EnvironmentFile(Array("\nA=\"x\n\ny\"\nB=2".utf8), name: ".env")
        #expect(file.entries["A"]?.line == 2)
        #expect(file.entries["B"]?.line == 5)
    }

    @Test(arguments: ["A=\"x", "A='x\n\n", "B=1\nA=\"x\\\""])
    func aQuotationMarkWithoutEndIsAnError(text: String) {
        let error = #expect(throws: ConfigurationError.self) { try EnvironmentFile(Array(text.utf8), name: ".env") }
        #expect(error?.code == .malformedFile)
        #expect(error?.message.contains("the quotation mark behind A= has no end. Add it.") == true)
    }

    @Test func timeGrowsWithTheFileAndNotFaster() throws {
        let line = "SOME_NAME=\"a value with \\\"escapes\\\" and more\" # and a comment\n"
        // The best of some runs, because other work goes on beside a test.
        func time(_ count: Int) throws -> Duration {
            let bytes = Array(String(repeating: line, count: count).utf8)
            let runs = try (0..<5).map { _ in
                try ContinuousClock().measure { _ = try EnvironmentFile(bytes, name: ".env") }
            }
            return runs.min() ?? .zero
        }
        let (small, large) = (try time(500), try time(4_000))
        #expect(large < small * 32 + .milliseconds(20))
    }
}
