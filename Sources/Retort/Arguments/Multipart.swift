// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import NIOCore
import RetortServer
public import RetortWire
import Synchronization

/// A multipart form whose parts are read while they arrive.
///
/// Nothing is stored.
///
///     app.post("/import") { (form: Multipart) in
///         for try await part in form {
///             for try await bytes in part { try await rows.add(bytes) }
///         }
///     }
///
/// The client sends no faster than the handler reads. Parts come once and in their order; what a handler leaves of a
/// part is skipped when it asks for the next. The size of the body is bound by the limit of the route.
public struct Multipart: ImmediateArgument, AsyncSequence {
    private let reader: MultipartReader

    /// Looks at the content type of a request, and reads nothing yet.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: Left as it is.
    /// - Returns: The parts.
    /// - Throws: `WireError` with status 415 for another content type and 400 for a boundary that cannot be used;
    ///   ``MissingValue`` where nothing was sent.
    public static func makeAtOnce(from request: Request, path: inout PathValues) throws -> Multipart {
        guard let type = request.header(.contentType) else {
            let error = HTTPError(.unsupportedMediaType, "The body must be of the type multipart/form-data.")
            throw request.hasNoBody ? MissingValue(error) : error
        }
        return Multipart(
            reader: MultipartReader(request.body, try MultipartBoundary(contentType: type), request.settings.forms))
    }

    /// Gives the parts in the order in which they arrive.
    public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let reader: MultipartReader

        /// Waits for the next part, over what is left of the one before.
        ///
        /// - Returns: The part, or nil at the end of the form.
        /// - Throws: `WireError` with status 400 for a malformed body and 413 beyond a limit.
        public mutating func next() async throws -> Part? { try await reader.nextPart() }
    }

    /// Starts reading.
    ///
    /// - Returns: The parts in the order in which they arrive.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }

    /// One part of a form: a field or a file, whose bytes are still arriving.
    public struct Part: AsyncSequence, Sendable {
        /// What the headers of the part say.
        public let info: MultipartPart

        let reader: MultipartReader
        let number: Int

        /// The name of the field.
        public var name: String { info.name }

        /// The name of the file as the client sent it; nil for a field.
        ///
        /// Never use it as a path.
        public var filename: String? { info.filename }

        /// What the client says the bytes are, or nil.
        public var contentType: String? { info.contentType }

        /// Gives the bytes of a part as they arrive.
        public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
            let reader: MultipartReader
            let number: Int

            /// Waits for the next bytes.
            ///
            /// - Returns: At least one byte, or nil at the end of the part.
            /// - Throws: `WireError` with status 400 for a malformed body, 413 beyond a limit, and `.bodyReadTwice`
            ///   (500) when a later part has been asked for.
            public mutating func next() async throws -> ByteBuffer? { try await reader.nextBytes(of: number) }
        }

        /// Starts reading.
        ///
        /// - Returns: The bytes in the order in which they arrive.
        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader, number: number) }

        /// Reads what is left of the part.
        ///
        /// - Parameter most: Most bytes.
        /// - Returns: The bytes.
        /// - Throws: `WireError` with `.bodyTooLarge` (413) beyond the limit, and as the iterator.
        public func collect(upTo most: Int = 500_000) async throws -> ByteBuffer {
            var whole = ByteBuffer()
            for try await piece in self {
                guard piece.readableBytes <= most - whole.readableBytes else {
                    throw WireError(
                        .bodyTooLarge, "The part \(FieldText.quoted(name)) has more than \(most) bytes.", status: 413)
                }
                whole.writeImmutableBuffer(piece)
            }
            return whole
        }

        /// Reads what is left of the part as UTF-8; what is not UTF-8 becomes U+FFFD.
        ///
        /// - Parameter most: Most bytes.
        /// - Returns: The text.
        /// - Throws: As ``collect(upTo:)``.
        public func text(upTo most: Int = 500_000) async throws -> String {
            String(decoding: try await collect(upTo: most).readableBytesView, as: UTF8.self)
        }
    }
}

/// Text of a client inside a sentence.
enum FieldText {
    /// The text in backquotes, cut and without control characters.
    static func quoted(_ text: String) -> String { "`\(LogText.escaped(String(text.prefix(40))))`" }
}

