// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire

/// The head of a response, checked.
///
/// Source: RFC 9112 §4, §5.
struct ResponseHeadText {
    /// How the end of the body is found.
    enum Framing: Hashable {
        case none
        case length(Int)
        case chunked
        case untilClose
    }

    let status: HTTPResponse.Status
    private(set) var fields = HTTPFields()
    private let isHTTP10: Bool

    /// Reads a head with the empty line at its end.
    ///
    /// Its lines end with CRLF, as the caller has checked.
    init(_ bytes: ArraySlice<UInt8>) throws {
        var lines = bytes.dropLast(4).split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        let first = Self.withoutReturn(lines.removeFirst())
        guard first.count >= 13, first.starts(with: "HTTP/1.".utf8), first[first.startIndex + 8] == 0x20,
            let version = [0x30: true, 0x31: false][Int(first[first.startIndex + 7])],
            first[first.startIndex + 12] == 0x20
        else {
            throw ResponseReader.malformed("\"\(String(decoding: first, as: UTF8.self))\" is no status line.")
        }
        isHTTP10 = version
        let code = first[(first.startIndex + 9)..<(first.startIndex + 12)]
        guard code.allSatisfy(\.isASCIIDigit), let number = Int(String(decoding: code, as: UTF8.self)), number >= 100
        else {
            throw ResponseReader.malformed("\"\(String(decoding: code, as: UTF8.self))\" is no status.")
        }
        let reason = first[(first.startIndex + 13)...]
        guard reason.allSatisfy(Self.isTextByte) else {
            throw ResponseReader.malformed("The reason of status \(number) has a control character.")
        }
        status = HTTPResponse.Status(code: number, reasonPhrase: String(decoding: reason, as: UTF8.self))
        for line in lines { fields.append(try Self.field(Self.withoutReturn(line))) }
        try checkSingles()
    }

    /// Whether the connection stays open by what the server says.
    var keepsAlive: Bool {
        let options = fields[values: .connection].flatMap { value in
            value.utf8.split(separator: UInt8(ascii: ",")).map { option in
                String(Substring(option)).filter { $0 != " " && $0 != "\t" }.asciiLowercased
            }
        }
        return isHTTP10 ? options.contains("keep-alive") : !options.contains("close")
    }

    /// Where the body ends.
    ///
    /// Source: RFC 9112 §6.3.
    func framing(toHEAD: Bool) throws -> Framing {
        let length = try fields[.contentLength].map(Self.length)
        let coding = fields[.transferEncoding]
        if status.code < 200 || status.code == 204 {
            guard length == nil, coding == nil else {
                throw ResponseReader.malformed("A response \(status.code) announces a body.")
            }
            return .none
        }
        guard length == nil || coding == nil else {
            throw ResponseReader.malformed("Content-Length and Transfer-Encoding stand together.")
        }
        if let coding, isHTTP10 || !coding.equalsIgnoringASCIICase("chunked") {
            throw ResponseReader.malformed("The transfer coding \(coding) is not chunked alone, in HTTP/1.1.")
        }
        if toHEAD || status.code == 304 { return .none }
        if coding != nil { return .chunked }
        return length.map { .length($0) } ?? .untilClose
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == 0x0D ? line.dropLast() : line
    }

    private static func field(_ line: ArraySlice<UInt8>) throws -> HTTPField {
        let name = line.prefix(while: \.isTokenByte)
        guard !name.isEmpty, name.endIndex < line.endIndex, line[name.endIndex] == UInt8(ascii: ":"),
            let fieldName = HTTPField.Name(String(decoding: name, as: UTF8.self))
        else {
            throw ResponseReader.malformed("\"\(String(decoding: line, as: UTF8.self))\" is no header line.")
        }
        var value = line[(name.endIndex + 1)...]
        while value.first?.isHTTPWhitespace == true { value = value.dropFirst() }
        while value.last?.isHTTPWhitespace == true { value = value.dropLast() }
        guard value.allSatisfy(isTextByte) else {
            throw ResponseReader.malformed("The value of \(fieldName) has a control character.")
        }
        return HTTPField(name: fieldName, value: String(decoding: value, as: UTF8.self))
    }

    /// A second line of these would make two readers disagree.
    private func checkSingles() throws {
        for name in [HTTPField.Name.contentLength, .transferEncoding, .contentType, .date, .location, .eTag]
        where fields[values: name].count > 1 {
            throw ResponseReader.malformed("There is more than one \(name.canonicalName) header.")
        }
    }

    private static func length(_ text: String) throws -> Int {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit), let length = Int(text) else {
            throw ResponseReader.malformed("Content-Length \"\(text)\" is no number of bytes.")
        }
        return length
    }

    private static func isTextByte(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }
}
