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

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file with a text, for as long as a test holds it.
final class TemporaryText: Sendable {
    let path: String

    init(_ text: String) {
        path = "/tmp/retort-test-\(UInt64.random(in: 0 ... .max))"
        let file = fopen(path, "w")
        if let file {
            fputs(text, file)
            fclose(file)
        }
    }

    func open() throws -> OpenFile {
        let descriptor = openForReading(path, O_RDONLY)
        guard descriptor >= 0 else { throw HTTPError(.notFound) }
        return OpenFile(takingOver: descriptor)
    }

    deinit { unlink(path) }
}

private func openForReading(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }

/// Waits until something is so, for five seconds at most.
func eventually(_ isSo: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
        if try await isSo() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return false
}
