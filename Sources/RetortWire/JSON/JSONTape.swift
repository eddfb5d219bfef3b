// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One value or key of a JSON text, in 16 bytes.
///
/// A tape holds the entries in the order of the text. An array is followed by its elements, and an object by its keys,
/// each of which is followed by its value. The entry at index 0 is a null that stands for what is missing; the value of
/// the text is at index 1.
struct JSONTapeEntry {
    /// What an entry stands for.
    enum Kind: UInt8 {
        case null, `true`, `false`
        /// A whole number that fits `Int64`, which is the payload.
        case integer
        /// A whole number above the highest `Int64` that fits `UInt64`, which is the payload.
        case unsigned
        /// Any other number. The payload is the nearest `Double`, which is infinite for what is too large.
        case double
        /// A string without escapes.
        case string
        /// A string with escapes.
        case escapedString
        case array, object
        /// A key without escapes, in the text.
        case key
        /// A key that had escapes. Its bytes are in the arena.
        case arenaKey
        /// A key that stands again later in its object.
        case deadKey
        /// Behind the members of a large object: where its hash table is.
        case table
    }

    /// The kind in the lowest eight bits, above it 24 bits of detail: for a key its tag, for a number its length.
    var head: UInt32
    /// Where the value starts in the text, for a string or key behind the quotation mark.
    ///
    /// For a key in the arena, where it starts there.
    var offset: UInt32
    /// For a number the value.
    ///
    /// Otherwise in the lower half the length of a string or key, the count of an array, or the key of an object to
    /// look at first; in the upper half the index of the entry behind this one and its contents.
    var payload: UInt64

    @inline(__always)
    init(_ kind: Kind, detail: UInt32 = 0, offset: Int, payload: UInt64 = 0) {
        self.head = UInt32(kind.rawValue) | detail << 8
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.payload = payload
    }

    @inline(__always)
    init(_ kind: Kind, detail: UInt32 = 0, offset: Int, low: Int, next: Int) {
        self.init(
            kind, detail: detail, offset: offset,
            payload: UInt64(UInt32(truncatingIfNeeded: low)) | UInt64(UInt32(truncatingIfNeeded: next)) << 32)
    }

    @inline(__always)
    var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: head)) ?? .null }

    @inline(__always)
    func isKind(_ kind: Kind) -> Bool { UInt8(truncatingIfNeeded: head) == kind.rawValue }

    var detail: UInt32 { head >> 8 }

    var start: Int { Int(offset) }

    @inline(__always)
    var low: Int {
        get { Int(UInt32(truncatingIfNeeded: payload)) }
        set { payload = payload & ~0xFFFF_FFFF | UInt64(UInt32(truncatingIfNeeded: newValue)) }
    }

    /// The index behind this entry and what belongs to it.
    ///
    /// Only for strings, keys, arrays and objects.
    @inline(__always)
    var next: Int {
        get { Int(payload >> 32) }
        set { payload = payload & 0xFFFF_FFFF | UInt64(UInt32(truncatingIfNeeded: newValue)) << 32 }
    }

    /// The tag of a key that is no longer to be found.
    ///
    /// No text in UTF-8 starts with the byte 0xFF.
    static var deadTag: UInt32 { 0xFF_FFFF }

    /// 24 bits that tell most keys apart: the first byte, the last and the length.
    @inline(__always)
    static func tag(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        if count == 0 { return 0 }
        let ends = UInt32(bytes[0]) | UInt32(bytes[count &- 1]) << 8
        return ends | (UInt32(truncatingIfNeeded: count) & 0xFF) << 16
    }
}

/// The entries of a JSON text, with what they need beside the text itself.
///
/// It does not own the text.
struct JSONTape {
    var entries: UnsafeMutablePointer<JSONTapeEntry>
    var count: Int
    var capacity: Int
    /// The keys that had escapes, without them.
    private(set) var arena: UnsafeMutablePointer<UInt8>?
    private(set) var arenaCount = 0
    private var arenaCapacity = 0
    /// Hash tables of large objects: indices of keys, or 0 in empty slots.
    var tables: [UInt32] = []
    /// The number that hashes start from, so that nobody outside can choose keys that collide.
    static let seed = UInt64.random(in: .min ... .max)

    init(capacity: Int) {
        self.entries = .allocate(capacity: capacity)
        self.capacity = capacity
        self.count = 0
    }

    /// Gives the memory back.
    ///
    /// The tape must not be used afterwards.
    func deallocate() {
        entries.deallocate()
        arena?.deallocate()
    }

    @inline(__always)
    mutating func append(_ entry: JSONTapeEntry) {
        if count == capacity { grow() }
        entries[count] = entry
        count &+= 1
    }

    @inline(never)
    private mutating func grow() {
        let new = UnsafeMutablePointer<JSONTapeEntry>.allocate(capacity: capacity * 2)
        new.update(from: entries, count: count)
        entries.deallocate()
        entries = new
        capacity *= 2
    }

    /// Puts the bytes of a key that has escapes into the arena, without the escapes, and answers its entry.
    mutating func arenaKey(_ source: UnsafeBufferPointer<UInt8>) -> JSONTapeEntry {
        if arenaCapacity - arenaCount < source.count {
            arenaCapacity = max(arenaCapacity * 2, arenaCount + source.count)
            let new = UnsafeMutablePointer<UInt8>.allocate(capacity: arenaCapacity)
            if let arena { new.update(from: arena, count: arenaCount) }
            arena?.deallocate()
            arena = new
        }
        let start = arenaCount
        guard let arena else { return JSONTapeEntry(.key, offset: 0, low: 0, next: 0) }
        let count = JSONEscapes.remove(
            source, into: UnsafeMutableBufferPointer(start: arena + start, count: source.count))
        arenaCount += count
        let tag = JSONTapeEntry.tag(arena + start, count)
        return JSONTapeEntry(.arenaKey, detail: tag, offset: start, low: count, next: 0)
    }

    /// The index behind any entry and what belongs to it.
    @inline(__always)
    func next(_ index: Int) -> Int {
        switch entries[index].kind {
        case .null, .true, .false, .integer, .unsigned, .double: index + 1
        default: entries[index].next
        }
    }

    /// A hash of bytes, equal for equal bytes within one run of the program.
    static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var state = seed ^ UInt64(truncatingIfNeeded: count)
        var index = 0
        while index < count {
            let step = min(8, count - index)
            let product = (state ^ JSONWord.load(bytes + index, step)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            state = product.high ^ product.low ^ seed
            index += 8
        }
        let product = state.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
