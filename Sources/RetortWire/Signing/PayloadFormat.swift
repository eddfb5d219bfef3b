// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// How a serializer turns JSON into the text that it signs.
public protocol PayloadFormat: Sendable {
    /// How JSON is written in this format.
    static var jsonStyle: PayloadJSONStyle { get }

    /// Turns JSON text into the payload.
    ///
    /// - Parameter json: UTF-8 text.
    /// - Returns: The bytes to sign.
    /// - Throws: ``WireError`` when compression fails.
    static func encode(_ json: [UInt8]) throws -> [UInt8]

    /// Turns a payload back into JSON text.
    ///
    /// - Parameters:
    ///   - payload: Bytes with a good signature.
    ///   - limit: The most bytes of JSON that may come out.
    /// - Returns: UTF-8 text, not yet parsed.
    /// - Throws: ``SigningError`` with `badPayload`.
    static func decode(_ payload: [UInt8], limit: Int) throws -> [UInt8]
}

/// The two ways in which the field writes the JSON that it signs.
public enum PayloadJSONStyle: Hashable, Sendable {
    /// A space after each comma and colon, and ASCII alone: `{"a": 1, "b": "\u00e9"}`.
    case spaced
    /// No spaces, and letters as they are: `{"a":1,"b":"é"}`.
    case compact
}

/// JSON as it is, for signed values in files and headers.
public enum PlainPayload: PayloadFormat {
    /// With spaces.
    public static var jsonStyle: PayloadJSONStyle { .spaced }

    /// The text itself.
    ///
    /// - Parameter json: UTF-8 text.
    /// - Returns: The same bytes.
    public static func encode(_ json: [UInt8]) -> [UInt8] { json }

    /// The text itself, if it is not too long.
    ///
    /// - Parameters:
    ///   - payload: Bytes with a good signature.
    ///   - limit: The most bytes that are taken.
    /// - Returns: The same bytes.
    /// - Throws: ``SigningError`` with `badPayload` past the limit.
    public static func decode(_ payload: [UInt8], limit: Int) throws -> [UInt8] {
        guard payload.count <= limit else { throw SigningError(.badPayload, "The signed value is too long.") }
        return payload
    }
}

/// JSON in base64url, compressed where that is shorter, for links and cookies.
///
/// A `.` in front tells compressed payloads from others.
public enum URLSafePayload: PayloadFormat {
    /// Without spaces.
    public static var jsonStyle: PayloadJSONStyle { .compact }

    /// The text in base64url without padding.
    ///
    /// - Parameter json: UTF-8 text.
    /// - Returns: ASCII bytes.
    /// - Throws: ``WireError`` with `compressionFailed` when memory is short.
    public static func encode(_ json: [UInt8]) throws -> [UInt8] {
        let compressed = try Deflater.compress(json, format: .zlib)
        // The dot costs a byte of its own, so one byte less is no gain.
        guard compressed.count < json.count - 1 else {
            return Base64.encodedBytes(json, alphabet: .urlSafe, padding: false)
        }
        return [UInt8(ascii: ".")] + Base64.encodedBytes(compressed, alphabet: .urlSafe, padding: false)
    }

    /// The text out of base64url.
    ///
    /// - Parameters:
    ///   - payload: Bytes with a good signature.
    ///   - limit: The most bytes that may come out of compression.
    /// - Returns: UTF-8 text, not yet parsed.
    /// - Throws: ``SigningError`` with `badPayload` when a layer is malformed or too long.
    public static func decode(_ payload: [UInt8], limit: Int) throws -> [UInt8] {
        let isCompressed = payload.first == UInt8(ascii: ".")
        let text = payload.dropFirst(isCompressed ? 1 : 0)
        guard let bytes = Base64.decode(text, alphabet: .urlSafe, padding: .optional) else {
            throw SigningError(.badPayload, "The signed value is not base64url.")
        }
        guard isCompressed else { return try PlainPayload.decode(bytes, limit: limit) }
        do {
            return try Inflater.decompress(bytes, format: .zlib, limit: limit)
        } catch let error as WireError {
            throw SigningError(.badPayload, error.message)
        }
    }
}
