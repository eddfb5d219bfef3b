// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Hashes passwords for storage, and verifies them against hashes of Werkzeug and Django.
///
/// Every call but ``needsRehash(_:)`` blocks its thread for tens to hundreds of milliseconds, on purpose: call it on a
/// pool of threads for blocking work, never on an event loop.
///
///     let hasher = PasswordHasher()
///     guard let user = users.find(name) else {
///         try hasher.verifyNobody(password)    // takes as long as a real user
///         return nil
///     }
///     guard try hasher.verify(password, against: user.hash) else { return nil }
///     if hasher.needsRehash(user.hash) { user.hash = try hasher.hash(password) }
///
/// Source: Werkzeug 3.1 `security`, Django 6.1 `contrib.auth.hashers`.
public struct PasswordHasher: Sendable {
    /// How new hashes are made.
    public let scheme: PasswordScheme
    /// What a stored hash and a password may ask for.
    public let limits: PasswordLimits

    /// Creates a hasher.
    ///
    /// - Parameters:
    ///   - scheme: How new hashes are made. Every known scheme is verified.
    ///   - limits: What a stored hash and a password may ask for.
    public init(_ scheme: PasswordScheme = .scrypt, limits: PasswordLimits = PasswordLimits()) {
        self.scheme = scheme
        self.limits = limits
    }

    /// Hashes a password with a fresh random salt.
    ///
    /// It blocks.
    ///
    /// - Parameter password: The password, of which the UTF-8 bytes count.
    /// - Returns: The algorithm, its cost, the salt and the hash, in the form of the scheme.
    /// - Throws: ``WireError`` with `passwordRefused` when the password is too long or the scheme passes the limits,
    ///   and `argon2Missing`.
    public func hash(_ password: String) throws -> String {
        // 22 characters are worth 130 bits; Werkzeug's 16 are worth 95.
        let salt = try SecureRandom.alphanumeric(scheme.style == .django ? 22 : 16)
        return try StoredPassword(scheme: scheme, salt: Array(salt.utf8), digest: []).hashed(password, limits)
    }

    /// Whether a password is the one that was hashed.
    ///
    /// It blocks, also for hashes that nobody can match.
    ///
    /// - Parameters:
    ///   - password: The password, of which the UTF-8 bytes count.
    ///   - hash: The stored hash. An empty one, or one that starts with `!`, belongs to nobody.
    /// - Returns: False for a damaged hash too.
    /// - Throws: ``WireError`` with `passwordRefused` when the password is too long, or the hash names an unknown
    ///   algorithm or passes the limits, and `argon2Missing`.
    public func verify(_ password: String, against hash: String) throws -> Bool {
        guard hash.utf8.count <= limits.hashLength else {
            throw WireError(.passwordRefused, "The stored hash is too long.", status: 500)
        }
        guard let stored = try StoredPassword(hash) else {
            try verifyNobody(password)
            return false
        }
        return ConstantTime.areEqual(try stored.recomputed(password, limits), stored.digest)
    }

    /// Does the work of a verification, for a user who does not exist.
    ///
    /// It blocks.
    ///
    /// Without it the time of an answer tells which user names are taken.
    ///
    /// - Parameter password: What was tried.
    /// - Throws: ``WireError`` as ``hash(_:)`` does.
    public func verifyNobody(_ password: String) throws { _ = try hash(password) }

    /// Whether a hash was made by another scheme than this one, so that a new one should be stored.
    ///
    /// Ask after a password was verified, when it is at hand.
    ///
    /// - Parameter hash: The stored hash.
    /// - Returns: True for a damaged or unknown hash too.
    public func needsRehash(_ hash: String) -> Bool {
        guard hash.utf8.count <= limits.hashLength, let stored = try? StoredPassword(hash) else { return true }
        return stored.scheme != scheme || stored.salt.count < 16 || stored.argon2 != .id
            || stored.argon2Version != Argon2.version
    }
}
