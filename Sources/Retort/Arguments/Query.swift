// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// The query string, decoded into a struct.
///
///     struct Search: Decodable { var q: String; var page: Int? }
///     app.get("/search") { (search: Query<Search>) in find(search.q) }
///
/// A query that does not fit is answered 422 with the name of the field.
@dynamicMemberLookup
public struct Query<Value: Decodable & Sendable>: ImmediateArgument {
    /// The decoded query.
    public var value: Value

    /// Wraps a value, as a test may want it.
    ///
    /// - Parameter value: The value.
    public init(_ value: Value) { self.value = value }

    /// A property of the value.
    ///
    /// - Parameter member: The key path of the property.
    public subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member { value[keyPath: member] }

    /// Decodes the query of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The query.
    /// - Throws: `FieldErrors` (422) when a field is missing or does not fit; `WireError` (400) beyond the limits.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Query {
        Query(try FieldsDecoder().decode(Value.self, from: try request.query))
    }
}

extension Request {
    /// The names and values of the query string; none when there is no query.
    ///
    /// - Throws: `WireError` (400) beyond the limits on the number of pairs and their bytes.
    public var query: MultiDict<String> {
        get throws {
            guard let queryString else { return MultiDict() }
            return try MultiDict(urlEncoded: queryString)
        }
    }
}
