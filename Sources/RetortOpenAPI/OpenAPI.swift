// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import Retort
import RetortServer
public import RetortWire

/// The app's description of itself, served as an OpenAPI document.
///
///     app.openAPI(title: "Faces", version: "1.2")          // GET /openapi.json, and the command `openapi`
///
/// The document is made of the types of the handlers when it is asked for first, and then kept. It has an `ETag`.
///
/// Source: OpenAPI Specification 3.1.1.
public struct OpenAPI: Blueprint {
    /// What the API is called; nil for the name of the app.
    public var title: String?

    /// The version of the API; nil for that of the app.
    public var version: String?

    /// What there is to know about the API, in CommonMark; nil for the summary of the app.
    public var description: String?

    /// The URLs under which the API is found.
    ///
    /// Empty for the address from which the document is read.
    public var servers: [String]

    /// The path of the document below the place where it is mounted.
    public var path: String

    /// The object by which an app finds its document.
    private let owner = Owner()

    private final class Owner: Sendable {}

    /// Creates a description.
    ///
    /// - Parameters:
    ///   - title: What the API is called; nil for the name of the app.
    ///   - version: The version of the API; nil for that of the app.
    ///   - description: What there is to know about the API, in CommonMark; nil for the summary of the app.
    ///   - servers: The URLs under which the API is found; none for the address from which the document is read.
    ///   - path: The path of the document.
    public init(
        title: String? = nil, version: String? = nil, description: String? = nil, servers: [String] = [],
        path: String = "/openapi.json"
    ) {
        self.title = title
        self.version = version
        self.description = description
        self.servers = servers
        self.path = path
    }

    /// Nothing: the route of the document has a name of its own.
    public var name: String? { nil }

    /// Adds the route of the document.
    ///
    /// - Parameter r: The routes of the app.
    public func routes(_ r: inout Routes) {
        r.get(path, .hidden) { (request: Request) in try self.response(to: request) }
    }

    /// The document of the app that answers a request.
    ///
    /// - Parameter request: Any request to the app.
    /// - Returns: The document.
    /// - Throws: Nothing that a description can lead to; the declaration leaves room for more.
    public func document(for request: Request) throws -> JSONValue {
        document(request.app.describe(), rootPath: request.origin.rootPath)
    }

    /// Makes the document.
    func document(_ app: AppDescription, rootPath: String = "") -> JSONValue {
        var builder = DocumentBuilder(app.schemas)
        let paths = builder.paths(app.routes)
        var document: JSONObject = ["openapi": "3.1.1", "info": .object(info(app))]
        let servers = servers.isEmpty ? [rootPath.isEmpty ? "/" : rootPath] : servers
        document["servers"] = .array(servers.map { ["url": .string($0)] })
        document["paths"] = .object(paths)
        let components = builder.components()
        if !components.isEmpty { document["components"] = .object(components) }
        return .object(document)
    }

    private func info(_ app: AppDescription) -> JSONObject {
        var info: JSONObject = [
            "title": .string(title ?? app.name), "version": .string(version ?? app.version ?? "0"),
        ]
        if let text = description ?? (app.summary.isEmpty ? nil : app.summary) { info["description"] = .string(text) }
        return info
    }
}

// MARK: Serving

extension OpenAPI {
    /// A document that is ready to be sent.
    private struct Sent: Sendable {
        var rootPath: String
        var bytes: [UInt8]
        var tag: ETag
    }

    private func response(to request: Request) throws -> Response {
        let sent = try sent(for: request)
        let headers: HTTPFields = [.eTag: sent.tag.headerValue, .cacheControl: "no-cache"]
        switch Preconditions(request.headers).evaluate(method: request.method, tag: sent.tag, lastModified: nil) {
        case .notModified: return Response(status: .notModified, headers: headers)
        case .preconditionFailed: throw HTTPError(.preconditionFailed, "The document has changed.")
        case .proceed, .partial:
            var response = Response(.bytes(sent.bytes), contentType: "application/json")
            for field in headers { response.fields[field.name] = field.value }
            return response
        }
    }

    /// The bytes, made when they are asked for first, and again when a proxy says another prefix.
    private func sent(for request: Request) throws -> Sent {
        let rootPath = request.origin.rootPath
        if let known = request.app.kept.value(for: owner, as: Sent.self), known.rootPath.hasSameBytes(as: rootPath) {
            return known
        }
        let bytes = try document(for: request).bytes()
        let sent = Sent(rootPath: rootPath, bytes: bytes, tag: ETag(hashing: bytes))
        request.app.kept.keep(sent, for: owner)
        return sent
    }
}

extension App {
    /// Serves a description of the app as an OpenAPI document, and adds the command `openapi`, which prints it.
    ///
    /// - Parameters:
    ///   - title: What the API is called; nil for the name of the app.
    ///   - version: The version of the API; nil for that of the app.
    ///   - description: What there is to know about the API, in CommonMark; nil for the summary of the app.
    ///   - servers: The URLs under which the API is found; none for the address from which the document is read.
    ///   - path: The path of the document.
    public mutating func openAPI(
        title: String? = nil, version: String? = nil, description: String? = nil, servers: [String] = [],
        at path: String = "/openapi.json"
    ) {
        let document = OpenAPI(
            title: title, version: version, description: description, servers: servers, path: path)
        mount(document)
        command("openapi", "Prints the description of the app as an OpenAPI document.") { app, terminal in
            terminal.print(try app.openAPIDocument(document).text(JSONOptions(isIndented: true)))
        }
    }

    /// Describes the app as an OpenAPI document.
    ///
    /// - Parameter options: Title, version and servers.
    /// - Returns: The document.
    /// - Throws: ``RoutingError`` and ``SetupError`` for an app that could not run.
    public func openAPIDocument(_ options: OpenAPI = OpenAPI()) throws -> JSONValue {
        options.document(try describe())
    }
}
