// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import Retort
import RetortWire

@Suite struct AuthenticationTests {
    private static func basic(_ name: String, _ password: String) -> [(String, String)] {
        [("Authorization", Authorization.basic(username: name, password: password).headerValue)]
    }

    @Test func aPasswordIsAskedForAndChecked() async throws {
        var app = App()
        app.use(
            .basicAuth(realm: "Back \"office\"") { name, password in
                ConstantTime.areEqual(name, "ada") && ConstantTime.areEqual(password, "p:ä")
            })
        app.get("/") { (credentials: BasicCredentials) in credentials.username }
        let probe = try AppProbe(app)
        let challenge = "Basic realm=\"Back \\\"office\\\"\", charset=\"UTF-8\""
        for headers in [
            [], Self.basic("ada", "wrong"), Self.basic("eve", "p:ä"), Self.basic("", ""),
            [("Authorization", "Basic !!!")], [("Authorization", "Bearer x")], [("Authorization", "")],
        ] {
            let answer = try await probe.get("/", headers)
            #expect(answer.status == 401)
            #expect(answer[.wwwAuthenticate].map { $0.replacingUTF8 } == challenge.replacingUTF8)
        }
        let answer = try await probe.get("/", Self.basic("ada", "p:ä"))
        #expect(answer.status == 200 && answer.text == "ada")
    }

    @Test func aTokenIsAskedForAndChecked() async throws {
        var app = App()
        app.use(.bearerAuth(realm: "api") { ConstantTime.areEqual($0, "good") })
        app.get("/") { (token: BearerToken) in token.value }
        let probe = try AppProbe(app)
        for (headers, status, challenge) in [
            ([], 401, "Bearer realm=api"), ([("Authorization", "Bearer good")], 200, nil),
            ([("Authorization", "bearer good")], 200, nil),
            ([("Authorization", "Bearer bad")], 401, "Bearer realm=api, error=invalid_token"),
            ([("Authorization", "Bearer ")], 401, "Bearer realm=api"),
            ([("Authorization", "Basic YTpi")], 401, "Bearer realm=api"),
        ] as [([(String, String)], Int, String?)] {
            let answer = try await probe.get("/", headers)
            #expect(answer.status == status)
            #expect(answer[.wwwAuthenticate]?.filter { $0 != "\"" } == challenge)
        }
    }

    @Test func anErrorOfTheCheckIsTheAnswer() async throws {
        var app = App()
        app.use(.bearerAuth { _ in throw HTTPError(.serviceUnavailable) })
        app.get("/") { "x" }
        #expect(try await AppProbe(app).get("/", [("Authorization", "Bearer x")]).status == 503)
    }

    @Test func argumentsAskForTheirCredentials() async throws {
        var app = App()
        app.get("/basic") { (credentials: BasicCredentials) in "\(credentials.username)/\(credentials.password)" }
        app.get("/bearer") { (token: BearerToken) in token.value }
        let probe = try AppProbe(app)
        #expect(try await probe.get("/basic", Self.basic("a", "b:c")).text == "a/b:c")
        #expect(try await probe.get("/bearer", [("Authorization", "Bearer t")]).text == "t")
        #expect(try await probe.get("/basic")[.wwwAuthenticate]?.hasPrefix("Basic realm=") == true)
        #expect(try await probe.get("/bearer")[.wwwAuthenticate] == "Bearer")
        #expect(try await probe.get("/bearer").status == 401)
    }

    @Test func printingShowsNoSecret() {
        let credentials = BasicCredentials(username: "ada", password: "hidden")
        let token = BearerToken("hidden")
        var dumped = ""
        dump(credentials, to: &dumped)
        dump(token, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), "\(token)", String(reflecting: token), dumped] {
            #expect(!text.contains("hidden"))
        }
        #expect("\(credentials)".contains("ada"))
    }
}

extension String {
    /// Without quotes, so that both spellings of a parameter are equal.
    fileprivate var replacingUTF8: String { filter { $0 != "\"" && $0 != "\\" } }
}
