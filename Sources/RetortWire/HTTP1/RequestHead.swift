// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// One header line as positions in the bytes of its head.
package struct HeaderSlot: Sendable {
    /// The bytes of the name.
    package var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }

    /// The bytes of the value without the white space around it.
    package var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }

    let nameStart: UInt32
    let nameEnd: UInt32
    let valueStart: UInt32
    let valueEnd: UInt32
}

/// The request line and the headers of an HTTP/1 request, checked.
///
/// It keeps the bytes that arrived, and makes a String of a part only when somebody asks for that part.
///
/// Source: RFC 9112 §3, §5.
public struct RequestHead: Sendable {
    /// The method, such as GET.
    ///
    /// Methods are case-sensitive.
    public let method: HTTPRequest.Method

    /// The version of HTTP in the request line.
    public let version: HTTPVersion

    /// How the end of the body is found.
    public let framing: BodyFraming

    /// Whether the connection may carry another request after this one.
    ///
    /// Source: RFC 9112 §9.3.
    public let keepsAlive: Bool

    /// Whether the client waits for `100 Continue` before it sends the body.
    ///
    /// Source: RFC 9110 §10.1.1.
    public let expectsContinue: Bool

    /// Whether there is an Upgrade header that the Connection header names.
    public let asksForUpgrade: Bool

    /// The bytes of the head, from the method to the last header line.
    package let bytes: [UInt8]

    /// Where each header line stands in `bytes`.
    package let slots: [HeaderSlot]

    /// The absolute path in `bytes`, still percent-encoded; `*` for the asterisk form.
    package let pathRange: Range<Int>

    /// The query in `bytes` behind the `?`, still percent-encoded.
    package let queryRange: Range<Int>?

    /// The authority in `bytes`: that of an absolute target, else the value of Host.
    package let authorityRange: Range<Int>?

    /// The path as it was sent, still percent-encoded.
    ///
    /// It starts with `/`, or is `*`.
    public var path: String { pathRange.isEmpty ? "/" : text(pathRange) }

    /// The query behind the `?` as it was sent, still percent-encoded; nil without a `?`.
    public var query: String? { queryRange.map(text) }

    /// The host and, where one was given, the port to which the request was sent; nil when HTTP/1.0 left it out.
    public var authority: String? { authorityRange.map(text) }

    /// The first value of a header.
    ///
    /// - Parameter name: The name; upper and lower case are the same.
    /// - Returns: The value without the white space around it, or nil when the header is absent.
    public func header(_ name: HTTPField.Name) -> String? {
        slots.first { matches($0, name.canonicalName) }.map { text($0.value) }
    }

    /// Every value of a header in the order of the lines.
    ///
    /// - Parameter name: The name; upper and lower case are the same.
    /// - Returns: The values; none when the header is absent.
    public func headers(_ name: HTTPField.Name) -> [String] {
        slots.compactMap { matches($0, name.canonicalName) ? text($0.value) : nil }
    }

    /// All headers as the ecosystem's currency type.
    ///
    /// The work is done at each call. A value that is not UTF-8 is read as ISO 8859-1.
    public var fields: HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(slots.count)
        for slot in slots {
            guard let name = HTTPField.Name(text(slot.name)) else { continue }
            fields.append(HTTPField(name: name, value: text(slot.value)))
        }
        return fields
    }

    /// Whether a header line has this name, which must be in lower case.
    package func matches(_ slot: HeaderSlot, _ canonicalName: String) -> Bool {
        let range = slot.name
        guard range.count == canonicalName.utf8.count else { return false }
        return bytes[range].elementsEqual(canonicalName.utf8) { $0.asciiLowercased == $1 }
    }

    /// Calls a closure with the bytes of the path, which start with `/`, and those of the authority, which may be none.
    ///
    /// - Parameter body: What to do with the bytes, which are valid during the call only.
    /// - Returns: What the closure returned.
    package func withPathAndAuthority<Result>(
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in
            let authority = authorityRange.map { UnsafeBufferPointer(rebasing: bytes[$0]) }
            let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
            // An absolute target such as http://example.com has an empty path, which means "/".
            guard !pathRange.isEmpty else {
                return try [UInt8(ascii: "/")].withUnsafeBufferPointer { try body($0, authority ?? none) }
            }
            return try body(UnsafeBufferPointer(rebasing: bytes[pathRange]), authority ?? none)
        }
    }

    /// The text of a range of the head, with ISO 8859-1 for what is not UTF-8.
    package func text(_ range: Range<Int>) -> String {
        if let text = String(validating: bytes[range], as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes[range].map { Unicode.Scalar($0) }))
    }
}
