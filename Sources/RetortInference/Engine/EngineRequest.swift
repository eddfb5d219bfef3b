// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import CRetortInference
internal import Synchronization

/// The memory and the state that the engine needs to compute one thing at a time.
///
/// It is used by one thread at a time; only ``cancel()`` may come from anywhere.
final class EngineRequest: Sendable {
    private let handle: EngineHandle
    /// What is to be called when it is over.
    ///
    /// It is there while the engine runs.
    private let completion = Mutex<(@Sendable () -> Void)?>(nil)

    /// Whether inputs stay in the memory of their tensors: requests that get one tensor at a time need no other.
    private let borrows: Bool
    /// The memory of what is being computed.
    private let borrowed = Mutex<[[UInt8]]>([])

    init(_ compiled: EngineHandle, borrows: Bool) throws {
        self.borrows = borrows
        var request: OpaquePointer?
        try check(
            retort_ov_request_create(compiled.pointer, &request), "The engine could not prepare an inference.")
        handle = try EngineHandle(request)
    }

    deinit { retort_ov_request_free(handle.pointer) }

    /// Gives an input to the engine, which is one tensor or several with their rows one behind the other.
    ///
    /// - Parameters:
    ///   - index: The number of the input.
    ///   - shape: The shape of all together.
    ///   - tensors: Tensors of one type that fill the shape.
    /// - Throws: ``InferenceError`` when the engine does not take it.
    func fill(_ index: Int, shape: [Int], with tensors: [Tensor]) throws {
        guard let first = tensors.first else { return }
        guard let number = first.dataType.engineNumber else {
            throw InferenceError(.wrongType, "The engine cannot compute with \(first.dataType.rawValue).")
        }
        let dimensions = shape.map(Int64.init)
        if borrows, tensors.count == 1, !first.bytes.isEmpty {
            return try lend(first.bytes, to: index, type: number, dimensions: dimensions)
        }
        var memory: UnsafeMutableRawPointer?
        var size = 0
        try check(
            retort_ov_request_input(
                handle.pointer, index, number, Int32(dimensions.count), dimensions, &memory, &size),
            "The engine did not take an input of the shape \(shape).")
        guard size == tensors.reduce(0, { $0 + $1.bytes.count }) else {
            throw InferenceError(.engineFailed, "The engine wants \(size) bytes for an input of the shape \(shape).")
        }
        guard size > 0, let memory else { return }
        let target = UnsafeMutableRawBufferPointer(start: memory, count: size)
        var offset = 0
        for tensor in tensors {
            tensor.bytes.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + source.count]).copyMemory(from: source)
            }
            offset += tensor.bytes.count
        }
    }

    private func lend(_ bytes: [UInt8], to index: Int, type: Int32, dimensions: [Int64]) throws {
        // The elements of an array stay where they are while somebody holds it and nobody changes it, and nobody changes a
        // copy that is held here.
        borrowed.withLock { $0.append(bytes) }
        try check(
            bytes.withUnsafeBytes {
                retort_ov_request_lend(
                    handle.pointer, index, type, Int32(dimensions.count), dimensions, $0.baseAddress)
            }, "The engine did not take an input of the shape \(dimensions).")
    }

    /// Holds the memory of inputs no longer, after the end, or when nothing was started with it.
    func giveBack() { borrowed.withLock { $0 = [] } }

    /// Starts to compute.
    ///
    /// - Parameter done: Called once from a thread of the engine, also after a cancellation or a failure. It must return
    ///   quickly, and ``finish()`` must be called after it.
    /// - Throws: ``InferenceError`` when the engine does not start; `done` is not called then.
    func start(_ done: @escaping @Sendable () -> Void) throws {
        completion.withLock { $0 = done }
        // Not retained: whoever waits for `done` has this object, and `finish` outlasts the call.
        let context = Unmanaged.passUnretained(self).toOpaque()
        let status = retort_ov_request_start(
            handle.pointer,
            { context in
                guard let context else { return }
                let request = Unmanaged<EngineRequest>.fromOpaque(context).takeUnretainedValue()
                request.completion.withLock { $0.take() }?()
            }, context)
        if status != RETORT_OV_OK {
            completion.withLock { $0 = nil }
            try check(status, "The engine could not start.")
        }
    }

    /// Says how it ended.
    ///
    /// The engine has called back before, so this waits for the last few instructions of that call at most.
    func finish() throws {
        // Not before the end, which is waited for.
        defer { giveBack() }
        try check(retort_ov_request_finish(handle.pointer), "The model could not be computed with these inputs.")
    }

    /// Stops what is being computed, soon; does nothing when nothing is.
    func cancel() { _ = retort_ov_request_cancel(handle.pointer) }

    /// A copy of an output.
    func output(_ index: Int) throws -> Tensor {
        var number: Int32 = 0
        var rank: Int32 = 0
        var dimensions = [Int64](repeating: 0, count: Int(RETORT_OV_MAX_RANK))
        var memory: UnsafeRawPointer?
        var size = 0
        try check(
            retort_ov_request_output(handle.pointer, index, &number, &rank, &dimensions, &memory, &size),
            "Output \(index) of the engine could not be read.")
        guard let dataType = DataType(engineNumber: number) else {
            throw InferenceError(.wrongType, "Output \(index) has a type that tensors do not have.")
        }
        let shape = dimensions.prefix(Int(rank)).map { Int($0) }
        return try Tensor(
            dataType: dataType, shape: shape, bytes: [UInt8](UnsafeRawBufferPointer(start: memory, count: size)))
    }
}

extension DataType {
    /// The numbers of ``CRetortInference``.
    private static let engineNumbers: [DataType: Int] = [
        .bool: RETORT_OV_BOOL, .uint8: RETORT_OV_UINT8, .uint16: RETORT_OV_UINT16, .uint32: RETORT_OV_UINT32,
        .uint64: RETORT_OV_UINT64, .int8: RETORT_OV_INT8, .int16: RETORT_OV_INT16, .int32: RETORT_OV_INT32,
        .int64: RETORT_OV_INT64, .float16: RETORT_OV_FLOAT16, .bfloat16: RETORT_OV_BFLOAT16,
        .float32: RETORT_OV_FLOAT32, .float64: RETORT_OV_FLOAT64,
    ]

    /// The engine's number for the type; `nil` for texts, which it is not asked to compute with.
    var engineNumber: Int32? { Self.engineNumbers[self].map { Int32($0) } }

    init?(engineNumber: Int32) {
        guard let type = Self.engineNumbers.first(where: { $0.value == Int(engineNumber) })?.key else { return nil }
        self = type
    }
}
