// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The cookies of a request, as its `Cookie` field names them.
public struct Cookies: Equatable, Sendable {
    /// Names and values in their order; a name may stand several times.
    public let values: MultiDict<String>

    /// Creates the cookies of a request.
    ///
    /// - Parameter values: Names and values in their order.
    public init(_ values: MultiDict<String> = MultiDict()) { self.values = values }

    /// The first value of a name, or nil.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public subscript(name: String) -> String? { values[name] }

    /// All values of a name in the order in which they came.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: The values; none when the name is absent.
    public func all(_ name: String) -> [String] { values.all(name) }

    /// How much of a field is read.
    public struct Limits: Hashable, Sendable {
        /// The greatest number of cookies; those behind are left out.
        public var count: Int

        /// The greatest number of bytes of a field; a longer one is read as an empty one.
        public var bytes: Int

        /// Creates limits.
        ///
        /// - Parameters:
        ///   - count: The greatest number of cookies. Browsers keep no more than 180 for a site.
        ///   - bytes: The greatest number of bytes. Browsers allow 4096 for one cookie.
        public init(count: Int = 180, bytes: Int = 65_536) {
            self.count = count
            self.bytes = bytes
        }
    }

    /// Parses the cookies of a request.
    ///
    /// A value in double quotes is decoded. A name without `=` has an empty value. What has no name, or a space or
    /// quote in the wrong place, is skipped up to the next semicolon.
    ///
    /// - Parameters:
    ///   - headerValue: The header value. Several lines of the field are joined with `"; "`.
    ///   - limits: How much of it is read.
    /// - Returns: Names and values in their order; a name may stand several times.
    ///
    /// - Complexity: Linear in the length.
    ///
    /// Source: RFC 6265 §4.2.
    public static func parse(_ headerValue: String, limits: Limits = Limits()) -> MultiDict<String> {
        guard let slice = headerValue.fieldSlice(limit: limits.bytes) else { return MultiDict() }
        var result = MultiDict<String>()
        var index = slice.startIndex
        while index < slice.endIndex, result.count < limits.count {
            if let cookie = cookie(slice[index...]) {
                result.append(cookie.name.fieldText, CookieText.decoded(cookie.value))
                index = cookie.end
            } else {
                index = slice[index...].firstIndex(of: UInt8(ascii: ";")).map { $0 + 1 } ?? slice.endIndex
            }
        }
        return result
    }

    /// Writes cookies as a client sends them.
    ///
    /// - Parameter cookies: Names and values. A value that needs it is put in quotes.
    /// - Returns: The header value.
    public static func print(_ cookies: MultiDict<String>) -> String {
        cookies.pairs.map { SetCookie.safeName($0.name) + "=" + CookieText.encoded($0.value) }.joined(separator: "; ")
    }

    /// The cookie at the beginning and the place behind its semicolon, or nil where it is malformed.
    ///
    /// A search for a closing quote never passes the beginning of another quoted value, which keeps all of it linear.
    private static func cookie(_ slice: FieldSlice) -> (name: FieldSlice, value: FieldSlice, end: Int)? {
        var rest = slice.drop(while: \.isHTTPWhitespace)
        let name = rest.prefix {
            !$0.isHTTPWhitespace && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ";")
        }
        guard !name.isEmpty else { return nil }
        rest = rest[name.endIndex...].drop(while: \.isHTTPWhitespace)
        var value: FieldSlice = []
        if rest.first == UInt8(ascii: "=") {
            rest = rest.dropFirst().drop(while: \.isHTTPWhitespace)
            let end = valueEnd(rest)
            value = rest[..<end]
            rest = rest[end...].drop(while: \.isHTTPWhitespace)
        }
        guard let next = rest.first else { return (name, value, rest.endIndex) }
        return next == UInt8(ascii: ";") ? (name, value, rest.startIndex + 1) : nil
    }

    /// The end of the quoted value or of the plain one at the beginning.
    private static func valueEnd(_ slice: FieldSlice) -> Int {
        guard slice.first == UInt8(ascii: "\"") else {
            return slice.firstIndex {
                $0.isHTTPWhitespace || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ";")
            } ?? slice.endIndex
        }
        var index = slice.startIndex + 1
        while index < slice.endIndex {
            if slice[index] == UInt8(ascii: "\"") { return index + 1 }
            index += slice[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return slice.startIndex
    }
}
