// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import RetortWire

@Suite struct WebSocketHandshakeTests {
    /// The request of RFC 6455 §1.3.
    private static let sample: HTTPFields = [
        .upgrade: "websocket", .connection: "Upgrade", .secWebSocketKey: "dGhlIHNhbXBsZSBub25jZQ==",
        .origin: "http://example.com", .secWebSocketProtocol: "chat, superchat", .secWebSocketVersion: "13",
    ]

    private func accept(
        _ handshake: WebSocketHandshake = .init(), method: HTTPRequest.Method = .get,
        authority: String? = "example.com", _ change: (inout HTTPFields) -> Void = { _ in }
    ) throws -> WebSocketAgreement {
        var fields = Self.sample
        change(&fields)
        return try handshake.accept(method: method, authority: authority, fields: fields)
    }

    private func refusal(
        method: HTTPRequest.Method = .get, authority: String? = "example.com", _ change: (inout HTTPFields) -> Void
    ) -> WireError? {
        #expect(throws: WireError.self) { try accept(method: method, authority: authority, change) }
    }

    @Test func theExampleOfTheStandardIsAccepted() throws {
        let agreement = try accept(.init(subprotocols: ["chat"]))
        #expect(agreement.fields[.secWebSocketAccept] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(agreement.fields[.upgrade] == "websocket")
        #expect(agreement.fields[.connection] == "Upgrade")
        #expect(agreement.fields[.secWebSocketProtocol] == "chat")
        #expect(agreement.subprotocol == "chat")
        #expect(agreement.compression == nil)
        #expect(agreement.fields[.secWebSocketExtensions] == nil)
    }

    @Test(
        "Tokens in lists",
        arguments: [
            ("websocket", "keep-alive, Upgrade"), ("WebSocket", "UPGRADE"), ("h2c, websocket", "upgrade,close"),
            (" websocket ", " ,, upgrade\t,"),
        ])
    func tokensAreFoundInLists(upgrade: String, connection: String) throws {
        _ = try accept {
            $0[.upgrade] = upgrade
            $0[.connection] = connection
        }
    }

    @Test func tokensAreFoundOverSeveralFields() throws {
        _ = try accept {
            $0[.connection] = nil
            $0.append(HTTPField(name: .connection, value: "keep-alive"))
            $0.append(HTTPField(name: .connection, value: "Upgrade"))
        }
    }

    @Test("Requests for something else", arguments: [nil, "", "h2c", "websockets", "web socket"])
    func requestsWithoutTheTokenAreTold(upgrade: String?) {
        let error = refusal { $0[.upgrade] = upgrade }
        #expect(error?.status == 426)
        #expect(WebSocketHandshake.refusalFields(for: error ?? WireError(.webSocketOrigin, "")).count == 3)
        var fields = Self.sample
        fields[.upgrade] = upgrade
        #expect(!WebSocketHandshake.isRequested(by: fields))
    }

    @Test("Connections that do not upgrade", arguments: [nil, "", "keep-alive", "upgrades", "not-upgrade"])
    func theConnectionHasToNameUpgrade(connection: String?) {
        #expect(refusal { $0[.connection] = connection }?.status == 400)
    }

    @Test func onlyGetOpensAWebSocket() {
        #expect(refusal(method: .post) { _ in }?.status == 400)
    }

    @Test("Versions", arguments: [nil, "", "8", "12", "14", "013", "13, 8", "thirteen"])
    func otherVersionsAreToldTheRightOne(version: String?) throws {
        let error = try #require(refusal { $0[.secWebSocketVersion] = version })
        #expect(error.code == .webSocketVersion && error.status == 426)
        let fields = WebSocketHandshake.refusalFields(for: error)
        #expect(fields[.secWebSocketVersion] == "13")
        #expect(fields[.upgrade] == "websocket")
    }

    @Test(
        "Keys",
        arguments: [
            nil, "", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ===",
            "dGhlIHNhbXBsZSBub25jZTE=", "dGhlIHNhbXBsZSBub2-jZQ==", "dGhl=HNhbXBsZSBub25jZQ==",
            "dGhlIHNhbXBsZSBub25jZQ== x", "é==",
        ])
    func wrongKeysAreRefused(key: String?) {
        let error = refusal { $0[.secWebSocketKey] = key }
        #expect(error?.code == .webSocketHandshake && error?.status == 400)
    }

