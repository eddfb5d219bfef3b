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
struct Shutdown {
    /// The signals that ask a server to stop.
    static let signals = [SIGTERM, SIGINT]

    private let numbers: [Int32]
    private let sources: [any DispatchSourceSignal]
    private let gate: Gate

    /// Begins to listen for signals.
    ///
    /// A signal that comes before this returns ends the process, one that comes later is heard. There is no time
    /// between in which one is lost, so this is done before anything is opened.
    ///
    /// - Parameter signals: The signals; none to leave those of the process alone.
    /// - Returns: What can be waited for.
    static func prepare(for signals: [Int32]) async -> Shutdown {
        let gate = Gate()
        let sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        for source in sources {
            source.setEventHandler { gate.open() }
            await withCheckedContinuation { continuation in
                source.setRegistrationHandler { continuation.resume() }
                source.resume()
            }
        }
        #if canImport(Darwin)
            // There the source hears of ignored signals, and others end the process.
            for number in signals { signal(number, SIG_IGN) }
        #endif
        return Shutdown(numbers: signals, sources: sources, gate: gate)
    }

    /// Returns when the server shall stop.
    ///
    /// From then on a signal ends the process the hard way.
    func wait() async {
        await gate.wait()
        end()
    }

    /// Hears no more signals.
    func end() {
        for source in sources { source.cancel() }
        for number in numbers { signal(number, SIG_DFL) }
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
