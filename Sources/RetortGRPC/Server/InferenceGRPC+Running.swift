// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if GRPC
    internal import GRPCCore
    internal import GRPCNIOTransportHTTP2Posix
    public import Logging
    internal import NIOCore
    internal import NIOPosix
    internal import RetortLab
    internal import Synchronization

    extension InferenceGRPC {
        /// Serves until the task is cancelled, and then until the calls have ended that are under way.
        ///
        /// - Parameters:
        ///   - log: Gets where it listens, and errors of which clients learn nothing but that they happened.
        ///   - onReady: Called once with the port that is open.
        /// - Throws: An error with a sentence when it cannot listen, or cannot read the certificate.
        public func run(
            log: Logger = Logger(label: "grpc"), onReady: @escaping @Sendable (_ port: Int) -> Void = { _ in }
        ) async throws {
            let stop = StopSign()
            let transport = HTTP2ServerTransport.Posix(
                address: try await address(), transportSecurity: security, config: configuration)
            let calls = CallFrame(grpc: self, stop: stop, log: log)
            let server = GRPCServer(transport: transport, services: [InferenceRPCs(calls), HealthRPCs(calls)])
            // Cancelling the service only begins its end, so what serves must not be cancelled with it.
            let serving = Task { try await server.serve() }
            try await withTaskCancellationHandler {
                // Without an address it did not begin, and the value says why.
                if let port = try? await transport.listeningAddress.port {
                    log.info("models are served over gRPC", metadata: ["host": "\(host)", "port": "\(port)"])
                    onReady(port)
                }
                do {
                    try await serving.value
                } catch {
                    // Ends that were cut short are no failure of a server that stops.
                    if !stop.isSet { throw ListenFailure(host: host, port: port, error) }
                }
            } onCancel: {
                stop.set()
                server.beginGracefulShutdown()
                MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(gracePeriod)) {
                    serving.cancel()
                }
            }
        }

        private var security: HTTP2ServerTransport.Posix.TransportSecurity {
            guard let certificate else { return .plaintext }
            return .tls(
                certificateChain: [.file(path: certificate.chain, format: .pem)],
                privateKey: .file(path: certificate.key, format: .pem))
        }

        private var configuration: HTTP2ServerTransport.Posix.Config {
            .defaults { configuration in
                // The transport ends the call without a word. Up to twice as much it gets a sentence from us.
                let (most, overflow) = limits.messageBytes.multipliedReportingOverflow(by: 2)
                configuration.rpc.maxRequestPayloadSize = overflow ? limits.messageBytes : most
                configuration.http2.maxConcurrentStreams = limits.callsPerConnection
                // Tensors are large: with windows of 64 KiB their senders would wait for us most of the time.
                configuration.http2.targetWindowSize = 4 << 20
                configuration.http2.maxFrameSize = 256 << 10
                configuration.connection.maxGraceTime = gracePeriod
                // Clients may look after their connections as often as Triton lets them.
                configuration.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .seconds(300)
            }
        }

        /// The address behind the name, looked up where waiting disturbs nobody.
        private func address() async throws -> GRPCNIOTransportCore.SocketAddress {
            do {
                let found = try await NIOThreadPool.singleton.runIfActive { [host, port] in
                    try NIOCore.SocketAddress.makeAddressResolvingHost(host, port: port)
                }
                let text = found.ipAddress ?? host
                return text.utf8.contains(UInt8(ascii: ":"))
                    ? .ipv6(host: text, port: port) : .ipv4(host: text, port: port)
            } catch {
                throw ListenFailure(host: host, port: port, error)
            }
        }
    }

    /// Whether the server stops.
    final class StopSign: Sendable {
        private let isStopping = Atomic(false)

        var isSet: Bool { isStopping.load(ordering: .acquiring) }

        func set() { isStopping.store(true, ordering: .releasing) }
    }

    /// Why nobody can be served.
    struct ListenFailure: Error, CustomStringConvertible {
        let description: String

        init(host: String, port: Int, _ error: any Error) {
            let cause = (error as? RuntimeError)?.cause ?? error
            let reason =
                switch (cause as? IOError)?.errnoCode {
                case EADDRINUSE: "another program uses it. Stop that one, or choose another port."
                case EACCES: "this user may not. Ports below 1024 are for the system; choose another."
                case EADDRNOTAVAIL: "this machine has no such address. Choose another host."
                default: "\(cause)."
                }
            description = "Cannot serve gRPC on \(host):\(port): \(reason)"
        }
    }

    extension GRPCNIOTransportCore.SocketAddress {
        /// The port, where there is one.
        fileprivate var port: Int? { ipv4?.port ?? ipv6?.port }
    }
#endif
