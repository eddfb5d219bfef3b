// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// The cryptographic library refused: a function is switched off, memory is short, or a length is wrong.
    public static let cryptoFailed = WireError.Code("crypto-failed")
    /// Sealed bytes were changed, or belong to another key or purpose.
    public static let authenticationFailed = WireError.Code("authentication-failed")
}

extension WireError {
    /// An error of the cryptographic library, which is the server's fault and not the client's.
    static func crypto(_ what: String) -> WireError {
        WireError(.cryptoFailed, "The cryptographic library could not \(what).", status: 500)
    }
}

extension Collection<UInt8> {
    /// Gives a function the bytes as one piece of memory, copied only when they are not one already.
    package func withContiguousBytes<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        if let result = try withContiguousStorageIfAvailable(body) { return result }
        return try Array(self).withUnsafeBufferPointer(body)
    }
}
