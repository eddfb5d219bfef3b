// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How much of the stack what is nested may use.
///
/// What is nested calls itself for every level, on whatever thread the app renders, and a stack that is full ends the
/// process. The smallest stacks of threads have 512 KiB, so half of that is what nesting gets.
struct StackGuard {
    private static let most = 256 << 10
    private let start: Int

    /// Takes the present place of the stack as the beginning.
    @inline(never)
    init() { start = Self.place }

    /// Whether there is room for another level.
    var hasRoom: Bool { abs(start &- Self.place) < Self.most }

    @inline(__always)
    private static var place: Int {
        var mark: UInt8 = 0
        return withUnsafeMutablePointer(to: &mark) { Int(bitPattern: $0) }
    }
}
