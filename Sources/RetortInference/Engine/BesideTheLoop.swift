// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Does work that takes its time on the threads of tasks, so that an event loop goes on.
///
/// The handlers of a server run on its event loops, and what they call stays there unless it leaves by itself.
package func besideTheLoop<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { try await onThreadsOfTasks(work) }
}

@concurrent private func onThreadsOfTasks<Result: Sendable>(
    _ work: @Sendable () async throws -> Result
) async throws -> Result {
    try await work()
}
