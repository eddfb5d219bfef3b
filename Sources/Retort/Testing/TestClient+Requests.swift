// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortWire

extension TestClient {
    /// Sends a request of any method.
    ///
    /// At most one of `json`, `form` with `files`, and `body` is given.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path below the base, with or without a query; or a URL with a host of its own. Spaces and characters
    ///     outside ASCII are percent-encoded.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - json: A value that is sent as JSON.
    ///   - form: Fields that are sent as a form: urlencoded, or multipart beside files.
    ///   - files: Files that are sent as a multipart form.
    ///   - body: Another body.
    ///   - auth: The credentials, in the place of the client's.
    ///   - followRedirects: Whether redirects are followed; nil for ``followsRedirects``.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer; `WireError` when the request cannot be written.
    @discardableResult
    public func request(
        _ method: HTTPRequest.Method, _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:],
        json: (any Encodable & Sendable)? = nil, form: MultiDict<String>? = nil, files: MultiDict<UploadedFile>? = nil,
        body: TestBody? = nil, auth: Authorization? = nil, followRedirects: Bool? = nil
    ) async throws -> TestResponse {
        let content = try Self.body(json, form, files, body)
        let request = try makeRequest(method, path, query, headers, content, auth)
        return try await perform(request, follows: followRedirects ?? followsRedirects)
    }

    /// Sends a GET request.
    ///
    /// - Parameters:
    ///   - path: The path, as in ``request(_:_:query:headers:json:form:files:body:auth:followRedirects:)``.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - auth: The credentials, in the place of the client's.
    ///   - followRedirects: Whether redirects are followed; nil for ``followsRedirects``.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer.
    @discardableResult
    public func get(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:], auth: Authorization? = nil,
        followRedirects: Bool? = nil
    ) async throws -> TestResponse {
        try await request(
            .get, path, query: query, headers: headers, auth: auth, followRedirects: followRedirects)
    }

    /// Sends a HEAD request.
    ///
    /// - Parameters:
    ///   - path: The path, as in ``request(_:_:query:headers:json:form:files:body:auth:followRedirects:)``.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - auth: The credentials, in the place of the client's.
    ///   - followRedirects: Whether redirects are followed; nil for ``followsRedirects``.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer.
    @discardableResult
    public func head(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:], auth: Authorization? = nil,
        followRedirects: Bool? = nil
    ) async throws -> TestResponse {
        try await request(
            .head, path, query: query, headers: headers, auth: auth, followRedirects: followRedirects)
    }

    /// Sends an OPTIONS request.
    ///
    /// - Parameters:
    ///   - path: The path, or `*` for the server as a whole.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - auth: The credentials, in the place of the client's.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer.
    @discardableResult
    public func options(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:], auth: Authorization? = nil
    ) async throws -> TestResponse {
        try await request(.options, path, query: query, headers: headers, auth: auth)
    }

    /// Sends a POST request.
    ///
    /// At most one of `json`, `form` with `files`, and `body` is given.
    ///
    /// - Parameters:
    ///   - path: The path, as in ``request(_:_:query:headers:json:form:files:body:auth:followRedirects:)``.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - json: A value that is sent as JSON.
    ///   - form: Fields that are sent as a form: urlencoded, or multipart beside files.
    ///   - files: Files that are sent as a multipart form.
    ///   - body: Another body.
    ///   - auth: The credentials, in the place of the client's.
    ///   - followRedirects: Whether redirects are followed; nil for ``followsRedirects``.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer; `WireError` when the request cannot be written.
    @discardableResult
    public func post(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:],
        json: (any Encodable & Sendable)? = nil, form: MultiDict<String>? = nil, files: MultiDict<UploadedFile>? = nil,
        body: TestBody? = nil, auth: Authorization? = nil, followRedirects: Bool? = nil
    ) async throws -> TestResponse {
        try await request(
            .post, path, query: query, headers: headers, json: json, form: form, files: files, body: body, auth: auth,
            followRedirects: followRedirects)
    }

    /// Sends a PUT request.
    ///
    /// At most one of `json`, `form` with `files`, and `body` is given.
    ///
    /// - Parameters:
    ///   - path: The path, as in ``request(_:_:query:headers:json:form:files:body:auth:followRedirects:)``.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - json: A value that is sent as JSON.
    ///   - form: Fields that are sent as a form: urlencoded, or multipart beside files.
    ///   - files: Files that are sent as a multipart form.
    ///   - body: Another body.
    ///   - auth: The credentials, in the place of the client's.
    ///   - followRedirects: Whether redirects are followed; nil for ``followsRedirects``.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer; `WireError` when the request cannot be written.
    @discardableResult
    public func put(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:],
        json: (any Encodable & Sendable)? = nil, form: MultiDict<String>? = nil, files: MultiDict<UploadedFile>? = nil,
        body: TestBody? = nil, auth: Authorization? = nil, followRedirects: Bool? = nil
    ) async throws -> TestResponse {
        try await request(
            .put, path, query: query, headers: headers, json: json, form: form, files: files, body: body, auth: auth,
            followRedirects: followRedirects)
    }

    /// Sends a PATCH request.
    ///
    /// At most one of `json`, `form` with `files`, and `body` is given.
    ///
    /// - Parameters:
    ///   - path: The path, as in ``request(_:_:query:headers:json:form:files:body:auth:followRedirects:)``.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - json: A value that is sent as JSON.
    ///   - form: Fields that are sent as a form: urlencoded, or multipart beside files.
    ///   - files: Files that are sent as a multipart form.
    ///   - body: Another body.
    ///   - auth: The credentials, in the place of the client's.
    ///   - followRedirects: Whether redirects are followed; nil for ``followsRedirects``.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer; `WireError` when the request cannot be written.
    @discardableResult
    public func patch(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:],
        json: (any Encodable & Sendable)? = nil, form: MultiDict<String>? = nil, files: MultiDict<UploadedFile>? = nil,
        body: TestBody? = nil, auth: Authorization? = nil, followRedirects: Bool? = nil
    ) async throws -> TestResponse {
        try await request(
            .patch, path, query: query, headers: headers, json: json, form: form, files: files, body: body, auth: auth,
            followRedirects: followRedirects)
    }

    /// Sends a DELETE request.
    ///
    /// At most one of `json`, `form` with `files`, and `body` is given.
    ///
    /// - Parameters:
    ///   - path: The path, as in ``request(_:_:query:headers:json:form:files:body:auth:followRedirects:)``.
    ///   - query: Names and values that are put behind the query of the path.
    ///   - headers: Headers, in the place of the client's of the same name.
    ///   - json: A value that is sent as JSON.
    ///   - form: Fields that are sent as a form: urlencoded, or multipart beside files.
    ///   - files: Files that are sent as a multipart form.
    ///   - body: Another body.
    ///   - auth: The credentials, in the place of the client's.
    ///   - followRedirects: Whether redirects are followed; nil for ``followsRedirects``.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TestClientError`` when there is no answer; `WireError` when the request cannot be written.
    @discardableResult
    public func delete(
        _ path: String, query: MultiDict<String> = [:], headers: HTTPFields = [:],
        json: (any Encodable & Sendable)? = nil, form: MultiDict<String>? = nil, files: MultiDict<UploadedFile>? = nil,
        body: TestBody? = nil, auth: Authorization? = nil, followRedirects: Bool? = nil
    ) async throws -> TestResponse {
        try await request(
            .delete, path, query: query, headers: headers, json: json, form: form, files: files, body: body, auth: auth,
            followRedirects: followRedirects)
    }
}

extension TestClient {
    func makeRequest(
        _ method: HTTPRequest.Method, _ path: String, _ query: MultiDict<String>, _ headers: HTTPFields,
        _ body: TestBody?, _ auth: Authorization?
    ) throws -> TestRequest {
        var fields = self.headers
        for name in Set(headers.map(\.name)) { fields[fields: name] = headers[fields: name] }
        return TestRequest(
            method: method, url: try RequestTarget.url(path, query: query, base: baseURL), headers: fields, body: body,
            auth: auth ?? self.auth)
    }

    static func body(
        _ json: (any Encodable & Sendable)?, _ form: MultiDict<String>?, _ files: MultiDict<UploadedFile>?,
        _ body: TestBody?
    ) throws -> TestBody? {
        let hasForm = form != nil || files != nil
        guard [json != nil, hasForm, body != nil].count(where: { $0 }) <= 1 else {
            throw TestClientError(.badRequest, "A request has one body: give `json`, `form` with `files`, or `body`.")
        }
        if let json { return try .json(json) }
        if let files, !files.isEmpty { return try .multipart(form ?? [:], files: files) }
        if hasForm { return .form(form ?? [:]) }
        return body
    }
}
