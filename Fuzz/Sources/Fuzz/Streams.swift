// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortWire

/// A head, all at once and in two pieces.
@Sendable func fuzzHead(_ input: [UInt8]) {
    guard let cut = Cut(input) else { return }
    var parser = RequestHeadParser()
    let whole = headOutcome(&parser, cut.whole)
    var pieces = RequestHeadParser()
    let early = headOutcome(&pieces, cut.first)
    requireEqual(early == "more" ? headOutcome(&pieces, cut.whole) : early, whole, "head cut in two")
}

private func headOutcome(_ parser: inout RequestHeadParser, _ bytes: [UInt8]) -> String {
    do {
        guard case .head(let head, let consumed) = try parser.parse(bytes.span) else { return "more" }
        require(consumed > 0 && consumed <= bytes.count, "consumed \(consumed) of \(bytes.count)")
        let facts = "\(head.method) \(head.version) \(head.framing) \(head.keepsAlive) \(head.expectsContinue)"
        let target = "\(head.path) \(head.query ?? "-") \(head.authority ?? "-") \(head.asksForUpgrade)"
        return "\(consumed) \(facts) \(target) \(head.fields.map { "\($0.name):\($0.value)" })"
    } catch let error as WireError {
        require((400...599).contains(error.status), "status \(error.status)")
        // Which of two faults is seen first may depend on the cut; that one is seen may not.
        return "refused"
    } catch {
        fatalError("an error of another type: \(error)")
    }
}

/// A body in chunks, all at once and in two pieces.
@Sendable func fuzzChunks(_ input: [UInt8]) {
    guard let cut = Cut(input) else { return }
    requireEqual(chunks([cut.whole]), chunks([cut.first, cut.second]), "chunks cut in two")
}

private func chunks(_ pieces: [[UInt8]]) -> [String] {
    var decoder = ChunkedDecoder()
    var bytes: [UInt8] = []
    var body: [UInt8] = []
    do {
        for piece in pieces {
            bytes += piece
            var start = 0
            reading: while true {
                let rest = bytes.span.extracting(start..<bytes.count)
                switch try decoder.next(rest) {
                case .needsMore: break reading
                case .skip(let count):
                    require(count > 0 && count <= rest.count, "skip \(count) of \(rest.count)")
                    start += count
                case .data(let count):
                    require(count > 0 && count <= rest.count, "data \(count) of \(rest.count)")
                    body += bytes[start..<start + count]
                    start += count
                case .end(let count):
                    require(count >= 0 && count <= rest.count, "end \(count) of \(rest.count)")
                    return ["end", "\(body)", "\(decoder.trailers.map { "\($0.name):\($0.value)" })"]
                }
            }
            bytes.removeFirst(start)
        }
        return ["more", "\(body)"]
    } catch {
        return ["\((error as? WireError)?.code.description ?? "other")", "\(body)"]
    }
}

/// A form with files, all at once and in two pieces.
@Sendable func fuzzMultipart(_ input: [UInt8]) {
    guard let cut = Cut(input), let boundary = try? MultipartBoundary("b") else { return }
    requireEqual(form([cut.whole], boundary), form([cut.first, cut.second], boundary), "form cut in two")
    if let other = try? MultipartBoundary(contentType: String(decoding: cut.first, as: UTF8.self)) {
        _ = form([cut.second], other)
    }
}

private func form(_ pieces: [[UInt8]], _ boundary: MultipartBoundary) -> [String] {
    var limits = FormLimits()
    limits.parts = 20
    limits.fieldBytes = 4096
    var form = FormCollector(limits: limits)
    var parser = MultipartParser(boundary: boundary, limits: limits)
    do {
        for piece in pieces { try parser.push(piece, to: &form) }
        try parser.finish(to: &form)
        return form.fields.pairs.map { "\($0.name)=\(Array($0.value.utf8))" }
            + (try form.files.pairs.map { "\($0.name)=\($0.value.filename) \(try $0.value.bytes())" })
    } catch {
        return ["\((error as? WireError)?.code.description ?? "other")"]
    }
}

/// Frames with compression, all at once and in two pieces.
///
/// The first bit of the frames says who reads them.
@Sendable func fuzzWebSocket(_ input: [UInt8]) {
    guard let role = input.first.map({ $0 & 1 == 0 ? WebSocketRole.server : .client }),
        let cut = Cut(Array(input.dropFirst()))
    else { return }
    let whole = frames([cut.whole], role)
    let pieces = frames([cut.first, cut.second], role)
    requireEqual(whole.failed, pieces.failed, "refusal of frames cut in two")
    requireEqual(whole.events, pieces.events, "frames cut in two")
    // Masks are random, so a client's answers are only as long as each other; so is the reason of a refusal.
    if role == .server, !whole.failed { requireEqual(whole.output, pieces.output, "answers to frames cut in two") }
    if !whole.failed { requireEqual(whole.output.count, pieces.output.count, "length of answers") }
}

private struct FrameOutcome {
    var events: [WebSocketEvent] = []
    var output: [UInt8] = []
    var failed = false
}

private func frames(_ pieces: [[UInt8]], _ role: WebSocketRole) -> FrameOutcome {
    let limits = WebSocketLimits(frameLength: 1 << 16, messageLength: 1 << 17, fragmentCount: 64)
    var state = WebSocketConnectionState(role: role, limits: limits, compression: PermessageDeflate())
    var outcome = FrameOutcome()
    for piece in pieces {
        state.receive(piece.span, output: &outcome.output) { event in
            // Which of two faults of a message is seen first may depend on the cut.
            if case .failure = event { outcome.failed = true } else { outcome.events.append(event) }
        }
    }
    if let end = state.receiveEnd() { outcome.events.append(end) }
    require(state.phase == .closed, "open behind the end")
    return outcome
}

/// A stream of events, all at once and in two pieces.
@Sendable func fuzzEventStream(_ input: [UInt8]) {
    guard let cut = Cut(input) else { return }
    requireEqual(events([cut.whole]), events([cut.first, cut.second]), "events cut in two")
    for case .event(let event) in events([cut.whole]).items {
        let again = events([event.encoded]).items
        requireEqual(again, [.event(event)], "event written and read again")
    }
}

private struct EventOutcome: Equatable {
    var items: [EventStreamParser.Item] = []
    var failed = false
    var last = ""
}

private func events(_ pieces: [[UInt8]]) -> EventOutcome {
    var parser = EventStreamParser(limit: 4096)
    var outcome = EventOutcome()
    do {
        for piece in pieces { try parser.receive(piece.span) { outcome.items.append($0) } }
    } catch {
        outcome.failed = true
    }
    outcome.last = parser.lastEventID
    return outcome
}
