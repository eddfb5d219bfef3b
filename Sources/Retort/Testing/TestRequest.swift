// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire

/// A request that a test sends, before it is text.
struct TestRequest: Sendable {
    var method: HTTPRequest.Method
    var url: URLReference
    var headers: HTTPFields
    var body: TestBody?
    var auth: Authorization?

    /// The method and the path, for messages.
    var subject: String { "\(method.rawValue) \(url.path)" }

    /// Where the cookies of this request belong.
    var target: CookieJar.Target {
        let host = url.host ?? ""
        // Browsers trust the way to the machine itself.
        let isLocal = host == "localhost" || host.hasSuffix(".localhost") || host == "127.0.0.1" || host == "::1"
        return CookieJar.Target(host: host, path: url.path, isSecure: isSecure || isLocal)
    }

    var isSecure: Bool { url.scheme == "https" }

    /// The request as it goes out, with the cookies that belong to it.
    func outgoing(_ cookies: CookieJar, now: HTTPDate) -> OutgoingRequest {
        var fields = headers
        if fields[.cookie] == nil, let cookie = cookies.headerValue(for: target, now: now) { fields[.cookie] = cookie }
        if fields[.authorization] == nil, let auth { fields[.authorization] = auth.headerValue }
        if fields[.contentType] == nil, let type = body?.contentType { fields[.contentType] = type }
        if fields[.contentLength] == nil, fields[.transferEncoding] == nil {
            switch body?.content ?? .none {
            case .bytes(let bytes): fields[.contentLength] = "\(bytes.count)"
            case .stream(let length?, _): fields[.contentLength] = "\(length)"
            case .stream(nil, _): fields[.transferEncoding] = "chunked"
            case .none where [.post, .put, .patch].contains(method): fields[.contentLength] = "0"
            case .none: break
            }
        }
        let awaits = fields[.expect].map { $0.equalsIgnoringASCIICase("100-continue") } ?? false
        return OutgoingRequest(
            method: method, head: head(fields), body: body?.content ?? .none, isSecure: isSecure,
            expectsContinue: awaits, subject: subject)
    }

    private func head(_ fields: HTTPFields) -> [UInt8] {
        var bytes = Array("\(method.rawValue) ".utf8)
        bytes += RequestTarget.encoded(url.path.isEmpty ? "/" : url.path)
        if let query = url.query { bytes += [UInt8(ascii: "?")] + RequestTarget.encoded(query) }
        bytes += " HTTP/1.1\r\n".utf8
        if !fields.contains(where: { $0.name.canonicalName.hasSameBytes(as: "host") }) {
            bytes += "host: \(url.authority ?? "")\r\n".utf8
        }
        // HTTPFields keeps each cookie in a field of its own, and HTTP/1.1 wants them in one line.
        if let cookies = fields[.cookie] { bytes += "cookie: \(cookies)\r\n".utf8 }
        for field in fields where field.name != .cookie {
            bytes += "\(field.name.rawName): \(field.value)\r\n".utf8
        }
        bytes += "\r\n".utf8
        return bytes
    }
}

/// Paths and queries as tests write them.
enum RequestTarget {
    /// The text with spaces, control characters and bytes outside ASCII percent-encoded; the rest is the test's affair.
    static func encoded(_ text: String) -> [UInt8] {
        guard text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return Array(text.utf8) }
        let digits = Array("0123456789ABCDEF".utf8)
        return text.utf8.flatMap { byte in
            byte > 0x20 && byte < 0x7F ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    /// The URL that a test means: a path below the base, or a URL with a host of its own.
    static func url(_ text: String, query: MultiDict<String>, base: URLReference) throws -> URLReference {
        var url = base
        if let scheme = scheme(of: text) {
            url = try URLReference(text)
            url.scheme = scheme
            url.userinfo = nil
        } else {
            (url.path, url.query) = split(text, below: base.path)
        }
        if url.path.isEmpty { url.path = "/" }
        url.fragment = nil
        guard !query.isEmpty else { return url }
        url.query = (url.query.map { $0 + "&" } ?? "") + query.urlEncoded
        return url
    }

    /// `http` or `https` for a text that starts with a scheme of the web, WebSocket's included; else nil.
    private static func scheme(of text: String) -> String? {
        for (start, scheme) in [("http://", "http"), ("https://", "https"), ("ws://", "http"), ("wss://", "https")]
        where String(text.prefix(start.count)).equalsIgnoringASCIICase(start) {
            return scheme
        }
        return nil
    }

    private static func split(_ text: String, below base: String) -> (path: String, query: String?) {
        let whole = text.utf8.prefix { $0 != UInt8(ascii: "#") }
        let question = whole.firstIndex(of: UInt8(ascii: "?"))
        let path = String(Substring(whole[..<(question ?? whole.endIndex)]))
        let query = question.map { String(Substring(whole[whole.index(after: $0)...])) }
        // The asterisk of OPTIONS stands for the server as a whole.
        if path == "*" { return (path, query) }
        var prefix = base.utf8[...]
        while prefix.last == UInt8(ascii: "/") { prefix = prefix.dropLast() }
        let slash = path.isEmpty || path.utf8.first == UInt8(ascii: "/") ? "" : "/"
        return (String(Substring(prefix)) + slash + path, query)
    }
}
