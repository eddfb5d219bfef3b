// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A header field whose value is one of a few words.
///
/// Words are compared without regard to ASCII case. Options behind a semicolon, such as `report-to`, are skipped.
public protocol HeaderKeyword: HeaderValue, RawRepresentable, CaseIterable, Hashable where RawValue == String {}

extension HeaderKeyword {
    /// Finds the word, or returns nil where the text is none of them.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let slice = headerValue.fieldSlice() else { return nil }
        let word = slice.fieldSplit(UInt8(ascii: ";")).head.fieldTrimmed.fieldText
        guard let found = Self.allCases.first(where: { $0.rawValue.equalsIgnoringASCIICase(word) }) else { return nil }
        self = found
    }

    /// The word.
    public var headerValue: String { rawValue }
}

/// Whether pages of other origins that open this one, or are opened by it, can reach it: `Cross-Origin-Opener-Policy`.
///
/// Source: HTML Standard §7.1.3.
public enum CrossOriginOpenerPolicy: String, HeaderKeyword {
    /// They can.
    case unsafeNone = "unsafe-none"
    /// Only windows that this page opens can.
    case sameOriginAllowPopups = "same-origin-allow-popups"
    /// Only pages of the same origin can.
    case sameOrigin = "same-origin"
    /// Nobody can, not even pages of the same origin that have another policy.
    case noOpenerAllowPopups = "noopener-allow-popups"
}

/// Whether a page may embed what does not allow it: `Cross-Origin-Embedder-Policy`.
///
/// Source: HTML Standard §7.1.4.
public enum CrossOriginEmbedderPolicy: String, HeaderKeyword {
    /// It may.
    case unsafeNone = "unsafe-none"
    /// Only what allows it.
    case requireCORP = "require-corp"
    /// It may, but such requests carry no credentials.
    case credentialless
}

/// Who may embed a response: `Cross-Origin-Resource-Policy`.
///
/// Source: Fetch Standard §3.7.
public enum CrossOriginResourcePolicy: String, HeaderKeyword {
    /// Pages of the same site.
    case sameSite = "same-site"
    /// Pages of the same origin.
    case sameOrigin = "same-origin"
    /// Everybody.
    case crossOrigin = "cross-origin"
}

/// How much of its address a page gives away when a link is followed: `Referrer-Policy`.
///
/// Source: Referrer Policy, W3C, §3.
public enum ReferrerPolicy: String, HeaderKeyword {
    /// Nothing.
    case noReferrer = "no-referrer"
    /// The whole address, but nothing from HTTPS to HTTP.
    case noReferrerWhenDowngrade = "no-referrer-when-downgrade"
    /// The origin.
    case origin
    /// The whole address within the origin, else the origin.
    case originWhenCrossOrigin = "origin-when-cross-origin"
    /// The whole address within the origin, else nothing.
    case sameOrigin = "same-origin"
    /// The origin, but nothing from HTTPS to HTTP.
    case strictOrigin = "strict-origin"
    /// The whole address within the origin, else the origin, but nothing from HTTPS to HTTP. Browsers do this unasked.
    case strictOriginWhenCrossOrigin = "strict-origin-when-cross-origin"
    /// The whole address, always.
    case unsafeURL = "unsafe-url"

    /// Finds the last word that is known, or returns nil where there is none.
    ///
    /// Several words stand for browsers of different age: each takes the last one that it knows.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        let words = HeaderText.parseList(headerValue)
        let known = words.compactMap { word in Self.allCases.first { $0.rawValue.equalsIgnoringASCIICase(word) } }
        guard let last = known.last else { return nil }
        self = last
    }
}
