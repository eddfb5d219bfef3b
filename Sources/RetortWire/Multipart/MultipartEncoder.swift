// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Writes a `multipart/form-data` body, as a browser does.
///
///     var form = MultipartEncoder()
///     form.appendField("title", "A cat")
///     form.appendFile("photo", UploadedFile(filename: "cat.jpg", contentType: "image/jpeg", bytes: picture))
///     let body = try form.bytes()        // with form.contentType as Content-Type
///
/// Names and filenames are escaped as browsers do it: `"` becomes `%22`, and line ends become `%0D` and `%0A`. Values
/// are written as they are.
///
/// Source: RFC 7578 §4; HTML Standard, multipart form data.
public struct MultipartEncoder: Sendable {
    enum Piece: Sendable {
        case bytes([UInt8])
        case file(UploadedFile)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.size
            }
        }
    }

    /// The line between the parts.
    public let boundary: MultipartBoundary

    var pieces: [Piece] = []

    /// Creates a body without parts.
    ///
    /// - Parameter boundary: The line between the parts. It must not stand in any of them, so leave it random.
    public init(boundary: MultipartBoundary = .random()) { self.boundary = boundary }

    /// The Content-Type for a request with this body.
    public var contentType: String { boundary.contentType }

    /// The number of bytes of the body, for the Content-Length.
    public var count: Int { pieces.reduce(closing.count) { $0 + $1.count } }

    /// Adds a field.
    ///
    /// - Parameters:
    ///   - name: The name, which other fields may have too.
    ///   - value: The text, written in UTF-8.
    public mutating func appendField(_ name: String, _ value: String) {
        var bytes = head(name)
        bytes += "\r\n\r\n".utf8
        bytes += value.utf8
        bytes += "\r\n".utf8
        pieces.append(.bytes(bytes))
    }

    /// Adds a file.
    ///
    /// Its headers are sent too, but for Content-Disposition and Content-Type, which are made from its properties.
    ///
    /// - Parameters:
    ///   - name: The name of the field.
    ///   - file: The file. Without a content type it is sent as `application/octet-stream`.
    public mutating func appendFile(_ name: String, _ file: UploadedFile) {
        var bytes = head(name)
        bytes += "; filename=\"".utf8
        bytes += Self.escaped(file.filename.utf8)
        bytes += "\"\r\n".utf8
        var headers = file.headers
        headers[.contentDisposition] = nil
        headers[.contentType] = file.contentType ?? "application/octet-stream"
        for field in headers {
            bytes += "\(field.name.rawName): \(field.value)\r\n".utf8
        }
        bytes += "\r\n".utf8
        pieces += [.bytes(bytes), .file(file), .bytes(Array("\r\n".utf8))]
    }

    /// The whole body.
    ///
    /// - Returns: The bytes with all parts and the closing boundary.
    /// - Throws: ``WireError`` with `.fileOperation` (500) when a file cannot be read.
    public func bytes() throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        var chunks = chunks()
        while let chunk = try chunks.next() { result += chunk }
        return result
    }

    /// The body piece by piece, for sending large files.
    ///
    /// - Parameter size: How many bytes a piece has at most, at least 1.
    /// - Returns: The pieces.
    public func chunks(of size: Int = 64 * 1024) -> MultipartChunks {
        MultipartChunks(pieces: pieces + [.bytes(closing)], size: max(1, size))
    }

    private var closing: [UInt8] { Array("--\(boundary)--\r\n".utf8) }

    private func head(_ name: String) -> [UInt8] {
        var bytes = Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"".utf8)
        bytes += Self.escaped(Self.withPairedLineEnds(name))
        bytes.append(UInt8(ascii: "\""))
        return bytes
    }

    /// Names, unlike filenames, get CRLF for each line end before they are escaped.
    private static func withPairedLineEnds(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x0D: result += [0x0D, 0x0A]
            case 0x0A where previous == 0x0D: break
            case 0x0A: result += [0x0D, 0x0A]
            default: result.append(byte)
            }
            previous = byte
        }
        return result
    }

    private static func escaped(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 0x0A: result += "%0A".utf8
            case 0x0D: result += "%0D".utf8
            case 0x22: result += "%22".utf8
            default: result.append(byte)
            }
        }
        return result
    }
}

/// The pieces of a multipart body, made one after another.
public struct MultipartChunks: Sendable {
    private let pieces: [MultipartEncoder.Piece]
    private let size: Int
    private var index = 0
    private var offset = 0

    init(pieces: [MultipartEncoder.Piece], size: Int) {
        self.pieces = pieces
        self.size = size
    }

    /// The next piece.
    ///
    /// Reading from a temporary file blocks the thread.
    ///
    /// - Returns: At least one byte, or nil behind the last piece.
    /// - Throws: ``WireError`` with `.fileOperation` (500) when a file cannot be read.
    public mutating func next() throws -> [UInt8]? {
        var chunk: [UInt8] = []
        while chunk.count < size, index < pieces.count {
            let room = size - chunk.count
            let bytes: [UInt8] =
                switch pieces[index] {
                case .bytes(let bytes): Array(bytes[offset...].prefix(room))
                case .file(let file): try file.read(at: offset, count: room)
                }
            offset += bytes.count
            if bytes.isEmpty || offset >= pieces[index].count {
                index += 1
                offset = 0
            }
            if chunk.isEmpty { chunk = bytes } else { chunk += bytes }
        }
        return chunk.isEmpty ? nil : chunk
    }
}
