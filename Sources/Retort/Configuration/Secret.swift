// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// A text that must not be seen: a key, a password, a token.
///
/// Printing, dumping or interpolating it gives `•••`. Code that needs the text asks for ``text``.
public struct Secret: Hashable, Sendable {
    /// The secret text.
    public let text: String

    /// Creates a secret.
    ///
    /// - Parameter text: The secret text.
    public init(_ text: String) { self.text = text }

    /// What is printed in the place of a secret.
    static let mask = "•••"

    /// Whether the bytes are the same.
    public static func == (left: Secret, right: Secret) -> Bool { left.text.hasSameBytes(as: right.text) }

    /// Feeds the bytes to a hasher.
    ///
    /// - Parameter hasher: The hasher.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension Secret: Decodable {
    /// Reads the text.
    ///
    /// - Parameter decoder: Holds a text.
    /// - Throws: What the decoder throws when it holds none.
    public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
}

extension Secret: ExpressibleByStringLiteral {
    /// Creates a secret.
    ///
    /// - Parameter value: The secret text.
    public init(stringLiteral value: String) { self.init(value) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Three dots.
    public var description: String { Self.mask }

    /// Three dots.
    public var debugDescription: String { Self.mask }

    /// A mirror without children, so that no dump shows the text.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Names that promise something secret.
enum SecretNames {
    private static let words = [
        "secret", "password", "passwd", "passphrase", "token", "credential", "private", "apikey", "key", "dsn",
    ]

    /// Whether the last part of a key sounds secret, as in `weather.api_key`.
    ///
    /// Case does not matter.
    static func contains(_ key: String) -> Bool {
        let lower = key.asciiLowercased
        let last =
            lower.utf8.lastIndex(of: UInt8(ascii: ".")).map { lower[lower.utf8.index(after: $0)...] } ?? lower[...]
        let parts = last.utf8.split { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        return parts.contains { part in
            words.contains { word in
                // `keys` and `tokens` are as secret as one of them; `keyboard` is not.
                part.elementsEqual(word.utf8)
                    || (part.count == word.utf8.count + 1 && part.starts(with: word.utf8)
                        && part.last == UInt8(ascii: "s"))
            }
        }
    }
}
