// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A dictionary that keeps the order of its keys, shared by all who hold it.
///
/// Keys are values that can be hashed: texts are compared by their bytes, and `1`, `1.0` and `True` are the same key.
public final class TemplateDict: Sendable {
    private let storage: Changeable<Entries>

    /// Creates a dictionary with texts as keys.
    ///
    /// - Parameter pairs: The keys with their values, in order. Of several with the same key the last counts.
    public init(_ pairs: [(String, TemplateValue)] = []) {
        var entries = Entries()
        entries.reserve(pairs.count)
        for (key, value) in pairs { entries.set(DictKey(text: key), .string(key), value) }
        storage = Changeable(entries)
    }

    init(entries: Entries) { storage = Changeable(entries) }

    /// Creates a dictionary with any keys.
    ///
    /// - Parameter pairs: The keys with their values.
    /// - Throws: ``TemplateError`` for a key that cannot be hashed, such as a list.
    public convenience init(pairs: [(TemplateValue, TemplateValue)]) throws {
        var entries = Entries()
        entries.reserve(pairs.count)
        for (key, value) in pairs { entries.set(try DictKey(key), key, value) }
        self.init(entries: entries)
    }

    /// The keys with their values now, in order.
    public var pairs: [(key: TemplateValue, value: TemplateValue)] {
        storage.read { entries in zip(entries.shape.keys, entries.values).map { ($0, $1) } }
    }

    /// The keys in order.
    public var keys: [TemplateValue] { storage.read { $0.shape.keys } }

    /// The values in the order of their keys.
    public var values: [TemplateValue] { storage.read { $0.values } }

    /// The number of keys.
    public var count: Int { storage.read { $0.values.count } }

    /// The value of a text.
    ///
    /// - Parameter key: The key.
    /// - Returns: The value, or nil where there is none.
    public subscript(key: String) -> TemplateValue? { self[DictKey(text: key)] }

    subscript(key: DictKey) -> TemplateValue? {
        if storage.isOriginal {
            guard let place = storage.original.find(key) else { return nil }
            return storage.original.values[place]
        }
        return storage.read { entries in entries.find(key).map { entries.values[$0] } }
    }

    /// Changes the dictionary, which the change must not use in another way.
    func change<Result: Sendable>(_ change: (inout Entries) -> Result) -> Result {
        storage.change { entries in change(&entries) }
    }

    /// The keys and values of a dictionary.
    ///
    /// Few keys are searched one by one, which is faster than hashing; many have an index.
    struct Entries: Sendable {
        private(set) var shape: Shape
        private(set) var values: [TemplateValue]

        /// No keys and no values.
        static let none = Entries()

        init() { self.init(Shape(), []) }

        /// Creates entries with the keys of others.
        init(_ shape: Shape, _ values: [TemplateValue]) {
            self.shape = shape
            self.values = values
        }

        mutating func reserve(_ count: Int) { values.reserveCapacity(count) }

        @inline(__always)
        func find(_ key: DictKey) -> Int? { shape.find(key) }

        mutating func set(_ key: DictKey, _ name: TemplateValue, _ value: TemplateValue) {
            if let place = shape.find(key) {
                values[place] = value
                return
            }
            makeShapeOwn()
            shape.append(key, name)
            values.append(value)
        }

        /// Other dictionaries may have the same keys.
        private mutating func makeShapeOwn() {
            if !isKnownUniquelyReferenced(&shape) { shape = shape.copy }
        }

        mutating func remove(_ key: DictKey) -> TemplateValue? {
            guard let place = shape.find(key) else { return nil }
            makeShapeOwn()
            shape.remove(at: place)
            return values.remove(at: place)
        }
    }

    /// The keys of a dictionary, which many dictionaries may have in common.
    ///
    /// `@unchecked Sendable`: only the one dictionary that holds it alone changes it.
    final class Shape: @unchecked Sendable {
        private static let mostWithoutIndex = 8

        struct Content {
            fileprivate(set) var keys: [TemplateValue] = []
            fileprivate(set) var hashed: [DictKey] = []
            fileprivate var index: [DictKey: Int] = [:]

            /// Whether a place has a key that is a text.
            @inline(__always)
            func isText(_ text: String, at place: Int) -> Bool {
                guard place < keys.count, case .string(let key) = keys[place] else { return false }
                return key == text
            }
        }

        /// Behind a pointer, so that reading it takes plain loads.
        let content: UnsafeMutablePointer<Content> = .allocate(capacity: 1)

        init() { content.initialize(to: Content()) }

        deinit {
            content.deinitialize(count: 1)
            content.deallocate()
        }

        var keys: [TemplateValue] { content.pointee.keys }
        var count: Int { content.pointee.keys.count }

        func key(at place: Int) -> DictKey { content.pointee.hashed[place] }

