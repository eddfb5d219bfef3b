// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import RetortServer
import RetortWire

/// Gives each request an identifier, by which its lines in the log can be found.
///
/// It is added as `.requestIDs()`.
///
/// The identifier is in ``Request/log``, in ``RequestIDKey`` and in the header `X-Request-ID` of the answer.
public struct RequestIDs: Middleware {
    let acceptsIncoming: Bool
    let name: HTTPField.Name

    /// The most bytes of an identifier that is taken over.
    private static let mostBytes = 128

    /// Passes the request on with its identifier.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - next: The rest of the way to the handler.
    /// - Returns: The response.
    /// - Throws: Nothing.
    public func handle(_ request: Request, next: Next) async throws -> Response {
        let id = incoming(request) ?? Self.random()
        var request = request
        request[RequestIDKey.self] = id
        var response = try await next(request)
        response.fields[name] = id
        return response
    }

    private func incoming(_ request: Request) -> String? {
        guard acceptsIncoming, let id = request.header(name), 1...Self.mostBytes ~= id.utf8.count else { return nil }
        let others = Array("-_.:/+=".utf8)
        return id.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || others.contains($0) } ? id : nil
    }

    /// 128 random bits in hexadecimal digits.
    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let bits: [UInt64] = [generator.next(), generator.next()]
        return Hex.encode(bits.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
    }
}

extension Middleware where Self == RequestIDs {
    /// Gives each request an identifier.
    ///
    /// - Parameter acceptsIncoming: Whether an identifier that came with the request is kept, if it has at most 128
    ///   letters, digits and `-_.:/+=`. Only behind a proxy that sets or removes the header itself: otherwise clients
    ///   could choose what stands in the log.
    /// - Returns: The middleware. It belongs in front of the access log.
    public static func requestIDs(acceptsIncoming: Bool = false) -> RequestIDs {
        RequestIDs(acceptsIncoming: acceptsIncoming, name: .xRequestID)
    }
}
