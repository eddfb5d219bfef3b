// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Date {
    func write(to output: JSONOutput) throws {
        switch output.options.dates {
        case .secondsSince1970: try output.write(timeIntervalSince1970)
        case .iso8601: try writeText(JSONDateText.iso8601(timeIntervalSince1970), to: output)
        case .httpDate: try writeText(JSONDateText.httpDate(timeIntervalSince1970), to: output)
        }
    }

    private func writeText(_ text: [UInt8]?, to output: JSONOutput) throws {
        guard let text else {
            throw WireError(
                .jsonUnencodable, "A date has to lie in the years 1 to 9999 to be written as text.", status: 500)
        }
        text.withUnsafeBufferPointer { output.writeQuoted($0) }
    }

    static func read(_ input: JSONInput, _ index: Int) throws -> Date {
        let style = input.options.dates
        if style == .secondsSince1970 { return Date(timeIntervalSince1970: try Double.read(input, index)) }
        let expected =
            style == .iso8601
            ? "a date such as \"2026-01-31T12:34:56Z\"" : "a date such as \"Sat, 31 Jan 2026 12:34:56 GMT\""
        return try input.text(index, expected: expected) { bytes in
            let seconds = style == .iso8601 ? JSONDateText.parseISO8601(bytes) : JSONDateText.parseHTTPDate(bytes)
            return seconds.map(Date.init(timeIntervalSince1970:))
        }
    }
}

extension UUID {
    func write(to output: JSONOutput) {
        output.reserve(38)
        output.append(0x22)
        withUnsafeBytes(of: uuid) { bytes in
            for (index, byte) in bytes.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 { output.append(0x2D) }
                output.append(Self.digit(byte >> 4))
                output.append(Self.digit(byte & 15))
            }
        }
        output.append(0x22)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    static func read(_ input: JSONInput, _ index: Int) throws -> UUID {
        try input.text(index, expected: "a UUID such as \"E621E1F8-C36C-495A-93FC-0C247A3E6E5F\"", parse)
    }

    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> UUID? {
        guard text.count == 36 else { return nil }
        var result = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).uuid
        var isValid = true
        withUnsafeMutableBytes(of: &result) { bytes in
            var index = 0
            for position in 0..<16 {
                if position == 4 || position == 6 || position == 8 || position == 10 {
                    if text[index] != 0x2D { isValid = false }
                    index += 1
                }
                if let high = text[index].hexDigitValue, let low = text[index + 1].hexDigitValue {
                    bytes[position] = high << 4 | low
                } else {
                    isValid = false
                }
                index += 2
            }
        }
        return isValid ? UUID(uuid: result) : nil
    }
}

extension Data {
    func write(to output: JSONOutput) {
        withUnsafeBytes { JSONBase64.write($0, to: output) }
    }

    static func read(_ input: JSONInput, _ index: Int) throws -> Data {
        try input.text(index, expected: "base64 text") { bytes in JSONBase64.decode(bytes).map { Data($0) } }
    }
}

extension URL {
    func write(to output: JSONOutput) { output.write(absoluteString) }

    static func read(_ input: JSONInput, _ index: Int) throws -> URL {
        try input.text(index, expected: "a URL") { bytes in
            bytes.isEmpty ? nil : URL(string: String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension Decimal {
    func write(to output: JSONOutput) throws {
        guard isFinite else { return try output.write(Double.nan) }
        output.writeASCII(description)
    }

    static func read(_ input: JSONInput, _ index: Int) throws -> Decimal {
        guard let digits = input.numberText(index), let value = Decimal(string: digits), value.isFinite else {
            throw input.mismatch(index, Self.self, expected: "a decimal number")
        }
        return value
    }
}
