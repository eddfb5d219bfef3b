import RetortServer
import RetortWire
struct R: Responder { let a: Bool
 func respond(to request: ServerRequest) -> ServerReply {
  if a { return .later { Response(.text("Hello, World!"), contentType: "text/plain; charset=utf-8") } }
  return .now(Response(.text("Hello, World!"), contentType: "text/plain; charset=utf-8")) } }
var c = ServerConfiguration(addresses: [.tcp(host: "127.0.0.1", port: 8108)])
try await Server(R(a: CommandLine.arguments.count > 1), configuration: c).run { print($0) }
