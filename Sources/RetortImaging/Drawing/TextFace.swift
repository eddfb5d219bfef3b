// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// OpenCV's letters at a height.
struct TextFace {
    /// The height of a capital letter in pixels.
    let height: Double

    /// OpenCV's factor: at 1, a capital letter is 21 pixels high.
    var scale: Double { height / 21 }
    /// The width of a stroke in pixels.
    var thickness: Int32 { max(1, Int32(bounded: (height / 11).rounded())) }

    init(height: Double) { self.height = min(2_000, max(6, height.isFinite ? height : 12)) }

    /// How much room a text takes.
    func extent(of text: String) -> (width: Double, height: Double) {
        var (width, height, baseline): (Int32, Int32, Int32) = (0, 0, 0)
        rcv_text_size(asciiText(text), scale, thickness, &width, &height, &baseline)
        return (Double(width), Double(height))
    }
}

/// A text with the letters that OpenCV has: accents are dropped, and what is left beyond ASCII becomes `?`.
func asciiText(_ text: String) -> String {
    let folded: [Character: String] = [
        "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "–": "-", "’": "'",
    ]
    return text.prefix(200).reduce(into: "") { result, character in
        if let value = character.asciiValue, value >= 0x20, value < 0x7F {
            result.append(character)
        } else if let plain = folded[character] {
            result += plain
        } else if let base = latinBase(character) {
            result.append(base)
        } else {
            result.append("?")
        }
    }
}

/// The letter under an accent, for the Latin letters up to U+017F.
private func latinBase(_ character: Character) -> Character? {
    guard let scalar = character.unicodeScalars.first else { return nil }
    // A letter with an accent that is a character of its own, as decomposed text has it.
    if scalar.isASCII, character.unicodeScalars.count > 1 { return Character(scalar) }
    let first = Array("AAAAAA?CEEEEIIII?NOOOOO??UUUUY??aaaaaa?ceeeeiiii?nooooo??uuuuy?y")
    let second = Array(
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKk?LlLlLlLlLlNnNnNn???OoOoOo??RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
    )
    let found: Character
    switch scalar.value {
    case 0xC0...0xFF: found = first[Int(scalar.value - 0xC0)]
    case 0x100...0x17F:
        let place = Int(scalar.value - 0x100)
        guard place < second.count else { return nil }
        found = second[place]
    default: return nil
    }
    return found == "?" ? nil : found
}
