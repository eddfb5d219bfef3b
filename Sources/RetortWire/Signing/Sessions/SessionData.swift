// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What one visitor's session holds, and what has happened to it during a request.
///
/// Names keep their order and are compared byte by byte. Looking at the contents sets ``isAccessed``, because the
/// answer then depends on the cookie and must say `Vary: Cookie`; that is why reading needs a variable.
///
///     session["user_id"] = 42
///     let cart = session["cart", as: [String].self] ?? []
public struct SessionData: Sendable {
    /// The contents in their order.
    ///
    /// Reading this property leaves ``isAccessed`` alone.
    public private(set) var members: [SessionValue.Member]

    /// Whether the request brought no valid session.
    public private(set) var isNew: Bool

    /// Whether the contents were changed, so that they have to be written back.
    ///
    /// A store that keeps something beside the contents may set it.
    public var isModified = false

    /// Whether the contents were looked at or changed, so that the answer depends on the cookie.
    public private(set) var isAccessed = false

    private static let permanentName = "_permanent"

    /// Creates a session.
    ///
    /// - Parameters:
    ///   - members: The contents; a name stands once.
    ///   - isNew: Whether the request brought no valid session.
    public init(_ members: [SessionValue.Member], isNew: Bool = true) {
        self.members = members
        self.isNew = isNew
    }

    /// Creates a new and empty session.
    public init() { self.init([], isNew: true) }

    /// Whether the cookie outlives the browser window.
    ///
    /// Off at first.
    ///
    /// It is kept under the name `_permanent`, where Flask keeps it. Reading it does not count as an access.
    public var isPermanent: Bool {
        get { members.first { $0.name.hasSameBytes(as: Self.permanentName) }?.value == .bool(true) }
        set {
            guard newValue != isPermanent else { return }
            set(Self.permanentName, newValue ? .bool(true) : nil)
        }
    }

    /// Whether there is nothing in it.
    public var isEmpty: Bool {
        mutating get {
            isAccessed = true
            return members.isEmpty
        }
    }

    /// How many names there are.
    public var count: Int {
        mutating get {
            isAccessed = true
            return members.count
        }
    }

    /// The names in their order.
    public var names: [String] {
        mutating get {
            isAccessed = true
            return members.map(\.name)
        }
    }

    /// The value of a name; setting nil removes it.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public subscript(name: String) -> SessionValue? {
        mutating get {
            isAccessed = true
            return members.first { $0.name.hasSameBytes(as: name) }?.value
        }
        set { set(name, newValue) }
    }

    /// The value of a name as a `Codable` type; nil when there is none or it is of another form.
    ///
    /// Setting nil removes the name. A value that cannot be encoded, such as a number beyond 64 bits, removes it too;
    /// use ``setValue(_:for:)`` where that can happen.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - type: The type of the value.
    public subscript<Value: Codable>(name: String, as type: Value.Type = Value.self) -> Value? {
        mutating get { self[name].flatMap { try? SessionValueDecoder.decode(type, from: $0) } }
        set { set(name, newValue.flatMap { try? SessionValueEncoder(keepsTypes: true).encode($0) }) }
    }

    /// The value of a name as a `Decodable` type, with a reason when it is of another form.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - type: The type of the value.
    /// - Returns: The value, or nil when the name is absent.
    /// - Throws: `DecodingError` when the value is of another form.
    public mutating func value<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value? {
        try self[name].map { try SessionValueDecoder.decode(type, from: $0) }
    }

    /// Sets a name to any `Encodable` value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - name: The name.
    /// - Throws: `EncodingError` when the value has no form in a session; nothing is changed then.
    public mutating func setValue(_ value: some Encodable, for name: String) throws {
        set(name, try SessionValueEncoder(keepsTypes: true).encode(value))
    }

    /// Whether a name is there.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: Whether it has a value, which may be `.null`.
    public mutating func contains(_ name: String) -> Bool { self[name] != nil }

    /// Takes a value out.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: The value it had.
    @discardableResult
    public mutating func remove(_ name: String) -> SessionValue? {
        let value = self[name]
        if value != nil { set(name, nil) }
        return value
    }

    /// Empties the session, which removes the cookie.
    public mutating func removeAll() {
        isAccessed = true
        guard !members.isEmpty else { return }
        members = []
        isModified = true
    }

    private mutating func set(_ name: String, _ value: SessionValue?) {
        isAccessed = true
        let place = members.firstIndex { $0.name.hasSameBytes(as: name) }
        switch (place, value) {
        case (let place?, let value?): members[place].value = value
        case (let place?, nil): members.remove(at: place)
        case (nil, let value?): members.append(SessionValue.Member(name, value))
        case (nil, nil): return
        }
        isModified = true
    }
}

extension SessionData {
    /// Reads a session from JSON with Flask's tags, for stores on the server's side.
    ///
    /// - Parameters:
    ///   - json: What ``taggedJSON()`` gave.
    ///   - limit: The most bytes that are taken. The default is 1 MiB.
    /// - Throws: ``WireError`` with `malformedSessionJSON` when it is no JSON object, too long or nests too deeply.
    public init(taggedJSON json: [UInt8], limit: Int = 1 << 20) throws {
        guard case .object(let members) = try TaggedJSON.parseTagged(json, limit: limit) else {
            throw WireError(.malformedSessionJSON, "The session is no JSON object.")
        }
        self.init(members, isNew: false)
    }

    /// The contents as JSON with Flask's tags: ASCII, without spaces, names sorted by their bytes.
    ///
    /// - Returns: One JSON object.
    /// - Throws: ``WireError`` with `malformedSessionJSON` when the contents nest more than 100 deep.
    public func taggedJSON() throws -> [UInt8] { try TaggedJSON.print(.object(members), .session) }
}

extension SessionData: ExpressibleByDictionaryLiteral {
    /// Creates a new session that is not marked as modified.
    ///
    /// - Parameter elements: Names and values; a name stands once.
    public init(dictionaryLiteral elements: (String, SessionValue)...) {
        self.init(elements.map { SessionValue.Member($0.0, $0.1) })
    }
}
