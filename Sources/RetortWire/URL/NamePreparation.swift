// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Brings the many spellings of a host name's label to one.
///
/// Source: RFC 3491, with the properties of characters that the standard library knows.
enum NamePreparation {
    /// Maps, normalises and checks a label.
    ///
    /// - Throws: ``WireError`` with `.invalidDomain` for characters that no name may have, and for those whose plain
    ///   form is not known here.
    static func prepare(_ label: [Unicode.Scalar]) throws -> [Unicode.Scalar] {
        guard label.count <= 4 * IDNA.maximumLength else {
            throw WireError(.invalidDomain, "The host name is too long: a label has at most 63 bytes.")
        }
        let mapped = try label.flatMap(map)
        let result = Composition.compose(mapped)
        if let scalar = result.first(where: isProhibited) {
            throw WireError(.invalidDomain, "The host name has the character \(name(scalar)), which no name may have.")
        }
        try checkDirection(result)
        return result
    }

    private static func name(_ scalar: Unicode.Scalar) -> String {
        "U+" + String(scalar.value, radix: 16, uppercase: true)
    }

    private static func map(_ scalar: Unicode.Scalar) throws -> [Unicode.Scalar] {
        if isIgnored(scalar) { return [] }
        if let plain = ASCIISpelling.form(of: scalar) {
            let lowered = plain.asciiLowercased
            // A wide slash, or a digit with its full stop, must not become a part of the URL that was not there.
            guard scalar.isASCII || !lowered.utf8.contains(where: { HostSyntax.isForbidden($0) || $0 == 0x2E }) else {
                throw WireError(.invalidDomain, "The host name has \(name(scalar)), a form of `\(plain)`.")
            }
            return Array(lowered.unicodeScalars)
        }
        if let special = specials[scalar.value] { return special.compactMap { Unicode.Scalar($0) } }
        guard !needsLargerTable(scalar.value) else {
            throw WireError(
                .invalidDomain, "The host name has \(name(scalar)), a compatibility form. Write its ordinary letters.")
        }
        return Array(scalar.properties.lowercaseMapping.unicodeScalars)
    }

    /// Refuses labels whose characters would be shown in another order than they stand.
    ///
    /// Source: RFC 3454 §6.
    private static func checkDirection(_ label: [Unicode.Scalar]) throws {
        guard label.contains(where: isRightToLeft) else { return }
        let isMixed = label.contains { $0.properties.isAlphabetic && !isRightToLeft($0) && !isMark($0) }
        guard !isMixed, let first = label.first, let last = label.last, isRightToLeft(first), isRightToLeft(last)
        else {
            throw WireError(.invalidDomain, "The host name has a label that mixes right-to-left with other letters.")
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
            scalar.properties.isAlphabetic && !isMark(scalar)
        default: false
        }
    }

    /// Small forms and compatibility forms that lowercasing alone does not give.
    ///
    /// Source: RFC 3454 tables B.2 and B.3.
    fileprivate static let specials: [UInt32: [UInt32]] = [
        0xDF: [0x73, 0x73], 0x1E9E: [0x73, 0x73], 0x3C2: [0x3C3], 0xB5: [0x3BC], 0x345: [0x3B9], 0x1FBE: [0x3B9],
        0x3D0: [0x3B2], 0x3D1: [0x3B8], 0x3D5: [0x3C6], 0x3D6: [0x3C0], 0x3F0: [0x3BA], 0x3F1: [0x3C1],
        0x3F2: [0x3C3], 0x3F5: [0x3B5], 0xE33: [0xE4D, 0xE32], 0xEB3: [0xECD, 0xEB2],
        // Letters that normalisation takes apart.
        0x958: [0x915, 0x93C], 0x959: [0x916, 0x93C], 0x95A: [0x917, 0x93C], 0x95B: [0x91C, 0x93C],
        0x95C: [0x921, 0x93C], 0x95D: [0x922, 0x93C], 0x95E: [0x92B, 0x93C], 0x95F: [0x92F, 0x93C],
        0x9DC: [0x9A1, 0x9BC], 0x9DD: [0x9A2, 0x9BC], 0x9DF: [0x9AF, 0x9BC], 0xA33: [0xA32, 0xA3C],
        0xA36: [0xA38, 0xA3C], 0xA59: [0xA16, 0xA3C], 0xA5A: [0xA17, 0xA3C], 0xA5B: [0xA1C, 0xA3C],
        0xA5E: [0xA2B, 0xA3C], 0xB5C: [0xB21, 0xB3C], 0xB5D: [0xB22, 0xB3C],
    ]

