// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Argon2 out of the system's libargon2, which is looked for when it is first needed.
///
/// Nobody who does without Argon2 has to install it.
///
/// Source: RFC 9106.
enum Argon2 {
    /// The three variants.
    ///
    /// Only the last is made here; the others are verified.
    enum Variant: String {
        case d = "argon2d"
        case i = "argon2i"
        case id = "argon2id"

        fileprivate var number: Int32 {
            switch self {
            case .d: 0
            case .i: 1
            case .id: 2
            }
        }
    }

    /// Version 1.3, the only one of the standard.
    ///
    /// Version 1.0 is verified.
    static let version = 0x13

    /// `argon2_hash` of `argon2.h`.
    private typealias Function =
        @convention(c) (
            _ passes: UInt32, _ memory: UInt32, _ lanes: UInt32, _ password: UnsafeRawPointer?, _ passwordLength: Int,
            _ salt: UnsafeRawPointer?, _ saltLength: Int, _ hash: UnsafeMutableRawPointer?, _ hashLength: Int,
            _ encoded: UnsafeMutablePointer<CChar>?, _ encodedLength: Int, _ variant: Int32, _ version: UInt32
        ) -> Int32

    private static let function: Function? = {
        for name in ["libargon2.so.1", "libargon2.so.0", "libargon2.1.dylib", "libargon2.dylib"] {
            if let library = dlopen(name, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(library, "argon2_hash") {
                return unsafeBitCast(symbol, to: Function.self)
            }
        }
        return nil
    }()

    static func hash(
        _ password: [UInt8], _ salt: [UInt8], _ variant: Variant, version: Int, passes: Int, memory: Int, lanes: Int,
        count: Int
    ) throws -> [UInt8] {
        guard let function else {
            throw WireError(
                .argon2Missing, "Argon2 needs the library libargon2. On Debian, install the package libargon2-1.",
                status: 500)
        }
        guard version == Self.version || version == 0x10 else {
            throw WireError(.passwordRefused, "The stored hash is of an unknown version of Argon2.", status: 500)
        }
        guard let passes = UInt32(exactly: passes), let memory = UInt32(exactly: memory),
            let lanes = UInt32(exactly: lanes)
        else { throw WireError(.passwordRefused, "The stored hash asks for too much work.", status: 500) }
        return try [UInt8](unsafeUninitializedCapacity: count) { output, filled in
            let code = function(
                passes, memory, lanes, password, password.count, salt, salt.count, output.baseAddress, count, nil, 0,
                variant.number, UInt32(version))
            guard code == 0 else { throw WireError.crypto("compute Argon2 (code \(code))") }
            filled = count
        }
    }
}
