// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What this library knows of a type, which decides how its values are written and read.
enum JSONTypeKind: UInt64 {
    /// Nothing: its values encode and decode themselves.
    case plain = 1
    /// A number, string or Boolean of the standard library.
    case scalar
    /// An array, or a dictionary with strings as keys.
    case collection
    /// Arrays that are so common that they have a way of their own.
    case strings, integers, doubles, floats
    /// Values of Foundation for which JSON has a common form.
    case date, uuid, url, data, decimal
    /// `JSONValue`.
    case value

    /// The kind of a type.
    ///
    /// Asking for it again costs one load from memory.
    @inline(__always)
    static func of<T>(_ type: T.Type) -> Self {
        let identity = UInt64(UInt(bitPattern: ObjectIdentifier(type)))
        if let known = JSONTypeKindCache.shared.find(identity) { return known }
        let kind = classify(type)
        JSONTypeKindCache.shared.insert(identity, kind)
        return kind
    }

    @inline(never)
    private static func classify<T>(_ type: T.Type) -> Self {
        switch type {
        case is [String].Type: return .strings
        case is [Int].Type: return .integers
        case is [Double].Type: return .doubles
        case is [Float].Type: return .floats
        case is Date.Type: return .date
        case is UUID.Type: return .uuid
        case is URL.Type: return .url
        case is Data.Type: return .data
        case is Decimal.Type: return .decimal
        case is JSONValue.Type: return .value
        case is any JSONScalar.Type: return .scalar
        // Some types are encodable only, and others decodable only.
        case is any JSONStreamedCollection.Type, is any JSONReadCollection.Type: return .collection
        default: return .plain
        }
    }
}

/// The kinds of the types that were seen last.
///
/// A question of the runtime whether a type conforms to a protocol costs more than writing a number does. A slot holds
/// the address of a type and its kind in one word, so that threads need no lock: a slot is either whole or another's.
private struct JSONTypeKindCache: ~Copyable, Sendable {
    static let shared = JSONTypeKindCache()

    private let slots: InlineArray<256, Atomic<UInt64>> = InlineArray { _ in Atomic(0) }

    @inline(__always)
    private func slot(_ identity: UInt64) -> Int { Int(truncatingIfNeeded: ((identity >> 4) ^ (identity >> 12)) & 255) }

    @inline(__always)
    func find(_ identity: UInt64) -> JSONTypeKind? {
        let word = slots[slot(identity)].load(ordering: .relaxed)
        return word & (1 << 56 - 1) == identity ? JSONTypeKind(rawValue: word >> 56) : nil
    }

    @inline(never)
    func insert(_ identity: UInt64, _ kind: JSONTypeKind) {
        guard identity >> 56 == 0 else { return }
        slots[slot(identity)].store(identity | kind.rawValue << 56, ordering: .relaxed)
    }
}
