// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    internal import GRPCCore
    internal import RetortInference
    internal import RetortLab

    /// The methods of `inference.GRPCInferenceService`.
    struct InferenceRPCs: RegistrableRPCService {
        static let service = ServiceDescriptor(fullyQualifiedService: "inference.GRPCInferenceService")

        let calls: CallFrame

        init(_ calls: CallFrame) { self.calls = calls }

        private var offer: InferenceOffer { calls.offer }

        func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
            let offer = offer
            add("ServerLive", .none, to: &router) { _ in .truth(true) }
            add("ServerReady", .none, to: &router) { _ in .truth(offer.missingModels.isEmpty) }
            add("ModelReady", .model, to: &router) { request in
                do {
                    return .truth(try offer.isReady(request.name, request.version))
                } catch let error as InferenceError where error.code == .unknownModel {
                    // As Triton has it: what is not there is not ready.
                    return .truth(false)
                }
            }
            add("ServerMetadata", .none, to: &router) { _ in .server(offer.options) }
            add("ModelMetadata", .model, to: &router) { request in
                let model = try await offer.model(request.name, request.version)
                return .metadata(model, versions: offer.versions(of: request.name, request.version))
            }
            add("ModelConfig", .model, to: &router) { request in
                .configuration(try await offer.model(request.name, request.version))
            }
            add("ModelStatistics", .model, to: &router) { request in
                .statistics(try offer.measured(request.name.isEmpty ? nil : request.name, request.version))
            }
            add("RepositoryIndex", .index, to: &router) { request in
                .index(offer.index(isReadyOnly: request.flag))
            }
            add("RepositoryModelLoad", .repositoryModel, to: &router) { request in
                try await offer.load(request.name, parameters: request.parameters)
                return MessageWriter()
            }
            add("RepositoryModelUnload", .repositoryModel, to: &router) { request in
                try offer.unload(request.name)
                return MessageWriter()
            }
            addInference(to: &router)
            addAbsent(to: &router)
        }

        private func add<Transport: ServerTransport>(
            _ method: String, _ fields: ControlMessage.Fields, to router: inout RPCRouter<Transport>,
            _ work: @escaping @Sendable (ControlMessage) async throws -> MessageWriter
        ) {
            calls.add(
                MethodDescriptor(service: Self.service, method: method, type: .unary),
                ControlReader(fields: fields, byteLimit: offer.options.limits.controlBytes), to: &router
            ) { message, _ in try await work(message) }
        }

        /// What Triton has and this server has not.
        private func addAbsent<Transport: ServerTransport>(to router: inout RPCRouter<Transport>) {
            let absent = ["System", "Cuda"].flatMap { kind in
                ["Status", "Register", "Unregister"].map { "\(kind)SharedMemory\($0)" }
            }
            for method in absent + ["TraceSetting", "LogSettings"] {
                add(method, .none, to: &router) { _ in
                    throw RPCError(code: .unimplemented, message: "This server does not offer \(method).")
                }
            }
        }

        // MARK: Computing

        private func addInference<Transport: ServerTransport>(to router: inout RPCRouter<Transport>) {
            let reader = InferReader(
                limits: offer.options.limits, byteLimit: calls.grpc.limits.messageBytes)
            calls.add(
                MethodDescriptor(service: Self.service, method: "ModelInfer", type: .unary), reader, to: &router
            ) { message, deadline in try await infer(message, deadline) }
            router.registerHandler(
                forMethod: MethodDescriptor(
                    service: Self.service, method: "ModelStreamInfer", type: .bidirectionalStreaming),
                deserializer: reader, serializer: AnswerWriter(),
                handler: { request, context in inferStream(request, context) })
        }

        /// The answer to one request.
        func infer(_ message: InferMessage, _ deadline: ContinuousClock.Instant?) async throws -> MessageWriter {
            var call = try message.call.get()
            let model = try await offer.model(message.model, message.version.isEmpty ? nil : message.version)
            if let deadline {
                // The model's queue drops what nobody waits for any more.
                let left = ContinuousClock.now.duration(to: deadline)
                call.timeout = min(call.timeout ?? left, max(left, .nanoseconds(1)))
            }
            let result = try await model.infer(call.request)
            let answer = MessageWriter.answer(to: message, from: model, try call.answers(of: model, result))
            guard answer.count <= calls.grpc.limits.messageBytes else {
                throw RPCError(
                    code: .resourceExhausted,
                    message: "The answer has \(answer.count) bytes, and \(calls.grpc.limits.messageBytes) are the most."
                )
            }
            return answer
        }

        /// The answers to requests of a stream, in their order.
        private func inferStream(
            _ request: StreamingServerRequest<InferMessage>, _ context: ServerContext
        ) -> StreamingServerResponse<MessageWriter> {
            StreamingServerResponse { writer in
                // With this header, as Triton has it, the first error ends the stream with its status.
                let endsWithError = request.metadata[stringValues: "triton_grpc_error"].contains("true")
                let line = AnswerLine()
                return try await calls.answer(request.metadata, context, emptied: line.emptied) { deadline in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await message in request.messages {
                            let turn = line.join()
                            await line.reached(turn - max(calls.grpc.limits.requestsPerStream, 1) + 1)
                            group.addTask {
                                defer { line.leave() }
                                let answer = await answer(to: message, deadline, context)
                                await line.reached(turn)
                                switch answer {
                                case .success(let answer): try await writer.write(.streamed(answer))
                                case .failure(let error) where endsWithError: throw error
                                case .failure(let error):
                                    try await writer.write(.streamed(error: error.message, id: message.id))
                                }
                            }
                        }
                    }
                    return [:]
                }
            }
        }

        private func answer(
            to message: InferMessage, _ deadline: ContinuousClock.Instant?, _ context: ServerContext
        ) async -> Result<MessageWriter, RPCError> {
            do {
                return .success(try await infer(message, deadline))
            } catch {
                return .failure(calls.rpcError(error, context))
            }
        }
    }

    /// The methods of `grpc.health.v1.Health`; `Watch` is not there, which clients take for well.
    ///
    /// Source: gRPC, "Health Checking Protocol".
    struct HealthRPCs: RegistrableRPCService {
        let calls: CallFrame

        init(_ calls: CallFrame) { self.calls = calls }

        func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
            let method = MethodDescriptor(fullyQualifiedService: "grpc.health.v1.Health", method: "Check", type: .unary)
            let known = ["", InferenceRPCs.service.fullyQualifiedService]
            let offer = calls.offer
            let reader = ControlReader(fields: .health, byteLimit: offer.options.limits.controlBytes)
            calls.add(method, reader, to: &router) { message, _ in
                guard known.contains(message.name) else {
                    throw RPCError(code: .notFound, message: "There is no service '\(message.name)'.")
                }
                return .health(offer.missingModels.isEmpty)
            }
        }
    }
#endif
