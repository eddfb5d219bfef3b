// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes
import RetortWire

/// Reads an HTTP/1.1 response from bytes that arrive in any pieces, and refuses what the standard does not allow.
///
/// It is stricter than browsers, because it is there to find the mistakes of a server.
///
/// Source: RFC 9112 §4–§7.
package struct ResponseReader: Sendable {
    /// A part of a response.
    package enum Event: Hashable, Sendable {
        /// A head with status 1xx that comes before the response itself.
        case interim(HTTPResponse.Status, HTTPFields)

        /// The head. With status 101 nothing follows, and ``rest`` belongs to the other protocol.
        case head(HTTPResponse.Status, HTTPFields)

        /// A piece of the body.
        case body([UInt8])

        /// The response is complete.
        case end(trailers: HTTPFields)
    }

    private enum State {
        case head
        case length(Int)
        case chunked(ChunkedDecoder)
        case untilClose
        case ending(HTTPFields)
        case done
    }

    private var state = State.head
    private var bytes: [UInt8] = []
    private var start = 0
    private var searched = 0
    private let toHEAD: Bool

    /// Whether the connection may carry another request, once the response is complete.
    package private(set) var keepsAlive = false

    /// Most bytes of a head.
    static let headLimit = 262_144

    /// Creates a reader of one response.
    ///
    /// - Parameter toHEAD: Whether the request was HEAD, whose answer has no body whatever its head says.
    package init(toHEAD: Bool = false) { self.toHEAD = toHEAD }

    /// The bytes that no event has told of yet: behind a complete response, those of the next.
    package var rest: [UInt8] { Array(bytes[start...]) }

    /// Whether nothing of the response has come.
    var isUntouched: Bool { bytes.isEmpty }

    /// Takes bytes as they arrive.
    ///
    /// - Parameter more: The bytes behind those before.
    package mutating func append(_ more: some Sequence<UInt8>) {
        // What was used is dropped when it is the larger part, so that every byte is moved a bounded number of times.
        if start > bytes.count / 2, start > 4_096 {
            bytes.removeFirst(start)
            searched -= start
            start = 0
        }
        bytes += more
    }

    /// Reads on.
    ///
    /// - Returns: The next part, or nil when more bytes are needed or the response is complete.
    /// - Throws: ``TestClientError`` with `malformedResponse`.
    package mutating func next() throws -> Event? {
        do {
            return try step()
        } catch let error as WireError {
            throw Self.malformed(error.message)
        }
    }

    /// Takes note that nothing more comes.
    ///
    /// - Returns: The end of a body that ends with its connection, else nil.
    /// - Throws: ``TestClientError`` with `connectionFailed` before a head, `incompleteResponse` inside of a body.
    package mutating func finish() throws -> Event? {
        switch state {
        case .head:
            throw TestClientError(.connectionFailed, "The server closed the connection before its answer was complete.")
        case .length, .chunked:
            throw TestClientError(.incompleteResponse, "The server closed the connection inside of the body.")
        case .untilClose:
            state = .done
            return .end(trailers: [:])
        case .ending, .done: return nil
        }
    }

    private mutating func step() throws -> Event? {
        switch state {
        case .head: return try readHead()
        case .length(let left):
            guard start < bytes.count else { return nil }
            let count = min(left, bytes.count - start)
            state = count == left ? .ending([:]) : .length(left - count)
            return .body(take(count))
        case .chunked(let decoder): return try readChunk(decoder)
        case .untilClose:
            guard start < bytes.count else { return nil }
            return .body(take(bytes.count - start))
        case .ending(let trailers):
            state = .done
            return .end(trailers: trailers)
        case .done: return nil
        }
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { start += count }
        return Array(bytes[start..<start + count])
    }

    private mutating func readChunk(_ decoder: ChunkedDecoder) throws -> Event? {
        var decoder = decoder
        while true {
            let step = try decoder.next(bytes.span.extracting(start..<bytes.count))
            state = .chunked(decoder)
            switch step {
            case .needsMore: return nil
            case .skip(let count): start += count
            case .data(let count): return .body(take(count))
            case .end(let count):
                start += count
                state = .done
                return .end(trailers: decoder.trailers)
            }
        }
    }

    private mutating func readHead() throws -> Event? {
        guard let end = try headEnd() else { return nil }
        let head = try ResponseHeadText(bytes[start..<end])
        start = end
        searched = end
        if head.status.code < 200, head.status.code != 101 {
            guard head.fields[.contentLength] == nil, head.fields[.transferEncoding] == nil else {
                throw Self.malformed("A response \(head.status.code) announces a body.")
            }
            return .interim(head.status, head.fields)
        }
        keepsAlive = head.keepsAlive
        switch try head.framing(toHEAD: toHEAD) {
        case .none: state = head.status.code == 101 ? .done : .ending([:])
        case .length(0): state = .ending([:])
        case .length(let length): state = .length(length)
        case .chunked: state = .chunked(ChunkedDecoder())
        case .untilClose:
            state = .untilClose
            keepsAlive = false
        }
        return .head(head.status, head.fields)
    }

    /// The position behind the empty line, or nil when it has not come yet.
    ///
    /// Each byte is looked at once.
    private mutating func headEnd() throws -> Int? {
        while searched < bytes.count {
            let index = searched
            searched += 1
            if index - start > Self.headLimit {
                throw Self.malformed("The head is longer than \(Self.headLimit) bytes.")
            }
            let follows = index > start && bytes[index - 1] == 0x0D
            guard (bytes[index] == 0x0A) == follows else {
                throw Self.malformed("A line of the head ends with CR or LF alone.")
            }
            if follows, index - start >= 3, bytes[index - 2] == 0x0A { return index + 1 }
        }
        return nil
    }

    static func malformed(_ message: String) -> TestClientError { TestClientError(.malformedResponse, message) }
}