    @Test func twoKeysAreRefused() {
        let error = refusal { $0.append(HTTPField(name: .secWebSocketKey, value: "dGhlIHNhbXBsZSBub25jZQ==")) }
        #expect(error?.status == 400)
    }

    @Test(
        "Subprotocols",
        arguments: [
            (["superchat", "chat"], "chat, superchat", "superchat"), (["chat"], "superchat,chat", "chat"),
            (["Chat"], "chat", nil), ([], "chat", nil), (["chat"], nil, nil), (["v2"], " v1 ,\tv2 ", "v2"),
        ] as [([String], String?, String?)])
    func theServersFirstChoiceThatTheClientOffersIsTaken(
        known: [String], offered: String?, chosen: String?
    ) throws {
        let agreement = try accept(.init(subprotocols: known)) { $0[.secWebSocketProtocol] = offered }
        #expect(agreement.subprotocol == chosen)
        #expect(agreement.fields[.secWebSocketProtocol] == chosen)
    }

    @Test(
        "Pages",
        arguments: [
            ("http://example.com", "example.com", true), ("https://example.com", "example.com", true),
            ("https://EXAMPLE.com", "example.COM", true), ("https://example.com", "example.com:443", true),
            ("http://example.com:80", "example.com", true), ("http://example.com:8080", "example.com:8080", true),
            ("http://[::1]:8080", "[::1]:8080", true), (nil, "example.com", true), (nil, nil, true),
            ("http://example.com:8080", "example.com", false), ("http://example.com", "example.com:8080", false),
            ("https://example.com", "example.com:80", false), ("http://evil.com", "example.com", false),
            ("http://example.com.evil.com", "example.com", false), ("http://evil-example.com", "example.com", false),
            ("null", "example.com", false), ("", "example.com", false), ("http://", "", false),
            ("http://example.com", nil, false), ("file://example.com", "example.com", false),
            ("http://example.com/", "example.com", false), ("http://user@example.com", "user@example.com", false),
            ("http://\u{212A}.com", "k.com", false),
        ] as [(String?, String?, Bool)])
    func aPageOfTheSameHostIsLetIn(origin: String?, authority: String?, isPermitted: Bool) throws {
        #expect(WebSocketOriginPolicy.sameHost.permits(origin: origin, authority: authority) == isPermitted)
    }

    @Test func otherPoliciesDecideOtherwise() {
        let listed = WebSocketOriginPolicy.allowed(["https://app.example.com"])
        #expect(listed.permits(origin: "https://app.example.com", authority: "api.example.com"))
        #expect(!listed.permits(origin: "https://api.example.com", authority: "api.example.com"))
        #expect(!listed.permits(origin: "null", authority: nil))
        #expect(listed.permits(origin: nil, authority: nil))
        #expect(WebSocketOriginPolicy.any.permits(origin: "null", authority: nil))
    }

    @Test func aPageOfAnotherHostIsForbidden() {
        let error = refusal(authority: "other.com") { _ in }
        #expect(error?.code == .webSocketOrigin && error?.status == 403)
        #expect(WebSocketHandshake.refusalFields(for: error ?? WireError(.webSocketVersion, "", status: 426)).isEmpty)
        let twice = refusal { $0.append(HTTPField(name: .origin, value: "http://example.com")) }
        #expect(twice?.status == 403)
    }

    @Test func brokenExtensionsAreRefusedAndUnknownOnesAreNot() throws {
        #expect(refusal { $0[.secWebSocketExtensions] = "permessage-deflate; =" }?.status == 400)
        let handshake = WebSocketHandshake(compression: .init())
        let agreement = try accept(handshake) { $0[.secWebSocketExtensions] = "x-webkit-deflate-frame" }
        #expect(agreement.compression == nil)
        let compressed = try accept(handshake) {
            $0[.secWebSocketExtensions] = "x-other, permessage-deflate; client_max_window_bits"
        }
        #expect(compressed.compression == PermessageDeflate())
        #expect(compressed.fields[.secWebSocketExtensions] == "permessage-deflate")
        let unwanted = try accept { $0[.secWebSocketExtensions] = "permessage-deflate" }
        #expect(unwanted.compression == nil)
    }
}

