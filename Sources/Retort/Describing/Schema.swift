// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// What JSON values of a kind look like, as a JSON Schema.
///
///     var score = Schema.number
///     score["minimum"] = 0
///     score["maximum"] = 1
///
/// A schema of a Swift type comes from ``OperationDescription/schema(of:)``.
///
/// Source: JSON Schema 2020-12, as OpenAPI 3.1 uses it.
public struct Schema: Sendable, Hashable {
    /// The keywords with their values, in the order in which they are written.
    public var keywords: JSONObject

    /// Creates a schema of keywords.
    ///
    /// - Parameter keywords: The keywords with their values; none for a schema that fits every value.
    public init(_ keywords: JSONObject = [:]) { self.keywords = keywords }

    /// The value of a keyword; nil where it does not stand in the schema.
    ///
    /// - Parameter keyword: The keyword, such as `maximum`.
    public subscript(keyword: String) -> JSONValue? {
        get { keywords[keyword] }
        set { keywords[keyword] = newValue }
    }
}

extension Schema {
    /// Every value.
    public static let any = Schema()

    /// Text.
    public static let string = Schema(["type": "string"])

    /// Numbers.
    public static let number = Schema(["type": "number"])

    /// Whole numbers.
    public static let integer = Schema(["type": "integer"])

    /// `true` and `false`.
    public static let boolean = Schema(["type": "boolean"])

    /// Text of a form.
    ///
    /// - Parameter format: The form, such as `date-time`, `uuid` or `uri`.
    /// - Returns: The schema.
    public static func string(format: String) -> Schema {
        Schema(["type": "string", "format": .string(format)])
    }

    /// Bytes that are sent as they are: a file of a multipart form, or a whole body.
    ///
    /// - Parameter mediaType: What the bytes are, such as `image/*`.
    /// - Returns: The schema.
    public static func file(_ mediaType: String = "application/octet-stream") -> Schema {
        Schema(["type": "string", "contentMediaType": .string(mediaType)])
    }

    /// One of some values.
    ///
    /// - Parameter values: The values: all of them texts, or all of them numbers.
    /// - Returns: The schema.
    public static func choice(_ values: [JSONValue]) -> Schema {
        let isText = values.allSatisfy { $0.string != nil }
        return Schema(["type": isText ? "string" : "integer", "enum": .array(values)])
    }

    /// Arrays.
    ///
    /// - Parameters:
    ///   - element: What the elements are.
    ///   - isUnique: Whether no two elements are equal.
    /// - Returns: The schema.
    public static func array(of element: Schema, isUnique: Bool = false) -> Schema {
        var schema = Schema(["type": "array", "items": element.json])
        if isUnique { schema["uniqueItems"] = true }
        return schema
    }

    /// Objects with members of known names.
    ///
    /// - Parameters:
    ///   - properties: Names and what their values are, in the order in which they are shown.
    ///   - required: The names of the members that are always there.
    /// - Returns: The schema.
    public static func object(_ properties: KeyValuePairs<String, Schema>, required: [String] = []) -> Schema {
        object(properties.map { ($0.key, $0.value) }, required: required)
    }

    /// Objects with members of known names.
    ///
    /// - Parameters:
    ///   - properties: Names and what their values are, in the order in which they are shown.
    ///   - required: The names of the members that are always there.
    /// - Returns: The schema.
    public static func object(
        _ properties: [(name: String, schema: Schema)], required: [String] = []
    ) -> Schema {
        var schema = Schema(["type": "object"])
        if !properties.isEmpty {
            schema["properties"] = .object(JSONObject(properties.map { (key: $0.name, value: $0.schema.json) }))
        }
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
        return schema
    }

    /// Objects with members of any name.
    ///
    /// - Parameter value: What the values of the members are.
    /// - Returns: The schema.
    public static func dictionary(of value: Schema) -> Schema {
        Schema(["type": "object", "additionalProperties": value.json])
    }

    /// Values that fit at least one of some schemas.
    ///
    /// - Parameter schemas: The schemas.
    /// - Returns: The schema.
    public static func anyOf(_ schemas: [Schema]) -> Schema { Schema(["anyOf": .array(schemas.map(\.json))]) }

    /// A schema that stands among the components of the document.
    ///
    /// - Parameter component: Its name there.
    /// - Returns: The schema.
    public static func reference(_ component: String) -> Schema {
        Schema(["$ref": .string(referencePrefix + component)])
    }

    private static let referencePrefix = "#/components/schemas/"

    /// The name of the component that the schema refers to; nil for one that stands for itself.
    public var component: String? {
        guard let target = self["$ref"]?.string, target.utf8.starts(with: Self.referencePrefix.utf8) else { return nil }
        return String(Substring(target.utf8.dropFirst(Self.referencePrefix.utf8.count)))
    }

    /// The schema with `null` among its values.
    public var nullable: Schema {
        if component != nil { return .anyOf([self, Schema(["type": "null"])]) }
        guard let type = self["type"]?.string else { return self }
        var schema = self
        schema["type"] = [.string(type), "null"]
        if let values = self["enum"]?.array { schema["enum"] = .array(values + [.null]) }
        return schema
    }

    /// The schema with a sentence about it.
    ///
    /// - Parameter text: The sentence; nil leaves the schema as it is.
    /// - Returns: The schema.
    public func described(_ text: String?) -> Schema {
        guard let text else { return self }
        var schema = self
        schema["description"] = .string(text)
        return schema
    }

    /// The schema as JSON.
    public var json: JSONValue { .object(keywords) }
}

extension Schema {
    /// The members that an object has, in their order.
    var properties: [(name: String, schema: Schema)] {
        (self["properties"]?.object?.members ?? []).map { ($0.key, Schema($0.value.object ?? [:])) }
    }

    /// The names of the members that are always there.
    var required: [String] { self["required"]?.array?.compactMap(\.string) ?? [] }

    /// Whether the values are objects.
    var isObject: Bool { self["type"] == "object" }

    /// Whether the values are arrays.
    var isArray: Bool { self["type"] == "array" }

    /// Whether the value is, or holds, bytes that are sent as they are.
    var isFile: Bool {
        if self["contentMediaType"] != nil, self["contentEncoding"] == nil { return true }
        return self["items"]?.object.map { Schema($0).isFile } ?? false
    }
}

extension JSONValue {
    /// A number as short as it can be written.
    init(shortest number: Double) {
        if let whole = Int64(exactly: number) { self = .int(whole) } else { self = .double(number) }
    }
}
