// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A stored hash taken apart.
struct StoredPassword {
    var scheme: PasswordScheme
    var salt: [UInt8]
    var digest: [UInt8]
    /// The variant and version of Argon2, which differ in old hashes.
    var argon2 = Argon2.Variant.id
    var argon2Version = Argon2.version

    init(scheme: PasswordScheme, salt: [UInt8], digest: [UInt8]) {
        self.scheme = scheme
        self.salt = salt
        self.digest = digest
    }

    /// Reads a stored hash, or nil for one that is damaged or belongs to nobody.
    ///
    /// An unknown algorithm is an error: with nil in its place a whole table of users could no longer log in unseen.
    init?(_ text: String) throws {
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 3, !text.utf8.starts(with: "!".utf8) else { return nil }
        let method = parts[0].utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch (method[0], parts.count) {
        case ("scrypt", 6) where method.count == 1: self.init(djangoScrypt: parts)
        case ("scrypt", _): self.init(werkzeugScrypt: method, parts)
        case ("pbkdf2", _): try self.init(werkzeugPBKDF2: method, parts)
        case ("pbkdf2_sha256", 4): self.init(djangoPBKDF2: .sha256, parts)
        case ("pbkdf2_sha1", 4): self.init(djangoPBKDF2: .sha1, parts)
        case ("argon2", 6): self.init(argon2: Array(parts[1...]))
        case ("", 6): self.init(argon2: Array(parts[1...]))
        default:
            throw WireError(.passwordRefused, "The stored hash is of an unknown kind.", status: 500)
        }
    }

    /// A number without a sign, as costs are written.
    private static func number(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text)
    }

    private init?(werkzeugScrypt method: [String], _ parts: [String]) {
        let costs = method.count == 1 ? [32_768, 8, 1] : method.dropFirst().compactMap(Self.number)
        guard costs.count == 3, method.count == 1 || method.count == 4, parts.count == 3,
            let digest = Hex.decode(parts[2])
        else { return nil }
        self.init(
            scheme: PasswordScheme(.scrypt(cost: costs[0], blockSize: costs[1], parallelism: costs[2])),
            salt: Array(parts[1].utf8), digest: digest)
    }

    private init?(werkzeugPBKDF2 method: [String], _ parts: [String]) throws {
        guard method.count <= 3, parts.count == 3, let digest = Hex.decode(parts[2]) else { return nil }
        guard let hash = HashFunction(rawValue: method.count > 1 ? method[1] : "sha256") else {
            throw WireError(.passwordRefused, "The stored hash uses an unknown hash function.", status: 500)
        }
        guard let iterations = method.count > 2 ? Self.number(method[2]) : 1_000_000 else { return nil }
        self.init(
            scheme: PasswordScheme(.pbkdf2(hash: hash, iterations: iterations)), salt: Array(parts[1].utf8),
            digest: digest)
    }

    private init?(djangoPBKDF2 hash: HashFunction, _ parts: [String]) {
        guard let iterations = Self.number(parts[1]), let digest = Base64.decode(parts[3].utf8) else { return nil }
        self.init(
            scheme: PasswordScheme(.pbkdf2(hash: hash, iterations: iterations), style: .django),
            salt: Array(parts[2].utf8), digest: digest)
    }

    private init?(djangoScrypt parts: [String]) {
        guard let cost = Self.number(parts[1]), let blockSize = Self.number(parts[3]),
            let parallelism = Self.number(parts[4]), let digest = Base64.decode(parts[5].utf8)
        else { return nil }
        self.init(
            scheme: PasswordScheme(
                .scrypt(cost: cost, blockSize: blockSize, parallelism: parallelism), style: .django),
            salt: Array(parts[2].utf8), digest: digest)
    }

    /// Fields such as `argon2id`, `v=19`, `m=102400,t=2,p=8`, salt and hash.
    private init?(argon2 fields: [String]) {
        guard fields.count == 5, let variant = Argon2.Variant(rawValue: fields[0]),
            let version = Self.number(String(fields[1].dropFirst(2))), fields[1].utf8.starts(with: "v=".utf8),
            let salt = Base64.decode(fields[3].utf8, padding: .optional),
            let digest = Base64.decode(fields[4].utf8, padding: .optional), digest.count >= 4, salt.count >= 8
        else { return nil }
        let costs = fields[2].utf8.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
        guard costs.count == 3 else { return nil }
        let values = zip(["m=", "t=", "p="], costs).compactMap { name, text in
            text.utf8.starts(with: name.utf8) ? Self.number(String(text.dropFirst(2))) : nil
        }
        guard values.count == 3 else { return nil }
        self.init(
            scheme: PasswordScheme(.argon2id(passes: values[1], memory: values[0], lanes: values[2])), salt: salt,
            digest: digest)
        self.argon2 = variant
        argon2Version = version
    }
}

extension StoredPassword {
    /// The digest of a password under this salt and cost, as long as the stored one.
    func recomputed(_ password: String, _ limits: PasswordLimits) throws -> [UInt8] {
        guard password.utf8.count <= limits.passwordLength else {
            throw WireError(
                .passwordRefused, "The password is longer than \(limits.passwordLength) bytes.", status: 422)
        }
        guard limits.allow(scheme.algorithm) else {
            throw WireError(.passwordRefused, "The stored hash asks for too much work.", status: 500)
        }
        let bytes = Array(password.utf8)
        switch scheme.algorithm {
        case .pbkdf2(let hash, let iterations):
            return try SlowHash.pbkdf2(bytes, salt, hash, iterations)
        case .scrypt(let cost, let blockSize, let parallelism):
            return try SlowHash.scrypt(bytes, salt, cost, blockSize, parallelism)
        case .argon2id(let passes, let memory, let lanes):
            let count = digest.isEmpty ? 32 : min(digest.count, 64)
            return try Argon2.hash(
                bytes, salt, argon2, version: argon2Version, passes: passes, memory: memory, lanes: lanes,
                count: count)
        }
    }

    /// The text to store for a password under this salt and cost.
    func hashed(_ password: String, _ limits: PasswordLimits) throws -> String {
        let digest = try recomputed(password, limits)
        let salt = String(decoding: salt, as: UTF8.self)
        switch (scheme.algorithm, scheme.style) {
        case (.scrypt(let cost, let blockSize, let parallelism), .werkzeug):
            return "scrypt:\(cost):\(blockSize):\(parallelism)$\(salt)$\(Hex.encode(digest))"
        case (.scrypt(let cost, let blockSize, let parallelism), .django):
            return "scrypt$\(cost)$\(salt)$\(blockSize)$\(parallelism)$\(Base64.encode(digest))"
        case (.pbkdf2(let hash, let iterations), .werkzeug):
            return "pbkdf2:\(hash.rawValue):\(iterations)$\(salt)$\(Hex.encode(digest))"
        case (.pbkdf2(let hash, let iterations), .django):
            return "pbkdf2_\(hash.rawValue)$\(iterations)$\(salt)$\(Base64.encode(digest))"
        case (.argon2id(let passes, let memory, let lanes), _):
            let encodedSalt = Base64.encode(self.salt, padding: false)
            let costs = "m=\(memory),t=\(passes),p=\(lanes)"
            return
                "argon2$argon2id$v=\(Argon2.version)$\(costs)$\(encodedSalt)$\(Base64.encode(digest, padding: false))"
        }
    }
}
