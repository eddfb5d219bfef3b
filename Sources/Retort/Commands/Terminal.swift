// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where commands write: the two streams of a process, or a record of them for tests.
public struct Terminal: Sendable {
    private let write: @Sendable (_ bytes: [UInt8], _ isError: Bool) -> Void

    /// Whether text may be coloured.
    public var hasColour: Bool

    /// Characters in a line.
    public var width: Int

    /// Creates a terminal.
    ///
    /// - Parameters:
    ///   - hasColour: Whether text may be coloured.
    ///   - width: Characters in a line.
    ///   - write: Takes bytes, and whether they are for standard error.
    public init(
        hasColour: Bool = false, width: Int = 100,
        write: @escaping @Sendable (_ bytes: [UInt8], _ isError: Bool) -> Void
    ) {
        self.hasColour = hasColour
        self.width = width
        self.write = write
    }

    /// The streams of this process.
    ///
    /// Text is coloured where a person reads it and `NO_COLOR` is not set.
    public static var standard: Terminal {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let hasColour = isTerminal && getenv("NO_COLOR") == nil
        return Terminal(hasColour: hasColour, width: 100) { bytes, isError in
            writeAll(bytes, to: isError ? STDERR_FILENO : STDOUT_FILENO)
        }
    }

    /// Writes a text and a line end to standard output.
    ///
    /// - Parameter text: The text.
    public func print(_ text: String) { write(Array((text + "\n").utf8), false) }

    /// Writes bytes to standard output as they are.
    ///
    /// - Parameter bytes: The bytes.
    public func print(bytes: [UInt8]) { write(bytes, false) }

    /// Writes a text and a line end to standard error.
    ///
    /// - Parameter text: The text.
    public func warn(_ text: String) { write(Array((text + "\n").utf8), true) }

    /// A text in a colour, where that is possible.
    func coloured(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    enum Colour: Int {
        case bold = 1
        case faint = 2
        case red = 31
        case green = 32
        case yellow = 33
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: CInt) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #elseif canImport(Musl)
                    let count = Musl.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #else
                    let count = Darwin.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #endif
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }
}

extension Terminal {
    /// What was written to a terminal that keeps it.
    public final class Record: Sendable {
        private let state = Mutex<(output: [UInt8], errors: [UInt8])>(([], []))

        /// Creates an empty record.
        public init() {}

        /// What came to standard output.
        public var output: String { String(decoding: state.withLock { $0.output }, as: UTF8.self) }

        /// What came to standard error.
        public var errors: String { String(decoding: state.withLock { $0.errors }, as: UTF8.self) }

        fileprivate func add(_ bytes: [UInt8], _ isError: Bool) {
            state.withLock { if isError { $0.errors += bytes } else { $0.output += bytes } }
        }
    }

    /// A terminal that keeps what is written.
    ///
    /// - Parameter record: Where it is kept.
    /// - Returns: The terminal, without colours.
    public static func recording(to record: Record) -> Terminal {
        Terminal { bytes, isError in record.add(bytes, isError) }
    }
}
