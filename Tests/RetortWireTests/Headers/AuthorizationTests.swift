// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct AuthorizationTests {
    // Source: RFC 7617 §2, §2.1.
    @Test(arguments: [
        ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame"), ("basic dGVzdDoxMjPCow==", "test", "123£"),
        ("BASIC dTpwOnE=", "u", "p:q"), ("Basic  dTo=", "u", ""), ("Basic OnA=", "", "p"), ("Basic dQ==", "u", ""),
        ("Basic w7w6w6k=", "ü", "é"), ("Basic Og==", "", ""),
    ])
    func namesAndPasswordsAreDecoded(text: String, username: String, password: String) {
        #expect(Authorization(headerValue: text) == .basic(username: username, password: password))
    }

    @Test(arguments: [
        "", "Basic !", "Basic dTpw=", "Basic dTp", "Basic dT=w", "Basic =dTp", "Basic ////", "Basic dTpw dTpw",
        "Basic dTp\u{212A}",
        "Basic " + String(repeating: "A", count: 10_000),
    ])
    func whatCannotBeDecodedIsNothing(text: String) {
        #expect(Authorization(headerValue: text) == nil)
    }

    @Test(arguments: [("", ""), ("a", "b"), ("ab", "c"), ("abc", "d"), ("Aladdin", "open sesame"), ("ü", "p:q 🐍")])
    func namesAndPasswordsComeBack(username: String, password: String) {
        let value = Authorization.basic(username: username, password: password)
        #expect(Authorization(headerValue: value.headerValue) == value)
    }

    @Test(arguments: [
        ("Bearer abc.def-_~+/==", Authorization.bearer("abc.def-_~+/==")), ("bearer x", .bearer("x")),
        ("Token abc", .token(scheme: "Token", "abc")), ("Negotiate YII=", .token(scheme: "Negotiate", "YII=")),
        ("Bearer", .bearer("")), ("Bearer  x ", .bearer("x")),
        ("Custom a=1, b=\"x y\"", .parameters(scheme: "Custom", ["a": "1", "b": "x y"])),
        ("Bearer a=b", .parameters(scheme: "Bearer", ["a": "b"])),
    ])
    func otherSchemesHaveATokenOrParameters(text: String, value: Authorization) {
        #expect(Authorization(headerValue: text) == value)
    }

    // Source: RFC 7616 §3.9.1.
    @Test func digestParametersAreQuotedAsTheirGrammarWants() throws {
        let text = """
            Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=MD5, \
            nonce="7ypf", nc=00000001, cnonce="f2", qop=auth, response="8ca5", opaque="FQhe"
            """
        let value = try #require(Authorization(headerValue: text))
        guard case .parameters(let scheme, let parameters) = value else {
            Issue.record("no parameters")
            return
        }
        #expect(scheme == "Digest")
        #expect(parameters["username"] == "Mufasa")
        #expect(parameters["nc"] == "00000001")
        #expect(value.headerValue == text)
    }

    @Test(arguments: [
        (Authorization.basic(username: "u", password: "secret"), "Basic u:…"), (.bearer("secret"), "Bearer …"),
        (.token(scheme: "X", "secret"), "X …"), (.parameters(scheme: "Digest", ["response": "secret"]), "Digest …"),
    ])
    func descriptionsHoldNothingSecret(value: Authorization, text: String) {
        #expect(value.description == text)
        #expect("\(value)" == text)
        #expect(String(reflecting: value) == text)
    }

    @Test func nothingAddsALineToTheHeader() {
        #expect(Authorization.bearer("a\r\nX: y").headerValue == "Bearer a  X: y")
        #expect(Authorization.token(scheme: "a\nb", "c\rd").headerValue == "a b c d")
        #expect(Authorization.parameters(scheme: "a\nb", ["c": "d\n"]).headerValue == "a b c=\"d \"")
    }

    @Test(arguments: [
        ("Basic realm=\"x\"", [WWWAuthenticate.Challenge(scheme: "Basic", parameters: ["realm": "x"])]),
        ("Negotiate", [.init(scheme: "Negotiate")]), ("Negotiate abc==", [.init(scheme: "Negotiate", token: "abc==")]),
        (
            "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
            [
                .init(scheme: "Newauth", parameters: ["realm": "apps", "type": "1", "title": "Login to \"apps\""]),
                .init(scheme: "Basic", parameters: ["realm": "simple"]),
            ]
        ),
        (
            "Negotiate, Bearer a==, NTLM",
            [.init(scheme: "Negotiate"), .init(scheme: "Bearer", token: "a=="), .init(scheme: "NTLM")]
        ),
        (
            "Basic realm = \"a, Digest b=c\" , x=y",
            [.init(scheme: "Basic", parameters: ["realm": "a, Digest b=c", "x": "y"])]
        ),
        (", Basic ,, realm=x", [.init(scheme: "Basic", parameters: ["realm": "x"])]),
        ("a=b, Basic realm=x", [.init(scheme: "Basic", parameters: ["realm": "x"])]),
    ])
    func severalChallengesAreParsed(text: String, challenges: [WWWAuthenticate.Challenge]) {
        #expect(WWWAuthenticate(headerValue: text)?.challenges == challenges)
    }

    @Test(arguments: ["", ",", "a=b", "\"x\"", "Basic realm=\"open", String(repeating: "a", count: 10_001)])
    func withoutASchemeThereIsNoChallenge(text: String) {
        #expect(WWWAuthenticate(headerValue: text) == nil)
    }

    @Test func challengesAreWritten() throws {
        let value: WWWAuthenticate = [
            .basic(realm: "my app"), .bearer(realm: "r", error: "invalid_token", scope: "a b"), .bearer(),
            WWWAuthenticate.Challenge(scheme: "Negotiate", token: "abc="),
            WWWAuthenticate.Challenge(scheme: "Digest", parameters: ["realm": "r", "qop": "auth", "algorithm": "MD5"]),
        ]
        #expect(
            value.headerValue
                == """
                Basic realm="my app", charset=UTF-8, Bearer realm=r, error=invalid_token, scope="a b", Bearer, \
                Negotiate abc=, Digest realm="r", qop="auth", algorithm=MD5
                """
        )
        #expect(WWWAuthenticate(headerValue: value.headerValue) == value)
        #expect(value["BASIC"]?.realm == "my app")
        #expect(value["none"] == nil)
    }
}
