// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Numbers with a fraction as the C library prints them.
enum CFormat {
    /// The most digits behind the point.
    static let mostPrecision = 400

    /// A number in one of the forms `e`, `f` and `g`.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - type: `e`, `E`, `f`, `F`, `g` or `G`.
    ///   - precision: The digits behind the point, or for `g` all of them.
    ///   - isAlternate: Whether the point always stands.
    /// - Returns: The text.
    static func text(_ number: Double, _ type: Unicode.Scalar, _ precision: Int, alternate isAlternate: Bool = false)
        -> String
    {
        let precision = min(max(precision, 0), mostPrecision)
        let format = "%\(isAlternate ? "#" : "").*\(type)"
        var buffer = [CChar](repeating: 0, count: 800)
        let count = withVaList([CInt(precision), number]) { arguments in
            vsnprintf(&buffer, buffer.count, format, arguments)
        }
        let length = min(max(0, Int(count)), buffer.count - 1)
        return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
