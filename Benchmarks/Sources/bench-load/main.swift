// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// Sends GET requests at a steady rate and prints latencies: bench-load PORT PATH RATE SECONDS CONNECTIONS
//
// A latency is counted from the moment at which the request was due, so that a server which stalls cannot hide it.

import NIOCore
import NIOPosix

let arguments = CommandLine.arguments
guard arguments.count == 6, let port = Int(arguments[1]), let rate = Double(arguments[3]),
    let seconds = Double(arguments[4]), let connections = Int(arguments[5]), rate > 0, connections > 0
else {
    print("usage: bench-load PORT PATH RATE SECONDS CONNECTIONS")
    throw CancellationError()
}

/// One connection: sends when told, and notes how long each answer took.
final class Client: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private var due: [NIODeadline] = []
    private var expected = 0
    private var received = 0
    private let responseLength: Int
    var latencies: [Int64] = []

    init(responseLength: Int) { self.responseLength = responseLength }

    func send(_ request: ByteBuffer, due time: NIODeadline, on channel: any Channel) {
        due.append(time)
        channel.writeAndFlush(request, promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytes
        while received >= responseLength, !due.isEmpty {
            received -= responseLength
            latencies.append((NIODeadline.now() - due.removeFirst()).nanoseconds)
        }
    }
}

let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let loop = group.next()
let request = ByteBuffer(string: "GET \(arguments[2]) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")

/// The length of one whole response, which is the same for each.
func probe() async throws -> Int {
    let bootstrap = ClientBootstrap(group: group)
    let promise = loop.makePromise(of: Int.self)
    final class Probe: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let promise: EventLoopPromise<Int>
        init(_ promise: EventLoopPromise<Int>) { self.promise = promise }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            promise.succeed(unwrapInboundIn(data).readableBytes)
        }
    }
    let channel = try await bootstrap.channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Probe(promise)) }
    }.connect(host: "127.0.0.1", port: port).get()
    try await channel.writeAndFlush(request).get()
    let length = try await promise.futureResult.get()
    try await channel.close().get()
    return length
}

let length = try await probe()
var channels: [any Channel] = []
for _ in 0..<connections {
    channels.append(
        try await ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Client(responseLength: length))
                }
            }.connect(host: "127.0.0.1", port: port).get())
}

let total = Int(rate * seconds)
let all = channels
let latencies = try await loop.submit { () -> EventLoopFuture<[Int64]> in
    let clients = try all.map { try ($0, $0.pipeline.syncOperations.handler(type: Client.self)) }
    let start = NIODeadline.now()
    let done = loop.makePromise(of: [Int64].self)
    var sent = 0
    loop.scheduleRepeatedTask(initialDelay: .zero, delay: .microseconds(200)) { task in
        let now = NIODeadline.now()
        let dueCount = min(total, Int(Double((now - start).nanoseconds) / 1e9 * rate))
        while sent < dueCount {
            let (channel, client) = clients[sent % clients.count]
            client.send(request, due: start + .nanoseconds(Int64(Double(sent) / rate * 1e9)), on: channel)
            sent += 1
        }
        if sent == total {
            task.cancel()
            loop.scheduleTask(in: .milliseconds(500)) { done.succeed(clients.flatMap { $0.1.latencies }) }
        }
    }
    return done.futureResult
}.flatMap { $0 }.get().sorted()

func percentile(_ part: Double) -> Double {
    latencies.isEmpty ? .nan : Double(latencies[min(latencies.count - 1, Int(Double(latencies.count) * part))]) / 1_000
}
print("answers \(latencies.count) of \(total) p50 \(percentile(0.5)) p90 \(percentile(0.9)) p99 \(percentile(0.99)) us")