        var copy: Shape {
            let copy = Shape()
            copy.content.pointee = content.pointee
            return copy
        }

        @inline(__always)
        func find(_ key: DictKey) -> Int? {
            let count = content.pointee.hashed.count
            if count > Self.mostWithoutIndex { return content.pointee.index[key] }
            return content.pointee.hashed.withUnsafeBufferPointer { hashed in
                for place in 0..<count where hashed[place] == key { return place }
                return nil
            }
        }

        func append(_ key: DictKey, _ name: TemplateValue) {
            content.pointee.hashed.append(key)
            content.pointee.keys.append(name)
            let count = content.pointee.hashed.count
            if count == Self.mostWithoutIndex + 1 { makeIndex() }
            if count > Self.mostWithoutIndex + 1 { content.pointee.index[key] = count - 1 }
        }

        private func makeIndex() {
            for (place, key) in content.pointee.hashed.enumerated() { content.pointee.index[key] = place }
        }

        func remove(at place: Int) {
            content.pointee.keys.remove(at: place)
            content.pointee.hashed.remove(at: place)
            content.pointee.index = [:]
            if content.pointee.hashed.count > Self.mostWithoutIndex { makeIndex() }
        }
    }
}

/// A value as the key of a dictionary.
struct DictKey: Hashable, Sendable {
    private enum Content: Sendable {
        case text(String)
        case int(Int)
        case float(Double)
        case none
        case tuple([DictKey])
        case object(ObjectIdentifier)
    }

    private let content: Content
    private let hash: Int

    @inline(__always)
    init(text: String) {
        content = .text(text)
        hash = Self.hash(text)
    }

    /// Makes a key of a value.
    ///
    /// - Parameter value: The value.
    /// - Throws: ``TemplateError`` for lists and dictionaries, which may change.
    init(_ value: TemplateValue) throws {
        switch value {
        case .string(let text): self.init(text: text)
        case .markup(let markup): self.init(text: markup.html)
        case .int(let number): self.init(.int(number), number)
        case .bool(let truth): self.init(.int(truth ? 1 : 0), truth ? 1 : 0)
        case .float(let number):
            if let whole = Int(exactly: number) {
                self.init(.int(whole), whole)
            } else {
                self.init(.float(number), Int(truncatingIfNeeded: number.bitPattern))
            }
        case .none: self.init(.none, 17)
        case .tuple(let values):
            let keys = try values.map(DictKey.init)
            self.init(.tuple(keys), keys.reduce(keys.count) { $0 &* 31 &+ $1.hash })
        case .function(let function):
            self.init(.object(ObjectIdentifier(function)), ObjectIdentifier(function).hashValue)
        case .object(let object): self.init(.object(ObjectIdentifier(object)), ObjectIdentifier(object).hashValue)
        case .undefined(let undefined): throw undefined.error()
        case .list, .dict: throw TemplateError(.type, "unhashable type: '\(value.typeName)'")
        }
    }

    private init(_ content: Content, _ hash: Int) {
        self.content = content
        self.hash = hash
    }

    /// FNV-1a: short, and good for short names; keys from outside are in small tables or below Swift's own hashing.
    private static func hash(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return Int(truncatingIfNeeded: hash)
        }
    }

    static func == (left: DictKey, right: DictKey) -> Bool {
        guard left.hash == right.hash else { return false }
        switch (left.content, right.content) {
        // The hashes are equal too, so other spellings of the same text are out of the question.
        case (.text(let left), .text(let right)): return left.utf8.count == right.utf8.count && left == right
        case (.int(let left), .int(let right)): return left == right
        case (.float(let left), .float(let right)): return left == right
        case (.none, .none): return true
        case (.tuple(let left), .tuple(let right)): return left == right
        case (.object(let left), .object(let right)): return left == right
        default: return false
        }
    }

    func hash(into hasher: inout Hasher) {
        if case .text(let text) = content {
            // Swift seeds its hash anew for each process, which keeps chosen keys from meeting in one place.
            for byte in text.utf8 { hasher.combine(byte) }
        } else {
            hasher.combine(hash)
        }
    }
}

extension String {
    /// Whether all characters are of ASCII.
    var isASCII: Bool {
        var text = self
        return text.withUTF8 { bytes in bytes.reduce(0) { $0 | $1 } < 0x80 }
    }

    /// Whether both texts are the same bytes.
    ///
    /// Swift's own equality takes two spellings of one character for the same.
    @inline(__always)
    func hasSameUTF8(as other: String) -> Bool {
        guard utf8.count == other.utf8.count, self == other else { return false }
        // Marks of one character may stand in another order and still be equal; bytes of ASCII have one spelling.
        return utf8.allSatisfy { $0 < 0x80 } || utf8.elementsEqual(other.utf8)
    }
}
