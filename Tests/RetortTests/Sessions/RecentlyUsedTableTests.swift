// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

@Suite struct RecentlyUsedTableTests {
    /// The same with a plain list, the last used first.
    private struct Model {
        let capacity: Int
        var entries: [(key: Int, value: Int)] = []

        mutating func get(_ key: Int) -> Int? {
            guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
            let entry = entries.remove(at: place)
            entries.insert(entry, at: 0)
            return entry.value
        }

        mutating func set(_ key: Int, _ value: Int?) {
            let isThere = entries.contains { $0.key == key }
            entries.removeAll { $0.key == key }
            guard let value else { return }
            if !isThere, entries.count == capacity { entries.removeLast() }
            entries.insert((key, value), at: 0)
        }
    }

    @Test(arguments: [1, 2, 3, 10])
    func itBehavesLikeAPlainList(_ capacity: Int) {
        var table = RecentlyUsedTable<Int, Int>(capacity: capacity)
        var model = Model(capacity: capacity)
        var state: UInt64 = 42
        for step in 0..<5_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let key = Int(state >> 33) % (capacity * 2)
            switch state >> 60 {
            case 0..<3:
                table[key] = nil
                model.set(key, nil)
            case 3..<9:
                table[key] = step
                model.set(key, step)
            default: #expect(table[key] == model.get(key))
            }
            #expect(table.count == model.entries.count)
        }
        for entry in model.entries { #expect(table[entry.key] == entry.value) }
    }

    @Test func aCapacityOfZeroKeepsOne() {
        var table = RecentlyUsedTable<Int, Int>(capacity: 0)
        table[1] = 1
        table[2] = 2
        #expect(table.count == 1 && table[2] == 2)
    }
}
