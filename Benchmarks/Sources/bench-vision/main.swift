// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// The rows of pictures, in Retort: what comes is a file, what goes is a file or boxes.

import RetortLab

let faces = try CascadeDetector(.frontalFaceAlt)
var app = App()
app.server.limits.bodyBytes = 40 << 20
app.use(Lab())
app.get("/") { "Hello, World!" }
app.post("/canny") { (photo: ImageInput) in photo.answer(.gray) { try $0.canny(low: 100, high: 200) } }
app.post("/detect") { (photo: ImageInput) in photo.answer(.gray) { try faces.detect(in: $0) } }
app.post("/detect-small") { (photo: ImageInput) in photo.answer(finding: faces) }
app.post("/thumbnail") { (photo: ImageInput) in photo.answer(DecodePlan(longestSide: 640)) { $0 } }
app.server.addresses = [.tcp(host: "127.0.0.1", port: Int(CommandLine.arguments[1]) ?? 8111)]
try await app.serve()
