// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Which part of the content a response carries: `bytes 0-499/1234`.
///
/// Source: RFC 9110 §14.4.
public struct ContentRange: HeaderValue, Hashable {
    /// The unit, usually `bytes`.
    public let unit: String

    /// The part; nil where none is sent, as in an answer with 416.
    public let range: Range<Int64>?

    /// The length of the whole content; nil where it is not known.
    public let length: Int64?

    /// Creates a value, or returns nil where the part is empty or not inside the content.
    ///
    /// - Parameters:
    ///   - range: The part; nil where none is sent.
    ///   - length: The length of the whole content; nil where it is not known.
    ///   - unit: The unit.
    public init?(_ range: Range<Int64>?, length: Int64?, unit: String = "bytes") {
        if let length, length < 0 { return nil }
        if let range {
            guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= length ?? .max else { return nil }
        }
        self.unit = unit
        self.range = range
        self.length = length
    }

    /// Parses a field, or returns nil where it is malformed or the part is not inside the content.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let slice = headerValue.fieldSlice()?.fieldTrimmed else { return nil }
        let (unit, rest) = slice.fieldSplit(0x20)
        let (part, lengthPart) = (rest ?? []).fieldSplit(UInt8(ascii: "/"))
        guard unit.isFieldToken, let lengthPart else { return nil }
        let length = lengthPart.fieldTrimmed.fieldNumber
        guard length != nil || lengthPart.elementsEqual("*".utf8) else { return nil }
        guard !part.elementsEqual("*".utf8) else {
            self.init(nil, length: length, unit: unit.fieldText)
            return
        }
        let (first, last) = part.fieldSplit(UInt8(ascii: "-"))
        guard let last, let low = first.fieldTrimmed.fieldNumber, let high = last.fieldTrimmed.fieldNumber,
            low <= high, high < .max
        else { return nil }
        self.init(low..<(high + 1), length: length, unit: unit.fieldText)
    }

    /// The part and the length as the text of the header field.
    public var headerValue: String {
        let part = range.map { "\($0.lowerBound)-\($0.upperBound - 1)" } ?? "*"
        return HeaderText.printable(unit) + " " + part + "/" + (length.map { String($0) } ?? "*")
    }
}
