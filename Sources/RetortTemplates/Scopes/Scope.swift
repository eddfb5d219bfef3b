// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The variables that a part of a template can see, each with the slot in which its value lies while it is rendered.
///
/// What a name means is settled before anything runs, by the order in which the part loads and stores it. A part that
/// first stores a name begins with the value from outside; one that first loads it begins with that of the context.
final class Scope {
    /// What a variable holds when its scope begins.
    enum Load {
        /// It is set from outside: a parameter, the target of a loop.
        case parameter
        /// Nothing.
        case missing
        /// The value of the context.
        case context(String)
        /// The value of the same name outside.
        case outer(Reference)
    }

    /// Where the value of a variable lies.
    struct Reference: Hashable {
        /// How many units outwards.
        var depth: Int
        var slot: Int
    }

    let parent: Scope?
    let unit: UnitLayout
    private(set) var slots: [String: Int] = [:]
    private(set) var stores: Set<String> = []
    private(set) var loads: [Int: Load] = [:]
    private var order: [Int] = []

    init(parent: Scope?, unit: UnitLayout) {
        self.parent = parent
        self.unit = unit
    }

    /// Where a name is found, in this scope or outside of it; nil where none knows it.
    func find(_ name: String) -> Reference? {
        var depth = 0
        var scope: Scope? = self
        while let here = scope {
            if let slot = here.slots[name] { return Reference(depth: depth, slot: slot) }
            if let outside = here.parent, outside.unit !== here.unit { depth += 1 }
            scope = here.parent
        }
        return nil
    }

    func declareParameter(_ name: String) {
        stores.insert(name)
        define(name, .parameter)
    }

    func load(_ name: String) {
        if find(name) == nil { define(name, .context(name)) }
    }

    func store(_ name: String) {
        stores.insert(name)
        guard slots[name] == nil else { return }
        if let outer = parent.flatMap({ _ in findOutside(name) }) {
            define(name, .outer(outer))
        } else {
            define(name, .missing)
        }
    }

    /// Where a name is found outside of this scope, as seen from inside.
    private func findOutside(_ name: String) -> Reference? {
        guard let parent, var found = parent.find(name) else { return nil }
        if parent.unit !== unit { found.depth += 1 }
        return found
    }

    private func define(_ name: String, _ load: Load) {
        let slot = unit.newSlot()
        slots[name] = slot
        loads[slot] = load
        order.append(slot)
    }

    /// What its variables begin with, in the order in which they were met.
    var initialLoads: [(slot: Int, load: Load)] { order.map { ($0, loads[$0] ?? .missing) } }

    /// The names that somebody stores and that are visible here, with their places.
    var visibleStores: [(name: String, at: Reference)] {
        var names: [String] = []
        var scope: Scope? = self
        while let here = scope {
            for name in here.stores.sorted() where !names.contains(name) { names.append(name) }
            scope = here.parent
        }
        return names.compactMap { name in find(name).map { (name, $0) } }
    }

    // MARK: Branches

    /// What is known at one point, to go back to.
    struct Snapshot {
        fileprivate var slots: [String: Int]
        fileprivate var stores: Set<String>
        fileprivate var loads: [Int: Load]
        fileprivate var order: [Int]
    }

    var snapshot: Snapshot { Snapshot(slots: slots, stores: stores, loads: loads, order: order) }

    func restore(_ snapshot: Snapshot) {
        slots = snapshot.slots
        stores = snapshot.stores
        loads = snapshot.loads
        order = snapshot.order
    }

    /// Joins what several branches know, of which one will run.
    ///
    /// A name that only some of them store has, where they do not, the value from outside or of the context.
    func join(_ branches: [Snapshot]) {
        var counts: [String: Int] = [:]
        let before = slots
        for branch in branches {
            for name in branch.stores where !stores.contains(name) { counts[name, default: 0] += 1 }
        }
        for branch in branches {
            for (name, slot) in branch.slots {
                if let known = slots[name] {
                    // Both branches made a slot for it; the first one's is kept.
                    if let load = branch.loads[slot], loads[known] == nil { loads[known] = load }
                } else {
                    slots[name] = slot
                }
            }
            for slot in branch.order where loads[slot] == nil && slots.values.contains(slot) {
                loads[slot] = branch.loads[slot]
                order.append(slot)
            }
            stores.formUnion(branch.stores)
        }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) where count != branches.count {
            guard before[name] == nil, let slot = slots[name] else { continue }
            loads[slot] = findOutside(name).map { .outer($0) } ?? .context(name)
        }
    }
}

/// How many variables a unit has: the body of a template, a block, a macro or a recursive loop.
final class UnitLayout {
    /// The most variables of one unit.
    static let mostSlots = 20_000
    private(set) var count = 0

    func newSlot() -> Int {
        count += 1
        return count - 1
    }
}
