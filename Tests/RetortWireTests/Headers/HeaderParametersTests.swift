// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct HeaderParametersTests {
    @Test(
        arguments: [
            ("", [:]), ("a", ["a": nil]), ("a=1", ["a": "1"]),
            ("a=1, b=\"2, 3\", c", ["a": "1", "b": "2, 3", "c": nil]),
            ("a = 1 , b\t=\t2", ["a": "1", "b": "2"]), ("=1, a=2", ["a": "2"]), ("a=", ["a": ""]),
            ("a=\"\"", ["a": ""]),
            ("a=1, b=\"2, 3\", c=\"4, d=5", [:]), ("a=1, a=2", ["a": "2"]), ("a=b=c", ["a": "b=c"]),
            ("\"a=1\"", ["a": "1"]), ("a*=UTF-8''%C2%B5", ["a": "µ"]), ("a*=utf-8'en'x%20y", ["a": "x y"]),
            ("a*=iso-8859-1''%B5", ["a": "µ"]), ("a*=us-ascii''%C2%B5", ["a": "\u{FFFD}\u{FFFD}"]),
            ("a*=koi8-r''%C1", ["a": "%C1"]), ("a*=plain", ["a": "plain"]), ("a*=UTF-8''", ["a": "UTF-8''"]),
            ("a*=\"x y\"", ["a": "x y"]), ("a*=UTF-8''%22x%22", ["a": "x"]),
        ] as [(String, HeaderParameters)])
    func pairsAreParsed(text: String, parameters: HeaderParameters) {
        #expect(HeaderParameters(headerValue: text) == parameters)
    }

    @Test(
        arguments: [
            ([:], ""), (["a": "1"], "a=1"), (["a": "b c", "d": nil], "a=\"b c\", d"),
            (["a*": "UTF-8''bar"], "a*=UTF-8''bar"),
            (["a": ""], "a=\"\""), (["a": "x\r\ny"], "a=\"x  y\""), (["a\r\nb": nil], "a  b"),
            (["a*": "x\ny"], "a*=x y"),
        ] as [(HeaderParameters, String)])
    func pairsAreWritten(parameters: HeaderParameters, text: String) {
        #expect(parameters.headerValue == text)
    }

    @Test func namesAreComparedWithoutCaseAndKeepTheirSpelling() {
        var parameters: HeaderParameters = ["Realm": "x", "NONCE": "y"]
        #expect(parameters["realm"] == "x")
        #expect(parameters.contains("nonce"))
        parameters["REALM"] = "z"
        #expect(parameters.headerValue == "Realm=z, NONCE=y")
        #expect(parameters.names == ["Realm", "NONCE"])
        parameters["nonce"] = nil
        #expect(parameters.count == 1)
        parameters.set("stale", to: nil)
        #expect(parameters.contains("stale"))
        #expect(parameters["stale"] == nil)
        parameters.remove("Stale")
        #expect(!parameters.contains("stale"))
        #expect(!parameters.isEmpty)
    }

    @Test(arguments: [1, 15, 16, 17, 40])
    func laterValuesReplaceEarlierOnesInTheirPlaceHoweverManyThereAre(count: Int) {
        let names = (0..<count).map { "n\($0)" }
        let first = names.map { HeaderParameters.Element(name: $0, value: "old") }
        let second = names.reversed().map { HeaderParameters.Element(name: $0.uppercased(), value: $0) }
        let parameters = HeaderParameters(first + second)
        #expect(parameters.names == names)
        #expect(names.allSatisfy { parameters[$0] == $0 })
    }

    @Test func aHeaderThatIsTooLongHasNoPairs() {
        let text = "a=" + String(repeating: "x", count: HeaderText.defaultLimit - 2)
        #expect(HeaderParameters(headerValue: text).count == 1)
        #expect(HeaderParameters(headerValue: text + "x").isEmpty)
        #expect(HeaderParameters(headerValue: text + "x", limit: .max).count == 1)
    }

    @Test func lettersThatLookAlikeAreDifferentNames() {
        let parameters = HeaderParameters(headerValue: "\u{212A}=kelvin, k=letter")
        #expect(parameters.count == 2)
        #expect(parameters["k"] == "letter")
        #expect(HeaderParameters(headerValue: "e\u{301}=1, \u{E9}=2").count == 2)
    }
}
