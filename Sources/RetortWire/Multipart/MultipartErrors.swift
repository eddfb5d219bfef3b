// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension WireError.Code {
    /// The Content-Type is not `multipart/form-data`.
    public static let notMultipart = WireError.Code("not-multipart")

    /// The boundary is missing, too long, or has bytes that a boundary cannot have.
    public static let invalidBoundary = WireError.Code("invalid-boundary")

    /// A multipart body, or the headers of one of its parts, does not follow the format.
    public static let malformedMultipart = WireError.Code("malformed-multipart")

    /// A multipart body stops before its closing boundary.
    public static let truncatedMultipart = WireError.Code("truncated-multipart")

    /// A part has no name.
    public static let unnamedPart = WireError.Code("unnamed-part")

    /// A part is sent in base64 or quoted-printable instead of as it is.
    public static let unsupportedTransferEncoding = WireError.Code("unsupported-transfer-encoding")

    /// A multipart body has more parts than ``FormLimits/parts``.
    public static let tooManyParts = WireError.Code("too-many-parts")

    /// A form has more fields than the limit allows.
    public static let tooManyFields = WireError.Code("too-many-fields")

    /// A form has more files than ``FormLimits/files``.
    public static let tooManyFiles = WireError.Code("too-many-files")

    /// The headers of a part take more bytes than ``FormLimits/partHeaderBytes``.
    public static let partHeadersTooLarge = WireError.Code("part-headers-too-large")

    /// A part has more header lines than ``FormLimits/partHeaders``.
    public static let tooManyPartHeaders = WireError.Code("too-many-part-headers")

    /// The fields of a form take more bytes than ``FormLimits/fieldBytes``.
    public static let fieldsTooLarge = WireError.Code("fields-too-large")
}

extension WireError {
    static func malformedPart(_ message: String) -> WireError { WireError(.malformedMultipart, message) }
}
