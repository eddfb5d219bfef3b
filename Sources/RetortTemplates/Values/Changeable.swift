// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Something that is read often and changed seldom, from several threads.
///
/// Until the first change reading takes no lock: what was there at the beginning never moves.
///
/// It is no class, since the classes that have one know its type: what is generic is made with a look-up of its parts.
struct Changeable<Value: Sendable>: ~Copyable, Sendable {
    /// What was there at the beginning.
    let original: Value
    private let isChanged = Atomic(false)
    private let changed: Mutex<Value?> = Mutex(nil)

    @inline(__always)
    init(_ value: Value) { original = value }

    /// Whether ``original`` is what there is now.
    @inline(__always)
    var isOriginal: Bool { !isChanged.load(ordering: .acquiring) }

    @inline(__always)
    func read<Result>(_ body: (borrowing Value) throws -> Result) rethrows -> Result {
        if isOriginal { return try body(original) }
        return try body(changed.withLock { $0 } ?? original)
    }

    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        changed.withLock { value in
            var current = value ?? original
            value = nil
            let result = body(&current)
            value = current
            isChanged.store(true, ordering: .releasing)
            return result
        }
    }
}