    /// Characters that are left out: soft hyphens, joiners, variation selectors.
    ///
    /// Source: RFC 3454 table B.1.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x34F, 0x1806, 0x180B...0x180D, 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    /// Stretches in which most characters decompose into others that are not ASCII.
    private static func needsLargerTable(_ value: UInt32) -> Bool {
        switch value {
        case 0xA8, 0xAF, 0xB4, 0xB8, 0xBC...0xBE, 0x13F...0x140, 0x149, 0x1C4...0x1C6, 0x2B0...0x2B8, 0x2D8...0x2DD,
            0x2E0...0x2E4, 0x340...0x341, 0x343...0x344, 0x37A, 0x384...0x385, 0x3D2...0x3D4, 0x587, 0x675...0x678,
            0xEDC...0xEDD, 0xF0C, 0xF43, 0xF4D, 0xF52, 0xF57, 0xF5C, 0xF69, 0xF73...0xF79, 0xF81, 0xF93, 0xF9D, 0xFA2,
            0xFA7, 0xFAC, 0xFB9, 0x10FC, 0x1D2C...0x1D6A, 0x1D78, 0x1D9B...0x1DBF, 0x1E9A...0x1E9B, 0x1F80...0x1FAF,
            0x1FB2...0x1FB4, 0x1FB7, 0x1FBC, 0x1FBD...0x1FC1, 0x1FC2...0x1FC4, 0x1FC7, 0x1FCC, 0x1FCD...0x1FCF,
            0x1FDD...0x1FDF, 0x1FED...0x1FEF, 0x1FF2...0x1FF4, 0x1FF7, 0x1FFC, 0x1FFD...0x1FFE, 0x2033...0x2037,
            0x2057, 0x2070...0x209C, 0x2102...0x2138, 0x213C...0x2140, 0x2150...0x217F, 0x222C...0x2230,
            0x2329...0x232A, 0x2460...0x24FF, 0x2E9F, 0x2EF3, 0x2F00...0x2FD5, 0x3036...0x303A, 0x309B...0x309C,
            0x309F, 0x30FF, 0x3131...0x318E, 0x3192...0x319F, 0x3200...0x33FF, 0xA69C...0xA69D, 0xA770,
            0xF900...0xFAFF, 0xFB00...0xFB06, 0xFB13...0xFDFF, 0xFE10...0xFE6F, 0xFE70...0xFEFC, 0xFF00...0xFFEF,
            0x1D400...0x1D7FF, 0x1EE00...0x1EEFF, 0x1F100...0x1F1E5, 0x1F200...0x1F2FF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    /// Spaces, controls, private and unassigned characters.
    ///
    /// Source: RFC 3454 appendix C.
    private static func isProhibited(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return HostSyntax.isForbidden(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .spaceSeparator, .lineSeparator,
            .paragraphSeparator:
            return true
        default:
            return scalar.value == 0xFFFC || scalar.value == 0xFFFD || (0x2FF0...0x2FFB).contains(scalar.value)
        }
    }
}

/// Joins letters and the marks behind them where one character stands for both.
///
/// The standard library compares texts by canonical equivalence and hashes them accordingly. So a dictionary of the
/// composed characters finds the one that a letter and its mark are equal to, without a table of decompositions.
private enum Composition {
    /// Composes a text in NFD or NFC to NFC.
    static func compose(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        // Below the first combining mark everything is composed already.
        guard scalars.contains(where: { $0.value >= 0x300 }) else { return scalars }
        var result: [Unicode.Scalar] = []
        var starter: Int?
        var lastClass: UInt8 = 0
        for scalar in scalars {
            let scalar = composed[String(Character(scalar))] ?? scalar
            let rank = scalar.properties.canonicalCombiningClass.rawValue
            if let starter, lastClass < rank || starter == result.count - 1,
                let joined = join(result[starter], scalar)
            {
                result[starter] = joined
                continue
            }
            if rank == 0 { starter = result.count }
            lastClass = rank
            result.append(scalar)
        }
        return result
    }

    private static func join(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        joinHangul(first.value, second.value) ?? composed[String(String.UnicodeScalarView([first, second]))]
    }

    /// Syllables are computed.
    ///
    /// Source: Unicode 15 §3.12.
    private static func joinHangul(_ first: UInt32, _ second: UInt32) -> Unicode.Scalar? {
        if (0x1100...0x1112).contains(first), (0x1161...0x1175).contains(second) {
            return Unicode.Scalar(0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28)
        }
        if (0xAC00...0xD7A3).contains(first), (first - 0xAC00) % 28 == 0, (0x11A8...0x11C2).contains(second) {
            return Unicode.Scalar(first + second - 0x11A7)
        }
        return nil
    }

    /// Blocks with composed letters.
    ///
    /// Where two characters are equal, the lower one is the normal one,
    /// so the blocks begin before the first composed letter: U+037E is equal to `;`.
    private static let blocks: [ClosedRange<UInt32>] = [
        0x21...0x24F, 0x2B9...0x2B9, 0x370...0x4FF, 0x620...0x6FF, 0x900...0xDFF, 0x1020...0x1026, 0x1B00...0x1B4F,
        0x1E00...0x1FFF, 0x2190...0x22FF, 0x3040...0x30FF,
    ]

    private static let composed: [String: Unicode.Scalar] = {
        var result: [String: Unicode.Scalar] = [:]
        for value in blocks.joined() where NamePreparation.specials[value] == nil {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let key = String(Character(scalar))
            if result[key] == nil { result[key] = scalar }
        }
        return result
    }()
}
