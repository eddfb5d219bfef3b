// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import RetortWire

extension UUID: UnfailingPathValue {
    /// Reads the form with hyphens, 8-4-4-4-12 hexadecimal digits in either case.
    ///
    /// - Parameter pathText: 36 characters.
    public init?(pathText: String) {
        guard Self.accepts(pathText.utf8.span) else { return nil }
        self.init(uuidString: pathText)
    }

    /// The form with hyphens in lower case.
    ///
    /// Source: RFC 9562 §4.
    public var pathText: String { uuidString.asciiLowercased }

    /// Narrower than numbers.
    public static var pathWeight: Int { 30 }

    /// Whether the bytes have the form 8-4-4-4-12.
    ///
    /// - Parameter segment: Decoded bytes.
    /// - Returns: Whether they are a UUID.
    public static func accepts(_ segment: Span<UInt8>) -> Bool {
        guard segment.count == 36 else { return false }
        for index in 0..<36 {
            switch index {
            case 8, 13, 18, 23:
                if segment[index] != UInt8(ascii: "-") { return false }
            default:
                if segment[index].hexDigitValue == nil { return false }
            }
        }
        return true
    }
}
