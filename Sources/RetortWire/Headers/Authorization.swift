// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The credentials of a request.
///
/// The description never shows the secret part, so that a log may hold it.
///
/// Source: RFC 9110 §11.6.2.
public enum Authorization: HeaderValue, Hashable {
    /// A user's name and password. The name has no colon.
    ///
    /// Source: RFC 7617.
    case basic(username: String, password: String)

    /// A token that is enough by itself.
    ///
    /// Source: RFC 6750 §2.1.
    case bearer(String)

    /// A token of another scheme.
    case token(scheme: String, String)

    /// Parameters of a scheme, such as `Digest`.
    case parameters(scheme: String, HeaderParameters)

    /// Parses credentials, or returns nil where there are none or those of `Basic` cannot be decoded.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let slice = headerValue.fieldSlice(), !slice.isEmpty else { return nil }
        let (scheme, tail) = slice.fieldSplit(0x20)
        let rest = (tail ?? []).fieldTrimmed
        if scheme.fieldEquals("basic") {
            guard let (username, password) = BasicCredentials.decode(rest) else { return nil }
            self = .basic(username: username, password: password)
        } else if Self.hasParameters(rest) {
            self = .parameters(scheme: scheme.fieldText, HeaderParameters(headerValue: rest.fieldText))
        } else if scheme.fieldEquals("bearer") {
            self = .bearer(rest.fieldText)
        } else {
            self = .token(scheme: scheme.fieldText, rest.fieldText)
        }
    }

    /// The scheme as it is spelled.
    public var scheme: String {
        switch self {
        case .basic: "Basic"
        case .bearer: "Bearer"
        case .token(let scheme, _), .parameters(let scheme, _): scheme
        }
    }

    /// The credentials as the text of the header field.
    public var headerValue: String {
        switch self {
        case .basic(let username, let password): "Basic " + BasicCredentials.encode(username, password)
        case .bearer(let token): HeaderText.printable("Bearer " + token)
        case .token(let scheme, let token): HeaderText.printable(scheme + " " + token)
        case .parameters(let scheme, let parameters):
            HeaderText.printable(scheme) + " " + AuthenticationScheme.text(of: parameters, scheme: scheme)
        }
    }

    /// Whether an `=` is there that does not end the text: then it is parameters and no token.
    static func hasParameters(_ rest: FieldSlice) -> Bool {
        let equals = UInt8(ascii: "=")
        guard let last = rest.lastIndex(where: { $0 != equals }) else { return false }
        return rest[..<last].contains(equals)
    }
}

extension Authorization: CustomStringConvertible, CustomDebugStringConvertible {
    /// The scheme, and for `Basic` the user's name, without anything secret.
    public var description: String {
        if case .basic(let username, _) = self { return "Basic \(username):…" }
        return "\(scheme) …"
    }

    /// The scheme, and for `Basic` the user's name, without anything secret.
    public var debugDescription: String { description }
}

/// How the parameters of a scheme are quoted.
enum AuthenticationScheme {
    /// These are quoted strings by the grammar of `Digest`, tokens or not; some clients insist.
    private static let quotedInDigest: [String] = [
        "realm", "domain", "nonce", "opaque", "qop", "username", "uri", "response", "cnonce",
    ]

    /// Writes parameters as their scheme wants them.
    ///
    /// Source: RFC 7616 §3.3, §3.4.
    static func text(of parameters: HeaderParameters, scheme: String, isChallenge: Bool = false) -> String {
        guard scheme.equalsIgnoringASCIICase("digest") else { return parameters.headerValue }
        return parameters.elements.map { element in
            // In a request `qop` is a token, in a challenge a list in quotes.
            let isQuoted =
                quotedInDigest.contains { element.name.equalsIgnoringASCIICase($0) }
                && (isChallenge || !element.name.equalsIgnoringASCIICase("qop"))
            return HeaderText.printable(element.name) + "="
                + HeaderText.quoted(element.value ?? "", allowingToken: !isQuoted)
        }.joined(separator: ", ")
    }
}

/// A name and a password in base64.
///
/// Source: RFC 7617 §2, RFC 4648 §4.
enum BasicCredentials {
    /// Decodes strict base64 of UTF-8 with a colon; nil where it is none.
    ///
    /// Without a colon the password is empty.
    static func decode(_ encoded: FieldSlice) -> (username: String, password: String)? {
        guard let bytes = bytes(encoded), let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let (name, password) = FieldSlice(text.utf8).fieldSplit(UInt8(ascii: ":"))
        return (name.fieldText, password?.fieldText ?? "")
    }

    static func encode(_ username: String, _ password: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let bytes = Array("\(username):\(password)".utf8)
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
            let bits = group[0] << 16 | group[1] << 8 | group[2]
            for place in 0..<4 {
                let isPadding = start + place > bytes.count
                let sextet = Int(bits >> UInt32(18 - 6 * place) & 63)
                result.append(isPadding ? UInt8(ascii: "=") : alphabet[sextet])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func bytes(_ encoded: FieldSlice) -> [UInt8]? {
        guard encoded.count % 4 == 0 else { return nil }
        let padding = encoded.suffix(2).count { $0 == UInt8(ascii: "=") }
        if padding == 2, encoded.last != UInt8(ascii: "=") { return nil }
        var result: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in encoded.dropLast(padding) {
            guard let sextet = sextet(byte) else { return nil }
            bits = bits << 6 | sextet
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return result
    }

    private static func sextet(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
