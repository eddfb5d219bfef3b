// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Languages such as `en-GB`, in which `_` counts as `-`.
///
/// For `Accept-Language`.
///
/// Source: RFC 9110 §12.5.4, RFC 4647 §3.4.
public enum LanguageRule: AcceptRule {
    /// The bytes in lower case, with hyphens only.
    public static func key(of text: ArraySlice<UInt8>) -> AcceptKey {
        AcceptKey(text.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0.asciiLowercased })
    }

    /// Finds the language that the client likes best.
    ///
    /// Where no language is the same, a client of `en-GB` gets `en`; failing that, a client of `en` gets `en-US`.
    ///
    /// - Parameters:
    ///   - offers: The languages, the server's favourite first.
    ///   - accept: What the client asked for.
    /// - Returns: One of the offers, or nil where the client wants none of them.
    public static func best(of offers: [String], in accept: Accept<LanguageRule>) -> String? {
        if let exact = accept.plainBest(of: offers) { return exact }
        let primary = Accept<TokenRule>(accept.items.map { (primarySubtag($0.value), $0.quality) })
        if let wider = primary.plainBest(of: offers) { return wider }
        guard let narrower = accept.plainBest(of: offers.map(primarySubtag)) else { return nil }
        return offers.first { $0.utf8.starts(with: narrower.utf8) }
    }

    private static func primarySubtag(_ language: String) -> String {
        let bytes = FieldSlice(language.utf8)
        return bytes.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }.fieldText
    }
}

/// What a client asks for with `Accept-Language`.
public typealias AcceptedLanguages = Accept<LanguageRule>
