// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The JSON inside the serializers: `Codable` values to the bytes that Python's `json` would write, and back.
enum SerializedJSON {
    static func encode(_ value: some Encodable, _ style: PayloadJSONStyle) throws -> [UInt8] {
        let tree = try SessionValueEncoder(keepsTypes: false).encode(value)
        return try TaggedJSON.print(tree, style == .spaced ? .spacedASCII : .compactUnicode)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ json: [UInt8], limit: Int) throws -> Value {
        do {
            return try SessionValueDecoder.decode(type, from: TaggedJSON.parse(json, limit: limit))
        } catch let error as DecodingError {
            throw SigningError(
                .badPayload, "The signed value is not of the type \(type): \(describe(error)).", unsafePayload: json)
        } catch let error as WireError {
            throw SigningError(.badPayload, error.message, unsafePayload: json)
        }
    }

    /// The value of a payload whose signature nobody vouches for, or nil.
    static func unsafeValue<Value: Decodable, Format: PayloadFormat>(
        _ type: Value.Type, _ payload: [UInt8], _ format: Format.Type, limit: Int
    ) -> Value? {
        // The error of a good signature with a malformed value carries the JSON itself, not the payload around it.
        let json = (try? format.decode(payload, limit: limit)) ?? payload
        return try? decode(type, json, limit: limit)
    }

    private static func describe(_ error: DecodingError) -> String {
        let context: DecodingError.Context? =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: nil
            }
        let path = context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
        return path.isEmpty ? "the value itself does not fit" : "'\(path)' does not fit"
    }
}
