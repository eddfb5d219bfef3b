// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire

/// What one method of one route takes and answers, as its handler's types tell it.
///
/// Arguments, results, middlewares and traits each add what they know.
public struct OperationDescription: Sendable {
    /// The method.
    public let method: HTTPRequest.Method

    /// One name for programs; nil where the route has no name.
    public var id: String?

    /// One line that says what the operation is for.
    public var summary: String?

    /// What there is to say beyond that, in CommonMark.
    public var description: String?

    /// The groups that the operation is listed in.
    public var tags: [String] = []

    /// Whether clients should stop using the operation.
    public var isDeprecated = false

    /// Whether the operation is left out of documents.
    public var isHidden = false

    /// Variables of the path, the query, headers and cookies, in the order of the handler's arguments.
    public private(set) var parameters: [ParameterDescription] = []

    /// The body; nil for an operation that reads none.
    public private(set) var body: BodyDescription?

    /// The answers in the order in which they were added.
    public private(set) var responses: [ResponseDescription] = []

    /// The ways to prove who is asking, of which one is enough; none for an operation that is open to all.
    public var security: [SecurityScheme] = []

    /// Whether the operation answers those who prove nothing too.
    public var isSecurityOptional = false

    /// What no other member has a place for, under names that begin with `x-`.
    public var extensions = JSONObject()

    /// The schemas of the types.
    public internal(set) var schemas: SchemaTable

    /// The variables of the path that no argument has taken yet, from left to right.
    var variables: [PathVariable]

    init(_ method: HTTPRequest.Method, variables: [PathVariable] = [], schemas: SchemaTable = SchemaTable()) {
        self.method = method
        self.variables = variables
        self.schemas = schemas
    }

    /// The schema of a type.
    ///
    /// - Parameter type: Any type.
    /// - Returns: The schema, which is a reference for types with a name of their own.
    public mutating func schema(of type: Any.Type) -> Schema { schemas.schema(of: type) }

    /// Whether a request with this method has a body that means something.
    ///
    /// Source: RFC 9110 §9.3.
    public var takesBody: Bool { ![.get, .head, .delete, .trace, .options].contains(method) }

    // MARK: Parameters

    /// Adds a parameter, unless one of the same name and place is there.
    ///
    /// - Parameter parameter: The parameter.
    public mutating func add(_ parameter: ParameterDescription) {
        let isKnown = parameters.contains {
            $0.location == parameter.location && $0.name.hasSameBytes(as: parameter.name)
        }
        if !isKnown { parameters.append(parameter) }
    }

    /// Adds the members of a type as parameters of the query.
    ///
    /// - Parameter type: A type with members, such as a struct.
    public mutating func addQuery(_ type: Any.Type) {
        let schema = schemas.definition(of: type)
        guard schema["properties"] != nil else {
            guard schema.isObject else { return }
            return add(ParameterDescription("query", in: .query, schema, isRequired: false))
        }
        addMembers(of: schema, prefix: "", isRequired: true, depth: 0)
    }

    /// Objects in the query are read by dotted names, up to this depth.
    private static let deepest = 4

    private mutating func addMembers(of schema: Schema, prefix: String, isRequired: Bool, depth: Int) {
        let required = schema.required
        for (name, member) in schema.properties {
            let isNeeded = isRequired && required.contains { $0.hasSameBytes(as: name) }
            let target = schemas.resolve(member)
            if target.isObject, target["properties"] != nil {
                guard depth < Self.deepest else { continue }
                addMembers(of: target, prefix: "\(prefix)\(name).", isRequired: isNeeded, depth: depth + 1)
            } else {
                // An absent array is empty.
                add(
                    ParameterDescription(
                        "\(prefix)\(name)", in: .query, member, isRequired: isNeeded && !target.isArray))
            }
        }
    }

    mutating func addPathVariable(_ type: Any.Type) {
        guard !variables.isEmpty else { return }
        let variable = variables.removeFirst()
        guard variable.isInPath else { return }
        let isKnown = type is any Decodable.Type || type is any CaseIterable.Type
        var parameter = ParameterDescription(variable.name, in: .path, isKnown ? schema(of: type) : .string)
        if variable.takesRest { parameter.extensions["x-retort-rest"] = true }
        add(parameter)
        addProblem(.notFound)
    }

