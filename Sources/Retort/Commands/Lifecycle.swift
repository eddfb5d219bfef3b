// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortServer

/// What happens around serving: before it, behind it and beside it.
public struct Lifecycle: Sendable {
    /// A long-running task beside the server.
    struct Service: Sendable {
        var name: String
        var run: @Sendable () async throws -> Void
    }

    var startHooks: [@Sendable () async throws -> Void] = []
    var stopHooks: [@Sendable () async throws -> Void] = []
    var services: [Service] = []

    init() {}
}

extension App {
    /// Calls a function before the app listens, and before `request` answers.
    ///
    /// Functions are called one after another in the order in which they were added.
    ///
    /// - Parameter hook: Opens what the app needs. An error that it throws stops the program with a sentence.
    public mutating func onStart(_ hook: @escaping @Sendable () async throws -> Void) {
        lifecycle.startHooks.append(hook)
    }

    /// Calls a function after the last request was answered and the services have ended.
    ///
    /// Functions are called in the opposite order, so that what was opened first is closed last. Each is called, also
    /// when another has thrown; and all of them when a function of ``onStart(_:)`` has thrown.
    ///
    /// - Parameter hook: Closes what the app has opened.
    public mutating func onStop(_ hook: @escaping @Sendable () async throws -> Void) {
        lifecycle.stopHooks.append(hook)
    }

    /// Runs a task beside the server for as long as it serves.
    ///
    /// It starts when the functions of ``onStart(_:)`` are done. When the server has answered its last request, the task
    /// is cancelled and waited for. A task that returns early is over; one that throws stops the app.
    ///
    /// - Parameters:
    ///   - name: What messages call it.
    ///   - run: Does the work until it is cancelled.
    public mutating func service(_ name: String, _ run: @escaping @Sendable () async throws -> Void) {
        lifecycle.services.append(Lifecycle.Service(name: name, run: run))
    }

    /// Calls the start hooks, then something, then the stop hooks whatever became of it.
    func whileStarted(_ body: () async throws -> Void) async throws {
        let result: Result<Void, any Error>
        do {
            do {
                for hook in lifecycle.startHooks { try await hook() }
            } catch {
                throw RunError.start(error)
            }
            try await body()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        var failure: (any Error)?
        for hook in lifecycle.stopHooks.reversed() {
            do { try await hook() } catch { failure = failure ?? error }
        }
        try result.get()
        if let failure { throw RunError.stop(failure) }
    }

    /// Serves, with the services beside.
    func serveWithServices(_ server: Server, onReady: @escaping @Sendable ([ListenAddress]) -> Void) async throws {
        guard !lifecycle.services.isEmpty else { return try await server.run(onReady: onReady) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for service in lifecycle.services {
                group.addTask {
                    do {
                        try await service.run()
                    } catch is CancellationError where Task.isCancelled {
                        // It was told to end.
                    } catch {
                        throw RunError.service(service.name, error)
                    }
                    return false
                }
            }
            group.addTask {
                try await server.run(onReady: onReady)
                return true
            }
            // An error here cancels the others and waits for them, and the server drains as for a signal.
            while let isServer = try await group.next() {
                if isServer { group.cancelAll() }
            }
        }
    }
}

/// A reason for which an app stops that is not the server's.
enum RunError: Error, CustomStringConvertible {
    case start(any Error)
    case stop(any Error)
    case service(String, any Error)

    var description: String {
        switch self {
        case .start(let error): "The app cannot start: \(error)"
        case .stop(let error): "The app did not stop cleanly: \(error)"
        case .service(let name, let error): "The service \(name) has failed, and the app with it: \(error)"
        }
    }
}
