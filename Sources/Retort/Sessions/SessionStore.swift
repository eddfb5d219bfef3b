// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// Where sessions are kept on the server: in memory, in a database, in Redis.
///
/// The visitor has the ``SessionID`` alone, so a session can be large, and deleting it ends it everywhere at once.
/// Keep sessions under ``SessionID/key``. Two requests of one visitor at the same time work on copies; what is saved
/// last wins. A method that would block must leave the event loop.
public protocol SessionStore: Sendable {
    /// Finds a session.
    ///
    /// - Parameter id: The name in the visitor's cookie.
    /// - Returns: The session, not marked as new; nil when there is none or its time is over.
    /// - Throws: An error of the store, with which the request fails.
    func load(_ id: SessionID) async throws -> SessionData?

    /// Writes a session.
    ///
    /// - Parameters:
    ///   - session: The contents.
    ///   - id: Its name.
    ///   - lifetime: How long the session is good from now on.
    ///   - isNew: Whether the name was made for this session. When it was not, and the store has no session of this
    ///     name any more, nothing must be written: the visitor has signed out meanwhile.
    /// - Throws: An error of the store, with which the request fails.
    func save(_ session: SessionData, id: SessionID, lifetime: Duration, isNew: Bool) async throws

    /// Begins the lifetime of a session again.
    ///
    /// - Parameters:
    ///   - id: Its name.
    ///   - lifetime: How long the session is good from now on.
    /// - Throws: An error of the store, with which the request fails.
    func touch(_ id: SessionID, lifetime: Duration) async throws

    /// Removes a session. It is no error when there is none.
    ///
    /// - Parameter id: Its name.
    /// - Throws: An error of the store, with which the request fails.
    func delete(_ id: SessionID) async throws
}
