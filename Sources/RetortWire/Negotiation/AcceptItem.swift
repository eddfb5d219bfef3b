// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One item of an `Accept` field.
public struct AcceptItem: Hashable, Sendable {
    /// The item as it is spelled, with its parameters.
    public let value: String

    /// How much the client likes it: 0, not at all, to 1.
    public let quality: Double

    /// The form that is compared.
    public let key: AcceptKey

    init(_ value: String, _ quality: Double, _ key: AcceptKey) {
        self.value = value
        self.quality = quality
        self.key = key
    }
}

extension AcceptItem {
    /// The items in their order.
    static func parse(_ headerValue: String, key: (FieldSlice) -> AcceptKey) -> [AcceptItem] {
        guard let slice = headerValue.fieldSlice() else { return [] }
        var result: [AcceptItem] = []
        let items = HeaderText.items(of: slice)
        result.reserveCapacity(items.count)
        for item in items {
            guard let (value, quality) = parse(HeaderText.unquoted(item)) else { continue }
            result.append(AcceptItem(value.fieldText, quality, key(value)))
        }
        return result
    }

    /// The more specific items first, of equal ones those with the higher quality, then as they came.
    static func sorted(_ items: [AcceptItem]) -> [AcceptItem] {
        func precedes(_ left: AcceptItem, _ right: AcceptItem) -> Bool {
            left.key.specificity == right.key.specificity
                ? left.quality > right.quality : left.key.specificity > right.key.specificity
        }
        // Most clients send the items in this very order.
        guard zip(items, items.dropFirst()).contains(where: { precedes($1, $0) }) else { return items }
        return items.indices.sorted { left, right in
            if precedes(items[left], items[right]) { return true }
            return left < right && !precedes(items[right], items[left])
        }.map { items[$0] }
    }

    private static func parse(_ item: FieldSlice) -> (FieldSlice, Double)? {
        let (head, tail) = item.fieldSplit(UInt8(ascii: ";"))
        guard let tail else { return (head.fieldTrimmed, 1) }
        // Nearly every item with options has just a quality, and needs no dictionary for it.
        let rest = tail.fieldTrimmed
        if rest.count >= 3, rest.prefix(2).fieldEquals("q="), let quality = quality(rest.dropFirst(2)) {
            let value = head.fieldTrimmed
            return value.isEmpty ? (value, 1) : inRange(quality).map { (value, $0) }
        }
        var header = OptionsHeader(item)
        var quality = 1.0
        if let text = header.options["q"] {
            guard let found = self.quality(FieldSlice(text.utf8).fieldTrimmed).flatMap(inRange) else { return nil }
            quality = found
            header.options.remove("q")
        }
        return (FieldSlice(header.headerValue.utf8), quality)
    }

    private static func inRange(_ quality: Double) -> Double? { (0...1).contains(quality) ? quality : nil }

    /// The number that digits and perhaps a point and digits write.
    private static func quality(_ slice: FieldSlice) -> Double? {
        let isNegative = slice.first == UInt8(ascii: "-")
        let (whole, fraction) = (isNegative ? slice.dropFirst() : slice).fieldSplit(UInt8(ascii: "."))
        guard !whole.isEmpty, whole.allSatisfy(\.isASCIIDigit) else { return nil }
        if let fraction, fraction.isEmpty || !fraction.allSatisfy(\.isASCIIDigit) { return nil }
        let digits = whole.count + (fraction?.count ?? 0)
        guard digits <= 15 else { return Double(slice.fieldText) }
        // Both numbers are exact, so that the quotient is the nearest one.
        var number = 0.0
        var scale = 1.0
        for byte in whole { number = number * 10 + Double(byte & 15) }
        for byte in fraction ?? [] {
            number = number * 10 + Double(byte & 15)
            scale *= 10
        }
        return isNegative ? -number / scale : number / scale
    }
}
