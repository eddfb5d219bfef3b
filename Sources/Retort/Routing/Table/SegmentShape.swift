// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A segment with variables and literals mixed, such as `v{major}.{minor}`, or a host.
struct SegmentShape: Sendable {
    /// A variable and the literal behind it.
    struct Part: Sendable {
        var type: any PathValue.Type
        /// Whether the value may hold the byte that divides labels of a host.
        var crossesLabels: Bool
        var after: [UInt8]
    }

    let prefix: [UInt8]
    let parts: [Part]
    /// The byte that a value must not hold, beside what its type says: the dot in a host, none in a path.
    let barrier: UInt8?

    init(_ segment: PatternSegment, types: ArraySlice<any PathValue.Type>, barrier: UInt8? = nil) {
        var prefix: [UInt8] = []
        var parts: [Part] = []
        var types = types
        for piece in segment.pieces {
            switch piece {
            case .literal(let bytes) where parts.isEmpty: prefix = bytes
            case .literal(let bytes): parts[parts.count - 1].after = bytes
            case .variable(let variable):
                let type = types.popFirst() ?? String.self
                parts.append(Part(type: type, crossesLabels: variable.takesRest, after: []))
            }
        }
        self.prefix = prefix
        self.parts = parts
        self.barrier = barrier
    }

    /// Finds the ranges of the values: each variable takes as much as it can, as long as the ones behind it find
    /// theirs.
    ///
    /// Types may refuse long candidates, so several divisions may have to be tried. `budget` counts the bytes that are
    /// looked at; when it is used up there is no match. It starts far above what sensible paths need, and it keeps the
    /// work linear for those that are made to be expensive.
    func match(
        _ bytes: UnsafeBufferPointer<UInt8>, into captures: UnsafeMutableBufferPointer<CaptureRange>, offset: Int,
        budget: inout Int
    ) -> Bool {
        guard let last = parts.last, captures.count >= parts.count,
            bytes.count >= prefix.count + last.after.count, Self.has(prefix, in: bytes, at: 0),
            Self.has(last.after, in: bytes, at: bytes.count - last.after.count)
        else { return false }
        let end = bytes.count - last.after.count
        return place(0, bytes, prefix.count..<end, Captures(ranges: captures, offset: offset), &budget)
    }

    /// Where the ranges go, and what to add to them.
    private struct Captures {
        let ranges: UnsafeMutableBufferPointer<CaptureRange>
        let offset: Int
    }

    /// Places the variables from `index` on in the room that is left.
    private func place(
        _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ room: Range<Int>, _ captures: Captures,
        _ budget: inout Int
    ) -> Bool {
        let part = parts[index]
        let first = room.lowerBound
        if index == parts.count - 1 {
            guard accepts(part, bytes, first, room.upperBound, &budget) else { return false }
            captures.ranges[index] = CaptureRange(captures.offset + first, captures.offset + room.upperBound)
            return true
        }
        // The variables behind this one and the literals before them need at least this many bytes.
        var needed = 0
        for later in index..<(parts.count - 1) { needed += parts[later].after.count + 1 }
        var stop = room.upperBound - needed
        while stop > first, budget > 0 {
            budget -= 1
            if Self.has(part.after, in: bytes, at: stop), accepts(part, bytes, first, stop, &budget) {
                captures.ranges[index] = CaptureRange(captures.offset + first, captures.offset + stop)
                let next = (stop + part.after.count)..<room.upperBound
                if place(index + 1, bytes, next, captures, &budget) { return true }
            }
            stop -= 1
        }
        return false
    }

    private func accepts(
        _ part: Part, _ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ end: Int, _ budget: inout Int
    ) -> Bool {
        guard first < end, budget > 0 else { return false }
        budget -= end - first
        let value = UnsafeBufferPointer(rebasing: bytes[first..<end])
        if let barrier, !part.crossesLabels, value.contains(barrier) { return false }
        return part.type.accepts(value.span)
    }

    private static func has(_ literal: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        for offset in literal.indices where bytes[place + offset] != literal[offset] { return false }
        return true
    }
}

/// Where a value stands in the bytes of a path.
struct CaptureRange {
    var first: Int32
    var end: Int32

    init(_ first: Int, _ end: Int) {
        self.first = Int32(truncatingIfNeeded: first)
        self.end = Int32(truncatingIfNeeded: end)
    }
}
