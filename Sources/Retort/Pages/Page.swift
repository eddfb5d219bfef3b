// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import RetortServer
public import RetortTemplates

/// A page made of a template.
///
///     app.get("/posts/{id}") { (id: Int) in
///         Page("posts/show.html", PostView(post: try await posts.find(id)))
///     }
///
/// Any value that can be encoded is the context: its properties are the names that the template sees. Beside them every
/// template sees `request`, `session`, `config`, `url_for()`, `get_flashed_messages()`, `csrf_token()`, `csrf_input()`,
/// `csp_nonce()`, and what the app adds. What a template prints is escaped, unless the template says that it is safe.
///
/// Where templates come from is said by ``App/templates``.
public struct Page: ResponseConvertible {
    /// The name of the template.
    public let name: String

    private let context: @Sendable () throws -> TemplateValue
    private var block: String?
    private var isStreamed = false
    private var contentType: String?
    private var language: String?

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - name: The name of the template, such as `posts/show.html`.
    ///   - context: A value whose properties the template sees.
    public init(_ name: String, _ context: some Encodable & Sendable) {
        self.name = name
        self.context = { try TemplateEncoder().encode(context) }
    }

    /// Creates a page of values by name.
    ///
    /// - Parameters:
    ///   - name: The name of the template.
    ///   - values: The names that the template sees, with their values.
    public init(_ name: String, _ values: [String: TemplateValue] = [:]) {
        self.name = name
        context = { .dict(values.map { ($0.key, $0.value) }) }
    }

    /// Creates a page of values of which some may be functions and sequences that wait.
    ///
    /// - Parameters:
    ///   - name: The name of the template.
    ///   - values: The names that the template sees, with their values.
    /// - Returns: A page that is sent while it is made.
    public static func streamed(_ name: String, _ values: [String: TemplateValue] = [:]) -> Page {
        Page(name, values).streamed()
    }

    /// The same page, of which one block alone is sent.
    ///
    /// This is for pages that replace a part of themselves, as HTMX does it.
    ///
    /// - Parameter name: The name of the block.
    /// - Returns: The fragment.
    public func block(_ name: String) -> Page {
        var page = self
        page.block = name
        return page
    }

    /// The same page, sent while it is made.
    ///
    /// Functions of the context may wait. When making the page fails, the connection is closed before the end.
    ///
    /// - Returns: The page.
    public func streamed() -> Page {
        var page = self
        page.isStreamed = true
        return page
    }

    /// The same page with another media type than the one of the template's name.
    ///
    /// - Parameter contentType: The media type.
    /// - Returns: The page.
    public func type(_ contentType: String) -> Page {
        var page = self
        page.contentType = contentType
        return page
    }

    /// The same page in a language of its own, whatever the visitor prefers.
    ///
    /// - Parameter language: The tag of a language, such as `de` or `pt-BR`.
    /// - Returns: The page.
    public func language(_ language: String) -> Page {
        var page = self
        page.language = language
        return page
    }

    /// The names that the page passes to its template.
    func passedNames() throws -> [String] {
        guard case .dict(let names) = try context() else { return [] }
        return names.keys.compactMap(\.text)
    }

    /// Whether making the response may take waiting: sessions are read, and templates too when they are used first.
    public var needsWaiting: Bool { true }

    /// Makes the response without waiting.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: `TemplateError` with the place in the template.
    public func response(to request: Request) throws -> Response {
        let language = language.map { .given($0) } ?? request.preferredLanguage
        return try render(
            request.app.templates.template(name), PageGlobals(request, csrf: nil, values: [:], language: language))
    }

    /// Makes the response.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: `TemplateError` with the place in the template; an error of the session's store.
    public func laterResponse(to request: Request) async throws -> Response? {
        let template = try await request.app.templates.load(name)
        var chosen = language.map { ChosenLanguage.given($0) }
        if chosen == nil { chosen = try await request.chosenLanguage() }
        let globals = try await PageGlobals.make(request, for: template, language: chosen)
        return try render(template, globals)
    }

    private func render(_ template: Template, _ globals: PageGlobals) throws -> Response {
        var response = try body(template, globals)
        globals.language?.mark(&response)
        return response
    }

    private func body(_ template: Template, _ globals: PageGlobals) throws -> Response {
        let type = contentType ?? MediaTypeOfName.type(name)
        let context = try context()
        let lookUp = globals.lookUp
        if isStreamed {
            return Response(
                .stream { writer in
                    try await template.streamAsync(value: context, globals: lookUp) { try await writer.write($0) }
                }, contentType: type)
        }
        if let block {
            return Response(
                .text(try template.render(block: block, value: context, globals: lookUp)), contentType: type)
        }
        return Response(.bytes(try template.renderBytes(value: context, globals: lookUp)), contentType: type)
    }
}

/// The media type that the name of a template means.
enum MediaTypeOfName {
    static func type(_ name: String) -> String {
        let types = [
            (".txt", "text/plain; charset=utf-8"), (".xml", "application/xml"), (".svg", "image/svg+xml"),
            (".json", "application/json"), (".js", "text/javascript; charset=utf-8"),
            (".css", "text/css; charset=utf-8"), (".csv", "text/csv; charset=utf-8"),
        ]
        return types.first { name.hasSuffix($0.0) }?.1 ?? "text/html; charset=utf-8"
    }
}
