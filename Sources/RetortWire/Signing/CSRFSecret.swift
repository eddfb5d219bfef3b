// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The secret behind the tokens that show that a form came from this site.
///
/// It is kept in the session. Each page gets a token that looks different every time, so that an attacker who watches
/// the length of compressed pages learns nothing from it (the BREACH attack); all of them are good as long as the
/// secret is. A token is 32 random bytes and 32 bytes combined with them by exclusive or, in base64url.
///
///     let secret = session["_csrf", as: String.self].flatMap(CSRFSecret.init) ?? CSRFSecret.random()
///
/// Source: OWASP Cross-Site Request Forgery Prevention; breachattack.com.
public struct CSRFSecret: Sendable {
    private static let size = 32
    private let bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// A new secret.
    ///
    /// - Returns: 32 random bytes.
    /// - Throws: ``WireError`` with `cryptoFailed` when the system has no randomness.
    public static func random() throws -> CSRFSecret { CSRFSecret(bytes: try SecureRandom.bytes(size)) }

    /// Reads a secret from the session.
    ///
    /// - Parameter text: What ``text`` gave; nil comes back for everything else.
    public init?(_ text: String) {
        guard let bytes = Base64.decode(text.utf8, alphabet: .urlSafe, padding: .forbidden), bytes.count == Self.size
        else { return nil }
        self.bytes = bytes
    }

    /// The secret as a text for the session: 43 letters, digits, `-` and `_`.
    public var text: String { Base64.encode(bytes, alphabet: .urlSafe, padding: false) }

    /// A token for a form.
    ///
    /// - Parameter action: What the token is good for. With a name, such as `POST /transfer`, a token that leaks from
    ///   one form is worth nothing for another.
    /// - Returns: 86 letters, digits, `-` and `_`; different each time.
    /// - Throws: ``WireError`` with `cryptoFailed` when the system has no randomness.
    public func token(for action: String = "") throws -> String {
        let mask = try SecureRandom.bytes(Self.size)
        let masked = zip(mask, try proof(of: action)).map { $0 ^ $1 }
        return Base64.encode(mask + masked, alphabet: .urlSafe, padding: false)
    }

    /// Whether a token was made from this secret for this action.
    ///
    /// - Parameters:
    ///   - token: What came with the request, of any length.
    ///   - action: What the token has to be good for.
    /// - Returns: False also when the token is malformed.
    public func isValid(_ token: String, for action: String = "") -> Bool {
        guard token.utf8.count == 86,
            let both = Base64.decode(token.utf8, alphabet: .urlSafe, padding: .forbidden),
            let expected = try? proof(of: action)
        else { return false }
        let unmasked = zip(both.prefix(Self.size), both.suffix(Self.size)).map { $0 ^ $1 }
        return ConstantTime.areEqual(unmasked, expected)
    }

    private func proof(of action: String) throws -> [UInt8] {
        try HMACKey(bytes).authenticationCode(for: Array("retort-csrf-1".utf8) + action.utf8)
    }
}
