// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Who may write next, of those that finish in any order.
///
/// Everybody waits for the own turn and then leaves, also who failed or was cancelled, so nobody waits for ever.
final class AnswerLine: Sendable {
    private struct State {
        var begun = 0
        var left = 0
        var waiting: [(count: Int, go: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Joins the line, and answers how many stand before.
    func join() -> Int {
        state.withLock { state in
            defer { state.begun += 1 }
            return state.begun
        }
    }

    /// Waits until as many have left.
    func reached(_ count: Int) async {
        await withCheckedContinuation { go in
            let isNow = state.withLock { state in
                if state.left >= count { return true }
                state.waiting.append((count, go))
                return false
            }
            if isNow { go.resume() }
        }
    }

    /// Leaves the line, at the own turn.
    func leave() {
        let next = state.withLock { state in
            state.left += 1
            let next = state.waiting.filter { $0.count <= state.left }
            state.waiting.removeAll { $0.count <= state.left }
            return next
        }
        for one in next { one.go.resume() }
    }

    /// Waits until nobody is in the line.
    func emptied() async {
        var count = -1
        while count != begun {
            count = begun
            await reached(count)
        }
    }

    private var begun: Int { state.withLock { $0.begun } }
}
