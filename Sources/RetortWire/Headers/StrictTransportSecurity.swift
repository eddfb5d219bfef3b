// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How long a browser must use only HTTPS for a host.
///
/// Source: RFC 6797 §6.1.
public struct StrictTransportSecurity: HeaderValue, Hashable {
    /// How long, in whole seconds.
    ///
    /// Zero takes the rule back.
    public var maxAge: Duration

    /// Whether the rule is for all subdomains too.
    public var includesSubdomains: Bool

    /// Whether the host agrees to stand in the lists that browsers are shipped with.
    public var allowsPreload: Bool

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - maxAge: How long, in whole seconds. The lists of browsers ask for a year at least.
    ///   - includesSubdomains: Whether the rule is for all subdomains too.
    ///   - allowsPreload: Whether the host agrees to stand in the lists that browsers are shipped with.
    public init(maxAge: Duration, includesSubdomains: Bool = false, allowsPreload: Bool = false) {
        self.maxAge = maxAge
        self.includesSubdomains = includesSubdomains
        self.allowsPreload = allowsPreload
    }

    /// Parses a rule, or returns nil where `max-age` is absent, doubled or no number.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let slice = headerValue.fieldSlice() else { return nil }
        var age: Duration?
        self.init(maxAge: .zero)
        for part in slice.split(separator: UInt8(ascii: ";")) {
            let (name, value) = part.fieldTrimmed.fieldSplit(UInt8(ascii: "="))
            if name.fieldTrimmed.fieldEquals("max-age") {
                let text = HeaderText.unquoted((value ?? []).fieldTrimmed)
                guard age == nil, let parsed = DeltaSeconds.parse(text.fieldText) else { return nil }
                age = parsed
            }
            if name.fieldTrimmed.fieldEquals("includesubdomains") { includesSubdomains = true }
            if name.fieldTrimmed.fieldEquals("preload") { allowsPreload = true }
        }
        guard let age else { return nil }
        maxAge = age
    }

    /// The rule as the text of the header field.
    public var headerValue: String {
        "max-age=" + DeltaSeconds.print(maxAge) + (includesSubdomains ? "; includeSubDomains" : "")
            + (allowsPreload ? "; preload" : "")
    }
}
