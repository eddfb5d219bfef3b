// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    internal import GRPCCore
    internal import HTTPTypes
    internal import Logging
    internal import Retort
    internal import RetortInference
    internal import RetortLab

    /// What stands around every call: who may ask, until when, and what becomes of errors.
    struct CallFrame: Sendable {
        let grpc: InferenceGRPC
        let stop: StopSign
        let log: Logger

        var offer: InferenceOffer { InferenceOffer(grpc.models) }

        /// Answers a call, or says why not.
        ///
        /// The client's deadline and its going away end the work, and the place in the model's queue with it. Work that is
        /// under way when the server stops goes on.
        ///
        /// - Parameters:
        ///   - metadata: The headers of the call.
        ///   - context: The call.
        ///   - emptied: Waits until nothing is under way, for a call that would otherwise wait for the client.
        ///   - work: Makes the answer.
        /// - Returns: The answer.
        /// - Throws: `RPCError`, whatever went wrong.
        func answer<Answer: Sendable>(
            _ metadata: Metadata, _ context: ServerContext, emptied: (@Sendable () async -> Void)? = nil,
            _ work: @escaping @Sendable (_ deadline: ContinuousClock.Instant?) async throws -> Answer
        ) async throws -> Answer {
            let deadline = CallTimeout(metadata).map { ContinuousClock.now + $0.duration }
            do {
                try await admit(metadata, context)
                return try await withThrowingTaskGroup(of: Answer?.self) { group in
                    group.addTask { try await work(deadline) }
                    group.addTask {
                        try await end(of: context, deadline, emptied)
                        return nil
                    }
                    defer { group.cancelAll() }
                    guard let answer = try await group.next() ?? nil else { throw CancellationError() }
                    return answer
                }
            } catch is CancellationError where isPast(deadline) {
                throw RPCError(code: .deadlineExceeded, message: "The call was not answered before its deadline.")
            } catch {
                throw rpcError(error, context)
            }
        }

        /// Whether a deadline has passed.
        ///
        /// The transport has a clock of its own that began a little earlier.
        private func isPast(_ deadline: ContinuousClock.Instant?) -> Bool {
            deadline.map { $0 <= .now + .milliseconds(20) } ?? false
        }

        private func admit(_ metadata: Metadata, _ context: ServerContext) async throws {
            guard let admit = grpc.admit else { return }
            let caller = GRPCCaller(
                method: context.descriptor.fullyQualifiedMethod, peer: context.remotePeer, metadata: metadata)
            try await admit(caller)
        }

        /// Returns when nobody waits for the answer any more, or no more of them are wanted.
        private func end(
            of context: ServerContext, _ deadline: ContinuousClock.Instant?, _ emptied: (@Sendable () async -> Void)?
        ) async throws {
            try await context.cancellation.cancelled
            // A server that stops says so to every call, and these may end.
            guard stop.isSet, !isPast(deadline) else { return }
            if let emptied { return await emptied() }
            try await Task.sleep(until: deadline ?? .now + grpc.gracePeriod, clock: .continuous)
        }

        /// The status of an error, and one sentence.
        func rpcError(_ error: any Error, _ context: ServerContext) -> RPCError {
            switch error {
            case let error as RPCError: return error
            case let error as MessageError: return RPCError(code: .invalidArgument, message: error.description)
            case is CancellationError:
                return stop.isSet
                    ? RPCError(code: .unavailable, message: "The server stops; another one can be asked.")
                    : RPCError(code: .cancelled, message: "The call was cancelled.")
            default: break
            }
            let found = HTTPError(error)
            if found.status.code >= 500, let cause = found.underlying {
                // The client gets the sentence alone.
                log.error(
                    "inference failed",
                    metadata: ["error": "\(cause)", "method": "\(context.descriptor.fullyQualifiedMethod)"])
            }
            var result = RPCError(
                code: Self.code(of: found.status.code), message: found.message ?? found.status.reasonPhrase)
            if result.code == .unavailable || result.code == .resourceExhausted {
                // Models that are being loaded do not know how long it takes.
                let time = (error as? InferenceError)?.retryAfter ?? .seconds(1)
                // gRPC's proposal A6, "Pushback".
                result.metadata.addString(
                    String(max(1, time.nanoseconds / 1_000_000)), forKey: "grpc-retry-pushback-ms")
            }
            return result
        }

        /// The code of gRPC that says what a status of HTTP does.
        static func code(of status: Int) -> RPCError.Code {
            switch status {
            case 401: .unauthenticated
            case 403: .permissionDenied
            case 404: .notFound
            case 429: .resourceExhausted
            case 400..<500: .invalidArgument
            case 501: .unimplemented
            case 503: .unavailable
            case 504: .deadlineExceeded
            default: .internalError
            }
        }
    }

    /// How long a client waits for the answer.
    ///
    /// Source: gRPC over HTTP/2, "Timeout".
    struct CallTimeout: Equatable {
        let duration: Duration

        /// What the headers of a call say; nil where they say nothing that can be understood.
        init?(_ metadata: Metadata) {
            guard let text = metadata[stringValues: "grpc-timeout"].first(where: { _ in true }) else { return nil }
            self.init(text)
        }

        /// At most eight digits, and a unit.
        init?(_ text: String) {
            let digits = text.utf8.dropLast()
            guard (1...8).contains(digits.count), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let number = Int64(String(decoding: digits, as: UTF8.self))
            else { return nil }
            switch text.utf8.last {
            case UInt8(ascii: "H"): duration = .seconds(number * 3_600)
            case UInt8(ascii: "M"): duration = .seconds(number * 60)
            case UInt8(ascii: "S"): duration = .seconds(number)
            case UInt8(ascii: "m"): duration = .milliseconds(number)
            case UInt8(ascii: "u"): duration = .microseconds(number)
            case UInt8(ascii: "n"): duration = .nanoseconds(number)
            default: return nil
            }
        }
    }
#endif
