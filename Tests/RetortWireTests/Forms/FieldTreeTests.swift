// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

@Suite struct FieldPathTests {
    @Test(arguments: [
        ("a", ["a"]), ("a.b", ["a", "b"]), ("a[b]", ["a", "b"]), ("a[0].b", ["a", "0", "b"]), ("a[]", ["a"]),
        ("a.b[]", ["a", "b"]), ("a[b][c].d", ["a", "b", "c", "d"]), ("a[b.c]", ["a", "b.c"]), ("ü.é", ["ü", "é"]),
        ("a[ ]", ["a", " "]), ("a.0", ["a", "0"]),
    ]) func namesAreCutIntoSteps(name: String, steps: [String]) throws {
        let text = Array("before\(name)after".utf8)
        let range = 6..<text.count - 5
        let found = try #require(FieldPath.steps(of: text, in: range))
        #expect(found.map { String(decoding: text[$0.step], as: UTF8.self) } == steps)
        // The path of the last step is the whole name, but for empty brackets.
        let end = name.hasSuffix("[]") ? range.upperBound - 2 : range.upperBound
        #expect(found.last?.pathEnd == end)
    }

    @Test(arguments: [
        "", ".", "a.", ".a", "a..b", "a[", "a]", "[a]", "a[b", "a[b]c", "a[[b]]", "a[].b", "a[][]", "a.[b]",
    ])
    func otherNamesHaveNoSteps(name: String) {
        let text = Array(name.utf8)
        #expect(FieldPath.steps(of: text, in: 0..<text.count) == nil)
    }
}

@Suite struct FieldTreeTests {
    private func tree(_ names: [String]) throws -> FieldTree {
        var tree = FieldTree()
        for name in names { try tree.append(name) }
        return tree
    }

    private func find(_ path: [String], in tree: FieldTree) -> Int? {
        var node = 0
        for step in path {
            guard let next = Array(step.utf8).withUnsafeBufferPointer({ tree.find($0, below: node) }) else {
                return nil
            }
            node = next
        }
        return node
    }

    @Test func valuesKeepTheirOrder() throws {
        let tree = try tree(["a", "b.c", "a", "b[c]", "a[]"])
        #expect(find(["a"], in: tree).map { Array(tree.values($0)) } == [0, 2, 4])
        #expect(find(["b", "c"], in: tree).map { Array(tree.values($0)) } == [1, 3])
        #expect(find(["b"], in: tree).map { Array(tree.values($0)) } == [])
        #expect(find(["c"], in: tree) == nil)
        #expect(tree.children(0).map { tree.step($0) } == ["a", "b"])
    }

    @Test func skippedValuesTakeANumber() throws {
        var tree = FieldTree()
        try tree.append("a")
        tree.skipValue()
        try tree.append("a")
        #expect(find(["a"], in: tree).map { Array(tree.values($0)) } == [0, 2])
    }

    @Test func pathsAreThoseThatCameFirst() throws {
        let tree = try tree(["a[b].c", "a.b[c]", "a.b.d"])
        #expect(find(["a", "b", "c"], in: tree).map(tree.path) == "a[b].c")
        #expect(find(["a", "b"], in: tree).map(tree.path) == "a[b]")
        #expect(find(["a", "b", "d"], in: tree).map(tree.path) == "a.b.d")
    }

    @Test(arguments: [0, 10, 23, 24, 25, 26, 1000]) func everyNameIsFoundHoweverManyThereAre(count: Int) throws {
        let names = (0..<count).map { "n\($0)" }
        let tree = try tree(names + names.map { "o.\($0)" })
        #expect(tree.nodes.count == 2 * count + (count > 0 ? 2 : 1))
        for (index, name) in names.enumerated() {
            #expect(find([name], in: tree).map { Array(tree.values($0)) } == [index])
            #expect(find(["o", name], in: tree).map { Array(tree.values($0)) } == [count + index])
        }
        #expect(find(["n\(count)"], in: tree) == nil)
        #expect(find(["o", "o"], in: tree) == nil)
    }

    @Test func missingNamesHaveAPathAndAreNotFound() throws {
        var tree = try tree(["a[0]"])
        let parent = try #require(find(["a", "0"], in: tree))
        let missing = tree.addMissing("name", below: parent)
        #expect(tree.path(missing) == "a[0].name")
        #expect(tree.step(missing) == "name")
        #expect(find(["a", "0", "name"], in: tree) == nil)
        let root = tree.addMissing("x", below: 0)
        #expect(tree.path(root) == "x")
    }

    @Test func elementsAreSortedByIndex() throws {
        let tree = try tree(["a[10]", "a[9]", "a[x]", "a[01]", "a.0", "a[99999999999999999999]", "a[-1]"])
        let node = try #require(find(["a"], in: tree))
        #expect(tree.elements(node).map(\.index) == [0, 9, 10, .max])
    }
}
