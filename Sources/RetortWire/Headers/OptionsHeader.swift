// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A value with options behind semicolons: `text/html; charset=utf-8`.
///
/// `Content-Type` and `Content-Disposition` are of this kind. Names of options are in lower case.
public struct OptionsHeader: HeaderValue, Hashable {
    /// What stands before the first semicolon, without space around it.
    public var value: String

    /// The options in their order.
    ///
    /// Their names are unique.
    public var options: HeaderParameters

    /// Creates a value with options.
    ///
    /// - Parameters:
    ///   - value: What stands before the first semicolon.
    ///   - options: The options. One whose value is nil is not written.
    public init(_ value: String, options: HeaderParameters = [:]) {
        self.value = value
        self.options = options
    }

    /// Parses a value with options.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init(headerValue: String) { self.init(headerValue: headerValue, limit: HeaderText.defaultLimit) }

    /// Parses a value with options.
    ///
    /// Options that do not follow the grammar are skipped; behind a quote that is left open nothing is read.
    /// Understood are quoted strings, `%22` in them (how forms of browsers write a quote), `name*=UTF-8''text`, and
    /// continuations (`name*0=`, `name*1=`), which are joined in the order in which they stand.
    ///
    /// - Parameters:
    ///   - headerValue: The header value.
    ///   - limit: The greatest length in bytes. A longer value is read as an empty one.
    ///
    /// Source: RFC 9110 §5.6.6, RFC 8187 §3.2, RFC 2231 §3.
    public init(headerValue: String, limit: Int) {
        guard let slice = headerValue.fieldSlice(limit: limit) else {
            self.init("")
            return
        }
        self.init(slice)
    }

    /// The value and the options, separated by semicolons.
    ///
    /// An option that is no token is quoted.
    ///
    /// An option whose name ends with `*` is written as it is, because it is encoded already.
    public var headerValue: String {
        let written = HeaderParameters(options.elements.filter { $0.value != nil }).text(separator: "; ")
        return written.isEmpty ? HeaderText.printable(value) : HeaderText.printable(value) + "; " + written
    }
}

extension OptionsHeader {
    init(_ slice: FieldSlice) {
        let (head, tail) = slice.fieldSplit(UInt8(ascii: ";"))
        let value = head.fieldTrimmed
        self.init(value.fieldText)
        if let tail, !value.isEmpty { options = Self.options(Self.parts(tail.fieldTrimmed)) }
    }

    /// One `name=value`, the name in lower case and with its marks, the value with its quotes.
    struct Part {
        let name: [UInt8]
        let value: FieldSlice
    }

    /// The well-formed parts between the semicolons.
    static func parts(_ slice: FieldSlice) -> [Part] {
        var result: [Part] = []
        var index = slice.startIndex
        while index < slice.endIndex {
            let nameEnd = slice[index...].firstIndex { !$0.isTokenByte } ?? slice.endIndex
            if nameEnd > index, nameEnd < slice.endIndex, slice[nameEnd] == UInt8(ascii: "=") {
                let name = slice[index..<nameEnd].map(\.asciiLowercased)
                let start = nameEnd + 1
                index = slice[start...].firstIndex { !$0.isTokenByte } ?? slice.endIndex
                if index == start, index < slice.endIndex, slice[index] == UInt8(ascii: "\"") {
                    guard let end = quotedEnd(slice, from: index) else { break }
                    index = end
                }
                if index > start { result.append(Part(name: name, value: slice[start..<index])) }
            }
            guard let semicolon = slice[index...].firstIndex(of: UInt8(ascii: ";")) else { break }
            index = slice[(semicolon + 1)...].firstIndex { !$0.isHTTPWhitespace } ?? slice.endIndex
        }
        return result
    }

    /// The place behind the quote that closes the one at `start`, or nil where it is left open.
    private static func quotedEnd(_ slice: FieldSlice, from start: Int) -> Int? {
        var index = start + 1
        while index < slice.endIndex {
            if slice[index] == UInt8(ascii: "\"") { return index + 1 }
            let isEscape = slice[index] == UInt8(ascii: "\\") && index + 1 < slice.endIndex
            // Only a quote or a backslash is escaped here, for the sake of Windows paths that nobody escaped.
            let next = isEscape ? slice[index + 1] : 0
            index += next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// Decodes the parts and joins what was continued.
    static func options(_ parts: [Part]) -> HeaderParameters {
        guard parts.contains(where: { $0.name.contains(UInt8(ascii: "*")) }) else {
            return HeaderParameters(
                parts.map { .init(name: String(decoding: $0.name, as: UTF8.self), value: plainText($0.value)) })
        }
        return markedOptions(parts)
    }

    private static func markedOptions(_ parts: [Part]) -> HeaderParameters {
        var plain = OrderedTexts()
        var continued = OrderedTexts()
        var charsets: [[UInt8]: String] = [:]
        for part in parts {
            let (name, isContinued, isExtended) = marks(of: part.name)
            var text = part.value.fieldText
            var charset = ""
            if isExtended {
                let extended = ExtendedValue(part.value)
                if let extended { text = extended.encoded.fieldText }
                charset = extended?.charset ?? ""
                if charset.isEmpty, isContinued { charset = charsets[name] ?? "" }
                text = ExtendedValue.decode(extended?.encoded ?? part.value, charset: charset) ?? text
            } else {
                text = plainText(part.value)
            }
            if isContinued {
                plain.remove(name)
                continued.append(text, to: name)
                if !charset.isEmpty { charsets[name] = charset }
            } else {
                continued.remove(name)
                charsets[name] = nil
                plain.set(text, of: name)
            }
        }
        return HeaderParameters((plain.all + continued.all).map { HeaderParameters.Element(name: $0, value: $1) })
    }

    private static func plainText(_ value: FieldSlice) -> String {
        let text = HeaderText.unquoted(value)
        guard text.contains(UInt8(ascii: "%")) else { return text.fieldText }
        var result: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            let isQuote = text[index...].starts(with: "%22".utf8)
            result.append(isQuote ? UInt8(ascii: "\"") : text[index])
            index += isQuote ? 3 : 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The name without `*0` and `*` at its end, and whether they were there.
    private static func marks(of name: [UInt8]) -> (name: [UInt8], isContinued: Bool, isExtended: Bool) {
        let star = UInt8(ascii: "*")
        var rest = name[...]
        let isExtended = rest.last == star
        if isExtended { rest = rest.dropLast() }
        let base = rest[..<(rest.lastIndex { !$0.isASCIIDigit }.map { $0 + 1 } ?? rest.startIndex)]
        guard base.count < rest.count, base.last == star else { return (Array(rest), false, isExtended) }
        return (Array(base.dropLast()), true, isExtended)
    }
}

/// Texts under names, in the order in which the names came first, with removal that costs no search.
private struct OrderedTexts {
    private var places: [[UInt8]: Int] = [:]
    private var entries: [(name: [UInt8], text: String)?] = []

    var all: [(String, String)] {
        entries.compactMap { $0.map { (String(decoding: $0.name, as: UTF8.self), $0.text) } }
    }

    mutating func set(_ text: String, of name: [UInt8]) {
        if let place = places[name] {
            entries[place]?.text = text
        } else {
            places[name] = entries.count
            entries.append((name, text))
        }
    }

    mutating func append(_ text: String, to name: [UInt8]) {
        if let place = places[name] { entries[place]?.text += text } else { set(text, of: name) }
    }

    mutating func remove(_ name: [UInt8]) {
        if let place = places.removeValue(forKey: name) { entries[place] = nil }
    }
}
