// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Retort
import RetortWire

/// Writes the description of an app in the words of OpenAPI.
struct DocumentBuilder {
    private let schemas: SchemaTable
    private var security: [SecurityScheme] = []
    private var ids: Set<String> = []

    init(_ schemas: SchemaTable) { self.schemas = schemas }

    // MARK: Paths

    /// The operations by their paths, in the order of the routes.
    ///
    /// Two routes that differ in the names or types of their variables alone are one path for OpenAPI. Of several that
    /// answer one method there, the first is described.
    mutating func paths(_ routes: [RouteDescription]) -> JSONObject {
        var paths = JSONObject()
        var known: [String: PathTemplate] = [:]
        for route in routes {
            let own = PathTemplate(route.pattern)
            let path = known[own.shape] ?? own
            known[own.shape] = path
            for operation in route.operations where !operation.isHidden {
                guard let method = Self.methods[operation.method.rawValue] else { continue }
                var item = paths[path.text]?.object ?? JSONObject()
                guard item[method] == nil else { continue }
                item[method] = .object(object(operation, route, path.names(of: own)))
                paths[path.text] = .object(item)
            }
        }
        return paths
    }

    /// The methods that a path of OpenAPI can have.
    private static let methods = [
        "GET": "get", "PUT": "put", "POST": "post", "DELETE": "delete", "OPTIONS": "options", "HEAD": "head",
        "PATCH": "patch", "TRACE": "trace",
    ]

    private mutating func object(
        _ operation: OperationDescription, _ route: RouteDescription, _ names: [String: String]
    ) -> JSONObject {
        var object = JSONObject()
        object["operationId"] = .string(id(operation, route))
        if !operation.tags.isEmpty { object["tags"] = .array(operation.tags.map { .string($0) }) }
        if let summary = operation.summary { object["summary"] = .string(summary) }
        if let description = operation.description { object["description"] = .string(description) }
        if operation.isDeprecated { object["deprecated"] = true }
        if !operation.parameters.isEmpty {
            object["parameters"] = .array(operation.parameters.map { .object(self.object($0, names)) })
        }
        if let body = operation.body, !body.content.isEmpty { object["requestBody"] = .object(self.object(body)) }
        object["responses"] = .object(responses(operation))
        if !operation.security.isEmpty {
            for scheme in operation.security where !security.contains(scheme) { security.append(scheme) }
            let ways = operation.security.map { JSONValue.object([$0.name: []]) }
            object["security"] = .array(operation.isSecurityOptional ? ways + [[:]] : ways)
        }
        if let host = route.host { object["servers"] = [.object(Self.server(host))] }
        for member in operation.extensions.members { object[member.key] = member.value }
        return object
    }

    // MARK: Names of operations

    private mutating func id(_ operation: OperationDescription, _ route: RouteDescription) -> String {
        let wanted = operation.id ?? Self.id(operation.method, route.pattern)
        var id = wanted
        if ids.contains(id) { id = "\(wanted).\(operation.method.rawValue.asciiLowercased)" }
        var number = 2
        while ids.contains(id) {
            id = "\(wanted).\(number)"
            number += 1
        }
        ids.insert(id)
        return id
    }

    /// `getPostsById` for GET of `/posts/{id}`.
    private static func id(_ method: HTTPRequest.Method, _ pattern: PathPattern) -> String {
        var id = method.rawValue.asciiLowercased
        var isStart = true
        var isVariable = false
        for scalar in pattern.description.unicodeScalars {
            switch scalar {
            case "{":
                isVariable = true
                isStart = true
                id += "By"
            case "}": isVariable = false
            case "a"..."z" where isStart, "A"..."Z" where isStart, "0"..."9" where isStart:
                id += String(scalar).uppercased()
                isStart = false
            case "a"..."z", "A"..."Z", "0"..."9": id.unicodeScalars.append(scalar)
            default: if !isVariable { isStart = true }
            }
        }
        return id == method.rawValue.asciiLowercased ? "\(id)Root" : id
    }

    // MARK: Parts of operations

    private func object(_ parameter: ParameterDescription, _ names: [String: String]) -> JSONObject {
        var schema = parameter.schema
        var object = JSONObject()
        let name = parameter.location == .path ? names[parameter.name] ?? parameter.name : parameter.name
        object["name"] = .string(name)
        object["in"] = .string(parameter.location.rawValue)
        if parameter.isRequired { object["required"] = true }
        // What it means belongs to the parameter, where every reader of documents looks for it.
        if let text = parameter.description.map({ .string($0) }) ?? schema["description"] {
            object["description"] = text
            schema["description"] = nil
        }
        object["schema"] = schema.json
        for member in parameter.extensions.members { object[member.key] = member.value }
        return object
    }

    private func object(_ body: BodyDescription) -> JSONObject {
        var object = JSONObject()
        if body.isRequired { object["required"] = true }
        object["content"] = .object(content(body.content))
        return object
    }

    private func content(_ list: [MediaDescription]) -> JSONObject {
        var object = JSONObject()
        for media in list {
            var value = JSONObject()
            if media.schema != .any { value["schema"] = media.schema.json }
            if media.mediaType == "multipart/form-data", let encoding = encoding(media.schema) {
                value["encoding"] = .object(encoding)
            }
            object[media.mediaType] = .object(value)
        }
        return object
    }

    /// The types of the files of a form, where they must be of one.
    private func encoding(_ schema: Schema) -> JSONObject? {
        var encoding = JSONObject()
        for (name, value) in schemas.resolve(schema)["properties"]?.object?.members ?? [] {
            guard let type = value["contentMediaType"] ?? value["items"]?["contentMediaType"],
                type != "application/octet-stream"
            else { continue }
            encoding[name] = ["contentType": type]
        }
        return encoding.isEmpty ? nil : encoding
    }

    private func responses(_ operation: OperationDescription) -> JSONObject {
        var object = JSONObject()
        for response in operation.responses.sorted(by: { $0.status.code < $1.status.code }) {
            var value: JSONObject = ["description": .string(response.description)]
            if !response.content.isEmpty { value["content"] = .object(content(response.content)) }
            object["\(response.status.code)"] = .object(value)
        }
        if object.isEmpty { object["default"] = ["description": "An answer."] }
        return object
    }

    /// Where the routes of a host are found.
    private static func server(_ host: HostPattern) -> JSONObject {
        var server: JSONObject = ["url": .string("//\(PathTemplate.withoutDots(host.description))")]
        if !host.variableNames.isEmpty {
            server["variables"] = .object(
                JSONObject(host.variableNames.map { (key: $0, value: ["default": .string($0)]) }))
        }
        return server
    }

    // MARK: Components

    func components() -> JSONObject {
        var object = JSONObject()
        let named = schemas.components.map { (key: $0.name, value: $0.schema.json) }
        if !named.isEmpty { object["schemas"] = .object(JSONObject(named)) }
        let schemes = security.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        if !schemes.isEmpty {
            object["securitySchemes"] = .object(
                JSONObject(schemes.map { (key: $0.name, value: .object($0.definition)) }))
        }
        return object
    }
}
