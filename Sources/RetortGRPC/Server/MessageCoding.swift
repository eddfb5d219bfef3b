// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    internal import GRPCCore
    internal import RetortLab

    /// Reads requests that ask for a model or the repository.
    struct ControlReader: MessageDeserializer {
        let fields: ControlMessage.Fields
        let byteLimit: Int

        func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> ControlMessage {
            try requireFew(bytes.count, byteLimit)
            return try bytes.withUnsafeBytes { try ControlMessage($0, fields) }
        }
    }

    /// Reads requests to compute.
    ///
    /// Bytes of tensors are copied once, out of what has arrived.
    struct InferReader: MessageDeserializer {
        let limits: InferenceProtocolLimits
        let byteLimit: Int

        func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> InferMessage {
            try requireFew(bytes.count, byteLimit)
            return try bytes.withUnsafeBytes { try InferMessage($0, limits: limits, typedBytes: limits.jsonBytes) }
        }
    }

    private func requireFew(_ count: Int, _ limit: Int) throws {
        guard count <= limit else {
            throw RPCError(
                code: .resourceExhausted, message: "The request has \(count) bytes, and \(limit) are the most.")
        }
    }

    /// Writes answers.
    ///
    /// Bytes of tensors are copied once, into what is sent.
    struct AnswerWriter: MessageSerializer {
        func serialize<Bytes: GRPCContiguousBytes>(_ message: MessageWriter) throws -> Bytes {
            var bytes = Bytes(repeating: 0, count: message.count)
            bytes.withUnsafeMutableBytes { message.copy(to: $0) }
            return bytes
        }
    }

    extension CallFrame {
        /// Adds a method with one request and one answer.
        func add<Transport: ServerTransport, Request: Sendable>(
            _ method: MethodDescriptor, _ reader: some MessageDeserializer<Request>,
            to router: inout RPCRouter<Transport>,
            _ work: @escaping @Sendable (Request, ContinuousClock.Instant?) async throws -> MessageWriter
        ) {
            router.registerHandler(
                forMethod: method, deserializer: reader, serializer: AnswerWriter(),
                handler: { request, context in
                    let message = try await answer(request.metadata, context) { deadline in
                        var only: Request?
                        for try await message in request.messages {
                            guard only == nil else {
                                throw RPCError(
                                    code: .invalidArgument, message: "The call has more than one request.")
                            }
                            only = message
                        }
                        guard let only else {
                            throw RPCError(code: .invalidArgument, message: "The call has no request.")
                        }
                        return try await work(only, deadline)
                    }
                    return StreamingServerResponse(single: ServerResponse(message: message))
                })
        }
    }
#endif
