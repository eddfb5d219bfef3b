// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What this library knows of a type, which decides how its values are written and read.
enum JSONTypeKind: UInt64 {
    /// Nothing: its values encode and decode themselves.
    case plain = 1
    /// A number, string or Boolean of the standard library.
    case scalar
    /// An array, or a dictionary with strings as keys.
    case collection
    /// A date, a UUID, a URL, data or a decimal number.
    case foundation
    /// `JSONValue`.
    case value

    /// The kind of a type. Asking for it again costs one load from memory.
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
        if type is any JSONScalar.Type { return .scalar }
        if type is any JSONFoundationValue.Type { return .foundation }
        if type is JSONValue.Type { return .value }
        // Some types are encodable only, and others decodable only.
        if type is any JSONStreamedCollection.Type || type is any JSONReadCollection.Type { return .collection }
        return .plain
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
