// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// A text cannot be the name of a host.
    public static let invalidDomain = WireError.Code("invalid-domain")
}

/// Domain names with characters outside ASCII, and their form in ASCII.
///
/// The rules are those of IDNA 2003, which Python and Werkzeug follow: letters become small, `ß` becomes `ss`, wide and
/// circled forms become plain ones. Characters that would need a larger table of compatibility forms are refused, not
/// guessed. Names may be written in NFC or NFD.
///
/// Source: RFC 3490, RFC 3491, RFC 3492.
public enum IDNA {
    /// The most bytes of one label, in ASCII.
    public static let maximumLabelLength = 63

    /// The most bytes of a name, in ASCII.
    public static let maximumLength = 255

    /// The name in ASCII, as DNS and the `Host` header want it.
    ///
    /// A name that is ASCII already is checked and returned as it is, in the case in which it was written.
    ///
    /// - Parameter domain: A host name, without port.
    /// - Returns: The name with each label that needs it written as `xn--…`.
    /// - Throws: ``WireError`` with `.invalidDomain` when a label is empty, when a label or the name is too long, and
    ///   for characters that no name may have.
    public static func toASCII(_ domain: String) throws -> String {
        if domain.isEmpty { return "" }
        guard domain.utf8.count <= 4 * maximumLength else { throw tooLong }
        if domain.utf8.allSatisfy({ $0 < 128 }) {
            try check(domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false))
            return domain
        }
        let labels = domain.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: isDot)
        let encoded = try labels.map { try asciiLabel(Array($0)) }
        try check(encoded.map { $0.utf8[...] })
        return encoded.joined(separator: ".")
    }

    /// The name as people read it.
    ///
    /// A label `xn--…` that is not well formed stays as it is, and so does one that would not be encoded to the same
    /// bytes again. Whether a name looks like another one is not judged: show names to people in ASCII where that
    /// matters.
    ///
    /// - Parameter domain: A host name, without port.
    /// - Returns: The name with each well-formed label `xn--…` decoded.
    public static func toUnicode(_ domain: String) -> String {
        guard domain.utf8.count <= maximumLength, domain.utf8.allSatisfy({ $0 < 128 }) else { return domain }
        let labels = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.map { unicodeLabel(String(Substring($0))) }.joined(separator: ".")
    }

    private static let tooLong = WireError(
        .invalidDomain, "The host name is too long: a label has at most 63 bytes and the name 255.")

    private static func check(_ labels: [Substring.UTF8View]) throws {
        var total = labels.count - 1
        for (index, label) in labels.enumerated() {
            guard label.count <= maximumLabelLength else { throw tooLong }
            // Only the root, behind the last dot, has no name.
            guard !label.isEmpty || (index > 0 && index == labels.count - 1) else {
                throw WireError(.invalidDomain, "The host name has an empty label: two dots in a row or one in front.")
            }
            total += label.count
        }
        guard total <= maximumLength else { throw tooLong }
    }

    /// Full stops of other scripts part labels too.
    ///
    /// Source: RFC 3490 §3.1.
    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        [0x2E, 0x3002, 0xFF0E, 0xFF61].contains(scalar.value)
    }

    private static func asciiLabel(_ label: [Unicode.Scalar]) throws -> String {
        if label.allSatisfy(\.isASCII) { return String(String.UnicodeScalarView(label)) }
        let prepared = try NamePreparation.prepare(label)
        guard !prepared.isEmpty else {
            throw WireError(.invalidDomain, "The host name has a label of which nothing is visible.")
        }
        if prepared.allSatisfy(\.isASCII) { return String(String.UnicodeScalarView(prepared)) }
        let text = String(String.UnicodeScalarView(prepared))
        guard !text.utf8.starts(with: "xn--".utf8) else {
            throw WireError(.invalidDomain, "The host name has a label with xn-- and characters outside ASCII.")
        }
        guard prepared.count <= maximumLabelLength, let encoded = Punycode.encode(prepared) else { throw tooLong }
        return "xn--" + encoded
    }

    private static func unicodeLabel(_ label: String) -> String {
        guard label.utf8.count <= maximumLabelLength, label.asciiLowercased.utf8.starts(with: "xn--".utf8),
            let scalars = Punycode.decode(label.utf8.dropFirst(4))
        else { return label }
        guard let again = try? asciiLabel(scalars), again.equalsIgnoringASCIICase(label) else { return label }
        return String(String.UnicodeScalarView(scalars))
    }
}
