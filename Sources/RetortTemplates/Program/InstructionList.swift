// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Instructions that run one behind the other.
///
/// They are fields and not elements of an array: what lies in a constant field is called as it is, while an element is
/// retained and released for each call, which takes longer than most instructions do.
enum InstructionList {
    /// Joins instructions into one.
    ///
    /// - Parameter instructions: The instructions in order.
    /// - Returns: One that runs them all, or up to the first that leaves a loop.
    static func joined(_ instructions: [any Instruction]) -> any Instruction { listed(framed(instructions)) }

    /// Takes values together with the texts around them.
    private static func framed(_ instructions: [any Instruction]) -> [any Instruction] {
        var result: [any Instruction] = []
        var rest = instructions[...]
        while let first = rest.popFirst() {
            guard let before = first as? DataInstruction, let output = rest.first as? OutputInstruction else {
                result.append(first)
                continue
            }
            rest.removeFirst()
            // A text between two values goes with the second one.
            let isBetween = rest.dropFirst().first is OutputInstruction
            let after = isBetween ? nil : rest.first as? DataInstruction
            if after != nil { rest.removeFirst() }
            result.append(FramedOutputInstruction(before, output, after))
        }
        return result
    }

    private static func listed(_ instructions: [any Instruction]) -> any Instruction {
        let at = instructions.first?.at ?? Position()
        switch instructions.count {
        case 0: return NoInstruction(at: at)
        case 1: return instructions[0]
        case 2: return InstructionPair(instructions[0], instructions[1], at: at)
        case 3: return InstructionTriple(instructions[0], instructions[1], instructions[2], at: at)
        case 4...6:
            return InstructionPair(
                listed(Array(instructions[..<3])), listed(Array(instructions[3...])), at: at)
        default:
            // Lists of lists: how deep they are grows with the logarithm of the length.
            let size = (instructions.count + 2) / 3
            return listed(
                stride(from: 0, to: instructions.count, by: size).map { start in
                    listed(Array(instructions[start..<min(start + size, instructions.count)]))
                })
        }
    }
}

/// Does nothing.
final class NoInstruction: Instruction {
    let at: Position

    init(at: Position) { self.at = at }

    func run(_ rendering: Rendering) throws -> Flow { .goesOn }
}

private final class InstructionPair: Instruction {
    let at: Position
    private let first: any Instruction
    private let second: any Instruction

    init(_ first: any Instruction, _ second: any Instruction, at: Position) {
        self.first = first
        self.second = second
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        let flow = try first.run(rendering)
        guard flow == .goesOn else { return flow }
        return try second.run(rendering)
    }
}

private final class InstructionTriple: Instruction {
    let at: Position
    private let first: any Instruction
    private let second: any Instruction
    private let third: any Instruction

    init(_ first: any Instruction, _ second: any Instruction, _ third: any Instruction, at: Position) {
        self.first = first
        self.second = second
        self.third = third
        self.at = at
    }

    func run(_ rendering: Rendering) throws -> Flow {
        var flow = try first.run(rendering)
        guard flow == .goesOn else { return flow }
        flow = try second.run(rendering)
        guard flow == .goesOn else { return flow }
        return try third.run(rendering)
    }
}
