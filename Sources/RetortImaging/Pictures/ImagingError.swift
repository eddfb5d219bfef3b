// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What kept a picture from being read, changed or written.
///
/// `code` is for programs, `message` for people: it says what happened and, where that helps, what to do.
public struct ImagingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of error, for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// An argument is outside what the operation takes.
        case badArgument = "bad-argument"
        /// The bytes are damaged, or end too early.
        case corrupt
        /// The bytes are no picture, or one of a format that is not read.
        case unknownFormat = "unknown-format"
        /// The picture is well formed, but of a kind that is not read.
        case unsupported
        /// The picture has more bytes, pixels or frames than the limits allow.
        case tooLarge = "too-large"
        /// There was not enough memory.
        case outOfMemory = "out-of-memory"
        /// A file could not be read.
        case unreadableFile = "unreadable-file"
    }

    /// The kind of error.
    public var code: Code
    /// What happened, as a sentence.
    public var message: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - message: What happened, as a sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the sentence.
    public var description: String { "\(code.rawValue): \(message)" }
}
