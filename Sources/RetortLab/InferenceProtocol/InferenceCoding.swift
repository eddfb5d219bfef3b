// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Retort
internal import RetortWire

/// How the body of a request or of an answer is compressed.
///
/// `Inference-Header-Content-Length` counts bytes of the JSON as it was before.
///
/// Source: RFC 9110 §8.4.1; Triton, "HTTP/REST and GRPC Protocol".
enum InferenceCoding: String, Sendable, CaseIterable {
    case gzip
    /// Which is zlib's format in HTTP.
    case deflate

    /// The fewest bytes of an answer that are compressed: less than that fits into a packet anyway.
    static let least = 1_024

    private static let names = allCases.map(\.rawValue)

    private var format: Compression.Format { self == .gzip ? .gzip : .zlib }

    /// Reads the coding of a request's body.
    ///
    /// - Parameter header: What stands in `Content-Encoding`; nil without it.
    /// - Returns: The coding; nil where the body is as it is.
    /// - Throws: `HTTPError` with status 415 for another coding, or several.
    static func ofBody(_ header: String?) throws -> InferenceCoding? {
        switch header?.lowercased() {
        case nil, "identity": return nil
        case "gzip", "x-gzip": return .gzip
        case "deflate": return .deflate
        default:
            throw HTTPError(
                .unsupportedMediaType, "The body is compressed in a way that is not known; gzip and deflate are.",
                headers: [.acceptEncoding: names.joined(separator: ", ")])
        }
    }

    /// Finds the coding that the client of an answer likes best.
    ///
    /// - Parameter header: What stands in `Accept-Encoding`; nil without it.
    /// - Returns: The coding; nil where the answer is to be sent as it is.
    static func forAnswer(_ header: String?) -> InferenceCoding? {
        header.flatMap { AcceptedEncodings(headerValue: $0).coding(among: names) }.flatMap { Self(rawValue: $0) }
    }

    /// The bytes before they were compressed.
    ///
    /// - Throws: `WireError` with status 413 past the limit, and 400 for bytes that are damaged, or too few or too many.
    func unpack(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
        let inflater = try Inflater(format: format)
        let plain = try inflater.decompress(bytes, limit: limit)
        guard inflater.isFinished, inflater.unusedCount == 0 else {
            throw InferenceHeader.invalid(
                inflater.isFinished
                    ? "More bytes follow the compressed body." : "The compressed body stops before its end.")
        }
        return plain
    }

    /// Several pieces as one compressed body.
    ///
    /// The least effort: numbers shrink little more with a greater one, which takes several times as long.
    func pack(_ pieces: [[UInt8]]) throws -> [UInt8] {
        let deflater = try Deflater(format: format, level: 1)
        var packed: [UInt8] = []
        for piece in pieces { packed += try deflater.compress(piece) }
        return try packed + deflater.compress([], flush: .finish)
    }
}