    // MARK: Answers

    /// Adds an answer, or a media type to an answer that is there.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - description: What the answer means; nil for the words that belong to the status.
    ///   - mediaType: What the body is; nil for an answer without one.
    ///   - schema: What the body looks like.
    ///   - isAssumed: Whether this is no more than a guess, which gives way to what the route says itself.
    public mutating func addResponse(
        _ status: HTTPResponse.Status, _ description: String? = nil, _ mediaType: String? = nil,
        _ schema: Schema = .any, isAssumed: Bool = false
    ) {
        let content = mediaType.map { [MediaDescription($0, schema)] } ?? []
        guard let index = responses.firstIndex(where: { $0.status == status }) else {
            var response = ResponseDescription(status, description, content)
            response.isAssumed = isAssumed
            return responses.append(response)
        }
        if !isAssumed, responses[index].isAssumed { responses[index].content = [] }
        if let description { responses[index].description = description }
        for media in content where !responses[index].content.contains(where: { $0.mediaType == media.mediaType }) {
            responses[index].content.append(media)
        }
        if !isAssumed { responses[index].isAssumed = false }
    }

    /// Adds an answer that reports a failure as problem details.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - description: What it means; nil for the words that belong to the status.
    public mutating func addProblem(_ status: HTTPResponse.Status, _ description: String? = nil) {
        let known = responses.contains { $0.status == status }
        guard !known else { return }
        addResponse(status, description, "application/problem+json", schemas.define("Problem", .problem))
    }

    /// Adds a way to prove who is asking, and the answer to those who do not.
    ///
    /// - Parameter scheme: The way.
    public mutating func require(_ scheme: SecurityScheme) {
        if !security.contains(scheme) { security.append(scheme) }
        addProblem(.unauthorized)
    }

    /// Lets the route's own word about successes stand in place of guesses.
    mutating func dropAssumptions() {
        let isCertain = responses.contains { !$0.isAssumed && $0.status.code < 400 }
        if isCertain { responses.removeAll { $0.isAssumed } }
    }

    // MARK: Bodies

    /// Adds a body that an argument reads.
    ///
    /// Where another argument reads the same body, the media types are those that suit both, and the members of their
    /// forms stand side by side. Methods whose bodies mean nothing are left as they are.
    ///
    /// - Parameters:
    ///   - content: The media types, any of which will do.
    ///   - isRequired: Whether there must be a body.
    public mutating func addBody(_ content: [MediaDescription], isRequired: Bool = true) {
        guard takesBody else { return }
        let added = BodyDescription(content, isRequired: isRequired)
        body = body.map { $0.merged(with: added) } ?? added
        addProblem(.contentTooLarge)
    }

    /// Describes something that a request may do without.
    ///
    /// - Parameter describe: Describes it as if it were needed.
    mutating func addOptional(_ describe: (inout OperationDescription) -> Void) {
        var part = OperationDescription(method, variables: variables, schemas: schemas)
        describe(&part)
        variables = part.variables
        schemas = part.schemas
        for var parameter in part.parameters {
            parameter.isRequired = parameter.location == .path
            add(parameter)
        }
        if let body = part.body {
            let optional = BodyDescription(body.content, isRequired: false)
            self.body = self.body.map { $0.merged(with: optional) } ?? optional
        }
        if !part.security.isEmpty, security.isEmpty { isSecurityOptional = true }
        for scheme in part.security where !security.contains(scheme) { security.append(scheme) }
        for response in part.responses where !responses.contains(where: { $0.status == response.status }) {
            responses.append(response)
        }
        for member in part.extensions.members { extensions[member.key] = member.value }
    }
}

/// A variable of a route as handlers take it.
struct PathVariable: Sendable {
    var name: String
    var takesRest = false

    /// Whether it stands in the path, and not in the host or among the defaults of the route.
    var isInPath = true
}
