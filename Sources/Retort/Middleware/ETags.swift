// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import NIOCore
public import RetortServer
import RetortWire

/// Gives answers a tag made of their bytes, and answers 304 to clients that have them already.
///
///     app.use(ETags())
///
/// It looks at answers with status 200 to GET and HEAD whose bodies are in memory. The work of the handler is done all
/// the same; what is saved is the way to the client. An answer with a tag of its own is compared by that.
///
/// Source: RFC 9110 §8.8.3, §13.
public struct ETags: Middleware {
    /// Whether the tags are weak, as they must be where something behind changes the bytes, such as a compressing proxy.
    public var isWeak: Bool

    /// The longest body of which a tag is made, in bytes.
    public var mostBytes: Int

    /// Creates the middleware.
    ///
    /// - Parameters:
    ///   - isWeak: Whether the tags are weak.
    ///   - mostBytes: The longest body of which a tag is made, in bytes.
    public init(isWeak: Bool = false, mostBytes: Int = 4 * 1_048_576) {
        self.isWeak = isWeak
        self.mostBytes = mostBytes
    }

    /// Passes a request on and looks at the answer.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The answer, with a tag or with status 304 or 412.
    /// - Throws: What `next` throws; ``HTTPError`` with status 412 where the client wants another state.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        var response = try await next(request)
        guard request.method == .get || request.method == .head, response.status == .ok, response.failure == nil,
            !neverStored(response), let tag = tag(of: response)
        else { return response }
        response.fields[.eTag] = tag.headerValue
        let modified = response.fields[.lastModified].flatMap { HTTPDate(headerValue: $0) }
        var conditions = Preconditions(request.headers)
        conditions.hasRange = false
        switch conditions.evaluate(method: request.method, tag: tag, lastModified: modified) {
        case .proceed, .partial: return response
        case .notModified:
            response.status = .notModified
            response.body = .empty
            response.contentType = nil
            for name in [HTTPField.Name.contentEncoding, .contentLanguage, .contentRange, .contentDisposition] {
                response.fields[name] = nil
            }
            return response
        case .preconditionFailed: throw HTTPError(.preconditionFailed, "The page has changed.")
        }
    }

    private func neverStored(_ response: Response) -> Bool {
        response.fields[.cacheControl].map { ResponseCacheControl(headerValue: $0).noStore } ?? false
    }

    private func tag(of response: Response) -> ETag? {
        if let text = response.fields[.eTag] { return ETag(headerValue: text) }
        switch response.body.content {
        case .text(let text):
            guard text.utf8.count <= mostBytes else { return nil }
            return ETag(hashing: text.utf8.span, isWeak: isWeak)
        case .bytes(let bytes):
            guard bytes.count <= mostBytes else { return nil }
            return ETag(hashing: bytes, isWeak: isWeak)
        case .buffer(let buffer):
            guard buffer.readableBytes <= mostBytes else { return nil }
            return buffer.withUnsafeReadableBytes {
                ETag(hashing: $0.bindMemory(to: UInt8.self).span, isWeak: isWeak)
            }
        case .empty, .file, .stream, .webSocket: return nil
        }
    }
}

extension Middleware where Self == ETags {
    /// Gives answers a tag made of their bytes, and answers 304 to clients that have them already.
    ///
    /// - Parameter isWeak: Whether the tags are weak.
    /// - Returns: The middleware.
    public static func etags(isWeak: Bool = false) -> ETags { ETags(isWeak: isWeak) }
}
