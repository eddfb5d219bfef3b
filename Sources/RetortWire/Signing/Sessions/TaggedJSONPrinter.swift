// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Writes JSON byte for byte as Python's `json.dumps` does.
struct TaggedJSONPrinter {
    let style: TaggedJSON.Style
    private(set) var output: [UInt8] = []

    init(style: TaggedJSON.Style) { self.style = style }

    mutating func write(_ value: SessionValue, depth: Int) throws {
        guard depth <= TaggedJSON.maximumDepth else {
            throw WireError(.malformedSessionJSON, "The value nests too deeply to be written.", status: 500)
        }
        switch value {
        case .null: write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .int(let value): output.append(contentsOf: String(value).utf8)
        case .double(let value): PythonNumber.append(value, to: &output)
        case .string(let text): write(text: text)
        case .array(let elements): try write(elements, depth)
        case .object(let members): try write(members, depth)
        default: try writeTagged(value, depth)
        }
    }

    private mutating func write(_ text: StaticString) { text.withUTF8Buffer { output.append(contentsOf: $0) } }

    private mutating func write(_ elements: [SessionValue], _ depth: Int) throws {
        output.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(contentsOf: style.comma) }
            try write(element, depth: depth + 1)
        }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: [SessionValue.Member], _ depth: Int) throws {
        if style.usesTags, members.count == 1, let only = members.first, TaggedJSON.Tag(name: only.name) != nil {
            // An object that would be read as a tag is wrapped, and its name made harmless.
            output.append(UInt8(ascii: "{"))
            try write(member: SessionValue.Member(only.name + "__", only.value), in: .object, depth)
            output.append(UInt8(ascii: "}"))
            return
        }
        let ordered =
            style.sortsNames ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : members
        output.append(UInt8(ascii: "{"))
        for (index, member) in ordered.enumerated() {
            if index > 0 { output.append(contentsOf: style.comma) }
            write(text: member.name)
            output.append(contentsOf: style.colon)
            try write(member.value, depth: depth + 1)
        }
        output.append(UInt8(ascii: "}"))
    }

    /// Writes `" di":{"name":value}`.
    private mutating func write(member: SessionValue.Member, in tag: TaggedJSON.Tag, _ depth: Int) throws {
        write(text: tag.rawValue)
        output.append(contentsOf: style.colon)
        output.append(UInt8(ascii: "{"))
        write(text: member.name)
        output.append(contentsOf: style.colon)
        try write(member.value, depth: depth + 2)
        output.append(UInt8(ascii: "}"))
    }

    private mutating func writeTagged(_ value: SessionValue, _ depth: Int) throws {
        guard style.usesTags else {
            throw WireError(.malformedSessionJSON, "JSON has no form for this value.", status: 500)
        }
        let (tag, inner): (TaggedJSON.Tag, SessionValue) =
            switch value {
            case .tuple(let elements): (.tuple, .array(elements))
            case .bytes(let bytes): (.bytes, .string(Base64.encode(bytes)))
            case .markup(let text): (.markup, .string(text))
            case .uuid(let uuid): (.uuid, .string(UUIDText.format(uuid, hyphens: false)))
            case .date(let date): (.date, .string(HTTPDateText.format(date)))
            default: (.object, value)
            }
        output.append(UInt8(ascii: "{"))
        write(text: tag.rawValue)
        output.append(contentsOf: style.colon)
        try write(inner, depth: depth + 1)
        output.append(UInt8(ascii: "}"))
    }

    private mutating func write(text: String) {
        output.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: write("\\\"")
            case 0x5C: write("\\\\")
            case 0x0A: write("\\n")
            case 0x0D: write("\\r")
            case 0x09: write("\\t")
            case 0x08: write("\\b")
            case 0x0C: write("\\f")
            case 0x20...0x7E: output.append(UInt8(truncatingIfNeeded: scalar.value))
            case 0x7F... where !style.isASCII: output.append(contentsOf: scalar.utf8)
            default: for unit in scalar.utf16 { writeEscape(unit) }
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ unit: UInt16) {
        write("\\u")
        for shift in [12, 8, 4, 0] { output.append(Hex.digit(UInt8(truncatingIfNeeded: unit >> shift) & 15)) }
    }
}
