// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// The name of a session that is kept on the server: 256 random bits, which nobody can guess.
///
/// The cookie holds the text. Stores keep ``key`` instead, so that whoever reads a store cannot take over a session.
/// Printing the value shows nothing of it.
public struct SessionID: Hashable, Sendable {
    private static let byteCount = 32

    /// The text in the cookie: 43 letters, digits, `-` and `_`.
    public let text: String

    /// The name under which a store keeps the session: the SHA-256 hash of the text in base64url.
    public let key: String

    private init(unchecked text: String) throws {
        self.text = text
        key = Base64.encode(try HashFunction.sha256.digest(of: text.utf8), alphabet: .urlSafe, padding: false)
    }

    /// A new name.
    ///
    /// - Returns: A name that no session has.
    /// - Throws: `WireError` with `cryptoFailed` when the system has no randomness.
    public static func random() throws -> SessionID {
        try SessionID(unchecked: SecureRandom.token(byteCount: byteCount))
    }

    /// Reads a name from a cookie.
    ///
    /// - Parameter text: The value of the cookie; nil comes back for whatever ``random()`` does not make.
    public init?(_ text: String) {
        guard text.utf8.count == 43,
            let bytes = Base64.decode(text.utf8, alphabet: .urlSafe, padding: .forbidden),
            bytes.count == Self.byteCount
        else { return nil }
        do {
            try self.init(unchecked: text)
        } catch {
            return nil
        }
    }
}

extension SessionID: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type alone.
    public var description: String { "SessionID(…)" }

    /// The type alone.
    public var debugDescription: String { description }

    /// A mirror without children, so that no dump shows the name.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
