// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The type of a body, such as `text/html; charset=utf-8`.
///
/// Type, subtype and the names of parameters are kept in small letters. Two types are equal when they have the same
/// parameters in any order; values count byte by byte, except that case does not matter in `charset`.
///
/// Source: RFC 9110 §8.3.1.
public struct MediaType: Sendable {
    /// One parameter behind the type.
    public struct Parameter: Hashable, Sendable {
        /// The name in small letters.
        public var name: String

        /// The value without quotes.
        public var value: String

        /// Creates a parameter.
        ///
        /// - Parameters:
        ///   - name: The name, whose ASCII letters become small.
        ///   - value: The value without quotes.
        public init(name: String, value: String) {
            self.name = name.asciiLowercased
            self.value = value
        }
    }

    /// The part before the slash, such as `text`.
    public let type: String

    /// The part behind the slash, such as `html`.
    public let subtype: String

    /// The parameters in their order.
    public var parameters: [Parameter]

    /// Parses a media type.
    ///
    /// Parameters that are malformed are skipped, and the first of several with one name counts. Returns nil when there
    /// is no `type/subtype`, or the text has more than 10,000 bytes.
    ///
    /// - Parameter text: The value of a `Content-Type` header or an item of `Accept`.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 10_000 else { return nil }
        var parser = MediaTypeParser(bytes: Array(text.utf8))
        guard let (type, subtype) = parser.essence() else { return nil }
        self.type = type
        self.subtype = subtype
        parameters = parser.parameters()
    }

    /// Creates a media type from a type that is known to be well formed.
    init(type: String, subtype: String, parameters: [Parameter] = []) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
    }

    /// Type and subtype without parameters, such as `text/html`.
    public var essence: String { type + "/" + subtype }

    /// The value of a parameter, or nil where it is absent.
    ///
    /// - Parameter name: The name; case does not matter.
    public subscript(parameter name: String) -> String? {
        parameters.first { $0.name.equalsIgnoringASCIICase(name) }?.value
    }

    /// The character encoding that is named, in small letters, or nil.
    public var charset: String? { self[parameter: "charset"]?.asciiLowercased }

    /// Whether the body is text, so that a character encoding makes sense.
    ///
    /// These are `text/…`, `…+xml` and a few applications. JSON is not among them: it is UTF-8 always.
    public var isText: Bool {
        type == "text" || subtype.utf8.reversed().starts(with: "+xml".utf8.reversed())
            || (type == "application" && Self.textApplications.contains(subtype))
    }

    /// The same type, with `charset=utf-8` added where it is text and names no character encoding.
    public var withDefaultCharset: MediaType {
        guard isText, charset == nil else { return self }
        var result = self
        result.parameters.append(Parameter(name: "charset", value: "utf-8"))
        return result
    }

    /// Whether the type is in a range such as `image/*` or `*/*`.
    ///
    /// Parameters do not matter.
    ///
    /// - Parameter range: A media type whose subtype, or type and subtype, may be `*`.
    /// - Returns: Whether the type is in the range.
    public func matches(_ range: MediaType) -> Bool {
        (range.type == "*" || range.type.hasSameBytes(as: type))
            && (range.subtype == "*" || range.subtype.hasSameBytes(as: subtype))
    }

    private static let textApplications: Set<String> = [
        "ecmascript", "javascript", "sql", "xml", "xml-dtd", "xml-external-parsed-entity",
    ]
}

extension MediaType: CustomStringConvertible {
    /// The type as a header writes it.
    ///
    /// Values that are no token are quoted.
    public var description: String {
        parameters.reduce(into: essence) { $0 += "; \($1.name)=\(Self.quotedIfNeeded($1.value))" }
    }

    private static func quotedIfNeeded(_ value: String) -> String {
        if !value.isEmpty, value.utf8.allSatisfy(\.isTokenByte) { return value }
        var bytes = [UInt8(ascii: "\"")]
        for byte in value.utf8 where byte >= 0x20 && byte != 0x7F {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}

extension MediaType: Hashable {
    /// Whether both are the same type with the same parameters in any order.
    public static func == (left: MediaType, right: MediaType) -> Bool { left.comparable == right.comparable }

    /// Feeds the type and the parameters in sorted order.
    public func hash(into hasher: inout Hasher) { hasher.combine(comparable) }

    private var comparable: [[UInt8]] {
        [Array(essence.utf8)]
            + parameters.map { parameter in
                let value = parameter.name == "charset" ? parameter.value.asciiLowercased : parameter.value
                return Array(parameter.name.utf8) + [UInt8(ascii: "=")] + Array(value.utf8)
            }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

extension MediaType {
    /// `application/octet-stream`: bytes of which nothing more is known.
    public static let octetStream = MediaType(type: "application", subtype: "octet-stream")

    /// `text/plain`.
    public static let plainText = MediaType(type: "text", subtype: "plain")

    /// `text/html`.
    public static let html = MediaType(type: "text", subtype: "html")

    /// `application/json`.
    public static let json = MediaType(type: "application", subtype: "json")

    /// `application/x-www-form-urlencoded`: the pairs of a form.
    public static let urlEncodedForm = MediaType(type: "application", subtype: "x-www-form-urlencoded")

    /// `multipart/form-data`: a form with files.
    ///
    /// A body also needs the parameter `boundary`.
    public static let multipartForm = MediaType(type: "multipart", subtype: "form-data")
}

/// Reads a media type.
///
/// Source: RFC 9110 §8.3.1.
private struct MediaTypeParser {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func essence() -> (type: String, subtype: String)? {
        skipSpace()
        let type = token()
        guard !type.isEmpty, take(UInt8(ascii: "/")) else { return nil }
        let subtype = token()
        skipSpace()
        guard !subtype.isEmpty, position == bytes.count || bytes[position] == UInt8(ascii: ";") else { return nil }
        return (type.asciiLowercased, subtype.asciiLowercased)
    }

    mutating func parameters() -> [MediaType.Parameter] {
        var result: [MediaType.Parameter] = []
        var seen: Set<[UInt8]> = []
        while position < bytes.count {
            skipSpace()
            let name = token()
            if !name.isEmpty, take(UInt8(ascii: "=")), let value = value(), isAtParameterEnd {
                let parameter = MediaType.Parameter(name: name, value: value)
                if seen.insert(Array(parameter.name.utf8)).inserted { result.append(parameter) }
            }
            skipToNextParameter()
        }
        return result
    }

    private var isAtParameterEnd: Bool {
        var index = position
        while index < bytes.count, bytes[index].isHTTPWhitespace { index += 1 }
        return index == bytes.count || bytes[index] == UInt8(ascii: ";")
    }

    private mutating func value() -> String? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            let value = token()
            return value.isEmpty ? nil : value
        }
        position += 1
        var value: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), position < bytes.count {
                value.append(bytes[position])
                position += 1
            } else {
                value.append(byte)
            }
        }
        return nil
    }

    private mutating func token() -> String {
        let start = position
        while position < bytes.count, bytes[position].isTokenByte { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position].isHTTPWhitespace { position += 1 }
    }

    private mutating func skipToNextParameter() {
        while position < bytes.count, bytes[position] != UInt8(ascii: ";") { position += 1 }
        if position < bytes.count { position += 1 }
    }
}
