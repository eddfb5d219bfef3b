// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import RetortInference

/// Reads a request to compute, in pieces of any size as they arrive.
///
/// Bytes of tensors go to their places at once, so they are copied a single time.
///
/// Source: Triton, "Binary Tensor Data Extension".
struct InferenceReader: Sendable {
    /// What a request is.
    enum Request: Sendable {
        /// JSON, or JSON and tensors behind it.
        case call(InferenceCall)
        /// The bytes of the only input of a model, and nothing that describes them.
        case raw([UInt8])
        /// JSON that has yet to be read, which can take its time.
        case unread([UInt8])
    }

    private enum State {
        /// Everything is JSON.
        case json
        /// Everything is one tensor.
        case raw
        /// JSON of so many bytes, and tensors.
        case header(Int)
        /// The tensors.
        case tensors(InferenceHeader)
    }

    private let limits: InferenceProtocolLimits
    private var state: State
    /// The length of the whole, where it is known.
    private let length: Int?
    /// What has arrived of the current part.
    private var bytes: [UInt8] = []
    private var received = 0
    private var inputs: [String: Tensor] = [:]
    /// Which of the binary inputs is being read.
    private var place = 0

    /// Begins to read a request.
    ///
    /// - Parameters:
    ///   - headerLength: What stands in the header `Inference-Header-Content-Length`; nil without it.
    ///   - length: The bytes of the body, where they are known.
    ///   - limits: How much a request may have.
    /// - Throws: `InferenceError` with `.invalidData` for a header that does not fit, `.tooLarge`.
    init(headerLength: String?, length: Int?, limits: InferenceProtocolLimits) throws {
        self.limits = limits
        self.length = length
        guard let headerLength else {
            state = .json
            try Self.check(length ?? 0, atMost: limits.jsonBytes, "JSON of the request")
            return
        }
        // Not `Int(text)` alone, which takes a sign.
        guard let count = Int(headerLength), headerLength.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw InferenceHeader.invalid(
                "The header Inference-Header-Content-Length must be the bytes of the JSON, and is '\(headerLength)'.")
        }
        if let length, count > length {
            throw InferenceHeader.invalid(
                "The header Inference-Header-Content-Length promises \(count) bytes of JSON, and the body has \(length)."
            )
        }
        try Self.check(count, atMost: limits.headerBytes, "JSON of the request")
        try Self.check(length ?? 0, atMost: limits.bodyBytes, "body of the request")
        state = count == 0 ? .raw : .header(count)
        bytes.reserveCapacity(count == 0 ? length ?? 0 : count)
    }

    private static func check(_ count: Int, atMost limit: Int, _ what: String) throws {
        guard count <= limit else {
            throw InferenceError(.tooLarge, "The \(what) has more than \(limit) bytes.")
        }
    }

    /// Takes the next bytes.
    mutating func append(_ piece: some RandomAccessCollection<UInt8>) throws {
        received += piece.count
        try Self.check(received, atMost: limits.bodyBytes, "body of the request")
        var rest = piece[...]
        while !rest.isEmpty {
            switch state {
            case .json:
                try Self.check(received, atMost: limits.jsonBytes, "JSON of the request")
                bytes.append(contentsOf: rest)
                return
            case .raw:
                bytes.append(contentsOf: rest)
                return
            case .header(let count):
                let part = rest.prefix(count - bytes.count)
                bytes.append(contentsOf: part)
                rest = rest.dropFirst(part.count)
                if bytes.count == count { try beginTensors(behind: count) }
            case .tensors(let header):
                guard place < header.binaryInputs.count else {
                    throw InferenceHeader.invalid("More bytes follow the last of the binary tensors.")
                }
                let part = rest.prefix(header.binaryInputs[place].byteCount - bytes.count)
                bytes.append(contentsOf: part)
                rest = rest.dropFirst(part.count)
                try endTensors(header)
            }
        }
    }

    private mutating func beginTensors(behind count: Int) throws {
        let header = try InferenceHeader(json: bytes, limits: limits)
        var total = count
        for input in header.binaryInputs {
            let (sum, overflow) = total.addingReportingOverflow(input.byteCount)
            total = overflow ? .max : sum
        }
        try Self.check(total, atMost: limits.bodyBytes, "body of the request")
        if let length, total != length {
            throw InferenceHeader.invalid(
                "JSON and binary tensors should have \(total) bytes together, and the body has \(length).")
        }
        state = .tensors(header)
        bytes = []
        try endTensors(header)
    }

    /// Makes tensors of what is complete, and gets room for the next one.
    private mutating func endTensors(_ header: InferenceHeader) throws {
        while place < header.binaryInputs.count {
            let input = header.binaryInputs[place]
            guard bytes.count == input.byteCount else {
                // All of it within the limits, and nothing is written to it before it arrives.
                if bytes.isEmpty { bytes.reserveCapacity(input.byteCount) }
                return
            }
            inputs[input.name] = try InferenceRules(limits).tensor(
                input.name, input.dataType, shape: input.shape, bytes: bytes)
            bytes = []
            place += 1
        }
    }

    /// Ends the request.
    ///
    /// - Returns: What was read.
    mutating func finish() throws -> Request {
        switch state {
        case .json: return .unread(bytes)
        case .raw: return .raw(bytes)
        case .header(let count):
            throw InferenceHeader.invalid("The body ends after \(bytes.count) of \(count) bytes of JSON.")
        case .tensors(let header):
            guard place == header.binaryInputs.count else {
                throw InferenceHeader.invalid("The body ends within input '\(header.binaryInputs[place].name)'.")
            }
            var call = header.call
            call.inputs.merge(inputs) { _, new in new }
            return .call(call)
        }
    }
}
