// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab
import Testing

struct LiveTests {
    @Test(arguments: TestClient.Transport.allCases) func framesAreAnswered(_ transport: TestClient.Transport)
        async throws
    {
        let photo = try Photos.bytes("street.jpg")
        try await TestClient.run(try LabApp.make(), over: transport) { client in
            try await client.webSocket("/live") { socket in
                try await socket.send(photo)
                let text = try #require(try await socket.receiveText())
                #expect(text.contains(#""image":{"width":800,"height":564}"#) && text.contains("face"))
                try await socket.send(Array("rubbish".utf8))
                let error = try #require(try await socket.receiveText())
                #expect(error.contains("unknown-format"))
                // The next frame is answered all the same.
                try await socket.send(photo)
                #expect(try await socket.receiveText() == text)
            }
        }
    }

    @Test func picturesComeAsBytes() async throws {
        let client = try TestClient(LabApp.make())
        try await client.webSocket("/live-edges") { socket in
            try await socket.send(try LabApp.png())
            let message = try #require(try await socket.receive())
            #expect(ImageFormat.sniff(message.bytes) == .jpeg)
        }
    }

    @Test func ofManyFramesTheNewestIsAnswered() async throws {
        let client = try TestClient(LabApp.make(), over: .socket)
        let street = try Photos.bytes("street.jpg")
        try await client.webSocket("/live") { socket in
            for _ in 0..<30 { try await socket.send(street) }
            try await socket.send(try LabApp.png(640, 480))
            var answers = 0
            while let text = try await socket.receiveText() {
                answers += 1
                if text.contains(#""width":640"#) { break }
            }
            #expect(answers < 31)
        }
        await client.stop()
    }

    @Test func aFilmHasItsFrames() async throws {
        let client = try TestClient(LabApp.make())
        let answer = try await client.post("/film", body: .bytes(LabApp.png()))
        #expect(answer.header(.contentType) == "multipart/x-mixed-replace; boundary=frame")
        let text = String(decoding: answer.bytes, as: Unicode.ASCII.self)
        #expect(text.components("--frame\r\nContent-Type: image/jpeg") == 3)
        #expect(text.hasSuffix("--frame--\r\n"))
    }

    @Test func progressIsTold() async throws {
        let client = try TestClient(LabApp.make())
        let files: MultiDict<UploadedFile> = [
            "images": LabApp.file(try LabApp.png(10, 10), "one.png"),
            "images": LabApp.file(try LabApp.png(20, 10), "two.png"),
        ]
        let text = try await client.post("/album", files: files).text
        #expect(text.contains("event: progress\ndata: {\"done\":1,\"total\":2,\"message\":\"one.png\"}"))
        #expect(text.contains("event: progress\ndata: {\"done\":2,\"total\":2,\"message\":\"two.png\"}"))
        #expect(text.contains("event: result\ndata: [10,20]"))
    }

    @Test func aFailureEndsTheStreamWithItsReason() async throws {
        let client = try TestClient(LabApp.make())
        let cut = Array(try LabApp.png(200, 200).prefix(80))
        let files: MultiDict<UploadedFile> = ["images": LabApp.file(try LabApp.png()), "images": LabApp.file(cut)]
        let text = try await client.post("/album", files: files).text
        #expect(text.contains("event: error") && text.contains("\"status\":422"))
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
