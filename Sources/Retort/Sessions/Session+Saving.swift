// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import RetortServer
import RetortWire
import Synchronization

extension Session {
    /// What has to be done about a session when its request is answered.
    enum Ending: Equatable {
        /// Nobody has looked at it.
        case nothing

        /// It was looked at.
        case looked

        /// It was looked at, and its lifetime begins again.
        case refresh

        /// It was changed.
        case write

        /// It was emptied.
        case remove
    }

    /// Says what has to be done, and begins to warn about changes.
    func end(_ options: SessionOptions) -> (ending: Ending, state: State) {
        state.withLock { state in
            state.isSaved = true
            guard state.isLoaded else { return (.nothing, state) }
            let data = state.data
            if data.isModified { return (data.members.isEmpty ? .remove : .write, state) }
            guard data.isAccessed else { return (.nothing, state) }
            let isRefreshed = options.refreshesEachRequest && !data.members.isEmpty
            return (isRefreshed ? .refresh : .looked, state)
        }
    }

    /// Saves the session with the answer to its request.
    func save(
        into response: inout Response, _ request: Request, _ options: SessionOptions, _ clock: UnixClock
    ) async throws {
        let (ending, state) = end(options)
        guard ending != .nothing else { return }
        let isSecure = options.security.isSecure(request)
        let written: SetCookie?
        switch ending {
        case .nothing, .looked: written = nil
        case .remove: written = try await remove(state) ? options.deletion(isSecure: isSecure) : nil
        case .refresh, .write:
            let value = try await write(state, ending, options)
            written = value.map {
                options.cookie($0, isPermanent: state.data.isPermanent, isSecure: isSecure, now: clock.now)
            }
        }
        response.vary(on: "Cookie")
        response.makePersonal(setsCookie: written != nil)
        guard let written else { return }
        guard !written.isTooLarge else { throw WireError.cookieTooLarge(written) }
        response.setCookie(written)
    }

    /// Forgets the session, and says whether the client has a cookie to forget.
    private func remove(_ state: State) async throws -> Bool {
        if case .store(let store) = backend, let id = state.id { try await store.delete(id) }
        return !cookies.isEmpty
    }

    /// Writes the contents.
    ///
    /// The result is the value of the cookie, or nil when the client's cookie is as it should be.
    private func write(_ state: State, _ ending: Ending, _ options: SessionOptions) async throws -> String? {
        let data = state.data
        guard ending == .write || data.isPermanent else {
            if case .store(let store) = backend, let id = state.id {
                try await store.touch(id, lifetime: options.lifetime)
            }
            return nil
        }
        switch backend {
        case .encrypted(let format): return try format.write(data)
        case .flask(let format): return try format.write(data)
        case .store(let store):
            if let id = state.id, !state.isRegenerated {
                if ending == .write {
                    try await store.save(data, id: id, lifetime: options.lifetime, isNew: false)
                } else {
                    try await store.touch(id, lifetime: options.lifetime)
                }
                return id.text
            }
            let id = try SessionID.random()
            try await store.save(data, id: id, lifetime: options.lifetime, isNew: true)
            if let old = state.id { try await store.delete(old) }
            return id.text
        }
    }
}

extension WireError {
    fileprivate static func cookieTooLarge(_ cookie: SetCookie) -> WireError {
        WireError(
            .sessionTooLarge,
            "The session cookie would have \(cookie.size) bytes, and browsers keep \(SetCookie.safeSize). "
                + "Keep less in the session, or keep it on the server with .sessions(store:).",
            status: 500)
    }
}
