// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

@testable import RetortWire

/// One frame as raw bytes, so that a test can also write what the library never would.
func frame(_ first: UInt8, _ payload: [UInt8] = [], mask: [UInt8]? = [0x37, 0xFA, 0x21, 0x3D]) -> [UInt8] {
    var result = [first]
    let maskBit: UInt8 = mask == nil ? 0 : 0x80
    switch payload.count {
    case ...125: result.append(maskBit | UInt8(payload.count))
    case ...0xFFFF:
        result.append(maskBit | 126)
        result += [UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    default:
        result.append(maskBit | 127)
        for shift in stride(from: 56, through: 0, by: -8) { result.append(UInt8(payload.count >> shift & 0xFF)) }
    }
    guard let mask else { return result + payload }
    return result + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
}

func frame(_ first: UInt8, _ text: String) -> [UInt8] { frame(first, Array(text.utf8)) }

/// The first bytes of frames that the tests write often.
enum First {
    static let text: UInt8 = 0x81
    static let binary: UInt8 = 0x82
    static let close: UInt8 = 0x88
    static let ping: UInt8 = 0x89
    static let pong: UInt8 = 0x8A
    /// The first part of a text message.
    static let textPart: UInt8 = 0x01
    static let binaryPart: UInt8 = 0x02
    /// A part in the middle.
    static let part: UInt8 = 0x00
    /// The last part.
    static let end: UInt8 = 0x80
}

func closePayload(_ code: Int, _ reason: String = "") -> [UInt8] {
    [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8)
}

/// What an endpoint does with bytes.
struct Exchange: Equatable {
    var events: [WebSocketEvent] = []
    var output: [UInt8] = []
    var shouldCloseTransport = false
    var phase = WebSocketPhase.open

    /// The code with which the endpoint refuses the bytes, or nil when it does not.
    var failure: Int? {
        if case .failure(let code, _)? = events.last { Int(code.rawValue) } else { nil }
    }

    /// The output as frames.
    var frames: [SentFrame] { SentFrame.parse(output) }
}

/// A frame that a server has written, taken apart without the library.
struct SentFrame: Equatable, CustomStringConvertible {
    var first: UInt8
    var payload: [UInt8]

    init(_ first: UInt8, _ payload: [UInt8] = []) {
        self.first = first
        self.payload = payload
    }

    var description: String { "\(String(first, radix: 16)) \(payload.prefix(20)) of \(payload.count)" }

    static func parse(_ bytes: [UInt8]) -> [SentFrame] {
        var rest = bytes[...]
        var result: [SentFrame] = []
        while rest.count >= 2 {
            let first = rest.removeFirst()
            let short = rest.removeFirst()
            var length = Int(short)
            if short >= 126 {
                length = 0
                for _ in 0..<(short == 126 ? 2 : 8) { length = length << 8 | Int(rest.removeFirst()) }
            }
            result.append(SentFrame(first, Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return result
    }
}

/// Gives bytes to a new endpoint in pieces, and sends messages back when it should echo.
func exchange(
    _ bytes: [UInt8], pieces: Int = .max, role: WebSocketRole = .server, limits: WebSocketLimits = .init(),
    compression: PermessageDeflate? = nil, echoes: Bool = false
) throws -> Exchange {
    var state = WebSocketConnectionState(role: role, limits: limits, compression: compression)
    var result = Exchange()
    var start = 0
    repeat {
        let end = start + min(pieces, bytes.count - start)
        let piece = Array(bytes[start..<end])
        var position = 0
        while let event = state.nextEvent(in: piece.span, at: &position, output: &result.output) {
            result.events.append(event)
            guard echoes else { continue }
            switch event {
            case .text(let text): try state.send(text: text, output: &result.output)
            case .binary(let binary): try state.send(binary: binary, output: &result.output)
            default: continue
            }
        }
        start = end
    } while start < bytes.count
    result.shouldCloseTransport = state.shouldCloseTransport
    result.phase = state.phase
    return result
}

/// Sizes of pieces that cut headers, masks, characters and payloads in all places.
let pieceSizes = [1, 2, 3, 5, 7, 13, 64, 997]
