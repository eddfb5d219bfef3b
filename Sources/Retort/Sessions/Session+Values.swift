// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire
import Synchronization

extension Session {
    /// The value of a name; setting nil removes it.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public subscript(name: String) -> SessionValue? {
        get { update { $0[name] } }
        set { update { $0[name] = newValue } }
    }

    /// The value of a name as a `Codable` type; nil when there is none or it is of another form.
    ///
    /// Setting nil removes the name. A value that cannot be encoded, such as a number beyond 64 bits, removes it too;
    /// use ``setValue(_:for:)`` where that can happen.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - type: The type of the value.
    public subscript<Value: Codable & Sendable>(name: String, as type: Value.Type = Value.self) -> Value? {
        get { update { $0[name, as: Value.self] } }
        set { update { $0[name, as: Value.self] = newValue } }
    }

    /// The value of a name as a `Decodable` type, with a reason when it is of another form.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - type: The type of the value.
    /// - Returns: The value, or nil when the name is absent.
    /// - Throws: `DecodingError` when the value is of another form.
    public func value<Value: Decodable & Sendable>(_ name: String, as type: Value.Type) throws -> Value? {
        try update { try $0.value(name, as: type) }
    }

    /// Sets a name to any `Encodable` value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - name: The name.
    /// - Throws: `EncodingError` when the value has no form in a session; nothing is changed then.
    public func setValue(_ value: some Encodable, for name: String) throws {
        try update { try $0.setValue(value, for: name) }
    }

    /// Takes a value out.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: The value it had.
    @discardableResult
    public func pop(_ name: String) -> SessionValue? { update { $0.remove(name) } }

    /// Takes a value out as a `Codable` type.
    ///
    /// A value of another form is removed too.
    ///
    /// - Parameters:
    ///   - name: The name, compared byte by byte.
    ///   - type: The type of the value.
    /// - Returns: The value it had; nil when there was none or it is of another form.
    public func pop<Value: Codable & Sendable>(_ name: String, as type: Value.Type) -> Value? {
        update { data in
            let value = data[name, as: type]
            data.remove(name)
            return value
        }
    }

    /// Whether a name is there.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: Whether it has a value, which may be `.null`.
    public func contains(_ name: String) -> Bool { update { $0.contains(name) } }

    /// Empties the session, which removes the cookie.
    ///
    /// A session that is kept on the server ends with it. One that is in a cookie cannot be taken back: whoever has a
    /// copy of the cookie can still use it until its lifetime is over.
    public func clear() { update { $0.removeAll() } }

    /// The names in their order.
    public var names: [String] { update { $0.names } }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { update { $0.isEmpty } }

    /// Whether the request brought no valid session.
    public var isNew: Bool {
        update { data in
            // Whoever acts on it makes an answer that depends on the cookie, and asking for this counts as looking.
            _ = data.isEmpty
            return data.isNew
        }
    }

    /// Whether the contents were changed, so that they have to be saved.
    public var isModified: Bool { state.withLock { $0.data.isModified } }

    /// Whether the contents were looked at or changed, so that the answer says `Vary: Cookie`.
    public var isAccessed: Bool { state.withLock { $0.data.isAccessed } }

    /// Whether the cookie outlives the browser window.
    ///
    /// Off at first.
    public var isPermanent: Bool {
        get {
            update { data in
                _ = data.isEmpty
                return data.isPermanent
            }
        }
        set { update { $0.isPermanent = newValue } }
    }

    /// Gives the session another name, and forms another secret.
    ///
    /// Call it whenever the visitor's rights change, above all when they sign in.
    ///
    /// Without it an attacker who has planted a session in a visitor's browser would be signed in together with them.
    public func regenerate() {
        withState { state in
            state.isRegenerated = true
            state.data.remove(CSRFOptions.sessionName)
            state.data.isModified = true
        }
    }
}
