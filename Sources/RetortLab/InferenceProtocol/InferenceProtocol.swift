// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
public import Retort
public import RetortInference
internal import RetortServer
internal import RetortWire

/// The Open Inference Protocol, version 2: models as other programs ask them.
///
/// Clients of Triton, KServe and MLServer can use it as it is:
///
///     var models = InferenceProtocol(repository)
///     models.limits.bodyBytes = 16 << 20
///     app.mount(models, at: "/v2")
///
/// Tensors are JSON or bytes, both ways. Errors are JSON with the member `error`.
///
/// Source: Open Inference Protocol, "REST"; Triton, "HTTP/REST and GRPC Protocol" and its extensions.
public struct InferenceProtocol: Blueprint {
    /// How much a request may have.
    public var limits = InferenceProtocolLimits()

    /// Whether clients may load and unload models; they may not by default.
    ///
    /// Whoever can reach the app could, so put a middleware in front that knows who they are.
    public var allowsLoading = false

    /// Whether answers of a kilobyte and more are compressed for clients that ask for it; they are by default.
    ///
    /// Clients ask with `Accept-Encoding`, for gzip or deflate. A megabyte takes twenty to sixty milliseconds of a core,
    /// halves as JSON, and loses a tenth as random FP32: in a fast network it is of no use, and some clients ask for it
    /// without having been told to.
    public var compressesAnswers = true

    /// The models without which the server is not ready; none by default.
    ///
    /// Those that are named here have to be loaded, by the app or by a client, before the server says that it is ready.
    public var requiredModels: [String] = []

    /// The name by which the server introduces itself, "retort" by default.
    public var serverName = "retort"

    /// The version by which the server introduces itself.
    public var serverVersion = "2"

    let shelf: any ModelShelf

    /// Offers the models of a folder.
    ///
    /// - Parameter repository: The models. What is not loaded is loaded when it is asked for.
    public init(_ repository: ModelRepository) {
        shelf = RepositoryShelf(repository)
    }

    /// Offers models that the app has made.
    ///
    /// - Parameter models: The models, each with a name and version of its own.
    public init(_ models: [Model]) {
        shelf = FixedShelf(models)
    }

    /// The first part of the names of its routes.
    public var name: String? { "inference" }

    /// Adds the routes of the protocol.
    ///
    /// - Parameter r: The routes below the path where this is mounted.
    public func routes(_ r: inout Routes) {
        let service = InferenceService(offer: InferenceOffer(self))
        r.onError((any Error).self) { error, request in InferenceService.answer(to: error, request) }
        r.get("/", .name("server"), .strictSlashes(false)) { (_: Request) throws -> Response in
            try service.server()
        }
        r.get("/health/live", .name("live")) { (_: Request) throws -> Response in
            try service.json(["live": true])
        }
        r.get("/health/ready", .name("ready")) { (_: Request) throws -> Response in try service.ready() }
        r.get("/models/stats", .name("statistics")) { (_: Request) throws -> Response in
            try service.statistics(nil, nil)
        }
        addRepository(service, to: &r)
        // Each of a model, and of one of its versions.
        addModel(service, to: &r)
        addVersion(service, to: &r)
    }

    private func addRepository(_ service: InferenceService, to r: inout Routes) {
        let limit = RouteTrait.bodyLimit(limits.controlBytes)
        r.post("/repository/index", .name("index"), limit) { (request: Request) async throws -> Response in
            try await service.index(request)
        }
        r.post("/repository/models/{model}/load", .name("load"), limit) {
            (request: Request, model: String) async throws -> Response in
            try await service.load(request, model)
        }
        r.post("/repository/models/{model}/unload", .name("unload"), limit) {
            (request: Request, model: String) async throws -> Response in
            try await service.unload(request, model)
        }
    }

    private func addModel(_ service: InferenceService, to r: inout Routes) {
        r.get("/models/{model}", .name("model")) { (model: String) async throws -> Response in
            try await service.metadata(model, nil)
        }
        r.get("/models/{model}/ready", .name("modelReady")) { (model: String) throws -> Response in
            try service.ready(model, nil)
        }
        r.get("/models/{model}/config", .name("configuration")) { (model: String) async throws -> Response in
            try await service.configuration(model, nil)
        }
        r.get("/models/{model}/stats", .name("modelStatistics")) { (model: String) throws -> Response in
            try service.statistics(model, nil)
        }
        r.post("/models/{model}/infer", .name("infer"), .bodyLimit(limits.bodyBytes)) {
            (request: Request, model: String) async throws -> Response in
            try await service.infer(request, model, nil)
        }
    }

    private func addVersion(_ service: InferenceService, to r: inout Routes) {
        r.get("/models/{model}/versions/{version}", .name("version")) {
            (model: String, version: String) async throws -> Response in
            try await service.metadata(model, version)
        }
        r.get("/models/{model}/versions/{version}/ready", .name("versionReady")) {
            (model: String, version: String) throws -> Response in
            try service.ready(model, version)
        }
        r.get("/models/{model}/versions/{version}/config", .name("versionConfiguration")) {
            (model: String, version: String) async throws -> Response in
            try await service.configuration(model, version)
        }
        r.get("/models/{model}/versions/{version}/stats", .name("versionStatistics")) {
            (model: String, version: String) throws -> Response in
            try service.statistics(model, version)
        }
        r.post("/models/{model}/versions/{version}/infer", .name("versionInfer"), .bodyLimit(limits.bodyBytes)) {
            (request: Request, model: String, version: String) async throws -> Response in
            try await service.infer(request, model, version)
        }
    }
}
