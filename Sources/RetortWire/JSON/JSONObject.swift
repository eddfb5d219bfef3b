// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object in their order, each key once.
///
/// Keys are compared byte by byte. Equality does not look at the order of members.
///
/// Source: RFC 8259 §4.
public struct JSONObject: Sendable {
    /// A key with its value.
    public typealias Member = (key: String, value: JSONValue)

    /// Text that equals other text of the same bytes only.
    ///
    /// A `String` also equals other spellings of its characters.
    struct Name: Hashable, Sendable {
        let text: String

        init(_ text: String) { self.text = text }

        static func == (left: Name, right: Name) -> Bool { left.text.hasSameBytes(as: right.text) }

        func hash(into hasher: inout Hasher) {
            let done: Void? = text.utf8.withContiguousStorageIfAvailable {
                hasher.combine(bytes: UnsafeRawBufferPointer($0))
            }
            if done == nil { Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
            hasher.combine(0xFF as UInt8)
        }
    }

    /// The members in their order.
    public private(set) var members: [Member] = []

    /// Where each key is.
    ///
    /// Only objects with more members than `smallCount` have it.
    private var places: [Name: Int] = [:]

    private static let smallCount = 16

    /// Creates an object without members.
    public init() {}

    /// Creates an object of these members.
    ///
    /// - Parameter members: The members in their order. A key that stands again replaces the value that it had.
    public init(_ members: [Member]) {
        for member in members { self[member.key] = member.value }
    }

    /// Creates an object of members whose keys are known to differ.
    init(distinct members: [Member]) {
        self.members = members
        if members.count > Self.smallCount { indexMembers() }
    }

    /// The number of members.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The keys in their order.
    public var keys: [String] { members.map(\.key) }

    /// The values in the order of their keys.
    public var values: [JSONValue] { members.map(\.value) }

    /// The value of a key, or nil when there is none.
    ///
    /// Setting a new key adds a member at the end. Setting nil removes the member, which takes time in proportion to
    /// the number of members.
    ///
    /// - Parameter key: The key, compared byte by byte.
    public subscript(key: String) -> JSONValue? {
        get { place(key).map { members[$0].value } }
        set {
            if let place = place(key) {
                if let newValue { members[place].value = newValue } else { remove(place) }
            } else if let newValue {
                members.append((key, newValue))
                if members.count == Self.smallCount + 1 {
                    indexMembers()
                } else if members.count > Self.smallCount {
                    places[Name(key)] = members.count - 1
                }
            }
        }
    }

    private func place(_ key: String) -> Int? {
        if members.count > Self.smallCount { return places[Name(key)] }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private mutating func remove(_ place: Int) {
        members.remove(at: place)
        places = [:]
        if members.count > Self.smallCount { indexMembers() }
    }

    private mutating func indexMembers() {
        places.reserveCapacity(members.count)
        for (place, member) in members.enumerated() { places[Name(member.key)] = place }
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same keys with the same values, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count
            && left.members.enumerated().allSatisfy { index, member in
                // Mostly the order is the same too.
                let other = right.members[index]
                if other.key.hasSameBytes(as: member.key) { return other.value == member.value }
                return right[member.key] == member.value
            }
    }

    /// Feeds the members to a hasher, whatever their order.
    ///
    /// - Parameter hasher: The hasher.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var one = Hasher()
            Name(member.key).hash(into: &one)
            one.combine(member.value)
            sum &+= one.finalize()
        }
        hasher.combine(count)
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object.
    ///
    /// Of members with the same key the last one counts.
    ///
    /// - Parameter elements: The members.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { (key: $0.0, value: $0.1) })
    }
}
