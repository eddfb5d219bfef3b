// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Small files that were asked for lately, in memory.
///
/// Each is compared with the disk at most once a second. When there are too many, those that nobody has asked for the
/// longest go, an eighth at a time.
final class FileCache: Sendable {
    /// A name compared byte by byte: two spellings of one letter are two files.
    struct Key: Hashable {
        let text: String

        static func == (left: Key, right: Key) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    /// What the cache says of a name to somebody who can compare it with the disk.
    enum Claim: Sendable {
        case fresh(StaticResource)
        case stale(StaticResource)
        case absent
    }

    private struct Entry {
        var resource: StaticResource
        var checked: UInt64
        var used: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var bytes = 0
        var uses: UInt64 = 0
    }

    private let state = Mutex(State())
    private let mostBytes: Int
    private let mostEntries: Int

    /// How long a file is believed not to have changed, in nanoseconds.
    private static let trust: UInt64 = 1_000_000_000

    init(mostBytes: Int = 64 * 1_048_576, mostEntries: Int = 4_096) {
        self.mostBytes = mostBytes
        self.mostEntries = mostEntries
    }

    /// The number of files and of their bytes.
    var usage: (files: Int, bytes: Int) { state.withLock { ($0.entries.count, $0.bytes) } }

    /// A file that was compared within the last second.
    func fresh(_ name: String, now: UInt64 = FileCache.now()) -> StaticResource? {
        state.withLock { state in
            guard let index = state.entries.index(forKey: Key(text: name)),
                now &- state.entries.values[index].checked < Self.trust
            else { return nil }
            state.uses += 1
            state.entries.values[index].used = state.uses
            return state.entries.values[index].resource
        }
    }

    /// A file for somebody who will compare it if it is stale.
    ///
    /// Everybody else takes it as fresh meanwhile.
    func claim(_ name: String, always: Bool, now: UInt64 = FileCache.now()) -> Claim {
        state.withLock { state in
            guard let index = state.entries.index(forKey: Key(text: name)) else { return .absent }
            state.uses += 1
            state.entries.values[index].used = state.uses
            let resource = state.entries.values[index].resource
            if !always, now &- state.entries.values[index].checked < Self.trust { return .fresh(resource) }
            state.entries.values[index].checked = now
            return .stale(resource)
        }
    }

    func insert(_ name: String, _ resource: StaticResource, now: UInt64 = FileCache.now()) {
        state.withLock { state in
            Self.remove(Key(text: name), &state)
            guard resource.byteCount <= mostBytes else { return }
            while state.bytes > mostBytes - resource.byteCount || state.entries.count >= mostEntries {
                Self.makeRoom(&state)
            }
            state.uses += 1
            state.bytes += resource.byteCount
            state.entries[Key(text: name)] = Entry(resource: resource, checked: now, used: state.uses)
        }
    }

    func remove(_ name: String) {
        state.withLock { Self.remove(Key(text: name), &$0) }
    }

    private static func remove(_ key: Key, _ state: inout State) {
        guard let entry = state.entries.removeValue(forKey: key) else { return }
        state.bytes -= entry.resource.byteCount
    }

    /// Drops the eighth of the files that was used the longest ago.
    private static func makeRoom(_ state: inout State) {
        let oldest = state.entries.sorted { $0.value.used < $1.value.used }.prefix(max(1, state.entries.count / 8))
        for (key, _) in oldest { remove(key, &state) }
    }

    /// Nanoseconds of a clock that nobody sets.
    static func now() -> UInt64 { SystemClock.monotonicNanoseconds() }
}
