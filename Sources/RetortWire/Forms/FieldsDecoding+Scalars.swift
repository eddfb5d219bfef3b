// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Texts as scalars.
extension FieldsDecoding {
    /// Decodes the types that are known here, so that they need no container of their own; nil for other types.
    func knownValue<T>(_ type: T.Type, at cursor: FieldCursor) throws -> T? {
        if type == String.self { return try string(cursor) as? T }
        if type == Int.self { return try integer(Int.self, cursor) as? T }
        if type == Double.self { return try number(Double.self, cursor) as? T }
        if type == Bool.self { return try boolean(cursor) as? T }
        if type == [String].self { return try elements(cursor).map(string) as? T }
        if type == UUID.self { return try uuid(cursor) as? T }
        if type == Date.self { return try date(cursor) as? T }
        if type == URL.self { return try url(cursor) as? T }
        if type == UploadedFile.self { return try requiredFile(cursor) as? T }
        return nil
    }

    func string(_ cursor: FieldCursor) throws -> String {
        if let text = text(cursor) { return text }
        try failMissing(cursor)
        return ""
    }

    func boolean(_ cursor: FieldCursor) throws -> Bool {
        guard let text = text(cursor), !text.isEmpty else {
            if options.absentBoolIsFalse, text(cursor) == nil { return false }
            try failMissing(cursor)
            return false
        }
        switch text.utf8.count <= 5 ? text.asciiLowercased : "" {
        case "true", "1", "on", "yes": return true
        case "false", "0", "off", "no": return false
        default:
            try fail(cursor, .invalidBoolean, "must be true or false\(notThis(cursor))")
            return false
        }
    }

    /// A whole number: digits, with a hyphen before them when it is negative.
    func integer<I: FixedWidthInteger>(_ type: I.Type, _ cursor: FieldCursor) throws -> I {
        guard let text = text(cursor), !text.isEmpty else {
            try failMissing(cursor)
            return 0
        }
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            try fail(cursor, .invalidInteger, "must be a whole number\(notThis(cursor))")
            return 0
        }
        var result: I = 0
        for digit in digits {
            // Counted down when negative, since the lowest number has no positive twin. -0 is 0 for all types.
            let (tens, overflow) = result.multipliedReportingOverflow(by: 10)
            let unit = I(truncatingIfNeeded: digit & 0x0F)
            let (sum, carry) =
                isNegative ? tens.subtractingReportingOverflow(unit) : tens.addingReportingOverflow(unit)
            guard !overflow, !carry else {
                try fail(
                    cursor, .outOfRange, "must be between \(I.min) and \(I.max)\(notThis(cursor))")
                return 0
            }
            result = sum
        }
        return result
    }

    /// A finite decimal number, with a fraction and an exponent where it has one.
    func number<F: BinaryFloatingPoint & LosslessStringConvertible>(_ type: F.Type, _ cursor: FieldCursor) throws -> F {
        guard let text = text(cursor), !text.isEmpty else {
            try failMissing(cursor)
            return 0
        }
        // The standard library also reads hexadecimal numbers, a plus sign, infinity and nan.
        let isPlain = text.utf8.allSatisfy { byte in
            byte.isASCIIDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
                || byte | 0x20 == UInt8(ascii: "e")
        }
        guard isPlain, text.utf8.first != UInt8(ascii: "+"), let result = F(text) else {
            try fail(cursor, .invalidNumber, "must be a number\(notThis(cursor))")
            return 0
        }
        guard result.isFinite else {
            try fail(cursor, .outOfRange, "is too large a number")
            return 0
        }
        return result
    }

    private func uuid(_ cursor: FieldCursor) throws -> UUID {
        let none = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        guard let text = text(cursor), !text.isEmpty else {
            try failMissing(cursor)
            return none
        }
        if let result = UUID(uuidString: text) { return result }
        try fail(cursor, .invalidUUID, "must be a UUID\(notThis(cursor))")
        return none
    }

    private func date(_ cursor: FieldCursor) throws -> Date {
        guard let text = text(cursor), !text.isEmpty else {
            try failMissing(cursor)
            return Date(timeIntervalSince1970: 0)
        }
        if let seconds = ISO8601Text.seconds(text) { return Date(timeIntervalSince1970: seconds) }
        try fail(
            cursor, .invalidDate, "must be a date such as 2026-01-31 or 2026-01-31T12:30:00Z\(notThis(cursor))")
        return Date(timeIntervalSince1970: 0)
    }

    private func url(_ cursor: FieldCursor) throws -> URL {
        if let text = text(cursor), !text.isEmpty {
            if let result = URL(string: text) { return result }
            try fail(cursor, .invalidURL, "must be a URL\(notThis(cursor))")
        } else {
            try failMissing(cursor)
        }
        throw Stop()
    }

    private func requiredFile(_ cursor: FieldCursor) throws -> UploadedFile {
        if let file = file(cursor) { return file }
        try failMissing(cursor, "must be a file")
        throw Stop()
    }
}

extension UploadedFile: Decodable {
    /// Takes a file out of a form.
    ///
    /// Only ``FieldsDecoder`` has any.
    ///
    /// - Parameter decoder: The decoder.
    /// - Throws: `DecodingError`, since a file cannot come from another decoder.
    public init(from decoder: any Decoder) throws {
        throw DecodingError.typeMismatch(
            UploadedFile.self,
            DecodingError.Context(
                codingPath: decoder.codingPath, debugDescription: "A file can only come from a form."))
    }
}
