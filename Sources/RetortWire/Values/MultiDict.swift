// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Names with values in the order in which they came; a name may stand several times.
///
/// Query strings, forms and cookies are of this kind. Names are compared byte by byte.
public struct MultiDict<Value: Sendable>: Sendable {
    /// The pairs in the order in which they came.
    public private(set) var pairs: [(name: String, value: Value)]

    /// Creates a dictionary of these pairs.
    ///
    /// - Parameter pairs: Names and values; a name may stand several times.
    public init(_ pairs: [(name: String, value: Value)] = []) { self.pairs = pairs }

    /// The number of pairs.
    public var count: Int { pairs.count }

    /// Whether there is no pair.
    public var isEmpty: Bool { pairs.isEmpty }

    /// The names in the order in which each came first.
    public var names: [String] {
        // A set of byte arrays, because equal Strings may have different bytes.
        var seen: Set<[UInt8]> = []
        return pairs.compactMap { seen.insert(Array($0.name.utf8)).inserted ? $0.name : nil }
    }

    /// The first value of a name, or nil.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public subscript(name: String) -> Value? { pairs.first { $0.name.hasSameBytes(as: name) }?.value }

    /// All values of a name in the order in which they came.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: The values; none when the name is absent.
    public func all(_ name: String) -> [Value] {
        pairs.compactMap { $0.name.hasSameBytes(as: name) ? $0.value : nil }
    }

    /// Adds a pair behind the others.
    ///
    /// - Parameters:
    ///   - name: The name, which may be there already.
    ///   - value: Its value.
    public mutating func append(_ name: String, _ value: Value) { pairs.append((name, value)) }

    /// Removes every pair of a name.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public mutating func removeAll(_ name: String) { pairs.removeAll { $0.name.hasSameBytes(as: name) } }
}

extension MultiDict: Equatable where Value: Equatable {
    /// Whether both hold the same pairs in the same order.
    public static func == (left: MultiDict, right: MultiDict) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0.name.hasSameBytes(as: $1.name) && $0.value == $1.value }
    }
}

extension MultiDict: ExpressibleByDictionaryLiteral {
    /// Creates a dictionary from a literal, in which a name may stand several times.
    ///
    /// - Parameter elements: The pairs.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}
