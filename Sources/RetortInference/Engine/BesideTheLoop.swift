// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Does work that takes its time on the threads of tasks, so that the event loop goes on, on which handlers run.
func besideTheLoop<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { try await onThreadsOfTasks(work) }
}

@concurrent private func onThreadsOfTasks<Result: Sendable>(
    _ work: @Sendable () async throws -> Result
) async throws -> Result {
    try await work()
}
