// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The secret keys of an application, from the oldest to the newest.
///
/// The newest signs and seals. All of them verify and open, the newest first, so that a key can be replaced without
/// ending every session: add the new key at the end, and remove the old one after the longest lifetime has passed.
/// Printing the value shows how many keys there are, never the keys.
///
///     let keys: SecretKeys = ["last year's key", "this year's key"]
public struct SecretKeys: Sendable {
    /// The secret bytes, oldest first.
    let oldestFirst: [[UInt8]]

    /// Creates a list of keys from bytes.
    ///
    /// - Parameter oldestFirst: The keys, each 32 random bytes or more; the last one signs.
    public init(_ oldestFirst: [[UInt8]]) { self.oldestFirst = oldestFirst }

    /// Creates a list of keys from texts, of which the UTF-8 bytes count.
    ///
    /// - Parameter oldestFirst: The keys, such as those of `retort secret`; the last one signs.
    public init(_ oldestFirst: [String]) { self.init(oldestFirst.map { Array($0.utf8) }) }

    /// Creates a list of the current key and those that it replaced.
    ///
    /// - Parameters:
    ///   - current: The key that signs.
    ///   - fallbacks: Keys that still verify, oldest first.
    public init(_ current: String, fallbacks: [String] = []) { self.init(fallbacks + [current]) }

    /// The keys in the order in which they are tried, after a check that there is one and none is empty.
    func newestFirst() throws -> [[UInt8]] {
        guard !oldestFirst.isEmpty, oldestFirst.allSatisfy({ !$0.isEmpty }) else {
            throw WireError(
                .secretKeyMissing, "A secret key is missing or empty. Set it to a long random text.", status: 500)
        }
        return oldestFirst.reversed()
    }
}

extension SecretKeys: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// Creates a list of one key.
    ///
    /// - Parameter value: The key.
    public init(stringLiteral value: String) { self.init([value]) }

    /// Creates a list of keys.
    ///
    /// - Parameter elements: The keys, oldest first.
    public init(arrayLiteral elements: String...) { self.init(elements) }
}

extension SecretKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How many keys there are.
    public var description: String { "SecretKeys(\(oldestFirst.count))" }

    /// How many keys there are.
    public var debugDescription: String { description }

    /// A mirror without children, so that no dump of a configuration shows the keys.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension WireError.Code {
    /// An application was given no secret key, or an empty one.
    public static let secretKeyMissing = WireError.Code("secret-key-missing")
}
