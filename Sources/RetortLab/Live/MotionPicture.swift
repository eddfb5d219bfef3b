// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
public import Retort
import RetortCompute
public import RetortImaging
public import RetortServer
import RetortWire

/// Pictures one after another in one answer, which a browser shows as a film in an `<img>`: Motion JPEG.
///
///     app.get("/camera") { MotionPicture(camera.frames) }
///
/// The next frame is asked for when the client has taken the last one, so that a slow client gets fewer frames, and no
/// queue grows.
/// Source: RFC 2046 §5.1 for the form; `multipart/x-mixed-replace` is what browsers call it.
public struct MotionPicture<Frames: AsyncSequence & Sendable>: ResponseConvertible where Frames.Element == Image {
    private let frames: Frames
    private let quality: Int

    /// Makes a film.
    ///
    /// - Parameters:
    ///   - frames: The pictures.
    ///   - quality: JPEG's quality, 0–100.
    public init(_ frames: Frames, quality: Int = 80) {
        self.frames = frames
        self.quality = quality
    }

    /// Makes the response.
    ///
    /// - Parameter request: The request that is answered.
    /// - Returns: A stream that no cache keeps.
    public func response(to request: Request) -> Response {
        let (frames, quality, pool) = (frames, quality, request.lab.pool)
        var response = Response(
            .stream { writer in
                for try await frame in frames {
                    let bytes = try await pool.run(isContinuation: true) {
                        try frame.encoded(as: .jpeg(quality: quality))
                    }
                    var part = Array(
                        "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: \(bytes.count)\r\n\r\n".utf8)
                    part += bytes
                    part += Array("\r\n".utf8)
                    try await writer.write(part)
                }
                try await writer.write(Array("--frame--\r\n".utf8))
            }, contentType: "multipart/x-mixed-replace; boundary=frame")
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Describes the film.
    ///
    /// - Parameter operation: Takes the answer.
    public static func describeResult(in operation: inout OperationDescription) {
        operation.addResponse(.ok, nil, "multipart/x-mixed-replace", .file("image/jpeg"))
    }
}
