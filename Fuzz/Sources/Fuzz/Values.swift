// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A JSON text: read, written, read again; and read into types.
@Sendable func fuzzJSON(_ input: [UInt8]) {
    let value = try? JSONValue(parsing: input)
    let decoded = try? JSONCoding.decode(JSONValue.self, from: input)
    requireEqual(value, decoded, "parsed and decoded")
    if let value {
        for options in [JSONOptions(), JSONOptions(sortsKeys: true, isIndented: true, isASCIIOnly: true)] {
            guard let bytes = try? value.bytes(options) else { fatalError("read but not written") }
            requireEqual(try? JSONValue(parsing: bytes), value, "written and read again")
        }
    }
    if let item = try? JSONCoding.decode(Item.self, from: input) {
        guard let bytes = try? JSONCoding.encode(item) else { fatalError("decoded but not encoded") }
        requireEqual(try? JSONCoding.decode(Item.self, from: bytes), item, "encoded and decoded again")
    }
    _ = try? JSONCoding.decode([String: [Int8?]].self, from: input)
    _ = try? JSONCoding.decode([Double].self, from: input)
}

/// A type with a member of most kinds.
struct Item: Codable, Equatable {
    var id: Int?
    var small: UInt8?
    var name: String?
    var price: Double?
    var ratio: Float?
    var done: Bool?
    var tags: [String]?
    var counts: [String: Int]?
    var children: [Item]?
}

/// A query: read, written, read again; and decoded into a type.
@Sendable func fuzzQuery(_ input: [UInt8]) {
    guard let fields = try? MultiDict(urlEncoded: input) else { return }
    let again = try? MultiDict(urlEncoded: fields.urlEncoded)
    requireEqual(again?.pairs.map(\.name), fields.pairs.map(\.name), "names written and read again")
    requireEqual(again?.pairs.map(\.value), fields.pairs.map(\.value), "values written and read again")
    if let item = try? FieldsDecoder().decode(Item.self, from: fields) {
        _ = try? FieldsEncoder().encode(item)
        _ = try? FieldsEncoder(style: .brackets).encode(item)
    }
    _ = try? FieldsDecoder().decode([String: [String]].self, from: fields)
    _ = try? FieldsDecoder().decode([String: [String: Int]].self, from: fields)
}

/// Cookies of a request and of a response.
@Sendable func fuzzCookies(_ input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    let cookies = Cookies.parse(text)
    requireOneLine(Cookies.print(cookies), "Cookie")
    checkHeader(SetCookie.self, text)
    var jar = CookieJar(limit: 10)
    let target = CookieJar.Target(host: "a.example.org", path: "/x/y", isSecure: true)
    let now = HTTPDate(secondsSince1970: 1_800_000_000)
    for line in text.split(separator: "\n").prefix(20) { jar.store(String(line), from: target, now: now) }
    require(jar.cookies.count <= 10, "more cookies than the limit")
    if let header = jar.headerValue(for: target, now: now) { requireOneLine(header, "Cookie") }
}

/// Sessions: as they come, and with a right signature around what comes.
@Sendable func fuzzSessions(_ input: [UInt8]) {
    guard let flask = session.flask, let sealed = session.sealed, let signer = session.signer else {
        fatalError("no session cookies")
    }
    let text = String(decoding: input, as: UTF8.self)
    _ = flask.read(text)
    _ = sealed.read(text)
    if let signed = try? signer.sign(bytes: input) {
        _ = flask.read(String(decoding: signed, as: UTF8.self))
    }
    guard let data = try? SessionData(taggedJSON: input), let json = try? data.taggedJSON() else { return }
    guard let again = try? SessionData(taggedJSON: json) else { fatalError("session written but not read again") }
    requireEqual(try? again.taggedJSON(), json, "session written, read and written again")
    if let cookie = try? flask.write(data) {
        requireEqual(try? flask.readOrThrow(cookie).taggedJSON(), json, "Flask's cookie")
    }
    if let cookie = try? sealed.write(data) {
        requireEqual(try? sealed.readOrThrow(cookie).taggedJSON(), json, "encrypted cookie")
    }
}

private struct SessionReaders: Sendable {
    let flask = try? FlaskSessionCookie(keys: "key", clock: .fixed(1_800_000_000))
    let sealed = try? EncryptedSessionCookie(keys: "key", clock: .fixed(1_800_000_000))
    let signer = try? TimestampSigner(
        keys: "key", salt: "cookie-session", options: Signer.Options(keyDerivation: .hmac, hash: .sha1),
        clock: .fixed(1_800_000_000))
}

private let session = SessionReaders()
