// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers with so many decimals, as Django's filter `floatformat` writes them.
///
/// The argument is a count; a negative one leaves the decimals away where all are zero. A `g` behind it puts commas
/// between groups of three digits, a `u` does nothing here.
struct FloatFormat {
    private let places: Int
    private let isShort: Bool
    private let groups: Bool

    init(_ argument: TemplateValue) throws {
        var text = try argument.filterText()
        var groups = false
        while let last = text.last, last == "g" || last == "u" {
            groups = groups || last == "g"
            text.removeLast()
        }
        let count = text.isEmpty ? -1 : NumberText.integer(text, base: 10)
        guard let count else { throw TemplateError(.argument, "floatformat needs a count of decimals.") }
        places = Int(clamping: min(count.magnitude, UInt(DecimalText.mostPlaces)))
        isShort = count < 0
        self.groups = groups
    }

    func text(_ value: TemplateValue) throws -> String {
        let result: String
        if let number = value.integer {
            let digits = Array("\(number.magnitude)".utf8).map { $0 - 0x30 }
            result =
                isShort
                ? "\(number)"
                : DecimalText.fixed(digits: digits, exponent: digits.count, isNegative: number < 0, places: places)
        } else {
            guard let number = value.number ?? value.text.flatMap(NumberText.double) else { return "" }
            let isWhole = number == number.rounded(.towardZero) && number.isFinite
            result = DecimalText.fixed(number, places: isShort && isWhole ? 0 : places)
        }
        return groups ? NumberWords.intcomma(result) : result
    }
}
