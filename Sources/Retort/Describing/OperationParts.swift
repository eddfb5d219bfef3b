// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire

/// A value that stands outside of the body: in the path, the query, a header or a cookie.
public struct ParameterDescription: Sendable, Hashable {
    /// Where a parameter stands.
    public enum Location: String, Sendable, Hashable {
        /// In the path.
        case path
        /// In the query.
        case query
        /// A header.
        case header
        /// A cookie.
        case cookie
    }

    /// The name.
    public var name: String

    /// Where it stands.
    public var location: Location

    /// What the value looks like.
    public var schema: Schema

    /// Whether a request must have it.
    public var isRequired: Bool

    /// What it means; nil for what the schema says.
    public var description: String?

    /// What no other member has a place for, under names that begin with `x-`.
    public var extensions = JSONObject()

    /// Creates a parameter.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - location: Where it stands.
    ///   - schema: What the value looks like.
    ///   - isRequired: Whether a request must have it.
    ///   - description: What it means.
    public init(
        _ name: String, in location: Location, _ schema: Schema, isRequired: Bool = true, description: String? = nil
    ) {
        self.name = name
        self.location = location
        self.schema = schema
        self.isRequired = isRequired
        self.description = description
    }
}

/// A body of one media type.
public struct MediaDescription: Sendable, Hashable {
    /// The media type, such as `application/json`, or a range such as `image/*`.
    public var mediaType: String

    /// What the body looks like.
    public var schema: Schema

    /// Creates a description.
    ///
    /// - Parameters:
    ///   - mediaType: The media type, or a range.
    ///   - schema: What the body looks like.
    public init(_ mediaType: String, _ schema: Schema = .any) {
        self.mediaType = mediaType
        self.schema = schema
    }

    /// JSON of a schema.
    ///
    /// - Parameter schema: What the JSON looks like.
    /// - Returns: The description.
    public static func json(_ schema: Schema) -> MediaDescription { MediaDescription("application/json", schema) }

    /// The fields of a form: urlencoded where it has no file, and multipart in any case.
    ///
    /// - Parameter schema: The fields as members of an object.
    /// - Returns: The descriptions.
    public static func form(_ schema: Schema) -> [MediaDescription] {
        let multipart = MediaDescription("multipart/form-data", schema)
        let hasFile = schema.properties.contains { $0.schema.isFile }
        return hasFile ? [multipart] : [MediaDescription("application/x-www-form-urlencoded", schema), multipart]
    }
}

/// A body of a request.
public struct BodyDescription: Sendable, Hashable {
    /// The media types, any of which will do.
    public var content: [MediaDescription]

    /// Whether there must be a body.
    public var isRequired: Bool

    /// Creates a description.
    ///
    /// - Parameters:
    ///   - content: The media types, any of which will do.
    ///   - isRequired: Whether there must be a body.
    public init(_ content: [MediaDescription], isRequired: Bool = true) {
        self.content = content
        self.isRequired = isRequired
    }

    /// The body that suits two arguments.
    ///
    /// A media type that only one of them knows stays when the other can do without a body.
    func merged(with other: BodyDescription) -> BodyDescription {
        var result: [MediaDescription] = []
        for media in content {
            if let twin = other.content.first(where: { $0.mediaType == media.mediaType }) {
                result.append(Self.merge(media, twin, areRequired: (isRequired, other.isRequired)))
            } else if !other.isRequired || other.content.contains(where: \.isAnything) || media.isAnything {
                result.append(media)
            }
        }
        for media in other.content where !content.contains(where: { $0.mediaType == media.mediaType }) {
            if !isRequired || content.contains(where: \.isAnything) || media.isAnything { result.append(media) }
        }
        if result.contains(where: { !$0.isAnything }) { result.removeAll { $0.isAnything } }
        return BodyDescription(result, isRequired: isRequired || other.isRequired)
    }

    private static func merge(
        _ left: MediaDescription, _ right: MediaDescription, areRequired: (Bool, Bool)
    ) -> MediaDescription {
        guard left.schema.isObject, right.schema.isObject else { return left }
        let names = left.schema.properties.map(\.name)
        let added = right.schema.properties.filter { property in
            !names.contains { $0.hasSameBytes(as: property.name) }
        }
        var required = areRequired.0 ? left.schema.required : []
        for name in areRequired.1 ? right.schema.required : [] where !required.contains(name) { required.append(name) }
        var schema = Schema.object(left.schema.properties + added, required: required)
        for (key, value) in left.schema.keywords.members + right.schema.keywords.members
        where schema[key] == nil && !["properties", "required"].contains(key) {
            schema[key] = value
        }
        return MediaDescription(left.mediaType, schema)
    }
}

extension MediaDescription {
    /// Whether the body may be of any type.
    fileprivate var isAnything: Bool { mediaType == "*/*" }
}

/// An answer of one status.
public struct ResponseDescription: Sendable, Hashable {
    /// The status.
    public var status: HTTPResponse.Status

    /// What the answer means.
    public var description: String

    /// The media types that the body can have; none for an answer without a body.
    public var content: [MediaDescription]

    /// Whether this is no more than a guess.
    var isAssumed = false

    /// Creates a description.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - description: What the answer means; nil for the words that belong to the status.
    ///   - content: The media types that the body can have.
    public init(_ status: HTTPResponse.Status, _ description: String? = nil, _ content: [MediaDescription] = []) {
        self.status = status
        self.description = description ?? status.reasonPhrase
        self.content = content
    }
}

/// A way in which clients prove who they are.
public struct SecurityScheme: Sendable, Hashable {
    /// The name among the components of a document.
    public var name: String

    /// The members of a security scheme object of OpenAPI.
    public var definition: JSONObject

    /// Creates a scheme.
    ///
    /// - Parameters:
    ///   - name: The name: letters, digits, dots, hyphens and underscores.
    ///   - definition: The members of a security scheme object of OpenAPI.
    public init(_ name: String, _ definition: JSONObject) {
        self.name = name
        self.definition = definition
    }

    /// A name and a password in `Authorization: Basic`.
    public static let basic = SecurityScheme("basic", ["type": "http", "scheme": "basic"])

    /// A token in `Authorization: Bearer`.
    public static let bearer = SecurityScheme("bearer", ["type": "http", "scheme": "bearer"])
}

extension Schema {
    /// Problem details.
    ///
    /// Source: RFC 9457.
    static let problem = object(
        [
            "type": .string(format: "uri-reference"),
            "title": .string.described("The words that belong to the status."),
            "status": .integer,
            "detail": .string.described("What happened, and what to do."),
            "code": .string.described("A word for programs."),
            "errors": .array(
                of: object(
                    [
                        "field": .string.described("The field, such as items[0].name."),
                        "code": .string,
                        "message": .string,
                    ], required: ["field", "code", "message"])),
        ], required: ["type", "title", "status"]
    ).described("What went wrong.")
}
