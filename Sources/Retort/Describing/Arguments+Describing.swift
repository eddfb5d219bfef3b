// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

extension PathValue {
    /// Describes the next variable of the path.
    ///
    /// - Parameter operation: Takes the parameter, and the answer 404 to what is no such value.
    public static func describe(in operation: inout OperationDescription) { operation.addPathVariable(Self.self) }
}

extension Optional where Wrapped: RequestArgument {
    /// Describes the value as something that a request may do without.
    ///
    /// - Parameter operation: Takes the description.
    public static func describe(in operation: inout OperationDescription) {
        operation.addOptional { Wrapped.describe(in: &$0) }
    }
}

extension Query {
    /// Describes each member of the value as a parameter of the query.
    ///
    /// - Parameter operation: Takes the parameters.
    public static func describe(in operation: inout OperationDescription) {
        operation.addQuery(Value.self)
        operation.addProblem(.unprocessableContent)
    }
}

extension JSON where Value: Decodable {
    /// Describes the body as JSON.
    ///
    /// - Parameter operation: Takes the body and the answers to what does not fit.
    public static func describe(in operation: inout OperationDescription) {
        operation.addBody([.json(operation.schema(of: Value.self))])
        operation.addProblem(.badRequest)
        operation.addProblem(.unsupportedMediaType)
        operation.addProblem(.unprocessableContent)
    }
}

extension Form {
    /// Describes the body as a form.
    ///
    /// - Parameter operation: Takes the body and the answers to what does not fit.
    public static func describe(in operation: inout OperationDescription) {
        operation.addForm(MediaDescription.form(operation.formSchema(Value.self)))
        operation.addProblem(.unprocessableContent)
    }
}

extension FormFields {
    /// Describes the body as a form of any fields.
    ///
    /// - Parameter operation: Takes the body and the answers to what does not fit.
    public static func describe(in operation: inout OperationDescription) {
        operation.addForm(MediaDescription.form(.dictionary(of: .string)))
    }
}

extension FormData {
    /// Describes the body as a form of any fields and files.
    ///
    /// - Parameter operation: Takes the body and the answers to what does not fit.
    public static func describe(in operation: inout OperationDescription) {
        operation.addForm(MediaDescription.form(.dictionary(of: .string)))
    }
}

extension Multipart {
    /// Describes the body as a multipart form of any parts.
    ///
    /// - Parameter operation: Takes the body and the answers to what does not fit.
    public static func describe(in operation: inout OperationDescription) {
        operation.addForm([MediaDescription("multipart/form-data", Schema(["type": "object"]))])
    }
}

extension Upload {
    /// Describes the body as a form with a file.
    ///
    /// - Parameter operation: Takes the body and the answers to what does not fit.
    public static func describe(in operation: inout OperationDescription) {
        operation.addForm([
            MediaDescription("multipart/form-data", .object(["file": .file()], required: ["file"]))
        ])
        operation.addProblem(.unprocessableContent)
    }
}

extension Files {
    /// Describes the body as a form of files.
    ///
    /// - Parameter operation: Takes the body and the answers to what does not fit.
    public static func describe(in operation: inout OperationDescription) {
        operation.addForm([MediaDescription("multipart/form-data", .dictionary(of: .array(of: .file())))])
    }
}

extension Body {
    /// Describes the body as bytes of any kind.
    ///
    /// - Parameter operation: Takes the body.
    public static func describe(in operation: inout OperationDescription) {
        operation.addBody([MediaDescription("*/*")], isRequired: false)
    }
}

extension RequestBody {
    /// Describes the body as bytes of any kind.
    ///
    /// - Parameter operation: Takes the body.
    public static func describe(in operation: inout OperationDescription) {
        operation.addBody([MediaDescription("*/*")], isRequired: false)
    }
}

extension Header {
    /// Describes the header.
    ///
    /// - Parameter operation: Takes the parameter.
    public static func describe(in operation: inout OperationDescription) {
        // OpenAPI says these in other places.
        let isSpoken = [HTTPField.Name.accept, .contentType, .authorization].contains(Key.name)
        if !isSpoken {
            operation.add(
                ParameterDescription(Key.name.rawName, in: .header, operation.textSchema(of: Key.Value.self)))
        }
        operation.addProblem(.unprocessableContent)
    }
}

extension Cookie {
    /// Describes the cookie.
    ///
    /// - Parameter operation: Takes the parameter.
    public static func describe(in operation: inout OperationDescription) {
        operation.add(ParameterDescription(Key.name, in: .cookie, operation.textSchema(of: Key.Value.self)))
        operation.addProblem(.unprocessableContent)
    }
}

extension BasicCredentials {
    /// Describes the credentials.
    ///
    /// - Parameter operation: Takes the security scheme `basic` and the answer 401.
    public static func describe(in operation: inout OperationDescription) { operation.require(.basic) }
}

extension BearerToken {
    /// Describes the token.
    ///
    /// - Parameter operation: Takes the security scheme `bearer` and the answer 401.
    public static func describe(in operation: inout OperationDescription) { operation.require(.bearer) }
}

extension OperationDescription {
    /// A form in the body, with the answers that reading it may lead to.
    fileprivate mutating func addForm(_ content: [MediaDescription]) {
        addBody(content)
        addProblem(.badRequest)
        addProblem(.unsupportedMediaType)
    }

    /// The fields of a form.
    ///
    /// A check box that is not ticked and a list of which nothing is chosen are sent as nothing at all.
    fileprivate mutating func formSchema(_ type: Any.Type) -> Schema {
        var schema = schemas.definition(of: type)
        let needed = schema.required.filter { name in
            guard let property = schema.properties.first(where: { $0.name.hasSameBytes(as: name) })?.schema else {
                return true
            }
            let target = schemas.resolve(property)
            return !target.isArray && target["type"] != "boolean"
        }
        schema["required"] = needed.isEmpty ? nil : .array(needed.map { .string($0) })
        return schema
    }

    /// What a text becomes; text for types whose JSON says nothing of their text.
    fileprivate mutating func textSchema(of type: Any.Type) -> Schema {
        guard type is any Decodable.Type else { return .string }
        let schema = schema(of: type)
        return schemas.resolve(schema).isObject ? .string : schema
    }
}
