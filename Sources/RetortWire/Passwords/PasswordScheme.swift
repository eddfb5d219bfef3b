// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a password is hashed, and how the result is written down.
public struct PasswordScheme: Hashable, Sendable {
    /// The slow function and its cost.
    public enum Algorithm: Hashable, Sendable {
        /// scrypt. It uses `128 * cost * blockSize` bytes of memory.
        ///
        /// `cost` is a power of two above 1.
        ///
        /// Source: RFC 7914.
        case scrypt(cost: Int, blockSize: Int, parallelism: Int)
        /// PBKDF2 with HMAC. It uses no memory, so attackers with graphics cards gain most against it.
        ///
        /// Source: RFC 8018 §5.2.
        case pbkdf2(hash: HashFunction, iterations: Int)
        /// Argon2id. It uses `memory` KiB, and needs the system's libargon2.
        ///
        /// Source: RFC 9106.
        case argon2id(passes: Int, memory: Int, lanes: Int)
    }

    /// Whose way of writing hashes is followed.
    public enum Style: Hashable, Sendable {
        /// `scrypt:32768:8:1$salt$hex` and `pbkdf2:sha256:1000000$salt$hex`. It has no form for Argon2.
        case werkzeug
        /// `scrypt$16384$salt$8$5$base64`, `pbkdf2_sha256$1500000$salt$base64` and `argon2$argon2id$v=19$…`.
        case django
    }

    /// The slow function and its cost.
    public var algorithm: Algorithm
    /// Whose way of writing hashes is followed.
    public var style: Style

    /// Creates a scheme.
    ///
    /// - Parameters:
    ///   - algorithm: The slow function and its cost.
    ///   - style: Whose way of writing hashes is followed. Argon2 is always written as Django does.
    public init(_ algorithm: Algorithm, style: Style = .werkzeug) {
        self.algorithm = algorithm
        if case .argon2id = algorithm { self.style = .django } else { self.style = style }
    }

    /// scrypt with 32 MiB, as Werkzeug hashes by default.
    public static let scrypt = PasswordScheme(.scrypt(cost: 32_768, blockSize: 8, parallelism: 1))
    /// PBKDF2 with SHA-256 and a million rounds, as Werkzeug does on request.
    public static let pbkdf2 = PasswordScheme(.pbkdf2(hash: .sha256, iterations: 1_000_000))
    /// PBKDF2 with SHA-256 and a million and a half rounds, written as Django does.
    public static let djangoPBKDF2 = PasswordScheme(.pbkdf2(hash: .sha256, iterations: 1_500_000), style: .django)
    /// scrypt with 16 MiB and five lanes, written as Django does.
    public static let djangoScrypt = PasswordScheme(
        .scrypt(cost: 16_384, blockSize: 8, parallelism: 5), style: .django)
    /// Argon2id with 100 MiB, two passes and eight lanes, as Django does on request.
    public static let argon2id = PasswordScheme(.argon2id(passes: 2, memory: 102_400, lanes: 8))
}

/// What a stored hash may ask for.
///
/// A hash comes from a database that others may have written into.
public struct PasswordLimits: Hashable, Sendable {
    /// The most bytes of memory.
    ///
    /// The default is 256 MiB.
    public var memory = 256 << 20
    /// The most rounds of PBKDF2.
    ///
    /// The default is ten million.
    public var iterations = 10_000_000
    /// The most memory times passes of scrypt and Argon2, in bytes written.
    ///
    /// The default is 2 GiB, about two seconds.
    public var work = 2 << 30
    /// The most bytes of a password.
    ///
    /// Longer ones are refused unhashed. The default is 4096.
    public var passwordLength = 4096
    /// The most bytes of a stored hash.
    ///
    /// The default is 1024.
    public var hashLength = 1024

    /// Creates the default limits.
    public init() {}

    /// Whether an algorithm may be run.
    func allow(_ algorithm: PasswordScheme.Algorithm) -> Bool {
        switch algorithm {
        case .pbkdf2(_, let iterations): return (1...self.iterations).contains(iterations)
        case .scrypt(let cost, let blockSize, let parallelism):
            guard cost > 1, cost <= 1 << 40, cost & (cost - 1) == 0, (1...1 << 20).contains(blockSize),
                (1...1 << 16).contains(parallelism)
            else { return false }
            // The lanes have a block each beside the table that they share.
            return fits(cost + parallelism, 128 * blockSize, passes: parallelism)
        case .argon2id(let passes, let memory, let lanes):
            guard passes > 0, (1...64).contains(lanes), memory >= 8 * lanes else { return false }
            return fits(memory, 1024, passes: passes)
        }
    }

    private func fits(_ count: Int, _ size: Int, passes: Int) -> Bool {
        let (memory, memoryOverflow) = count.multipliedReportingOverflow(by: size)
        let (work, workOverflow) = memory.multipliedReportingOverflow(by: passes)
        return !memoryOverflow && !workOverflow && memory <= self.memory && work <= self.work
    }
}

extension WireError.Code {
    /// A password is too long, or a stored hash is unknown, damaged or too costly.
    public static let passwordRefused = WireError.Code("password-refused")
    /// The system has no libargon2.
    public static let argon2Missing = WireError.Code("argon2-missing")
}
