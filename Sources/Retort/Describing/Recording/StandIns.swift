// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Values that a type may take for sent ones.
enum StandIns {
    /// Texts in the order in which they are tried: a type that checks its text takes one of them, with luck.
    private static let texts = [
        "", "a", "1", "ada@example.org", "2026-01-31T12:30:00Z", "https://example.org/",
        "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "#336699", "2026-01-31",
    ]

    private static let numbers = [0, 1, 2, 10, 100]

    /// The number of times that a type is tried.
    static let rounds = texts.count

    /// A scalar for a round; nil for types that are no scalars.
    static func value(of type: Any.Type, _ round: Int) -> Any? {
        let number = numbers[min(round, numbers.count - 1)]
        if let type = type as? any FixedWidthInteger.Type { return integer(type, number) }
        return switch type {
        case is String.Type: texts[min(round, texts.count - 1)]
        case is Bool.Type: round % 2 == 1
        case is Double.Type: Double(number)
        case is Float.Type: Float(number)
        case is Decimal.Type: Decimal(number)
        case is Date.Type: Date(timeIntervalSince1970: 1_800_000_000)
        case is UUID.Type: UUID(uuidString: texts[6])
        case is URL.Type: URL(string: texts[5])
        case is Data.Type: Data()
        case is JSONValue.Type: JSONValue.null
        case is UploadedFile.Type: UploadedFile(filename: "file", bytes: [])
        default: nil
        }
    }

    private static func integer<Integer: FixedWidthInteger>(_ type: Integer.Type, _ number: Int) -> Integer {
        Integer(truncatingIfNeeded: number)
    }
}
