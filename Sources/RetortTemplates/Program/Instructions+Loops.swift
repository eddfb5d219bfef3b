// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A loop that is compiled.
struct LoopUnit: Sendable {
    var target: Destination
    /// The slot of a target that is one variable.
    var targetSlot: Int? {
        if case .slot(let slot) = target { return slot }
        return nil
    }
    var loads: [SlotLoad]
    /// Loads of the context, which are the same for each turn.
    var contextLoads: [SlotLoad]
    var loopSlot: Int?
    var filter: (any Operation)?
    var filterTarget: Destination
    var filterLoads: [SlotLoad]
    var body: any Instruction
    /// A recursive loop has variables of its own, as it may be inside itself.
    var slotCount: Int?
}

final class LoopInstruction: Instruction {
    let at: Position
    private let sequence: any Operation
    private let loop: LoopUnit
    private let elseLoads: [SlotLoad]
    private let otherwise: (any Instruction)?

    init(
        _ sequence: any Operation, _ loop: LoopUnit, _ elseLoads: [SlotLoad], _ otherwise: (any Instruction)?,
        at: Position
    ) {
        self.sequence = sequence
        self.loop = loop
        self.elseLoads = elseLoads
        self.otherwise = otherwise
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        let value = try sequence.value(rendering)
        rendering.state.pointee.at = at
        let hasRun: Bool
        var flow = Flow.goesOn
        if let slotCount = loop.slotCount {
            let frame = rendering.frame
            hasRun = try rendering.enter(Frame(slotCount, parent: frame)) {
                try turns(rendering, value.loopElements(rendering), depth: 0, frame)
            }
        } else {
            hasRun = try turns(rendering, value.loopElements(rendering), depth: 0, nil)
        }
        if !hasRun, let otherwise {
            rendering.begin(elseLoads)
            flow = try otherwise.run(rendering)
        }
        return flow
    }

    /// Runs the body for each element.
    ///
    /// - Parameters:
    ///   - rendering: The rendering.
    ///   - elements: The elements.
    ///   - depth: How deep the recursive loop is, from 0.
    ///   - home: The frame around a recursive loop, from which it starts again.
    /// - Returns: Whether there was an element.
    /// - Throws: What the body throws.
    private func turns(
        _ rendering: Rendering, _ elements: [TemplateValue], depth: Int, _ home: Frame?
    ) throws -> Bool {
        rendering.begin(loop.contextLoads)
        var elements = elements
        if let filter = loop.filter {
            rendering.begin(loop.filterLoads)
            elements = try elements.filter { element in
                try rendering.step()
                try rendering.assign(element, to: loop.filterTarget)
                return try filter.isTrue(rendering)
            }
        }
        var object: LoopObject?
        if let slot = loop.loopSlot {
            let made = LoopObject(elements, depth: depth, rendering.undefinedBehavior)
            if let home { made.again = { [self] value in try again(rendering, value, depth + 1, home) } }
            rendering.state.pointee.slots[slot] = .object(made)
            object = made
        }
        let targetSlot = loop.targetSlot
        let hasLoads = !loop.loads.isEmpty
        for index in elements.indices {
            try rendering.step()
            if let object {
                object.index = index
                if let slot = loop.loopSlot { rendering.state.pointee.slots[slot] = .object(object) }
            }
            if let targetSlot {
                rendering.state.pointee.slots[targetSlot] = elements[index]
            } else {
                try rendering.assign(elements[index], to: loop.target)
            }
            if hasLoads { rendering.begin(loop.loads) }
            if try loop.body.run(rendering) == .breaksLoop { break }
        }
        return !elements.isEmpty
    }

    /// `loop(elements)` inside of a recursive loop.
    private func again(_ rendering: Rendering, _ value: TemplateValue, _ depth: Int, _ home: Frame) throws
        -> TemplateValue
    {
        let elements = try value.loopElements(rendering)
        return try rendering.deeper {
            try rendering.enter(Frame(loop.slotCount ?? 0, parent: home)) {
                let hasRun = Box(false)
                let text = try rendering.captureMarkup {
                    hasRun.value = try turns(rendering, elements, depth: depth, home)
                    if !hasRun.value, let otherwise {
                        rendering.begin(elseLoads)
                        _ = try otherwise.run(rendering)
                    }
                }
                return text
            }
        }
    }
}

/// A value that a closure changes.
final class Box<Value> {
    var value: Value
    init(_ value: Value) { self.value = value }
}
