// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Retort
import RetortCompute
public import RetortImaging
public import RetortServer
import RetortWire

extension Image: PictureResult {
    /// The pictures that this OpenCV writes.
    public static var forms: [ResultForm] { ResultForm.pictures }

    /// The picture as a file.
    ///
    /// - Parameters:
    ///   - form: One of ``forms``.
    ///   - quality: 1–100 for formats with loss; nil for the usual.
    ///   - source: Not used.
    /// - Returns: The bytes.
    /// - Throws: What encoding throws.
    public func bytes(as form: ResultForm, quality: Int?, source: () throws -> Image) throws -> [UInt8] {
        try encoded(as: ImageEncoding(form.imageFormat ?? .jpeg, quality: quality))
    }
}

extension Image: ResponseConvertible {
    /// Always: the picture is encoded on a thread of the pool.
    public var needsWaiting: Bool { true }

    /// Not made without waiting.
    ///
    /// - Parameter request: The request.
    /// - Returns: Nothing.
    /// - Throws: Always, since ``laterResponse(to:)`` makes the response.
    public func response(to request: Request) throws -> Response {
        throw HTTPError(.internalServerError, "The answer is made on another thread.")
    }

    /// Encodes the picture in the format that the client wants: by `?format=` and `?quality=`, or by `Accept`.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: The response.
    /// - Throws: `HTTPError` (406, 422) for a format that is not written.
    public func laterResponse(to request: Request) async throws -> Response? {
        // Where everything is taken, transparency decides.
        let forms = colorSpace.hasAlpha ? [ResultForm(.png)] + Self.forms.filter { $0.name != "png" } : Self.forms
        let choice = try Negotiated(request, among: forms)
        let stages = request[StagesKey.self]
        let bytes = try await request.lab.pool.run(isContinuation: true) {
            try stages.measure("encode") { try self.bytes(as: choice.form, quality: choice.quality) { self } }
        }
        var response = Response(.bytes(bytes), contentType: choice.form.mediaType)
        response.headers[.vary] = "Accept"
        return response
    }

    /// Describes the formats.
    ///
    /// - Parameter operation: Takes the answers.
    public static func describeResult(in operation: inout OperationDescription) { describeForms(in: &operation) }
}
