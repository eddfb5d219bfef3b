// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The keys of objects: how they are found, and of equal ones the last.
extension JSONTape {
    /// The bytes of a key.
    ///
    /// The text is the one that the tape was made of.
    @inline(__always)
    func keyBytes(_ entry: JSONTapeEntry, _ text: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: keyStart(entry, text), count: entry.low)
    }

    @inline(__always)
    private func keyStart(_ entry: JSONTapeEntry, _ text: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
        if entry.isKind(.arenaKey), let arena { return UnsafePointer(arena) + entry.start }
        return text + entry.start
    }

    /// The index behind the last member of an object.
    @inline(__always)
    func membersEnd(_ object: Int) -> Int {
        let entry = entries[object]
        return entry.detail > UInt32(JSONTapeBuilder.smallCount) ? entry.next &- 1 : entry.next
    }

    // MARK: Finding

    /// The index of the value of a key, or nil.
    ///
    /// Types ask for keys in the order in which they declare them, which is mostly the order of the text. So the search
    /// starts behind the key that was found last. A large object is searched by hash after a few steps.
    @inline(__always)
    func find(
        _ key: UnsafePointer<UInt8>, _ length: Int, object: Int, _ text: UnsafePointer<UInt8>
    ) -> Int? {
        let tag = JSONTapeEntry.tag(key, length)
        let end = membersEnd(object)
        let start = entries[object].low
        if start < end, matches(entries[start], tag, key, length, text) {
            entries[object].low = entries[start].next
            return start &+ 1
        }
        return findFarther(key, length, object, text)
    }

    @inline(never)
    private func findFarther(
        _ key: UnsafePointer<UInt8>, _ length: Int, _ object: Int, _ text: UnsafePointer<UInt8>
    ) -> Int? {
        let tag = JSONTapeEntry.tag(key, length)
        let end = membersEnd(object)
        let isLarge = end != entries[object].next
        var index = entries[object].low
        // A small object is searched once around. A large one has a table for what is not near.
        var steps = isLarge ? 8 : JSONTapeBuilder.smallCount + 1
        while steps > 0, end > object + 1 {
            if index >= end { index = object + 1 }
            let entry = entries[index]
            if matches(entry, tag, key, length, text) {
                entries[object].low = entry.next
                return index + 1
            }
            index = entry.next
            steps -= 1
        }
        guard isLarge, let found = lookUp(key, length, table: end, text) else { return nil }
        entries[object].low = entries[found].next
        return found + 1
    }

    @inline(__always)
    private func matches(
        _ entry: JSONTapeEntry, _ tag: UInt32, _ key: UnsafePointer<UInt8>, _ length: Int,
        _ text: UnsafePointer<UInt8>
    ) -> Bool {
        entry.detail == tag && entry.low == length && JSONWord.isEqual(keyStart(entry, text), key, length)
    }

    private func lookUp(
        _ key: UnsafePointer<UInt8>, _ length: Int, table: Int, _ text: UnsafePointer<UInt8>
    ) -> Int? {
        let start = entries[table].start
        let mask = entries[table].low
        let tag = JSONTapeEntry.tag(key, length)
        var slot = Int(truncatingIfNeeded: Self.hash(key, length)) & mask
        while tables[start + slot] != 0 {
            let index = Int(tables[start + slot])
            if matches(entries[index], tag, key, length, text) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    // MARK: Equal keys

    /// Marks each key of a small object that stands again later.
    mutating func markDuplicates(_ object: Int, _ text: UnsafePointer<UInt8>) {
        var index = object + 1
        while index < count {
            let entry = entries[index]
            var later = entry.next
            while later < count {
                let other = entries[later]
                if matches(other, entry.detail, keyStart(entry, text), entry.low, text) {
                    markDead(index)
                    break
                }
                later = other.next
            }
            index = entry.next
        }
    }

    private func markDead(_ index: Int) {
        entries[index].head = UInt32(JSONTapeEntry.Kind.deadKey.rawValue) | JSONTapeEntry.deadTag << 8
    }

    /// Gives a large object a hash table of its keys, and marks each key that stands again later.
    mutating func addTable(_ object: Int, _ members: Int, _ text: UnsafePointer<UInt8>) {
        var size = 32
        while size < members * 2 { size *= 2 }
        let start = tables.count
        tables.append(contentsOf: repeatElement(0, count: size))
        let end = count
        var index = object + 1
        while index < end {
            let entry = entries[index]
            let key = keyStart(entry, text)
            var slot = Int(truncatingIfNeeded: Self.hash(key, entry.low)) & (size - 1)
            while tables[start + slot] != 0 {
                let earlier = Int(tables[start + slot])
                if matches(entries[earlier], entry.detail, key, entry.low, text) {
                    markDead(earlier)
                    break
                }
                slot = (slot + 1) & (size - 1)
            }
            tables[start + slot] = UInt32(truncatingIfNeeded: index)
            index = entry.next
        }
        append(JSONTapeEntry(.table, offset: start, low: size - 1, next: count + 1))
    }
}
