// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The power function of the C library.
enum FloatPower {
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
