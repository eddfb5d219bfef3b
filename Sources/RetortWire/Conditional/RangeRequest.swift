// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of the content that a client asks for: `bytes=0-499, -500`.
///
/// Source: RFC 9110 §14.2.
public struct RangeRequest: HeaderValue, Hashable {
    /// One part.
    public enum Part: Hashable, Sendable {
        /// From a position to the end.
        case from(Int64)

        /// From a position to another, both included.
        case closed(ClosedRange<Int64>)

        /// So many at the end, at least one.
        case suffix(Int64)
    }

    /// What the parts mean for content of a known length.
    public enum Resolution: Hashable, Sendable {
        /// Send the whole content: the unit is not bytes, or the parts overlap.
        case whole

        /// Send these parts, each of which is inside the content and not empty, in their order.
        case parts([Range<Int64>])

        /// Nothing of it is inside the content: 416.
        case unsatisfiable
    }

    /// The number of parts past which a field is ignored: 16.
    ///
    /// Many small parts cost the server far more than the client.
    public static let defaultLimit = 16

    /// The unit in lower case, usually `bytes`.
    public let unit: String

    /// The parts, in ascending order; only the last may be open or a suffix.
    public let parts: [Part]

    /// Creates a request for parts of the content in bytes.
    ///
    /// - Parameter parts: The parts in ascending order.
    public init(_ parts: [Part]) {
        unit = "bytes"
        self.parts = parts
    }

    /// Parses a field, or returns nil where it has to be ignored.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) { self.init(headerValue: headerValue, limit: Self.defaultLimit) }

    /// Parses a field, or returns nil where it has to be ignored.
    ///
    /// That is so for malformed parts, for the suffix `-0`, for parts that overlap or do not ascend, and for too many.
    /// A position past the range of integers stands for the greatest one.
    ///
    /// - Parameters:
    ///   - headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    ///   - limit: The greatest number of parts.
    public init?(headerValue: String, limit: Int) {
        guard let slice = headerValue.fieldSlice() else { return nil }
        let (unit, rest) = slice.fieldSplit(UInt8(ascii: "="))
        guard let rest else { return nil }
        var parts: [Part] = []
        // The lowest position that the next part may begin at; nil behind an open part.
        var floor: Int64? = 0
        for item in rest.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard parts.count < limit, let lowest = floor, let part = Self.part(item.fieldTrimmed) else { return nil }
            switch part {
            case .suffix: floor = nil
            case .from(let first):
                guard first >= lowest else { return nil }
                floor = nil
            case .closed(let range):
                guard range.lowerBound >= lowest else { return nil }
                floor = range.upperBound == .max ? nil : range.upperBound + 1
            }
            parts.append(part)
        }
        self.unit = unit.fieldTrimmed.fieldText.asciiLowercased
        self.parts = parts
    }

    private static func part(_ item: FieldSlice) -> Part? {
        let (head, tail) = item.fieldSplit(UInt8(ascii: "-"))
        guard let tail else { return nil }
        if head.isEmpty { return tail.fieldNumber.flatMap { $0 > 0 ? .suffix($0) : nil } }
        guard let first = head.fieldTrimmed.fieldNumber else { return nil }
        if tail.fieldTrimmed.isEmpty { return .from(first) }
        return tail.fieldTrimmed.fieldNumber.flatMap { first <= $0 ? .closed(first...$0) : nil }
    }

    /// The parts as the text of the header field.
    public var headerValue: String {
        HeaderText.printable(unit) + "="
            + parts.map { part in
                switch part {
                case .from(let first): "\(first)-"
                case .closed(let range): "\(range.lowerBound)-\(range.upperBound)"
                case .suffix(let count): "-\(count)"
                }
            }.joined(separator: ",")
    }

    /// Finds what the parts mean for content of a known length.
    ///
    /// Parts outside the content are left out, and those that reach past its end are cut.
    ///
    /// - Parameter length: The length of the whole content in bytes.
    /// - Returns: The parts to send, or that the whole or nothing of it is to be sent.
    ///
    /// Source: RFC 9110 §14.1.1, §14.2, §15.5.17.
    public func resolve(length: Int64) -> Resolution {
        guard unit == "bytes" else { return .whole }
        var result: [Range<Int64>] = []
        for part in parts {
            guard let range = Self.range(of: part, end: max(length, 0)) else { continue }
            // A suffix may reach back into the part before it; sending bytes twice is what an attack asks for.
            if let last = result.last, range.lowerBound < last.upperBound { return .whole }
            result.append(range)
        }
        return result.isEmpty ? .unsatisfiable : .parts(result)
    }

    /// The bytes of a part that are before the end of the content; nil where there are none.
    private static func range(of part: Part, end: Int64) -> Range<Int64>? {
        let (first, last) =
            switch part {
            case .from(let first): (first, end)
            case .closed(let closed): (closed.lowerBound, min(closed.upperBound, end - 1) + 1)
            case .suffix(let count): (end - max(0, min(count, end)), end)
            }
        return max(first, 0) < last ? max(first, 0)..<last : nil
    }
}