/// What the parts of one form share: the parser, and what it has found and nobody has taken yet.
final class MultipartReader: Sendable {
    private enum Event: Sendable {
        case begin(MultipartPart)
        case data(ByteBuffer)
        case end
    }

    /// Keeps what the parser finds in one piece of the body.
    private struct Sink: MultipartSink {
        var events: [Event] = []
        var first = 0

        mutating func beginPart(_ part: MultipartPart) { events.append(.begin(part)) }

        mutating func receiveData(_ bytes: Span<UInt8>) {
            events.append(.data(bytes.withUnsafeBytes { ByteBuffer(bytes: $0) }))
        }

        mutating func endPart() { events.append(.end) }

        var peek: Event? { first < events.count ? events[first] : nil }

        mutating func drop() {
            first += 1
            guard first == events.count else { return }
            events.removeAll(keepingCapacity: true)
            first = 0
        }
    }

    private struct State {
        var parser: MultipartParser
        var sink = Sink()
        /// Nil while somebody waits for the body.
        var body: RequestBody.AsyncIterator?
        var number = 0
        var isInPart = false
        var isFinished = false
        var failure: (any Error)?
    }

    private enum Step: Sendable {
        case part(MultipartPart, Int)
        case bytes(ByteBuffer)
        case end
        case read(RequestBody.AsyncIterator)
    }

    private let state: Mutex<State>

    init(_ body: RequestBody, _ boundary: MultipartBoundary, _ limits: FormLimits) {
        state = Mutex(
            State(parser: MultipartParser(boundary: boundary, limits: limits), body: body.makeAsyncIterator()))
    }

    func nextPart() async throws -> Multipart.Part? {
        while true {
            switch try state.withLock({ try Self.findPart(&$0) }) {
            case .part(let info, let number): return Multipart.Part(info: info, reader: self, number: number)
            case .end, .bytes: return nil
            case .read(let body): try await read(body)
            }
        }
    }

    func nextBytes(of number: Int) async throws -> ByteBuffer? {
        while true {
            switch try state.withLock({ try Self.findBytes(&$0, number) }) {
            case .bytes(let bytes): return bytes
            case .end, .part: return nil
            case .read(let body): try await read(body)
            }
        }
    }

    private static func findPart(_ state: inout State) throws -> Step {
        while let event = state.sink.peek {
            state.sink.drop()
            guard case .begin(let part) = event else { continue }
            state.number += 1
            state.isInPart = true
            return .part(part, state.number)
        }
        state.isInPart = false
        return try more(&state)
    }

    private static func findBytes(_ state: inout State, _ number: Int) throws -> Step {
        guard state.number == number else { throw passed }
        guard state.isInPart else { return .end }
        if let event = state.sink.peek {
            state.sink.drop()
            if case .data(let bytes) = event { return .bytes(bytes) }
            state.isInPart = false
            return .end
        }
        return try more(&state)
    }

    private static func more(_ state: inout State) throws -> Step {
        if let failure = state.failure { throw failure }
        if state.isFinished { return .end }
        guard let body = state.body else {
            throw WireError(.bodyReadTwice, "Two tasks read the parts of one form.", status: 500)
        }
        state.body = nil
        return .read(body)
    }

    private static let passed = WireError(
        .bodyReadTwice, "A part of the form was read behind the next one. Read each part before the next.", status: 500)

    /// Reads one piece of the body.
    private func read(_ body: RequestBody.AsyncIterator) async throws {
        var body = body
        let result: Result<ByteBuffer?, any Error>
        do {
            result = .success(try await body.next())
        } catch {
            result = .failure(error)
        }
        state.withLock { [body] state in
            state.body = body
            do {
                if let piece = try result.get() {
                    try piece.withUnsafeReadableBytes {
                        try state.parser.push(unsafe: $0.bindMemory(to: UInt8.self), to: &state.sink)
                    }
                } else {
                    state.isFinished = true
                    try state.parser.finish(to: &state.sink)
                }
            } catch {
                // What came before the mistake is given out first.
                state.failure = error
            }
        }
    }
}
