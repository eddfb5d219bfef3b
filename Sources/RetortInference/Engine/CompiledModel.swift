// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortInference

/// A model that the engine has read and compiled.
final class CompiledModel: Sendable {
    let inputs: [Port]
    let outputs: [Port]
    let handle: EngineHandle
    /// The engine's own advice on how many requests keep it busy.
    let advisedRequests: Int
    /// The engine goes after its models.
    private let engine: Engine

    /// Reads and compiles a model, which takes up to seconds and blocks the thread.
    init(_ engine: Engine, path: String, options: ModelOptions) throws {
        self.engine = engine
        var model: OpaquePointer?
        let file = path.split(separator: "/").last.map(String.init) ?? path
        try check(
            retort_ov_model_read(engine.handle.pointer, path, &model), "The model '\(file)' could not be read.",
            code: .unreadableModel)
        // The conversion puts another one in its place.
        var read = try EngineHandle(model)
        defer { retort_ov_model_free(read.pointer) }
        try Self.reshape(read.pointer, options: options, file: file)
        read = try Self.convert(read, options: options, file: file)
        inputs = try Self.ports(read.pointer, outputs: false)
        outputs = try Self.ports(read.pointer, outputs: true)
        if options.queue.maximumBatch > 1 { try Self.checkBatchable(inputs, outputs, options: options, file: file) }

        var properties = [("PERFORMANCE_HINT", options.goal == .throughput ? "THROUGHPUT" : "LATENCY")]
        if let precision = options.precision ?? engine.precision {
            properties.append(("INFERENCE_PRECISION_HINT", precision.rawValue))
        }
        if let folder = engine.cacheFolder { properties.append(("CACHE_DIR", folder)) }
        if let streams = options.streams { properties.append(("NUM_STREAMS", String(streams))) }
        if let threads = options.threads { properties.append(("INFERENCE_NUM_THREADS", String(threads))) }
        properties += options.properties.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        guard properties.count <= 8 else {
            throw InferenceError(.invalidDescription, "Model '\(file)' has more than three further properties.")
        }
        handle = try withCStrings(properties.flatMap { [$0.0, $0.1] }) { texts in
            var compiled: OpaquePointer?
            try check(
                retort_ov_compile(
                    engine.handle.pointer, read.pointer, options.device, texts, properties.count, &compiled),
                "The model '\(file)' could not be compiled for \(options.device).", code: .unreadableModel)
            return try EngineHandle(compiled)
        }
        let pointer = handle.pointer
        let advice = text {
            retort_ov_compiled_property(pointer, "OPTIMAL_NUMBER_OF_INFER_REQUESTS", $0.baseAddress, $0.count)
        }
        advisedRequests = max(advice.flatMap { Int($0) } ?? 1, 1)
    }

    deinit { retort_ov_compiled_free(handle.pointer) }

    private static func ports(_ model: OpaquePointer, outputs: Bool) throws -> [Port] {
        var count = 0
        try check(retort_ov_model_ports(model, outputs, &count), "The inputs and outputs of a model could not be read.")
        return try (0..<count).map { index in
            let port = try description(model, output: outputs, index: index)
            guard let dataType = DataType(engineNumber: port.element_type) else {
                throw InferenceError(
                    .unreadableModel,
                    "\(outputs ? "Output" : "Input") \(index) of the model has a type that tensors do not have.")
            }
            let name = port.nameText
            return Port(
                name: name.isEmpty ? "\(outputs ? "output" : "input")\(index)" : name, dataType: dataType,
                shape: port.rank < 0 ? nil : port.dimensions)
        }
    }

    static func description(_ model: OpaquePointer, output: Bool, index: Int) throws -> retort_ov_port {
        var port = retort_ov_port()
        try check(
            retort_ov_model_port(model, output, index, &port), "Port \(index) of a model could not be read.",
            code: .unreadableModel)
        return port
    }

    private static func reshape(_ model: OpaquePointer, options: ModelOptions, file: String) throws {
        if options.shapes.isEmpty { return }
        var count = 0
        try check(retort_ov_model_ports(model, false, &count), "The inputs of a model could not be read.")
        var ports: [retort_ov_port] = []
        var unknown = Set(options.shapes.keys)
        for index in 0..<count {
            var port = try description(model, output: false, index: index)
            let name = port.nameText.isEmpty ? "input\(index)" : port.nameText
            if let shape = options.shapes[name] {
                guard shape.count <= Int(RETORT_OV_MAX_RANK) else {
                    throw InferenceError(.invalidDescription, "The shape of input '\(name)' has too many dimensions.")
                }
                unknown.remove(name)
                port.dimensions = shape
            } else {
                port.rank = -1
            }
            ports.append(port)
        }
        if let name = unknown.min() {
            throw InferenceError(
                .invalidDescription, "A shape was given for input '\(name)', and model '\(file)' has no such input.")
        }
        try check(
            retort_ov_model_reshape(model, ports, ports.count),
            "The model '\(file)' does not allow the shapes that were given.", code: .invalidDescription)
    }

    private static func checkBatchable(
        _ inputs: [Port], _ outputs: [Port], options: ModelOptions, file: String
    ) throws {
        for port in inputs + outputs {
            guard let rows = port.shape?.first, rows.fixed == nil else {
                throw InferenceError(
                    .invalidDescription,
                    "Model '\(file)' cannot be batched: the first dimension of '\(port.name)' is not open.")
            }
            if let highest = rows.highest, highest < options.queue.maximumBatch {
                throw InferenceError(
                    .invalidDescription,
                    "Model '\(file)' takes batches of \(highest) at most, and \(options.queue.maximumBatch) is wanted.")
            }
        }
    }
}

extension retort_ov_port {
    var nameText: String {
        withUnsafeBytes(of: name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    var dimensions: [AxisLength] {
        get {
            let lowest = withUnsafeBytes(of: lowest) { [Int64]($0.bindMemory(to: Int64.self)) }
            let highest = withUnsafeBytes(of: highest) { [Int64]($0.bindMemory(to: Int64.self)) }
            return (0..<Int(max(rank, 0))).map {
                AxisLength(lowest: max(Int(lowest[$0]), 0), highest: highest[$0] < 0 ? nil : Int(highest[$0]))
            }
        }
        set {
            rank = Int32(newValue.count)
            withUnsafeMutableBytes(of: &lowest) { bytes in
                let numbers = bytes.bindMemory(to: Int64.self)
                for (index, dimension) in newValue.enumerated() { numbers[index] = dimension.enginePair.0 }
            }
            withUnsafeMutableBytes(of: &highest) { bytes in
                let numbers = bytes.bindMemory(to: Int64.self)
                for (index, dimension) in newValue.enumerated() { numbers[index] = dimension.enginePair.1 }
            }
        }
    }
}

extension AxisLength {
    /// The bounds as the engine takes them: no bounds at all are -1 and -1, and otherwise there must be both.
    fileprivate var enginePair: (Int64, Int64) {
        if self == .any { return (-1, -1) }
        return (Int64(lowest), highest.map(Int64.init) ?? Int64(Int32.max))
    }
}

/// Calls a function with texts as C knows them.
private func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafePointer<CChar>?]) throws -> Result
) rethrows -> Result {
    // One memory for all of them, so that no pointer outlives the call.
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
        starts.append(bytes.count)
        bytes += text.utf8CString
    }
    return try bytes.withUnsafeBufferPointer { buffer in
        try body(starts.map { start in buffer.baseAddress.map { $0 + start } })
    }
}
