// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The parameters of a Content-Disposition or Content-Type, read with the habits of browsers.
///
/// A browser writes `"` as `%22` and line ends as `%0D` and `%0A`, other clients write `\"`, and old ones send
/// paths with plain backslashes: `\` escapes only `"` and itself. `name*=UTF-8''…` and continuations `name*0=…` are
/// read too, and win over the plain form. What has no value or a value that is neither a token nor quoted is skipped.
///
/// Source: RFC 2231 §3 and §4, RFC 8187 §3.2, HTML Standard, multipart form data.
struct PartParameters {
    private struct Parameter {
        var name: ArraySlice<UInt8>
        var value: [UInt8]
        var isExtended: Bool
    }

    private var parameters: [Parameter] = []
    /// The charset of the last `*` parameter, which its continuations share.
    private var charset: Charset?

    /// Reads what stands behind the first `;`.
    ///
    /// Throws a ``WireError`` with status 400 when a quote does not end, or when a parameter stands twice in the same
    /// form, since two readers could then see two different names.
    init(_ value: ArraySlice<UInt8>) throws {
        var rest = value
        while let semicolon = rest.firstIndex(of: UInt8(ascii: ";")) {
            rest = rest[(semicolon + 1)...].drop(while: \.isHTTPWhitespace)
            let name = rest.prefix(while: \.isTokenByte)
            guard !name.isEmpty, rest.dropFirst(name.count).first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst(name.count + 1)
            let text: [UInt8]
            if rest.first == UInt8(ascii: "\"") {
                text = try Self.takeQuoted(&rest)
            } else {
                let token = rest.prefix { $0.isTokenByte || $0 >= 0x80 }
                rest = rest.dropFirst(token.count)
                guard !token.isEmpty else { continue }
                text = Array(token)
            }
            try add(name, text)
        }
    }

    /// The value of a parameter, the extended form before the plain one.
    ///
    /// The name is in lower case.
    subscript(name: StaticString) -> String? {
        let found = parameters.filter { parameter in
            name.withUTF8Buffer { parameter.name.elementsEqual($0) { $0.asciiLowercased == $1 } }
        }
        let best = found.first(where: \.isExtended) ?? found.first
        return best.map { String(decoding: $0.value, as: UTF8.self) }
    }

    private mutating func add(_ written: ArraySlice<UInt8>, _ value: [UInt8]) throws {
        var name = written
        var value = value
        let hasCharset = name.last == UInt8(ascii: "*")
        if hasCharset {
            name = name.dropLast()
            value = decodeExtended(value)
        }
        let digits = name.reversed().prefix(while: \.isASCIIDigit).count
        let stem = name.dropLast(digits)
        if digits > 0, stem.last == UInt8(ascii: "*") {
            name = stem.dropLast()
            // Pieces are joined in the order in which they stand, whatever their numbers.
            if let first = index(of: name, extended: true) {
                parameters[first].value += value
                return
            }
            return try append(Parameter(name: name, value: value, isExtended: true))
        }
        try append(Parameter(name: name, value: value, isExtended: hasCharset))
    }

    private mutating func append(_ parameter: Parameter) throws {
        guard index(of: parameter.name, extended: parameter.isExtended) == nil else {
            throw WireError.malformedPart("A header of a part has the same parameter twice.")
        }
        // Each name is compared with the others, so their number must have an end.
        guard parameters.count < 32 else {
            throw WireError.malformedPart("A header of a part has more than 32 parameters.")
        }
        parameters.append(parameter)
    }

    private func index(of name: ArraySlice<UInt8>, extended: Bool) -> Int? {
        parameters.firstIndex {
            $0.isExtended == extended
                && $0.name.elementsEqual(name) { $0.asciiLowercased == $1.asciiLowercased }
        }
    }

    /// Takes a quoted text off the front and undoes its escapes.
    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) throws -> [UInt8] {
        var result: [UInt8] = []
        var index = rest.startIndex + 1
        while index < rest.endIndex {
            let byte = rest[index]
            if byte == UInt8(ascii: "\"") {
                rest = rest[(index + 1)...]
                return result
            }
            let next = rest.dropFirst(index - rest.startIndex + 1).prefix(2)
            if byte == UInt8(ascii: "\\"), let escaped = next.first,
                escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\")
            {
                result.append(escaped)
                index += 2
            } else if byte == UInt8(ascii: "%"), let escaped = htmlEscape(next) {
                result.append(escaped)
                index += 3
            } else {
                result.append(byte)
                index += 1
            }
        }
        throw WireError.malformedPart("A quoted text in a header of a part does not end.")
    }

    /// The byte behind one of the three escapes of HTML forms.
    ///
    /// Other `%XY` are what the user typed.
    private static func htmlEscape(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2, let high = digits.first?.hexDigitValue, let low = digits.last?.hexDigitValue else {
            return nil
        }
        let byte = high << 4 | low
        return byte == 0x22 || byte == 0x0D || byte == 0x0A ? byte : nil
    }
}

/// The charsets that a client may name.
///
/// Others are read as UTF-8.
enum Charset {
    case ascii, latin1, utf8

    init?(_ name: some Sequence<UInt8>) {
        switch String(decoding: name.map(\.asciiLowercased), as: UTF8.self) {
        case "utf-8": self = .utf8
        case "ascii", "us-ascii": self = .ascii
        case "iso-8859-1": self = .latin1
        default: return nil
        }
    }

    /// Decodes text.
    ///
    /// What is invalid becomes U+FFFD.
    func decode(_ bytes: [UInt8]) -> String {
        switch self {
        case .utf8: String(decoding: bytes, as: UTF8.self)
        case .ascii: String(decoding: bytes.map { $0 < 0x80 ? UInt16($0) : 0xFFFD }, as: UTF16.self)
        case .latin1: String(decoding: bytes.map(UInt16.init), as: UTF16.self)
        }
    }
}

extension PartParameters {
    /// Decodes `charset'language'text`.
    ///
    /// A text without a known charset stays as it is.
    private mutating func decodeExtended(_ value: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "'")
        var text = value[...]
        var known = charset
        if let first = value.firstIndex(of: quote), let second = value[(first + 1)...].firstIndex(of: quote) {
            text = value[(second + 1)...]
            if first > 0 { known = Charset(value[..<first]) }
            if known == nil { return value }
        }
        guard let known else { return value }
        charset = known
        return Array(known.decode(PercentCoding.decode(text)).utf8)
    }
}

extension ArraySlice<UInt8> {
    /// The bytes without spaces and tabs at both ends.
    func trimmingHTTPWhitespace() -> ArraySlice<UInt8> {
        var slice = drop(while: \.isHTTPWhitespace)
        while let last = slice.last, last.isHTTPWhitespace { slice.removeLast() }
        return slice
    }
}
