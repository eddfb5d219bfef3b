// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// The headers of a part.
extension MultipartParser {
    /// Takes header lines up to the empty line, and announces the part there.
    ///
    /// - Returns: The index behind what was read.
    mutating func readHeaders(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to sink: inout some MultipartSink
    ) throws -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x0D || byte == 0x0A {
                skipsLineFeed = byte == 0x0D
                if isAtLineStart {
                    try beginPart(to: &sink)
                    return index
                }
                isAtLineStart = true
                try keep(0x0A)
                // The LF of a CRLF is skipped by the caller.
                if skipsLineFeed { return index }
            } else if isAtLineStart, byte.isHTTPWhitespace, let last = headerBlock.indices.last {
                // A line that begins with a space goes on with the line before it.
                headerBlock[last] = 0x20
                isAtLineStart = false
            } else {
                if isAtLineStart { try countHeaderLine() }
                try keep(byte)
            }
        }
        return index
    }

    private mutating func keep(_ byte: UInt8) throws {
        guard headerBlock.count < limits.partHeaderBytes else {
            throw WireError(
                .partHeadersTooLarge, "The headers of a part are longer than \(limits.partHeaderBytes) bytes.",
                status: 413)
        }
        headerBlock.append(byte)
    }

    private mutating func countHeaderLine() throws {
        isAtLineStart = false
        headerLines += 1
        guard headerLines <= limits.partHeaders else {
            throw WireError(
                .tooManyPartHeaders, "A part has more than \(limits.partHeaders) headers.", status: 413)
        }
    }

    private mutating func beginPart(to sink: inout some MultipartSink) throws {
        partCount += 1
        guard partCount <= limits.parts else {
            throw WireError(.tooManyParts, "The form has more than \(limits.parts) parts.", status: 413)
        }
        let part = try MultipartPart(headerBlock: headerBlock)
        headerBlock.removeAll(keepingCapacity: true)
        headerLines = 0
        isAtLineStart = true
        state = .data
        candidate = DelimiterCandidate()
        try sink.beginPart(part)
    }
}

extension MultipartPart {
    /// Reads lines of `Name: value`, each ended by LF.
    init(headerBlock: [UInt8]) throws {
        var headers = HTTPFields()
        var disposition: ArraySlice<UInt8>?
        var contentType: String?
        for line in headerBlock.split(separator: 0x0A) {
            let field = try Self.field(line)
            headers.append(field)
            switch field.name {
            case .contentDisposition:
                guard disposition == nil else {
                    throw WireError.malformedPart("A part has the header Content-Disposition twice.")
                }
                // The bytes as they came: what is kept in the header has lost its control characters.
                disposition = line
            case .contentType where contentType == nil: contentType = field.value
            case .contentTransferEncoding: try Self.checkTransferEncoding(field.value)
            default: break
            }
        }
        guard let disposition else {
            throw WireError(.unnamedPart, "A part has no header Content-Disposition, so it has no name.")
        }
        let parameters = try PartParameters(disposition)
        guard let name = parameters["name"] else {
            throw WireError(.unnamedPart, "The Content-Disposition of a part has no name.")
        }
        self.init(name: name, filename: parameters["filename"], contentType: contentType, headers: headers)
    }

    private static func field(_ line: ArraySlice<UInt8>) throws -> HTTPField {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            throw WireError.malformedPart("A header line of a part has no colon.")
        }
        let rawName = line[..<colon].trimmingHTTPWhitespace()
        guard let name = HTTPField.Name(String(decoding: rawName, as: UTF8.self)) else {
            throw WireError.malformedPart("The name of a header of a part is not a token.")
        }
        let rawValue = line[(colon + 1)...].trimmingHTTPWhitespace()
        guard !rawValue.contains(0), let value = String(validating: rawValue, as: UTF8.self) else {
            throw WireError.malformedPart("The header \(name) of a part is not text in UTF-8.")
        }
        return HTTPField(name: name, value: value)
    }

    /// Lets the three encodings pass that leave the bytes as they are.
    private static func checkTransferEncoding(_ value: String) throws {
        guard ["7bit", "8bit", "binary"].contains(where: value.equalsIgnoringASCIICase) else {
            throw WireError(
                .unsupportedTransferEncoding,
                "A part of a form must be sent as it is, without a Content-Transfer-Encoding.")
        }
    }

    /// The charset that the Content-Type names, where it is one of the few that are read.
    var charset: Charset {
        guard let contentType, contentType.utf8.contains(UInt8(ascii: ";")),
            let parameters = try? PartParameters(Array(contentType.utf8)[...]), let name = parameters["charset"]
        else { return .utf8 }
        return Charset(name.utf8) ?? .utf8
    }
}

extension HTTPField.Name {
    static let contentTransferEncoding = HTTPField.Name("Content-Transfer-Encoding") ?? .transferEncoding
}
