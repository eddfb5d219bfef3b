// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import Retort

extension App {
    /// An app whose log goes nowhere: many tests provoke errors.
    static var quiet: App {
        var app = App()
        app.log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return app
    }
}

extension Request {
    /// The whole body as a text.
    func text() async throws -> String { String(buffer: try await body.collect()) }

    /// The port of the other side of the connection.
    var peerPort: Int { server.connection.peer?.port ?? 0 }
}

/// Collects what happens in a test, in its order.
actor Journal {
    private(set) var lines: [String] = []

    func note(_ line: String) { lines.append(line) }
}

/// Opens once, for any number of tasks; the wait is bounded by the deadlines of the client.
actor Gate {
    private var isOpen = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiters.append($0) }
    }
}
