// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct SessionDataTests {
    @Test func aFreshSessionIsUntouched() {
        let session: SessionData = ["a": 1]
        #expect(session.isNew)
        #expect(!session.isModified)
        #expect(!session.isAccessed)
        #expect(!session.isPermanent)
        #expect(session.members == [SessionValue.Member("a", 1)])
    }

    @Test("Looking counts as an access and not as a change", arguments: 0..<6)
    func access(way: Int) throws {
        var session: SessionData = ["a": 1]
        switch way {
        case 0: #expect(session["a"] == 1)
        case 1: #expect(session["b"] == nil)
        case 2: #expect(session.count == 1)
        case 3:
            let isEmpty = session.isEmpty
            #expect(!isEmpty)
        case 4:
            let isThere = session.contains("a")
            #expect(isThere)
        default: #expect(session.names == ["a"])
        }
        #expect(session.isAccessed)
        #expect(!session.isModified)
    }

    @Test("Changing counts as both", arguments: 0..<6)
    func change(way: Int) throws {
        var session: SessionData = ["a": 1]
        switch way {
        case 0: session["a"] = 2
        case 1: session["b"] = "x"
        case 2: session["a"] = nil
        case 3: session.remove("a")
        case 4: session.removeAll()
        default: session.isPermanent = true
        }
        #expect(session.isAccessed)
        #expect(session.isModified)
    }

    @Test func whatChangesNothingIsNoChange() {
        var session: SessionData = ["a": 1]
        session["b"] = nil
        #expect(session.remove("c") == nil)
        session.isPermanent = false
        #expect(!session.isModified)
        var empty = SessionData()
        empty.removeAll()
        #expect(!empty.isModified)
        #expect(empty.isAccessed)
    }

    @Test func permanenceIsKeptUnderItsName() {
        var session = SessionData()
        session.isPermanent = true
        #expect(session["_permanent"] == true)
        #expect(session.isPermanent)
        session.isPermanent = false
        #expect(session["_permanent"] == nil)
        let isEmpty = session.isEmpty
        #expect(isEmpty)
    }

    @Test func lookingAtPermanenceIsNoAccess() {
        let session: SessionData = ["_permanent": true]
        #expect(session.isPermanent)
        #expect(!session.isAccessed)
    }

    @Test func orderIsKept() {
        var session: SessionData = ["z": 1, "a": 2]
        session["m"] = 3
        session["z"] = 4
        #expect(session.names == ["z", "a", "m"])
        #expect(session.remove("a") == 2)
        #expect(session.names == ["z", "m"])
    }

    @Test func namesDifferByTheirBytes() {
        var session = SessionData()
        session["e\u{301}"] = 1
        session["\u{e9}"] = 2
        #expect(session.count == 2)
        #expect(session["e\u{301}"] == 1)
    }

    @Test func typedAccess() throws {
        var session = SessionData()
        session["cart", as: [String].self] = ["apple"]
        session["cart", as: [String].self]?.append("pear")
        #expect(session["cart", as: [String].self] == ["apple", "pear"])
        #expect(session["cart", as: Int.self] == nil)
        #expect(session["other", as: Int.self] == nil)
        #expect(session["cart"] == ["apple", "pear"])
        session["cart", as: [String].self] = nil
        #expect(session["cart"] == nil)
    }

    @Test func typedAccessWithReasons() throws {
        var session: SessionData = ["n": "text"]
        #expect(throws: DecodingError.self) { try session.value("n", as: Int.self) }
        #expect(try session.value("n", as: String.self) == "text")
        #expect(try session.value("missing", as: Int.self) == nil)
        #expect(throws: EncodingError.self) { try session.setValue(UInt64.max, for: "n") }
        #expect(session["n"] == "text")
        try session.setValue([1, 2], for: "n")
        #expect(session["n"] == [1, 2])
    }

    @Test func taggedJSONMakesTheRoundTrip() throws {
        let session: SessionData = ["t": .tuple([1]), "b": .bytes([9]), " t": nil]
        let json = try session.taggedJSON()
        #expect(
            String(decoding: json, as: UTF8.self) == "{\" t\":null,\"b\":{\" b\":\"CQ==\"},\"t\":{\" t\":[1]}}")
        var again = try SessionData(taggedJSON: json)
        #expect(!again.isNew)
        #expect(!again.isModified)
        #expect(again["t"] == .tuple([1]))
    }

    @Test("JSON that is no object is refused", arguments: ["[]", "1", "{\" t\":[1]}", "", "{"])
    func noObject(json: String) {
        #expect(throws: WireError.self) { try SessionData(taggedJSON: Array(json.utf8)) }
    }

    @Test func longJSONIsRefused() throws {
        #expect(throws: WireError.self) { try SessionData(taggedJSON: Array("{\"a\":1}".utf8), limit: 6) }
        #expect(try SessionData(taggedJSON: Array("{\"a\":1}".utf8), limit: 7).members.count == 1)
    }
}
