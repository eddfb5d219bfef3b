// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How much of a form is read before it is refused.
///
/// The size of the whole body is not here: the server counts it while it arrives. What passes a limit here is
/// refused with status 413, and the reading stops there.
public struct FormLimits: Hashable, Sendable {
    /// How many parts a multipart body may have, fields and files together.
    public var parts = 1000

    /// How many fields a form may have, files not counted.
    public var fields = 1000

    /// How many files a form may have.
    public var files = 100

    /// How many bytes the headers of one part may take together.
    public var partHeaderBytes = 8 * 1024

    /// How many header lines one part may have.
    public var partHeaders = 20

    /// How many bytes the names and values of all fields may take together, files not counted.
    ///
    /// One field can have no more than all of them, so this is the limit of each field too.
    public var fieldBytes = 500_000

    /// How many bytes of one file stay in memory.
    ///
    /// A longer file goes to a temporary file.
    public var fileBytesInMemory = 512 * 1024

    /// How many bytes all files of a form together keep in memory.
    ///
    /// Beyond it every file goes to a temporary file.
    public var totalFileBytesInMemory = 4 * 1024 * 1024

    /// Creates limits with the defaults.
    public init() {}

    /// Limits that are never reached, for bodies that were measured before.
    public static let unlimited: FormLimits = {
        var limits = FormLimits()
        limits.parts = .max
        limits.fields = .max
        limits.files = .max
        limits.partHeaderBytes = .max
        limits.partHeaders = .max
        limits.fieldBytes = .max
        return limits
    }()
}
