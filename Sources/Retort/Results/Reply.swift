// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import RetortServer

/// A result with another status or with headers.
///
///     app.post("/posts") { (draft: JSON<Draft>) in Reply(try await posts.add(draft.value), status: .created) }
public struct Reply: ResponseConvertible {
    private let value: any ResponseConvertible

    /// The status; nil for that of the value.
    public var status: HTTPResponse.Status?

    /// Headers beside those of the value.
    ///
    /// One of the same name takes the place of the value's.
    public var headers: HTTPFields

    /// Creates a reply.
    ///
    /// - Parameters:
    ///   - value: The result.
    ///   - status: The status; nil for that of the value.
    ///   - headers: Headers beside those of the value.
    public init(
        _ value: some ResponseConvertible, status: HTTPResponse.Status? = nil, headers: HTTPFields = HTTPFields()
    ) {
        self.value = value
        self.status = status
        self.headers = headers
    }

    /// Creates a reply of a value that is written as JSON.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - status: The status.
    ///   - headers: Headers beside the content type.
    @_disfavoredOverload
    public init(
        _ value: some Encodable & Sendable, status: HTTPResponse.Status? = nil, headers: HTTPFields = HTTPFields()
    ) {
        self.init(EncodedResult(value), status: status, headers: headers)
    }

    /// The value's response, changed.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: What the value throws.
    public func response(to request: Request) throws -> Response { changed(try value.response(to: request)) }

    /// The value's response, changed, where it takes waiting.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response, or nil when it takes no waiting.
    /// - Throws: What the value throws.
    public func laterResponse(to request: Request) async throws -> Response? {
        try await value.laterResponse(to: request).map(changed)
    }

    /// Whether the value's response takes waiting.
    public var needsWaiting: Bool { value.needsWaiting }

    private func changed(_ response: Response) -> Response {
        var response = response
        if let status { response.status = status }
        guard !headers.isEmpty else { return response }
        var all = response.headers
        for name in Set(headers.map(\.name)) { all[fields: name] = headers[fields: name] }
        response.headers = all
        return response
    }
}

/// An encodable value as a result: JSON, and status 404 for nil.
struct EncodedResult<Value: Encodable & Sendable>: ResponseConvertible {
    let value: Value

    init(_ value: Value) { self.value = value }

    func response(to request: Request) throws -> Response {
        // The generic check is settled at compile time for types that are no Optional.
        if let optional = value as? any OptionalValue, optional.isNil { throw HTTPError(.notFound) }
        return try JSON(value).response(to: request)
    }
}

/// Tells nil from a value whose type is not known to be an Optional.
private protocol OptionalValue {
    var isNil: Bool { get }
}

extension Optional: OptionalValue {
    fileprivate var isNil: Bool { self == nil }
}
