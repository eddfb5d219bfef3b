// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// The tasks that outlive the call which starts them.
///
/// This is the only file of the test client that starts any.
///
/// A handler that ignores its cancellation must not hang a test, which rules out child tasks: their parent waits for
/// them whatever they do.
enum Unstructured {
    /// Starts a task.
    static func start(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> { Task { await work() } }

    /// Does something, and throws when that takes too long or the caller is cancelled, whatever the work does then.
    static func run<Value: Sendable>(
        within limit: Duration, _ subject: String, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let first = SharedResult<Value>()
        let task = Task {
            do {
                first.settle(.success(try await work()))
            } catch {
                first.settle(.failure(error))
            }
        }
        // A timer of an event loop fires even when every thread of the tasks is taken.
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(limit)) {
            first.settle(.failure(late(subject, limit)))
            task.cancel()
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await first.value
        } onCancel: {
            first.settle(.failure(CancellationError()))
            task.cancel()
        }
    }

    private static func late(_ subject: String, _ limit: Duration) -> TestClientError {
        TestClientError(
            .deadline,
            "\(subject) took longer than \(limit). If that is meant to be, give the client a longer deadline.")
    }
}

/// A result that is settled once; later ones are dropped.
///
/// Any number of tasks wait for it.
final class SharedResult<Value: Sendable>: Sendable {
    private struct State {
        var result: Result<Value, any Error>?
        var waiters: [CheckedContinuation<Value, any Error>] = []
    }

    private let state = Mutex(State())

    func settle(_ result: Result<Value, any Error>) {
        let waiters = state.withLock { state -> [CheckedContinuation<Value, any Error>] in
            guard state.result == nil else { return [] }
            state.result = result
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(with: result) }
    }

    /// The result.
    ///
    /// Cancelling the waiting task does not end the wait; settling does.
    var value: Value {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state in
                    if state.result == nil { state.waiters.append(continuation) }
                    return state.result
                }
                if let result { continuation.resume(with: result) }
            }
        }
    }
}
