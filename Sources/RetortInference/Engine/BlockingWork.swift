// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import Dispatch

/// Runs work that takes long on a thread that serves no other task, and waits for it.
///
/// Reading and compiling a model takes up to seconds, which the threads of tasks must not be held for.
func runBlocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
            continuation.resume(with: Result { try work() })
        }
    }
}
