// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The items of an `Accept` field with their qualities, in their order.
enum AcceptItems {
    static func parse(_ headerValue: String) -> [(String, Double)] {
        guard let slice = headerValue.fieldSlice() else { return [] }
        return HeaderText.items(of: slice).compactMap { item(HeaderText.unquoted($0)) }
    }

    private static func item(_ item: FieldSlice) -> (String, Double)? {
        let (head, tail) = item.fieldSplit(UInt8(ascii: ";"))
        guard let tail else { return (head.fieldTrimmed.fieldText, 1) }
        // Nearly every item with options has just a quality, and needs no dictionary for it.
        let rest = tail.fieldTrimmed
        if rest.count >= 3, rest.prefix(2).fieldEquals("q="), let quality = quality(rest.dropFirst(2)) {
            let value = head.fieldTrimmed.fieldText
            return value.isEmpty ? (value, 1) : inRange(quality).map { (value, $0) }
        }
        var header = OptionsHeader(item)
        guard let text = header.options["q"] else { return (header.headerValue, 1) }
        guard let found = quality(FieldSlice(text.utf8).fieldTrimmed), let quality = inRange(found) else { return nil }
        header.options.remove("q")
        return (header.headerValue, quality)
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