@Suite struct WebSocketClientHandshakeTests {
    private static let answer: HTTPFields = [
        .upgrade: "websocket", .connection: "Upgrade", .secWebSocketAccept: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    ]

    private func verify(
        subprotocols: [String] = [], compression: PermessageDeflate? = nil, status: Int = 101,
        _ change: (inout HTTPFields) -> Void = { _ in }
    ) throws -> WebSocketAgreement {
        let client = WebSocketClientHandshake(
            key: "dGhlIHNhbXBsZSBub25jZQ==", subprotocols: subprotocols, compression: compression)
        var fields = Self.answer
        change(&fields)
        return try client.verify(status: status, fields: fields)
    }

    @Test func aServerOfOursIsUnderstood() throws {
        for compression in [nil, PermessageDeflate(serverNoContextTakeover: true, serverMaxWindowBits: 10)] {
            let client = WebSocketClientHandshake(subprotocols: ["v2", "v1"], compression: compression)
            let server = WebSocketHandshake(
                subprotocols: ["v1"], compression: PermessageDeflate(clientMaxWindowBits: 9))
            let accepted = try server.accept(method: .get, authority: "a", fields: client.fields)
            let verified = try client.verify(status: 101, fields: accepted.fields)
            #expect(verified.subprotocol == "v1" && accepted.subprotocol == "v1")
            #expect(verified.compression == accepted.compression)
            #expect(verified.compression?.clientMaxWindowBits == (compression == nil ? nil : 9))
        }
    }

    @Test func eachConnectionHasItsKey() {
        let keys = Set((0..<20).map { _ in WebSocketClientHandshake().key })
        #expect(keys.count == 20)
        #expect(keys.allSatisfy(WebSocketKey.isValid))
    }

    @Test func theExampleOfTheStandardIsVerified() throws {
        #expect(try verify().subprotocol == nil)
    }

    @Test func wrongAnswersAreRefused() {
        let changes: [(inout HTTPFields) -> Void] = [
            { $0[.upgrade] = nil }, { $0[.upgrade] = "h2c" }, { $0[.connection] = "close" },
            { $0[.secWebSocketAccept] = nil }, { $0[.secWebSocketAccept] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOO=" },
            { $0[.secWebSocketProtocol] = "chat" }, { $0[.secWebSocketExtensions] = "permessage-deflate" },
            { $0[.secWebSocketExtensions] = ";" },
        ]
        for change in changes {
            let error = #expect(throws: WireError.self) { try verify(change) }
            #expect(error?.code == .webSocketHandshake)
        }
        #expect(throws: WireError.self) { try verify(status: 200) }
    }

    @Test func chosenExtensionsHaveToFitTheOffer() throws {
        func agree(_ compression: PermessageDeflate, _ entry: String) throws -> PermessageDeflate? {
            try verify(compression: compression) { $0[.secWebSocketExtensions] = entry }.compression
        }
        #expect(try agree(.init(), "permessage-deflate") == .init())
        let small = try agree(.init(), "permessage-deflate; server_max_window_bits=10; client_max_window_bits=11")
        #expect(small == .init(serverMaxWindowBits: 10, clientMaxWindowBits: 11))
        for (compression, entry) in [
            (.init(serverNoContextTakeover: true), "permessage-deflate"),
            (.init(serverMaxWindowBits: 10), "permessage-deflate"),
            (.init(serverMaxWindowBits: 10), "permessage-deflate; server_max_window_bits=11"),
            (.init(), "permessage-deflate; client_max_window_bits"), (.init(), "permessage-deflate; other"),
            (.init(), "permessage-deflate, permessage-deflate"), (.init(), "other"),
        ] as [(PermessageDeflate, String)] {
            #expect(throws: WireError.self) { try agree(compression, entry) }
        }
    }
}
