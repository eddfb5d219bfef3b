// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Encodes by building a tree first.
///
/// It serves types that use several containers at the same time.
enum JSONTree {
    /// What an encoder has written so far at one place.
    final class Node {
        enum Content {
            case empty
            /// A scalar, at this place of the scratch bytes.
            case scalar(start: Int, count: Int)
            case array([Node])
            case object([(key: String, node: Node)], places: [JSONObject.Name: Int])
        }

        var content = Content.empty
    }

    /// What all encoders of one run share.
    final class Run {
        let options: JSONOptions
        /// The texts of scalars.
        let scratch: JSONOutput
        /// A failure of a function that cannot throw.
        var failure: WireError?

        init(_ options: JSONOptions) {
            self.options = options
            self.scratch = JSONOutput(options)
        }
    }

    /// The text of a value.
    static func output<T: Encodable>(_ value: T, _ options: JSONOptions) throws -> JSONOutput {
        let run = Run(options)
        let root = Node()
        try JSONTreeEncoder(run: run, node: root, codingPath: []).encode(value)
        if let failure = run.failure { throw failure }
        let output = JSONOutput(options)
        write(root, run, to: output)
        return output
    }

    /// The recursion is no deeper than the containers were, whose number is limited.
    private static func write(_ node: Node, _ run: Run, to output: JSONOutput) {
        switch node.content {
        case .scalar(let start, let count):
            run.scratch.withBytes { output.append(UnsafeBufferPointer(rebasing: $0[start..<(start + count)])) }
        case .array(let elements):
            _ = output.open(isObject: false)
            for element in elements {
                output.separate()
                write(element, run, to: output)
            }
            output.closeInnermost()
        case .object(let members, _):
            writeMembers(members, run, to: output)
        case .empty:
            writeMembers([], run, to: output)
        }
    }

    private static func writeMembers(_ members: [(key: String, node: Node)], _ run: Run, to output: JSONOutput) {
        _ = output.open(isObject: true)
        for member in members {
            output.separate()
            output.writeRawKey(member.key)
            write(member.node, run, to: output)
        }
        output.closeInnermost()
    }
}

extension JSONTree.Node {
    /// Makes sure that the node is an array or an object.
    ///
    /// Answers false when it is something else already.
    func become(isObject: Bool) -> Bool {
        switch content {
        case .empty:
            content = isObject ? .object([], places: [:]) : .array([])
            return true
        case .array: return !isObject
        case .object: return isObject
        case .scalar: return false
        }
    }

    /// Adds an element.
    func append(_ node: JSONTree.Node) {
        guard case .array(var elements) = content else { return }
        // Otherwise the elements would have two owners, and the change would copy all of them.
        content = .empty
        elements.append(node)
        content = .array(elements)
    }

    /// Adds a member, or replaces the one with its key.
    func set(_ key: String, _ node: JSONTree.Node) {
        guard case .object(var members, var places) = content else { return }
        content = .empty
        if let place = places[JSONObject.Name(key)] {
            members[place].node = node
        } else {
            places[JSONObject.Name(key)] = members.count
            members.append((key, node))
        }
        content = .object(members, places: places)
    }

    /// The number of elements.
    var count: Int { if case .array(let elements) = content { elements.count } else { 0 } }
}
