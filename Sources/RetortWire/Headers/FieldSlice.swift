// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The part of a header value that a parser looks at.
///
/// It shares the bytes of the whole.
typealias FieldSlice = ArraySlice<UInt8>

extension ArraySlice<UInt8> {
    /// The slice without spaces and tabs at both ends.
    var fieldTrimmed: FieldSlice {
        var low = startIndex
        var high = endIndex
        while low < high, self[low].isHTTPWhitespace { low += 1 }
        while high > low, self[high - 1].isHTTPWhitespace { high -= 1 }
        return self[low..<high]
    }

    /// The bytes as text.
    ///
    /// What is not UTF-8 becomes U+FFFD.
    var fieldText: String { String(decoding: self, as: UTF8.self) }

    /// The part before the first such byte and the part behind it, which is nil where the byte does not occur.
    func fieldSplit(_ separator: UInt8) -> (head: FieldSlice, tail: FieldSlice?) {
        guard let index = firstIndex(of: separator) else { return (self, nil) }
        return (self[startIndex..<index], self[(index + 1)..<endIndex])
    }

    /// Whether the slice has the bytes of a lower-case text when `A`–`Z` count as `a`–`z`.
    func fieldEquals(_ lowercased: StaticString) -> Bool {
        guard count == lowercased.utf8CodeUnitCount else { return false }
        return lowercased.withUTF8Buffer { other in
            zip(self, other).allSatisfy { $0.asciiLowercased == $1 }
        }
    }

    /// Whether the slice is not empty and each byte may stand in a token.
    ///
    /// Source: RFC 9110 §5.6.2.
    var isFieldToken: Bool { !isEmpty && allSatisfy(\.isTokenByte) }

    /// The number that the digits write, or nil where there is none or another byte among them.
    ///
    /// A number past the range becomes the greatest one: a length or a time that long means "more than there is".
    var fieldNumber: Int64? {
        guard !isEmpty, allSatisfy(\.isASCIIDigit) else { return nil }
        var result: Int64 = 0
        for byte in self {
            let (tens, overflow) = result.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(byte &- 0x30))
            if overflow || carry { return .max }
            result = sum
        }
        return result
    }
}

extension String {
    /// The bytes of the text as a slice, or nil where there are more than the limit.
    func fieldSlice(limit: Int = HeaderText.defaultLimit) -> FieldSlice? {
        utf8.count <= limit ? ArraySlice(utf8) : nil
    }
}

/// A text that counts as equal only to a text of the same bytes, with `A`–`Z` turned into `a`–`z` where asked for.
struct HeaderKey: Hashable {
    let bytes: [UInt8]

    init(_ text: some StringProtocol, ignoringCase: Bool) {
        bytes = ignoringCase ? text.utf8.map(\.asciiLowercased) : Array(text.utf8)
    }
}
