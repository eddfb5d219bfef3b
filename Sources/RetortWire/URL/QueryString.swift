// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// A query string or form holds more pairs than the limit allows.
    public static let tooManyPairs = WireError.Code("too-many-pairs")

    /// A query string or form is longer than the limit allows.
    public static let formTooLarge = WireError.Code("form-too-large")
}

/// How much of a query string or form is read before it is refused.
public struct QueryLimits: Hashable, Sendable {
    /// The most pairs; empty places between two `&` are not counted.
    public var maximumPairs: Int

    /// The most bytes of the encoded text.
    public var maximumBytes: Int

    /// Creates limits.
    ///
    /// - Parameters:
    ///   - maximumPairs: The most pairs, 1000 unless told.
    ///   - maximumBytes: The most bytes of the encoded text, 2.5 MiB unless told.
    public init(maximumPairs: Int = 1000, maximumBytes: Int = 2_621_440) {
        self.maximumPairs = maximumPairs
        self.maximumBytes = maximumBytes
    }
}

extension MultiDict where Value == String {
    /// Parses a query string or the body of an urlencoded form.
    ///
    /// `+` is a space, a pair without `=` has an empty value, and a pair with an empty value stays. Escapes that are
    /// malformed stay as they are. Bytes that are not UTF-8 become U+FFFD. Takes time linear in the bytes.
    ///
    /// - Parameters:
    ///   - bytes: The encoded pairs, without a leading `?`.
    ///   - limits: What is still accepted.
    /// - Throws: ``WireError`` with `.tooManyPairs` (400) or `.formTooLarge` (413).
    ///
    /// Source: WHATWG URL §5.1.
    public init(urlEncoded bytes: some Collection<UInt8>, limits: QueryLimits = QueryLimits()) throws {
        guard bytes.count <= limits.maximumBytes else {
            throw WireError(
                .formTooLarge, "The form has more than \(limits.maximumBytes) bytes. Send less at once.", status: 413)
        }
        let pairs =
            try bytes.withContiguousStorageIfAvailable { try Self.pairs(in: $0, limits: limits) }
            ?? Array(bytes).withUnsafeBufferPointer { try Self.pairs(in: $0, limits: limits) }
        self.init(pairs)
    }

    /// Parses a query string or the text of an urlencoded form.
    ///
    /// - Parameters:
    ///   - text: The encoded pairs, without a leading `?`.
    ///   - limits: What is still accepted.
    /// - Throws: ``WireError`` with `.tooManyPairs` (400) or `.formTooLarge` (413).
    ///
    /// Source: WHATWG URL §5.1.
    public init(urlEncoded text: String, limits: QueryLimits = QueryLimits()) throws {
        try self.init(urlEncoded: text.utf8, limits: limits)
    }

    /// The pairs as a query string, which is also the body of an urlencoded form.
    ///
    /// Space becomes `+`. Letters, digits and `-._~!$'()*,/:;?@` stay, everything else is percent-encoded.
    ///
    /// Source: WHATWG URL §5.2.
    public var urlEncoded: String {
        var result = ""
        for (index, pair) in pairs.enumerated() {
            if index > 0 { result += "&" }
            result += Self.encoded(pair.name)
            result += "="
            result += Self.encoded(pair.value)
        }
        return result
    }

    private static func encoded(_ text: String) -> String {
        var text = text
        return text.withUTF8 { PercentCoding.encode($0, safe: .formValue, spaceIsPlus: true) }
    }

    private static func pairs(
        in bytes: UnsafeBufferPointer<UInt8>, limits: QueryLimits
    ) throws -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        var start = 0
        while start < bytes.count {
            var equals: Int?
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "&") {
                if equals == nil, bytes[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            if end > start {
                guard pairs.count < limits.maximumPairs else {
                    throw WireError(
                        .tooManyPairs, "The form has more than \(limits.maximumPairs) fields. Send fewer at once.")
                }
                let name = decoded(bytes, from: start, to: equals ?? end)
                pairs.append((name, equals.map { decoded(bytes, from: $0 + 1, to: end) } ?? ""))
            }
            start = end + 1
        }
        return pairs
    }

    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> String {
        PercentCoding.decodedText(UnsafeBufferPointer(rebasing: bytes[start..<end]), plusIsSpace: true)
    }
}
