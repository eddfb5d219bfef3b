// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire
import Synchronization

/// Sessions in the memory of this process.
///
/// They are lost when it ends, and other processes do not see them.
///
/// Above a number of sessions the one that was not used for the longest time goes.
public final class InMemorySessionStore: SessionStore {
    private struct Entry {
        var members: [SessionValue.Member]
        var end: Int64
    }

    /// The most sessions that are kept.
    public let capacity: Int

    private let table: Mutex<RecentlyUsedTable<String, Entry>>
    private let clock: UnixClock

    /// Creates a store.
    ///
    /// - Parameters:
    ///   - capacity: The most sessions that are kept, 1 or more.
    ///   - clock: Where the time comes from.
    public init(capacity: Int = 100_000, clock: UnixClock = .system) {
        self.capacity = max(capacity, 1)
        self.clock = clock
        table = Mutex(RecentlyUsedTable(capacity: max(capacity, 1)))
    }

    /// The number of sessions, those included whose time is over and which nobody asked for since.
    public var count: Int { table.withLock { $0.count } }

    /// Finds a session.
    ///
    /// - Parameter id: The name in the visitor's cookie.
    /// - Returns: The session; nil when there is none or its time is over.
    public func load(_ id: SessionID) -> SessionData? {
        let now = clock.now
        return table.withLock { table in
            guard let entry = table[id.key] else { return nil }
            guard entry.end > now else {
                table.remove(id.key)
                return nil
            }
            return SessionData(entry.members, isNew: false)
        }
    }

    /// Writes a session.
    ///
    /// - Parameters:
    ///   - session: The contents.
    ///   - id: Its name.
    ///   - lifetime: How long the session is good from now on.
    ///   - isNew: Whether the name was made for this session; otherwise it is written only if it is still there.
    public func save(_ session: SessionData, id: SessionID, lifetime: Duration, isNew: Bool) {
        let end = end(after: lifetime)
        table.withLock { table in
            guard isNew || table[id.key] != nil else { return }
            table[id.key] = Entry(members: session.members, end: end)
        }
    }

    /// Begins the lifetime of a session again.
    ///
    /// - Parameters:
    ///   - id: Its name.
    ///   - lifetime: How long the session is good from now on.
    public func touch(_ id: SessionID, lifetime: Duration) {
        let end = end(after: lifetime)
        table.withLock { table in
            guard var entry = table[id.key] else { return }
            entry.end = end
            table[id.key] = entry
        }
    }

    /// Removes a session.
    ///
    /// - Parameter id: Its name.
    public func delete(_ id: SessionID) { table.withLock { $0.remove(id.key) } }

    private func end(after lifetime: Duration) -> Int64 {
        let (end, overflow) = clock.now.addingReportingOverflow(lifetime.components.seconds)
        return overflow ? .max : end
    }
}
