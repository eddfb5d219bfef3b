// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// The rows of models, in Retort: a photograph in and JSON out, and the Open Inference Protocol for bytes of tensors.
//
//     bench-models PORT FOLDER-OF-MODELS [batch] [times] [latency|throughput]
//
// The goal is adaptive unless another one is named. With `batch` the requests that wait for the classifier are computed
// together, as `make models` describes it; without it each is computed alone. Faces are looked for in bytes.

import RetortInference
import RetortLab

let arguments = CommandLine.arguments
guard arguments.count >= 3, let port = Int(arguments[1]) else {
    fatalError("usage: bench-models PORT FOLDER-OF-MODELS [batch] [latency|throughput]")
}
let folder = arguments[2]
let isBatched = arguments.contains("batch")
let engine = try Engine()

func load(_ name: String, _ file: String, _ input: String, _ shape: [AxisLength], batch: Int) async throws -> Model {
    var options = ModelOptions()
    options.shapes = [input: shape]
    options.queue.maximumBatch = isBatched ? batch : 1
    if name == "yunet" { options.conversions[input] = InputConversion(.uint8) }
    if arguments.contains("latency") { options.goal = .latency }
    if arguments.contains("throughput") { options.goal = .throughput }
    return try await engine.load("\(folder)/\(name)/1/\(file)", name: name, options: options)
}

let classes = try await load("pplcnet-v2", "inference.pdmodel", "x", [isBatched ? .any : 1, 3, 224, 224], batch: 8)
let faces = try await load("yunet", "face_detection_yunet_2023mar.onnx", "input", [1, 3, 640, 640], batch: 1)
let classifier = try Classifier(classes)
let detector = try FaceDetector(faces)

var app = App()
app.server.limits.bodyBytes = 40 << 20
var lab = Lab()
lab.tellsTimes = arguments.contains("times")
app.use(lab)
app.get("/") { "Hello, World!" }
app.post("/classify") { (photo: ImageInput) in photo.answer(classifying: classifier) }
app.post("/faces") { (photo: ImageInput) in photo.answer(finding: detector) }
app.mount(InferenceProtocol([classes, faces]), at: "/v2")
app.server.addresses = [.tcp(host: "127.0.0.1", port: port)]
try await app.serve()
