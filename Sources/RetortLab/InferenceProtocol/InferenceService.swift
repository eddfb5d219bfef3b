// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import NIOCore
internal import Retort
internal import RetortInference
internal import RetortServer
internal import RetortWire

/// What answers the requests of the protocol over HTTP.
struct InferenceService: Sendable {
    let offer: InferenceOffer

    private var options: InferenceProtocol { offer.options }

    /// Bytes of JSON, or elements of text, above which other threads do the work, and not the event loop.
    static let longWork = 32 << 10

    func json(_ value: JSONValue) throws -> Response {
        Response(.bytes(try value.bytes()), contentType: "application/json")
    }

    /// The server's name and what it can do.
    func server() throws -> Response {
        try json([
            "name": .string(options.serverName), "version": .string(options.serverVersion),
            "extensions": .array(InferenceOffer.extensions.map { .string($0) }),
        ])
    }

    func ready() throws -> Response {
        let missing = offer.missingModels
        guard missing.isEmpty else {
            throw HTTPError(
                .serviceUnavailable, "The server is not ready: it waits for \(missing.joined(separator: ", ")).")
        }
        return try json(["ready": true])
    }

    func ready(_ model: String, _ version: String?) throws -> Response {
        guard try offer.isReady(model, version) else {
            throw HTTPError(.badRequest, "Model '\(model)' is not ready.")
        }
        return try json(["name": .string(model), "ready": true])
    }

    func metadata(_ name: String, _ version: String?) async throws -> Response {
        let model = try await offer.model(name, version)
        return try json(ModelDocuments.metadata(model, versions: offer.versions(of: name, version)))
    }

    func configuration(_ name: String, _ version: String?) async throws -> Response {
        try json(ModelDocuments.configuration(try await offer.model(name, version)))
    }

    func statistics(_ name: String?, _ version: String?) throws -> Response {
        try json(["model_stats": .array(try offer.measured(name, version).map(ModelDocuments.statistics))])
    }

    // MARK: The repository

    func index(_ request: Request) async throws -> Response {
        var isReadyOnly = false
        if let body = try await control(request), let ready = body["ready"], !ready.isNull {
            guard let flag = ready.bool else { throw InferenceHeader.invalid("'ready' must be true or false.") }
            isReadyOnly = flag
        }
        return try json(
            .array(
                offer.index(isReadyOnly: isReadyOnly).map { entry in
                    var members: JSONObject = [
                        "name": .string(entry.name), "version": .string(entry.version),
                        "state": .string(entry.state.rawValue),
                    ]
                    if !entry.reason.isEmpty { members["reason"] = .string(entry.reason) }
                    return .object(members)
                }))
    }

    func load(_ request: Request, _ name: String) async throws -> Response {
        try offer.requireLoading()
        try await offer.load(name, parameters: control(request)?["parameters"]?.object?.keys ?? [])
        return Response(.empty, contentType: "application/json")
    }

    func unload(_ request: Request, _ name: String) async throws -> Response {
        try offer.requireLoading()
        _ = try await control(request)
        try offer.unload(name)
        return Response(.empty, contentType: "application/json")
    }

    /// The JSON of a request that may have none.
    private func control(_ request: Request) async throws -> JSONObject? {
        let bytes = [UInt8](buffer: try await request.body.collect())
        if bytes.isEmpty { return nil }
        guard let body = try JSONValue(parsing: bytes).object else {
            throw InferenceHeader.invalid("The request is not a JSON object.")
        }
        return body
    }

    // MARK: Computing

    func infer(_ request: Request, _ name: String, _ version: String?) async throws -> Response {
        let coding = try InferenceCoding.ofBody(request.header(.contentEncoding))
        // Before the body, which then need not be read.
        let model = try await offer.model(name, version)
        let call = try await read(request, coding, for: model)
        let result = try await model.infer(call.request)
        let answer = try await Self.away(InferenceAnswer.textElements(call, result) > Self.longWork) {
            try InferenceAnswer(to: call, from: model, result)
        }
        guard options.compressesAnswers, answer.byteCount >= InferenceCoding.least,
            let coding = InferenceCoding.forAnswer(request.header(.acceptEncoding))
        else { return answer.response }
        return try await Self.away(answer.byteCount > Self.longWork) { try answer.response(in: coding) }
    }

    private func read(
        _ request: Request, _ coding: InferenceCoding?, for model: Model
    ) async throws -> InferenceCall {
        let limits = options.limits
        let header = request.header(.inferenceHeaderLength)
        var reader: InferenceReader
        if let coding {
            let packed = [UInt8](buffer: try await request.body.collect())
            let limit = header == nil ? min(limits.jsonBytes, limits.bodyBytes) : limits.bodyBytes
            // Never here: a kilobyte can become a megabyte.
            let bytes = try await Self.away(true) { try coding.unpack(packed, limit: limit) }
            reader = try InferenceReader(headerLength: header, length: bytes.count, limits: limits)
            try reader.append(bytes)
        } else {
            reader = try InferenceReader(headerLength: header, length: request.body.length, limits: limits)
            for try await piece in request.body { try reader.append(piece.readableBytesView) }
        }
        switch try reader.finish() {
        case .call(let call): return call
        case .raw(let bytes): return try InferenceCall(raw: bytes, for: model)
        case .unread(let json):
            return try await Self.away(json.count > Self.longWork) {
                try InferenceCall(json: json, limits: limits)
            }
        }
    }

    /// Does work here when it is short, and else on the threads of tasks, so that the event loop goes on.
    private static func away<Result: Sendable>(
        _ isLong: Bool, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        guard isLong else { return try work() }
        return try await besideTheLoop(work)
    }
}
