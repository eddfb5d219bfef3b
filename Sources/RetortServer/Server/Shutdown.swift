// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The wish to stop: SIGTERM, SIGINT, or the cancellation of the task that serves.
enum Shutdown {
    /// The signals that ask a server to stop.
    static let signals = [SIGTERM, SIGINT]

    /// Returns when the server shall stop.
    static func wait(for signals: [Int32]) async {
        let sources = signals.map { number in
            // The default action would end the process at once.
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        let gate = Gate()
        for source in sources {
            source.setEventHandler { gate.open() }
            source.resume()
        }
        await gate.wait()
        for source in sources { source.cancel() }
        // A second signal ends the process the hard way.
        for number in signals { signal(number, SIG_DFL) }
    }

    /// Opens once, for one waiter.
    private final class Gate: Sendable {
        private let state = Mutex<(isOpen: Bool, waiter: CheckedContinuation<Void, Never>?)>((false, nil))

        func open() {
            let waiter = state.withLock { state in
                state.isOpen = true
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }

        func wait() async {
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isOpen = state.withLock { state in
                        if !state.isOpen { state.waiter = continuation }
                        return state.isOpen
                    }
                    if isOpen { continuation.resume() }
                }
            } onCancel: {
                open()
            }
        }
    }
}
