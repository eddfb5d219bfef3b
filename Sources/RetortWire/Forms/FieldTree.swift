// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// One name of a form, or one step of a longer name: `items`, `items[0]` and `items[0].price` are three.
struct FieldNode {
    /// The number of the node before the last step, 0 for the form itself.
    var parent: Int
    /// The last step, within the text of the tree.
    var step: Range<Int>
    /// All steps as the client wrote them, within the text of the tree.
    var path: Range<Int>
    /// How many steps there are.
    var depth: Int
    var firstChild = -1
    var lastChild = -1
    var nextSibling = -1
    var childCount = 0
    var firstValue = -1
    var lastValue = -1
    var nextInBucket = -1
}

/// The names of a form, indexed once.
///
/// Nodes and steps are kept in two arrays, since most forms have a few short names and must cost next to nothing.
/// A form with many names gets a hash table with a random seed.
struct FieldTree {
    /// A path with more steps is refused.
    static let maximumDepth = 16
    private static let nodesWithoutTable = 24

    private(set) var nodes = [FieldNode(parent: -1, step: 0..<0, path: 0..<0, depth: 0)]
    /// The names, one behind another.
    private var text: [UInt8] = []
    /// For each value the next one of the same name.
    private var nextValue: [Int] = []
    /// The first node of each hash.
    private var buckets: [Int: Int] = [:]

    /// Adds a value with the next number under a name.
    mutating func append(_ name: String) throws {
        let start = text.count
        text.append(contentsOf: name.utf8)
        let isPlain = !text[start...].contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") }
        let end = text.count
        var node = 0
        if isPlain {
            node = child(of: 0, step: start..<end, path: start..<end)
        } else {
            let steps = FieldPath.steps(of: text, in: start..<end) ?? [(start..<end, end)]
            guard steps.count <= Self.maximumDepth else {
                throw FieldErrors([
                    FieldError(name, .tooDeep, "has more than \(Self.maximumDepth) steps")
                ])
            }
            for (step, pathEnd) in steps { node = child(of: node, step: step, path: start..<pathEnd) }
        }
        let value = nextValue.count
        nextValue.append(-1)
        if nodes[node].lastValue < 0 {
            nodes[node].firstValue = value
        } else {
            nextValue[nodes[node].lastValue] = value
        }
        nodes[node].lastValue = value
    }

    /// Passes over a value, so that the next one gets the next number.
    mutating func skipValue() { nextValue.append(-1) }

    /// The node of a step below another, made if it is not there.
    private mutating func child(of parent: Int, step: Range<Int>, path: Range<Int>) -> Int {
        let known = text.withUnsafeBufferPointer { find(UnsafeBufferPointer(rebasing: $0[step]), below: parent) }
        if let known { return known }
        let node = nodes.count
        nodes.append(FieldNode(parent: parent, step: step, path: path, depth: nodes[parent].depth + 1))
        if nodes[parent].lastChild < 0 {
            nodes[parent].firstChild = node
        } else {
            nodes[nodes[parent].lastChild].nextSibling = node
        }
        nodes[parent].lastChild = node
        nodes[parent].childCount += 1
        if nodes.count == Self.nodesWithoutTable + 1 {
            for node in 1...Self.nodesWithoutTable { addToTable(node) }
        } else if nodes.count > Self.nodesWithoutTable {
            addToTable(node)
        }
        return node
    }

    /// A node for a field that is not there, so that it has a path.
    ///
    /// It is not found by its parent.
    mutating func addMissing(_ name: String, below parent: Int) -> Int {
        let start = text.count
        let parentPath = nodes[parent].path
        if !parentPath.isEmpty {
            text.append(contentsOf: Array(text[parentPath]))
            if !name.isEmpty { text.append(UInt8(ascii: ".")) }
        }
        let step = text.count
        text.append(contentsOf: name.utf8)
        nodes.append(
            FieldNode(
                parent: parent, step: step..<text.count, path: start..<text.count, depth: nodes[parent].depth + 1))
        return nodes.count - 1
    }

    /// The node of a step below another.
    func find(_ step: UnsafeBufferPointer<UInt8>, below parent: Int) -> Int? {
        nodes.withUnsafeBufferPointer { nodes in
            text.withUnsafeBufferPointer { text in
                let usesTable = !buckets.isEmpty
                var node =
                    usesTable ? buckets[Self.hash(step, below: parent)] ?? -1 : nodes[parent].firstChild
                while node >= 0 {
                    let candidate = nodes[node].step
                    if candidate.count == step.count, nodes[node].parent == parent,
                        text[candidate].elementsEqual(step)
                    {
                        return node
                    }
                    node = usesTable ? nodes[node].nextInBucket : nodes[node].nextSibling
                }
                return nil
            }
        }
    }

    private mutating func addToTable(_ node: Int) {
        let hash = text.withUnsafeBufferPointer {
            Self.hash(UnsafeBufferPointer(rebasing: $0[nodes[node].step]), below: nodes[node].parent)
        }
        nodes[node].nextInBucket = buckets[hash] ?? -1
        buckets[hash] = node
    }

    private static func hash(_ step: UnsafeBufferPointer<UInt8>, below parent: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(parent)
        hasher.combine(bytes: UnsafeRawBufferPointer(step))
        return hasher.finalize()
    }
}

/// What a decoder asks a tree.
extension FieldTree {
    /// The last step of a node.
    func step(_ node: Int) -> String { String(decoding: text[nodes[node].step], as: UTF8.self) }

    /// The path of a node as the client wrote it.
    func path(_ node: Int) -> String { String(decoding: text[nodes[node].path], as: UTF8.self) }

    /// The numbers of the values of a node in their order.
    func values(_ node: Int) -> some Sequence<Int> {
        sequence(state: nodes[node].firstValue) { [nextValue] value in
            guard value >= 0 else { return nil }
            defer { value = nextValue[value] }
            return value
        }
    }

    /// The children of a node in the order in which they came.
    func children(_ node: Int) -> some Sequence<Int> {
        sequence(state: nodes[node].firstChild) { [nodes] child in
            guard child >= 0 else { return nil }
            defer { child = nodes[child].nextSibling }
            return child
        }
    }

    /// The children whose steps are indices of an array, by rising index.
    ///
    /// `01` is no index.
    ///
    /// Gaps are closed: `items[3]` and `items[7]` alone are an array of two.
    func elements(_ node: Int) -> [(index: Int, node: Int)] {
        var result: [(index: Int, node: Int)] = []
        for child in children(node) {
            let step = text[nodes[child].step]
            guard let first = step.first, step.allSatisfy(\.isASCIIDigit),
                first != UInt8(ascii: "0") || step.count == 1
            else { continue }
            result.append((Int(String(decoding: step, as: UTF8.self)) ?? .max, child))
        }
        return result.sorted { $0.index < $1.index }
    }
}
