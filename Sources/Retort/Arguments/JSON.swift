// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortServer
import NIOCore
import RetortWire

/// A value that travels as JSON: the body of a request as an argument, or of a response as a result.
///
///     app.post("/posts") { (draft: JSON<Draft>) in try await posts.add(draft.value) }
@dynamicMemberLookup
public struct JSON<Value: Sendable>: Sendable {
    /// The value.
    public var value: Value

    /// Wraps a value.
    ///
    /// - Parameter value: The value.
    public init(_ value: Value) { self.value = value }

    /// A property of the value.
    ///
    /// - Parameter member: The key path of the property.
    public subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member { value[keyPath: member] }
}

extension JSON: RequestArgument where Value: Decodable {
    /// Reads and decodes the body.
    ///
    /// - Parameters:
    ///   - request: The request, whose content type is `application/json` or ends with `+json`.
    ///   - path: Left as it is.
    /// - Returns: The value.
    /// - Throws: ``HTTPError`` with status 415 for another content type, `JSONDecodingFailure` with status 400 for text
    ///   that is not JSON and 422 for JSON of another shape, `WireError` with status 413 for too large a body.
    public static func make(from request: Request, path: inout PathValues) async throws -> JSON {
        try checkType(request)
        let bytes = try await request.body.collect()
        return JSON(
            try bytes.withUnsafeReadableBytes {
                try JSONCoding.decode(Value.self, from: $0.bindMemory(to: UInt8.self).span)
            })
    }

    /// Decodes the body if it has come with the head.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The value, or nil when the body is still arriving.
    /// - Throws: As ``make(from:path:)``.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> JSON? {
        try checkType(request)
        guard let bytes = request.body.buffered else { return nil }
        return JSON(
            try bytes.withUnsafeReadableBytes {
                try JSONCoding.decode(Value.self, from: $0.bindMemory(to: UInt8.self).span)
            })
    }

    private static func checkType(_ request: Request) throws {
        guard request.isJSON else {
            throw HTTPError(
                .unsupportedMediaType, "The body must be JSON with `Content-Type: application/json`.")
        }
    }
}

extension JSON: ResponseConvertible where Value: Encodable {
    /// Encodes the value.
    ///
    /// - Parameter request: The request.
    /// - Returns: A response of type `application/json`.
    /// - Throws: `WireError` when the value cannot be written as JSON.
    public func response(to request: Request) throws -> Response {
        Response(.bytes(try JSONCoding.encode(value)), contentType: "application/json")
    }
}

extension Request {
    /// Whether the content type says that the body is JSON.
    public var isJSON: Bool {
        guard let type = header(.contentType) else { return false }
        let essence = type.utf8.prefix { $0 != UInt8(ascii: ";") && !$0.isHTTPWhitespace }
        let name = String(Substring(essence))
        if name.equalsIgnoringASCIICase("application/json") { return true }
        return name.utf8.count > 5 && String(name.suffix(5)).equalsIgnoringASCIICase("+json")
    }
}
