// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortWire

/// A form, decoded into a struct.
///
///     struct Contact: Decodable { var name: String; var message: String; var picture: UploadedFile? }
///     app.post("/contact") { (form: Form<Contact>) in save(form.value) }
///
/// The body may be urlencoded or multipart; files belong to properties of the type `UploadedFile`. A `Bool` without a
/// field is false, as browsers leave out a check box that was not ticked. A form that does not fit is answered 422
/// with the name of each field.
@dynamicMemberLookup
public struct Form<Value: Decodable & Sendable>: RequestArgument {
    /// The decoded form.
    public var value: Value

    /// Wraps a value, as a test may want it.
    ///
    /// - Parameter value: The value.
    public init(_ value: Value) { self.value = value }

    /// A property of the value.
    ///
    /// - Parameter member: The key path of the property.
    public subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member { value[keyPath: member] }

    /// Reads and decodes the form of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The form.
    /// - Throws: `FieldErrors` (422) when a field is missing or does not fit, and as ``Request/form(limits:)``.
    public static func make(from request: Request, path: inout PathValues) async throws -> Form {
        try Form(decoding: try await request.form())
    }

    /// Decodes the form if it has come with the head.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The form, or nil when reading it takes waiting.
    /// - Throws: As ``make(from:path:)``.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> Form? {
        try request.formNow(request.settings.forms).map { try Form(decoding: $0) }
    }

    private init(decoding form: FormData) throws {
        var decoder = FieldsDecoder()
        decoder.absentBoolIsFalse = true
        value = try decoder.decode(Value.self, from: form.fields, files: form.files)
    }
}

/// The fields of a form as they came, without its files.
///
///     app.post("/search") { (form: FormFields) in find(form["q"] ?? "") }
public struct FormFields: RequestArgument {
    /// Names and values in their order.
    public var values: MultiDict<String>

    /// Creates fields, as a test may want them.
    ///
    /// - Parameter values: Names and values.
    public init(_ values: MultiDict<String>) { self.values = values }

    /// The first value of a name, or nil.
    ///
    /// - Parameter name: The name, compared byte by byte.
    public subscript(name: String) -> String? { values[name] }

    /// All values of a name.
    ///
    /// - Parameter name: The name, compared byte by byte.
    /// - Returns: The values in their order; none when the name is absent.
    public func all(_ name: String) -> [String] { values.all(name) }

    /// Reads the fields of a request's form.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The fields.
    /// - Throws: As ``Request/form(limits:)``.
    public static func make(from request: Request, path: inout PathValues) async throws -> FormFields {
        FormFields(try await request.form().fields)
    }

    /// Reads the fields if the form has come with the head.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The fields, or nil when reading them takes waiting.
    /// - Throws: As ``Request/form(limits:)``.
    public static func makeNow(from request: Request, path: inout PathValues) throws -> FormFields? {
        try request.formNow(request.settings.forms).map { FormFields($0.fields) }
    }
}
