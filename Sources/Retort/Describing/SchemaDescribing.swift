// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A type that says itself what its JSON looks like.
///
/// Most types need not: the schema of a `Decodable` type is found out by letting it read. A type that is written only,
/// or whose JSON depends on the value, conforms.
///
///     extension Money: SchemaDescribing {
///         static func schema(in table: inout SchemaTable) -> Schema { .string(format: "decimal") }
///     }
public protocol SchemaDescribing {
    /// Makes the schema.
    ///
    /// - Parameter table: Gives the schemas of other types.
    /// - Returns: The schema, without reference to itself other than through the table.
    static func schema(in table: inout SchemaTable) -> Schema

    /// The name under which the schema stands among the components of a document; nil for one that is repeated in each
    /// place.
    static var schemaName: String? { get }
}

extension SchemaDescribing {
    /// The name of the type for objects and choices, and nil for other schemas.
    public static var schemaName: String? { SchemaName.short(Self.self) }
}

/// A type whose documentation comments the build has collected.
///
/// The plugin `RetortDocumentation` writes this conformance.
public protocol SelfDocumenting {
    /// What the comments say.
    static var documentation: TypeDocumentation { get }
}

/// What documentation comments say about a type.
public struct TypeDocumentation: Sendable, Hashable {
    /// About the type as a whole; nil without a comment.
    public var text: String?

    /// About its properties or cases, by their names.
    public var members: [String: String]

    /// Creates a documentation.
    ///
    /// - Parameters:
    ///   - text: About the type as a whole.
    ///   - members: About its properties or cases, by their names.
    public init(_ text: String? = nil, members: [String: String] = [:]) {
        self.text = text
        self.members = members
    }

    /// The documentation of a type; empty for one that has none.
    static func of(_ type: Any.Type) -> TypeDocumentation {
        (type as? any SelfDocumenting.Type)?.documentation ?? TypeDocumentation()
    }
}
