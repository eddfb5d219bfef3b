// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension Engine {
    /// Reads and compiles a model, and computes once with zeros.
    ///
    /// ONNX (with external data), TensorFlow Lite, TensorFlow (frozen graphs and SavedModel), PaddlePaddle and OpenVINO's
    /// own format are read; other files that belong to the model are found beside it. It takes up to seconds, and holds no
    /// thread of tasks.
    ///
    /// - Parameters:
    ///   - path: The file of the model; for a SavedModel its folder, or the `saved_model.pb` in it.
    ///   - name: The name; that of the file when left out.
    ///   - options: How it is compiled and used.
    /// - Returns: A model that can be used at once.
    /// - Throws: ``InferenceError`` with `.unreadableModel` when the file is missing, broken or of an unknown format,
    ///   `.invalidDescription` when the options do not fit the model.
    public func load(_ path: String, name: String? = nil, options: ModelOptions = ModelOptions()) async throws -> Model
    {
        var path = path
        var parts = path.split(separator: "/")
        let isSaved = try await runBlocking { [path] in ModelFormat.isSavedModel(path) }
        if isSaved, parts.last == "saved_model.pb" {
            // The engine wants the folder, because weights may lie beside it.
            parts.removeLast()
            path = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
            if path.isEmpty { path = "." }
        }
        let file = parts.last.map(String.init) ?? path
        guard let format = isSaved ? .tensorFlowSaved : ModelFormat(file: file) else {
            throw InferenceError(
                .unreadableModel,
                "'\(file)' has none of the names that models have: .onnx, .tflite, .pb, .pdmodel, .xml.")
        }
        let parent = (path.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
        let folder = isSaved ? path : parent.isEmpty ? "." : parent
        let (scheduler, metadata) = try await runBlocking { [path] in
            let files = Folder.entries(folder)
            let compiled = try CompiledModel(self, path: path, options: options)
            let metadata = format == .onnx ? ONNXMetadata.read(path) : [:]
            let scheduler = try Scheduler(compiled, options: options) { [self] options in
                let again = try CompiledModel(self, path: path, options: options)
                // Another model may have taken the place of this one, before or while it was read.
                guard files != nil, Folder.entries(folder) == files else {
                    throw InferenceError(.unreadableModel, "The files of '\(file)' have changed.")
                }
                return again
            }
            return (scheduler, metadata)
        }
        var model = Model(
            name: name ?? String(file.prefix { $0 != "." }), platform: format.rawValue,
            inputs: scheduler.model.inputs, outputs: scheduler.model.outputs,
            maximumBatch: max(options.queue.maximumBatch, 1), backend: scheduler)
        model.metadata = metadata
        if options.warmsUp {
            try await model.warmUp()
            // Nobody asked for it.
            scheduler.forgetStatistics()
        }
        return model
    }
}

/// A format of models that the engine reads, in the spelling of the Open Inference Protocol.
enum ModelFormat: String {
    case onnx = "onnx_onnxv1"
    case tensorFlowLite = "tensorflow_tflite"
    case tensorFlow = "tensorflow_graphdef"
    case tensorFlowSaved = "tensorflow_savedmodel"
    case paddle = "paddlepaddle_pdmodel"
    case openVINO = "openvino_ir"

    /// Whether a path is a `saved_model.pb`, or a folder with one in it; it blocks.
    static func isSavedModel(_ path: String) -> Bool {
        if path.split(separator: "/").last == "saved_model.pb" { return true }
        return Folder.entries(path)?.contains { $0.name == "saved_model.pb" && !$0.isFolder } ?? false
    }

    /// The format of a file by the end of its name.
    init?(file: String) {
        let endings: [(String, ModelFormat)] = [
            (".onnx", .onnx), (".tflite", .tensorFlowLite), (".pb", .tensorFlow), (".pdmodel", .paddle),
            (".xml", .openVINO),
        ]
        guard let format = endings.first(where: { file.utf8.count > $0.0.utf8.count && file.hasSuffix($0.0) }) else {
            return nil
        }
        self = format.1
    }
}

extension Model {
    /// Computes once with zeros, so that the first request does not pay for what the engine prepares then.
    ///
    /// Open dimensions are taken as short as they may be, at least 1; models with more than 64 MB of inputs, or an input
    /// of BYTES or of an unknown number of dimensions, are left as they are.
    ///
    /// - Throws: As ``infer(_:)-(InferenceRequest)``; not when the model cannot compute with open dimensions that short.
    public func warmUp() async throws {
        var zeros: [String: Tensor] = [:]
        var isOpen = false
        var bytes = 0
        for input in inputs {
            guard let size = input.dataType.size, let dimensions = input.shape else { return }
            isOpen = isOpen || dimensions.contains { $0.fixed == nil }
            let shape = dimensions.map { max($0.lowest, $0.fixed == nil ? 1 : 0) }
            let own = try TensorShape.byteCount(shape, size: size)
            guard own <= 64 << 20, bytes + own <= 64 << 20 else { return }
            bytes += own
            zeros[input.name] = try Tensor(
                dataType: input.dataType, shape: shape, bytes: [UInt8](repeating: 0, count: own))
        }
        do {
            _ = try await infer(zeros)
        } catch let error as InferenceError where isOpen && error.code == .engineFailed {
            // A picture of 1 × 1 is too small for many a model; the real ones will not be.
        }
    }
}
