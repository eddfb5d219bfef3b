// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortCompute
public import RetortImaging
public import RetortServer
import RetortWire

extension WebSocket {
    /// Answers each frame that arrives, and of those that arrive too fast only the newest.
    ///
    ///     app.webSocket("/live", .live) { (socket: WebSocket, request: Request) in
    ///         try await socket.answerFrames(in: request.lab) { try faces.detect(in: $0) }
    ///     }
    ///
    /// A frame is a binary message with a picture's file; its answer is a text message with JSON, or a binary one where
    /// the result is a picture. A frame that cannot be read is answered `{"error": {"code", "message"}}`, and the next one
    /// is taken.
    ///
    /// - Parameters:
    ///   - lab: The threads and the limits.
    ///   - plan: Colours and size that the work needs; places in the result are in pixels of the frame.
    ///   - work: Makes the result out of a frame.
    /// - Throws: What sending throws when the client has gone.
    public func answerFrames<Result: PictureResult>(
        in lab: Lab, _ plan: DecodePlan = .standard, _ work: @escaping @Sendable (Image) throws -> Result
    ) async throws {
        // Holds one frame: a newer one takes the place of one that nobody has begun.
        let (frames, slot) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { slot.finish() }
                for try await message in self.messages { slot.yield(message.bytes) }
            }
            for await frame in frames { try await send(Self.answer(to: frame, lab, plan, work)) }
            try await group.waitForAll()
        }
    }

    private static func answer<Result: PictureResult>(
        to frame: [UInt8], _ lab: Lab, _ plan: DecodePlan, _ work: @escaping @Sendable (Image) throws -> Result
    ) async throws -> WebSocketMessage {
        do {
            return try await lab.pool.run {
                let input = try ImageInput(frame, lab: lab)
                let image = try input.decoded(plan)
                let result = try work(image).scaled(from: image.size, to: input.size)
                let form = Result.forms.first ?? .json
                let bytes = try result.bytes(as: form, quality: 80) { plan == .standard ? image : try input.decoded() }
                return form.imageFormat == nil ? .text(String(decoding: bytes, as: UTF8.self)) : .binary(bytes)
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let known = HTTPError(error)
            let report = FrameFailure(
                error: .init(code: known.code ?? "failed", message: known.message ?? "The frame could not be answered.")
            )
            return .text(String(decoding: try JSONCoding.encode(report), as: UTF8.self))
        }
    }
}

/// What is said about a frame that cannot be answered.
private struct FrameFailure: Encodable {
    struct Reason: Encodable {
        var code: String
        var message: String
    }

    var error: Reason
}

extension RouteTrait {
    /// Says that a WebSocket takes frames of a camera and answers each; the console shows it with the camera.
    public static var live: RouteTrait { describe { $0.extensions["x-retort-live"] = true } }
}
