// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import NIOCore
public import RetortServer
import RetortWire

/// The body as it came.
///
///     app.put("/notes/{id}") { (id: Int, body: Body) in try await notes.write(id, body.text) }
///
/// Its size is bound by the limit of the route. `RequestBody` as an argument gives the pieces while they arrive.
public struct Body: RequestArgument {
    /// The bytes.
    public var buffer: ByteBuffer

    /// Creates a body, as a test may want it.
    ///
    /// - Parameter buffer: The bytes.
    public init(_ buffer: ByteBuffer) { self.buffer = buffer }

    /// The bytes as an array.
    public var bytes: [UInt8] { Array(buffer.readableBytesView) }

    /// The bytes as UTF-8; what is not UTF-8 becomes U+FFFD.
    public var text: String { String(decoding: buffer.readableBytesView, as: UTF8.self) }

    /// The number of bytes.
    public var count: Int { buffer.readableBytes }

    /// Reads the body of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The body, empty where nothing was sent.
    /// - Throws: `WireError` with status 413 beyond the limit of the route.
    public static func make(from request: Request, path: inout PathValues) async throws -> Body {
        Body(try await request.body.collect())
    }

    /// Takes the body if it has come with the head.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The body, or nil when it is still arriving.
    public static func makeNow(from request: Request, path: inout PathValues) -> Body? {
        request.body.buffered.map { Body($0) }
    }
}

extension Body: DetectableArgument {
    static func isAbsent(from request: Request) -> Bool { request.body.isEmpty }
}

extension RequestBody: ImmediateArgument {
    /// The body as pieces that arrive.
    ///
    /// It can be read once.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The body.
    public static func makeAtOnce(from request: Request, path: inout PathValues) -> RequestBody { request.body }
}

extension RequestBody: DetectableArgument {
    static func isAbsent(from request: Request) -> Bool { request.body.isEmpty }
}

extension HTTPFields: ImmediateArgument {
    /// All headers of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The headers.
    public static func makeAtOnce(from request: Request, path: inout PathValues) -> HTTPFields { request.headers }
}
