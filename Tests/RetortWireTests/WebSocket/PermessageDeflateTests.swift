// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct PermessageDeflateTests {
    private func answer(_ offer: String, _ wishes: PermessageDeflate = .init()) -> String? {
        WebSocketExtension.parse(offer).flatMap { wishes.accept($0)?.entry }
    }

    @Test(
        "Offers that can be met",
        arguments: [
            ("permessage-deflate", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
            ("permessage-deflate;client_max_window_bits=10", "permessage-deflate; client_max_window_bits=10"),
            ("permessage-deflate; client_max_window_bits=\"8\"", "permessage-deflate; client_max_window_bits=8"),
            ("permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=15"),
            ("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8"),
            ("permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover"),
            ("permessage-deflate; client_no_context_takeover", "permessage-deflate; client_no_context_takeover"),
            (
                "permessage-deflate; server_max_window_bits=10; client_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10"
            ),
            ("permessage-deflate; server_max_window_bits=7, permessage-deflate", "permessage-deflate"),
            ("permessage-deflate; unknown, other, permessage-deflate", "permessage-deflate"),
        ])
    func offersAreAnswered(offer: String, expected: String) {
        #expect(answer(offer) == expected)
    }

    @Test(
        "Offers that cannot be met",
        arguments: [
            "", "other", "permessage-deflates", "Permessage-Deflate", "permessage-deflate; unknown",
            "permessage-deflate; server_no_context_takeover=1", "permessage-deflate; client_no_context_takeover=true",
            "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=7",
            "permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_max_window_bits=09",
            "permessage-deflate; server_max_window_bits=x", "permessage-deflate; client_max_window_bits=0",
            "permessage-deflate; client_max_window_bits=99999999999999999999",
            "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        ])
    func otherOffersAreDeclined(offer: String) {
        #expect(answer(offer) == nil)
    }

    @Test func theServersWishesAreAdded() {
        let wishes = PermessageDeflate(
            serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 11,
            clientMaxWindowBits: 12)
        #expect(
            answer("permessage-deflate", wishes)
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=11")
        let offer = "permessage-deflate; server_max_window_bits=10; client_max_window_bits=13"
        let agreement = WebSocketExtension.parse(offer).flatMap { wishes.accept($0)?.agreement }
        #expect(agreement?.serverMaxWindowBits == 10)
        #expect(agreement?.clientMaxWindowBits == 12)
    }

    @Test func aClientThatDoesNotMentionItsWindowKeepsIt() {
        let wishes = PermessageDeflate(clientMaxWindowBits: 9)
        let agreement = WebSocketExtension.parse("permessage-deflate").flatMap { wishes.accept($0)?.agreement }
        #expect(agreement?.clientMaxWindowBits == 15)
    }

    @Test func wishesOutOfRangeAreMovedIntoIt() {
        let wishes = PermessageDeflate(serverMaxWindowBits: 3, clientMaxWindowBits: 99, level: 12)
        #expect(wishes.serverMaxWindowBits == 8 && wishes.clientMaxWindowBits == 15 && wishes.level == 9)
    }

    @Test func theOfferOfAClientIsItsWishes() {
        #expect(PermessageDeflate().offer == "permessage-deflate; client_max_window_bits")
        let wishes = PermessageDeflate(
            serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 9,
            clientMaxWindowBits: 10)
        #expect(
            wishes.offer
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=9; client_max_window_bits=10")
    }
}

@Suite struct WebSocketExtensionTests {
    @Test func listsAreTakenApart() {
        let entries = WebSocketExtension.parse(" a ;x ; y = 1 ;z=\"q\\r\" ,, b,\t")
        let parameters: [WebSocketExtension.Parameter] = [
            .init(name: "x", value: nil), .init(name: "y", value: "1"), .init(name: "z", value: "qr"),
        ]
        #expect(entries == [.init(name: "a", parameters: parameters), .init(name: "b")])
        #expect(WebSocketExtension.parse("") == [])
        #expect(WebSocketExtension.parse(" , ,") == [])
    }

    @Test(
        "Text that is not a list",
        arguments: [
            "a b", "a;", "a;=1", "a; x=", "a; x=\"", "a; x=\"\"", "a; x=\"b c\"", "a; x=\"b\\", "a; x=\"b\"c", ";", "=",
            "a, ;", "é", "a; x y", "a\u{0}",
        ])
    func brokenListsAreRefused(text: String) {
        #expect(WebSocketExtension.parse(text) == nil)
    }

    @Test func listsHaveALimit() {
        let sixteen = Array(repeating: "a", count: 16)
        #expect(WebSocketExtension.parse(sixteen.joined(separator: ","))?.count == 16)
        #expect(WebSocketExtension.parse((sixteen + ["a"]).joined(separator: ",")) == nil)
        #expect(WebSocketExtension.parse("n;" + sixteen.joined(separator: ";"))?.first?.parameters.count == 16)
        #expect(WebSocketExtension.parse("n;" + (sixteen + ["a"]).joined(separator: ";")) == nil)
    }
}
