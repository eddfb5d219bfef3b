// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is open for reading, and closes when nobody holds it any more.
public final class OpenFile: Sendable {
    package let descriptor: CInt

    /// Takes over a file descriptor.
    ///
    /// - Parameter descriptor: A descriptor that is open for reading. It belongs to this value from here on.
    public init(takingOver descriptor: Int32) { self.descriptor = descriptor }

    /// A handle of its own for SwiftNIO, which its user closes; nil when the process has no descriptor left.
    func makeHandle() -> NIOFileHandle? {
        let copy = dup(descriptor)
        guard copy >= 0 else { return nil }
        return NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: copy)
    }

    /// Whether these bytes are in the file now.
    func hasBytes(_ offset: Int, _ count: Int) -> Bool {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { return false }
        let (end, overflow) = offset.addingReportingOverflow(count)
        return !overflow && offset >= 0 && count >= 0 && end <= Int(facts.st_size)
    }

    deinit { _ = close(descriptor) }
}
