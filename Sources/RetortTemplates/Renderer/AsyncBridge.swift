// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

/// Lets a thread that renders wait for functions that suspend.
///
/// Rendering itself never suspends: it runs on a thread of its own, which is blocked while a function waits. So templates
/// that wait for nothing pay nothing for those that do.
final class AsyncBridge: Sendable {
    private let isCancelled = Mutex(false)

    func cancel() { isCancelled.withLock { $0 = true } }

    /// Blocks this thread until something is done.
    func wait<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        if isCancelled.withLock({ $0 }) { throw CancellationError() }
        let gate = Gate<Value>()
        // The task ends before this call does, and so before the rendering that it serves.
        let task = Task.detached {
            do { gate.open(.success(try await work())) } catch { gate.open(.failure(error)) }
        }
        return try gate.result { [self] in
            if isCancelled.withLock({ $0 }) { task.cancel() }
        }
    }

    /// Runs something on a thread of its own.
    static func onThread<Value: Sendable>(_ work: @escaping @Sendable (AsyncBridge) throws -> Value) async throws
        -> Value
    {
        let bridge = AsyncBridge()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let start = ThreadStart { continuation.resume(with: Result { try work(bridge) }) }
                guard start.run() else {
                    continuation.resume(throwing: TemplateError(.limit, "There is no thread left to render on."))
                    return
                }
            }
        } onCancel: {
            bridge.cancel()
        }
    }
}

/// The result of a task, for which a thread waits.
///
/// `@unchecked Sendable`: the result is written and read behind the lock.
private final class Gate<Value: Sendable>: @unchecked Sendable {
    private var mutex = pthread_mutex_t()
    private var condition = pthread_cond_t()
    private var stored: Result<Value, any Error>?

    init() {
        pthread_mutex_init(&mutex, nil)
        pthread_cond_init(&condition, nil)
    }

    deinit {
        pthread_cond_destroy(&condition)
        pthread_mutex_destroy(&mutex)
    }

    func open(_ result: Result<Value, any Error>) {
        pthread_mutex_lock(&mutex)
        stored = result
        pthread_cond_signal(&condition)
        pthread_mutex_unlock(&mutex)
    }

    func result(_ check: () -> Void) throws -> Value {
        pthread_mutex_lock(&mutex)
        defer { pthread_mutex_unlock(&mutex) }
        while true {
            if let stored { return try stored.get() }
            var until = timespec()
            clock_gettime(CLOCK_REALTIME, &until)
            until.tv_nsec += 50_000_000
            if until.tv_nsec >= 1_000_000_000 {
                until.tv_nsec -= 1_000_000_000
                until.tv_sec += 1
            }
            pthread_cond_timedwait(&condition, &mutex, &until)
            check()
        }
    }
}

/// A function that a new thread runs.
private final class ThreadStart: Sendable {
    private let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }

    func run() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let pointer = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
                start.work()
                return nil
            }, pointer.toOpaque())
        if code != 0 { pointer.release() }
        return code == 0
    }
}
