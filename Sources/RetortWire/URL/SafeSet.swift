// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension PercentCoding {
    /// A set of ASCII bytes that stay as they are when text is percent-encoded.
    ///
    /// Letters, digits and `-._~` are always members. The set is two words of bits, so asking costs no look-up in
    /// memory.
    public struct SafeSet: Hashable, Sendable, ExpressibleByStringLiteral {
        private var low: UInt64
        private var high: UInt64

        /// Creates a set of the unreserved bytes and these.
        ///
        /// - Parameter value: More bytes; those outside ASCII are left out.
        public init(stringLiteral value: StaticString) {
            self = value.withUTF8Buffer { SafeSet(SafeSet.unreservedBits, adding: $0) }
        }

        /// Creates a set of the unreserved bytes and these.
        ///
        /// - Parameter bytes: More bytes; those outside ASCII are left out.
        public init(_ bytes: some Sequence<UInt8>) { self.init(SafeSet.unreservedBits, adding: bytes) }

        private init(_ bits: (low: UInt64, high: UInt64), adding bytes: some Sequence<UInt8>) {
            (low, high) = bits
            for byte in bytes where byte < 128 {
                if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
            }
        }

        /// A set of exactly these bytes, without the unreserved ones.
        static func only(_ bytes: some Sequence<UInt8>) -> SafeSet { SafeSet((0, 0), adding: bytes) }

        /// Whether the byte stays as it is.
        ///
        /// - Parameter byte: The byte to look for.
        /// - Returns: Whether the byte is a member.
        public func contains(_ byte: UInt8) -> Bool {
            let word = byte < 64 ? low : high
            return byte < 128 && (word >> UInt64(byte & 63)) & 1 == 1
        }

        /// One bit for each of `A`–`Z`, `a`–`z`, `0`–`9` and `-._~`.
        private static let unreservedBits: (low: UInt64, high: UInt64) = (0x03FF_6000_0000_0000, 0x47FF_FFFE_87FF_FFFE)

        /// Only letters, digits and `-._~`.
        ///
        /// Right for one path segment or one value.
        ///
        /// Source: RFC 3986 §2.3.
        public static let unreserved: SafeSet = ""

        /// What a path may contain beside escapes.
        ///
        /// Source: RFC 3986 §3.3.
        public static let path: SafeSet = "!$&'()*+,/:;=@"

        /// What a query may contain beside escapes.
        ///
        /// Source: RFC 3986 §3.4.
        public static let query: SafeSet = "!$&'()*+,/:;=?@"

        /// What a name or value of a query string or form keeps.
        ///
        /// Browsers and Werkzeug leave these bytes alone. Space becomes `+`; `&`, `=` and `+` are always encoded.
        public static let formValue: SafeSet = "!$'()*,/:;?@"
    }
}
