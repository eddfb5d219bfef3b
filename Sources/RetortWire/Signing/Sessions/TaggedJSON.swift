// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// JSON as Python writes it, plain or with the tags of Flask's sessions.
///
/// The layers: ``parse(_:limit:)`` reads plain JSON, `untagged(_:)` turns one-member objects such as `{" b":"AP8="}`
/// into values, and the printer does both the other way round.
enum TaggedJSON {
    /// How deep lists and objects may nest.
    ///
    /// Deeper ones could exhaust the stack.
    static let maximumDepth = 100

    /// The members whose names mean a type when they are alone in an object.
    enum Tag: String, CaseIterable {
        case object = " di"
        case tuple = " t"
        case bytes = " b"
        case markup = " m"
        case uuid = " u"
        case date = " d"

        /// The tag of this name, compared byte by byte.
        init?(name: String) {
            // All tags start with a space, which few names do.
            guard name.utf8.first == 0x20, let tag = Self.allCases.first(where: { $0.rawValue.hasSameBytes(as: name) })
            else { return nil }
            self = tag
        }
    }

    /// How JSON is written.
    struct Style {
        /// What stands between elements, and between name and value.
        var comma: [UInt8]
        var colon: [UInt8]
        /// Whether everything beyond ASCII becomes `\uXXXX`.
        var isASCII: Bool
        /// Whether members come in the order of their names' bytes, which is that of their code points.
        var sortsNames: Bool
        /// Whether types beyond JSON are written as tags; an error otherwise.
        var usesTags: Bool

        /// A Flask session.
        static let session = Style(
            comma: Array(",".utf8), colon: Array(":".utf8), isASCII: true, sortsNames: true, usesTags: true)
        /// `json.dumps` of Python without options.
        static let spacedASCII = Style(
            comma: Array(", ".utf8), colon: Array(": ".utf8), isASCII: true, sortsNames: false, usesTags: false)
        /// The URL-safe serializers.
        static let compactUnicode = Style(
            comma: Array(",".utf8), colon: Array(":".utf8), isASCII: false, sortsNames: false, usesTags: false)
    }

    /// Reads JSON with tags.
    static func parseTagged(_ json: [UInt8], limit: Int) throws -> SessionValue {
        try untagged(parse(json, limit: limit))
    }

    /// Reads plain JSON, in which tags are members like others.
    static func parse(_ json: [UInt8], limit: Int) throws -> SessionValue {
        guard json.count <= limit else {
            throw WireError(.malformedSessionJSON, "The JSON is longer than \(limit) bytes.", status: 413)
        }
        var parser = TaggedJSONParser(bytes: json)
        return try parser.document()
    }

    /// Writes a value.
    static func print(_ value: SessionValue, _ style: Style) throws -> [UInt8] {
        var printer = TaggedJSONPrinter(style: style)
        try printer.write(value, depth: 0)
        return printer.output
    }

    /// The value with its tags read, innermost first.
    static func untagged(_ value: SessionValue) throws -> SessionValue {
        switch value {
        case .array(let elements): return .array(try elements.map(untagged))
        case .object(let members):
            let inner = try members.map { SessionValue.Member($0.name, try untagged($0.value)) }
            guard let only = inner.first, inner.count == 1, let tag = Tag(name: only.name) else {
                return .object(inner)
            }
            guard let read = untagged(only.value, tag) else {
                throw WireError(.malformedSessionJSON, "The value under the tag '\(tag.rawValue)' is malformed.")
            }
            return read
        default: return value
        }
    }

    private static func untagged(_ value: SessionValue, _ tag: Tag) -> SessionValue? {
        switch (tag, value) {
        case (.object, .object(let members)):
            guard let only = members.first, members.count == 1, only.name.utf8.count >= 2 else { return nil }
            let name = String(validating: only.name.utf8.dropLast(2), as: UTF8.self)
            return name.map { .object([SessionValue.Member($0, only.value)]) }
        case (.tuple, .array(let elements)): return .tuple(elements)
        case (.bytes, .string(let text)): return Base64.decodeLeniently(text.utf8).map { .bytes($0) }
        case (.markup, .string(let text)): return .markup(text)
        case (.uuid, .string(let text)): return UUIDText.parse(text).map { .uuid($0) }
        // A malformed date reads as nothing, as in Flask.
        case (.date, .string(let text)): return HTTPDateText.parse(text).map { .date($0) } ?? .null
        default: return nil
        }
    }
}

extension WireError.Code {
    /// The JSON of a session or signed value breaks its format or a limit.
    public static let malformedSessionJSON = WireError.Code("malformed-session-json")
}
