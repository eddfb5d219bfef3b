// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab

/// Pictures that move: frames of a camera over a WebSocket, and films out.
struct Live: Blueprint {
    let detectors: Detectors

    func routes(_ r: inout Routes) {
        r.webSocket("/live/faces", .summary("Faces before the camera"), .tags("live"), .live) {
            (socket: WebSocket, request: Request) async throws in
            try await socket.answerFrames(in: request.lab, DecodePlan(colors: .gray, longestSide: 480)) {
                try detectors[.faces].detect(in: $0)
            }
        }
        r.webSocket("/live/edges", .summary("Edges before the camera"), .tags("live"), .live) {
            (socket: WebSocket, request: Request) async throws in
            try await socket.answerFrames(in: request.lab, .gray) { try $0.canny() }
        }
        r.on(
            [.get, .post], "/film", [.summary("The edges of an animated picture, as a film"), .tags("live")], use: film)
    }

    /// The frames of an animated GIF or WebP, ten a second.
    func film(photo: ImageInput) -> MotionPicture<AsyncThrowingStream<Image, any Error>> {
        let count = min(photo.header.frames, 100)
        let next = FrameCounter()
        return MotionPicture(
            AsyncThrowingStream {
                let index = next.take()
                guard index < count else { return nil }
                if index > 0 { try await Task.sleep(for: .milliseconds(100)) }
                var plan = DecodePlan.gray
                plan.frame = index
                return try await photo.run(plan) { try $0.canny() }
            })
    }
}
