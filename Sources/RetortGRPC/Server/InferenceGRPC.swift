// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    internal import GRPCCore
    public import Retort
    public import RetortLab

    /// Models over gRPC: the Open Inference Protocol, version 2, as Triton's clients speak it.
    ///
    /// It runs beside the app's own server and offers what is mounted for HTTP. Both share models, queues, statistics and
    /// what clients have unloaded:
    ///
    ///     let models = InferenceProtocol(repository)
    ///     app.mount(models, at: "/v2")
    ///     app.service(InferenceGRPC(models))
    ///
    /// Middlewares of the app do not stand in front of it. Without ``certificate`` everything travels in clear, and without
    /// ``admit`` everybody who reaches the port may ask.
    ///
    /// Source: Open Inference Protocol, "gRPC"; Triton, "HTTP/REST and GRPC Protocol"; gRPC, "Health Checking Protocol".
    public struct InferenceGRPC: Sendable {
        /// The IP address or name at which it listens, "127.0.0.1" by default.
        public var host: String

        /// The port at which it listens, 8001 by default; 0 lets the system choose.
        public var port: Int

        /// How much a call and a connection may have.
        public var limits = GRPCLimits()

        /// With what it proves who it is, and encrypts; in clear when nil, which is the default.
        public var certificate: GRPCCertificate?

        /// How long calls may go on when the app stops; 10 seconds by default.
        public var gracePeriod: Duration = .seconds(10)

        /// Decides who may ask; everybody when nil, which is the default.
        ///
        /// What it throws is the answer, an `HTTPError` with 401 or 403 for example. It is called for every call, those for
        /// health included.
        public var admit: (@Sendable (GRPCCaller) async throws -> Void)?

        let models: InferenceProtocol

        /// Offers the models that are mounted for HTTP.
        ///
        /// - Parameters:
        ///   - models: The same value that is mounted, with its limits and names.
        ///   - host: The IP address or name at which it listens.
        ///   - port: The port at which it listens; 0 lets the system choose.
        public init(_ models: InferenceProtocol, host: String = "127.0.0.1", port: Int = 8001) {
            self.models = models
            self.host = host
            self.port = port
        }
    }

    /// How much a call of gRPC and a connection may have.
    ///
    /// The limits of `InferenceProtocol` for tensors, dimensions and names count too, and `jsonBytes` of it for tensors whose
    /// elements are sent one by one.
    public struct GRPCLimits: Sendable, Hashable {
        /// The most bytes of a message, request or answer; 64 MiB by default.
        ///
        /// A request that has more is answered with RESOURCE_EXHAUSTED, and one that has twice as many is cut off.
        public var messageBytes = 64 << 20

        /// The most calls at a time on one connection; 100 by default.
        public var callsPerConnection = 100

        /// The most requests of one stream that are computed at a time; 8 by default.
        public var requestsPerStream = 8

        /// Creates limits with their defaults.
        public init() {}
    }

    /// The files with which a server proves who it is.
    public struct GRPCCertificate: Sendable, Hashable {
        /// The path of the certificate, and of those that vouch for it behind it, in PEM.
        public var chain: String

        /// The path of its private key, in PEM.
        public var key: String

        /// Names the files, which are read when the app starts.
        ///
        /// - Parameters:
        ///   - chain: The path of the certificate, and of those that vouch for it behind it, in PEM.
        ///   - key: The path of its private key, in PEM.
        public init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    /// Who asks over gRPC, and for what.
    public struct GRPCCaller: Sendable {
        /// The full name of the method, `inference.GRPCInferenceService/ModelInfer` for example.
        public let method: String

        /// The address of the other side, `ipv4:127.0.0.1:54321` for example.
        public let peer: String

        let metadata: Metadata

        /// The first value of a header, or nil when there is none.
        ///
        /// - Parameter name: The name of the header, in any case.
        /// - Returns: The value as it was sent.
        public func header(_ name: String) -> String? {
            metadata[stringValues: name].first { _ in true }
        }
    }

    extension App {
        /// Offers models over gRPC for as long as the app serves.
        ///
        /// It starts when the functions of `onStart` are done, and ends after the last request over HTTP was answered: calls
        /// that go on then have ``InferenceGRPC/gracePeriod`` to end. A port that is in use stops the app with a sentence.
        ///
        /// - Parameter grpc: The models and the address.
        public mutating func service(_ grpc: InferenceGRPC) {
            let log = log
            service("gRPC") { try await grpc.run(log: log) }
        }
    }
#else
    /// Models over gRPC, which this build leaves out.
    @available(
        *, unavailable,
        message: "gRPC is a trait of the package: .package(url: \"…/retort\", from: \"…\", traits: [\"GRPC\"])"
    )
    public struct InferenceGRPC: Sendable {}
#endif
