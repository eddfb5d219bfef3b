// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Finds where a literal leads: open addressing over the pairs of a parent and its bytes.
///
/// The keys come from the program and never from requests, so nobody can choose them to collide.
struct LiteralTable {
    private struct Slot {
        var hash: UInt64 = 0
        var parent: Int32 = -1
        /// -1 when the slot is free.
        var child: Int32 = -1
        var first: Int32 = 0
        var length: Int32 = 0
    }

    private let slots: FrozenArray<Slot>
    private let texts: FrozenArray<UInt8>
    private let mask: UInt64

    /// Creates a table that stays until `deallocate()`.
    init(_ entries: [(parent: Int32, text: [UInt8], child: Int32)], hash: (PathBytes) -> UInt64) {
        var capacity = 4
        while capacity < entries.count * 2 { capacity *= 2 }
        let mask = UInt64(capacity - 1)
        var slots = [Slot](repeating: Slot(), count: capacity)
        var texts: [UInt8] = []
        for entry in entries {
            let hash = Self.combine(entry.text.withPathBytes(hash) ?? 0, entry.parent)
            var place = Int(hash & mask)
            while slots[place].child >= 0 { place = (place + 1) & (capacity - 1) }
            slots[place] = Slot(
                hash: hash, parent: entry.parent, child: entry.child, first: Int32(truncatingIfNeeded: texts.count),
                length: Int32(truncatingIfNeeded: entry.text.count))
            texts += entry.text
        }
        self.mask = mask
        self.slots = FrozenArray(slots)
        // Texts are compared eight bytes at a time.
        self.texts = FrozenArray(texts + [UInt8](repeating: 0, count: 8))
    }

    func deallocate() {
        slots.deallocate()
        texts.deallocate()
    }

    @inline(__always)
    private static func combine(_ hash: UInt64, _ parent: Int32) -> UInt64 {
        let product = (hash ^ UInt64(truncatingIfNeeded: parent)) &* 0xD6E8_FEB8_6659_FD93
        return product ^ (product &>> 32)
    }

    /// The child of `parent` behind these bytes, or -1.
    @inline(__always)
    func child(of parent: Int32, hash: UInt64, _ path: PathBytes, _ first: Int, _ end: Int) -> Int32 {
        let hash = Self.combine(hash, parent)
        var place = hash & mask
        while true {
            let slot = slots[Int32(truncatingIfNeeded: place)]
            if slot.child < 0 { return -1 }
            if slot.hash == hash, slot.parent == parent, Int(slot.length) == end &- first,
                path.hasBytes(texts.address(of: slot.first), at: first, length: end &- first)
            {
                return slot.child
            }
            place = (place &+ 1) & mask
        }
    }
}
