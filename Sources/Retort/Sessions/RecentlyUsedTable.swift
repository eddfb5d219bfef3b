// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Values by key, at most so many.
///
/// When one more comes, the one that was not used for the longest time goes.
///
/// Every operation takes constant time. The values stand in one array as a doubly linked list, the last used first.
struct RecentlyUsedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Node {
        var key: Key
        var value: Value
        var previous: Int
        var next: Int
    }

    /// No place.
    private static var none: Int { -1 }

    let capacity: Int
    private var nodes: [Node] = []
    private var places: [Key: Int] = [:]
    private var first = Self.none
    private var last = Self.none

    /// Creates an empty table.
    ///
    /// - Parameter capacity: The most values, 1 or more.
    init(capacity: Int) { self.capacity = max(capacity, 1) }

    var count: Int { nodes.count }

    /// The value of a key, which counts as a use; setting nil removes it.
    subscript(key: Key) -> Value? {
        mutating get {
            guard let place = places[key] else { return nil }
            moveToFront(place)
            return nodes[place].value
        }
        set {
            guard let newValue else { return remove(key) }
            if let place = places[key] {
                nodes[place].value = newValue
                moveToFront(place)
                return
            }
            if nodes.count == capacity, last != Self.none { remove(nodes[last].key) }
            places[key] = nodes.count
            nodes.append(Node(key: key, value: newValue, previous: Self.none, next: Self.none))
            linkFirst(nodes.count - 1)
        }
    }

    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        unlink(place)
        let moved = nodes.removeLast()
        guard place < nodes.count else { return }
        // The last node of the array takes the free place.
        nodes[place] = moved
        places[moved.key] = place
        if moved.previous == Self.none { first = place } else { nodes[moved.previous].next = place }
        if moved.next == Self.none { last = place } else { nodes[moved.next].previous = place }
    }

    private mutating func moveToFront(_ place: Int) {
        guard place != first else { return }
        unlink(place)
        linkFirst(place)
    }

    private mutating func unlink(_ place: Int) {
        let node = nodes[place]
        if node.previous == Self.none { first = node.next } else { nodes[node.previous].next = node.next }
        if node.next == Self.none { last = node.previous } else { nodes[node.next].previous = node.previous }
    }

    private mutating func linkFirst(_ place: Int) {
        nodes[place].previous = Self.none
        nodes[place].next = first
        if first == Self.none { last = place } else { nodes[first].previous = place }
        first = place
    }
}
