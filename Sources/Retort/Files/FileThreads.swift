// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOPosix

/// The threads for work with files that blocks.
///
/// There are as many as the process has processors, and no more.
enum FileThreads {
    /// Does work that blocks on one of the threads.
    static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}
