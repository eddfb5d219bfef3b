// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A compiled template: what its body and each of its blocks do.
///
/// It never changes, so all cores render it at once.
final class Program: Sendable {
    let source: TemplateSource
    let root: Unit
    let blocks: [String: BlockUnit]
    let escapes: Bool
    /// The constant names of templates that it uses.
    let references: [String]
    /// Whether it uses templates whose names are computed.
    let hasUnknownReferences: Bool
    /// The names that it wants from outside, in order.
    let variables: [String]
    /// How many bytes it printed the last time.
    let printedBytes = Atomic(0)

    init(
        source: TemplateSource, root: Unit, blocks: [String: BlockUnit], escapes: Bool, references: [String],
        hasUnknownReferences: Bool, variables: [String]
    ) {
        self.source = source
        self.root = root
        self.blocks = blocks
        self.escapes = escapes
        self.references = references
        self.hasUnknownReferences = hasUnknownReferences
        self.variables = variables
    }

    var name: String? { source.name }
}

/// A part of a program with variables of its own.
struct Unit: Sendable {
    var slotCount = 0
    var loads: [SlotLoad] = []
    var body: any Instruction
}

/// A block of a template.
final class BlockUnit: Sendable {
    let name: String
    let unit: Unit
    let isRequired: Bool
    /// The program whose block it is, by the source that errors point into.
    let source: TemplateSource
    let escapes: Bool

    init(name: String, unit: Unit, isRequired: Bool, source: TemplateSource, escapes: Bool) {
        self.name = name
        self.unit = unit
        self.isRequired = isRequired
        self.source = source
        self.escapes = escapes
    }
}

/// What a variable holds when its scope begins.
enum SlotLoad: Sendable {
    case missing(Int)
    case context(Int, ContextName)
    case outer(Int, depth: Int, slot: Int)
}

/// A name of the context, hashed when the template is compiled.
struct ContextName: Sendable {
    let text: String
    let key: DictKey

    init(_ text: String) {
        self.text = text
        key = DictKey(text: text)
    }
}

/// How a statement ended.
enum Flow { case goesOn, breaksLoop, continuesLoop }

/// A compiled statement.
protocol Instruction: AnyObject, Sendable {
    var at: Position { get }

    func run(_ rendering: Rendering) throws -> Flow
}

/// A compiled expression.
protocol Operation: AnyObject, Sendable {
    var at: Position { get }

    func value(_ rendering: Rendering) throws -> TemplateValue

    /// Prints the value.
    func print(_ rendering: Rendering) throws

    /// Whether the value is true.
    func isTrue(_ rendering: Rendering) throws -> Bool

    /// The value where it is known before anything runs.
    var constant: TemplateValue? { get }
}

extension Operation {
    func print(_ rendering: Rendering) throws { try rendering.print(value(rendering)) }

    func isTrue(_ rendering: Rendering) throws -> Bool { try value(rendering).isTrue }

    var constant: TemplateValue? { nil }
}
