// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
public import RetortServer
public import RetortWire

/// The body of a request that a test sends.
///
///     try await client.put("/notes/1", body: "a text")
///     try await client.post("/upload", body: .stream { writer in try await writer.write("piece by piece") })
public struct TestBody: Sendable, ExpressibleByStringLiteral {
    enum Content: Sendable {
        case none
        case bytes([UInt8])
        case stream(length: Int?, @Sendable (BodyWriter) async throws -> Void)
    }

    let content: Content

    /// What the body is.
    ///
    /// A `Content-Type` among the headers of the request takes its place.
    let contentType: String?

    init(_ content: Content, contentType: String? = nil) {
        self.content = content
        self.contentType = contentType
    }

    /// A text in UTF-8, of type `text/plain`.
    ///
    /// - Parameter value: The text.
    public init(stringLiteral value: String) { self = .text(value) }

    /// A text in UTF-8.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - contentType: What it is; nil to say nothing.
    /// - Returns: The body.
    public static func text(_ text: String, contentType: String? = "text/plain; charset=utf-8") -> TestBody {
        TestBody(.bytes(Array(text.utf8)), contentType: contentType)
    }

    /// Bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - contentType: What they are; nil to say nothing.
    /// - Returns: The body.
    public static func bytes(_ bytes: [UInt8], contentType: String? = nil) -> TestBody {
        TestBody(.bytes(bytes), contentType: contentType)
    }

    /// A value as JSON.
    ///
    /// - Parameter value: The value.
    /// - Returns: The body.
    /// - Throws: `WireError` when the value cannot be written as JSON.
    public static func json(_ value: some Encodable) throws -> TestBody {
        TestBody(.bytes(try JSONCoding.encode(value)), contentType: "application/json")
    }

    /// A form without files, as a browser sends it.
    ///
    /// - Parameter fields: The fields.
    /// - Returns: The body, of type `application/x-www-form-urlencoded`.
    public static func form(_ fields: MultiDict<String>) -> TestBody {
        TestBody(.bytes(Array(fields.urlEncoded.utf8)), contentType: "application/x-www-form-urlencoded")
    }

    /// A form with files, as a browser sends it.
    ///
    /// - Parameters:
    ///   - fields: The fields, which come first.
    ///   - files: The files.
    /// - Returns: The body, of type `multipart/form-data`.
    /// - Throws: `WireError` when a file cannot be read.
    public static func multipart(_ fields: MultiDict<String> = [:], files: MultiDict<UploadedFile>) throws -> TestBody {
        var encoder = MultipartEncoder()
        for field in fields.pairs { encoder.appendField(field.name, field.value) }
        for file in files.pairs { encoder.appendFile(file.name, file.value) }
        return TestBody(.bytes(try encoder.bytes()), contentType: encoder.contentType)
    }

    /// Bytes that a function writes at the pace of the app.
    ///
    /// - Parameters:
    ///   - length: The number of bytes where it is known; otherwise the body is sent in chunks.
    ///   - contentType: What the body is; nil to say nothing.
    ///   - write: Writes the body. It is called again when a redirect repeats the request.
    /// - Returns: The body.
    public static func stream(
        length: Int? = nil, contentType: String? = nil,
        _ write: @escaping @Sendable (BodyWriter) async throws -> Void
    ) -> TestBody {
        TestBody(.stream(length: length, write), contentType: contentType)
    }
}

extension MultiDict where Value == String {
    /// The fields that a value is written as: nil is left out, an array repeats its name.
    ///
    ///     try await client.post("/login", form: .encoding(Login(name: "ada", password: "…")))
    ///
    /// - Parameter value: A struct or a dictionary with text keys.
    /// - Returns: The fields in the order in which the value writes them.
    /// - Throws: `EncodingError` when the value cannot be written as fields.
    public static func encoding(_ value: some Encodable) throws -> MultiDict { try FieldsEncoder().encode(value) }
}
