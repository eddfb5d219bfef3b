// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The line that separates the parts of a multipart body.
///
/// Any visible ASCII and inner spaces are taken, 1 to 70 bytes. The format allows fewer bytes, but some clients send
/// others, and nothing is gained by refusing them.
///
/// Source: RFC 2046 §5.1.1.
public struct MultipartBoundary: Hashable, Sendable, CustomStringConvertible {
    /// The boundary without the two hyphens that precede it in a body.
    public let description: String

    /// Creates a boundary.
    ///
    /// - Parameter text: 1 to 70 visible ASCII characters; spaces may stand inside, not at the end.
    /// - Throws: ``WireError`` with `.invalidBoundary`.
    public init(_ text: String) throws {
        let bytes = text.utf8
        guard 1...70 ~= bytes.count, bytes.allSatisfy({ 0x20...0x7E ~= $0 }), bytes.last != 0x20 else {
            throw WireError(
                .invalidBoundary, "The boundary of a multipart body must be 1 to 70 visible ASCII characters.")
        }
        self.description = text
    }

    /// Reads the boundary out of a Content-Type.
    ///
    /// - Parameter contentType: The value of the header, such as `multipart/form-data; boundary="a b"`.
    /// - Throws: ``WireError`` with `.notMultipart` (415) for another type, and with `.invalidBoundary` for a
    ///   boundary that is missing, that stands twice or that is not valid.
    ///
    /// Source: RFC 7578 §4.1.
    public init(contentType: String) throws {
        let bytes = Array(contentType.utf8)
        let type = bytes.prefix { $0 != UInt8(ascii: ";") }.trimmingHTTPWhitespace()
        guard type.elementsEqual("multipart/form-data".utf8, by: { $0.asciiLowercased == $1 }) else {
            throw WireError(.notMultipart, "The body must be of the type multipart/form-data.", status: 415)
        }
        guard let parameters = try? PartParameters(bytes[...]), let boundary = parameters["boundary"] else {
            throw WireError(.invalidBoundary, "A multipart body needs one boundary in its Content-Type.")
        }
        try self.init(boundary)
    }

    private init(unchecked text: String) { self.description = text }

    /// A boundary that no body contains by chance: 24 random letters and digits, 142 bits, behind a fixed start.
    ///
    /// - Returns: The boundary. It needs no quotes in a Content-Type.
    public static func random() -> MultipartBoundary {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var generator = SystemRandomNumberGenerator()
        var bytes = Array("----RetortFormBoundary".utf8)
        for _ in 0..<24 {
            bytes.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
        }
        return MultipartBoundary(unchecked: String(decoding: bytes, as: UTF8.self))
    }

    /// The Content-Type of a body with this boundary, quoted when the boundary is no token.
    public var contentType: String {
        guard !description.utf8.allSatisfy(\.isTokenByte) else {
            return "multipart/form-data; boundary=\(description)"
        }
        var quoted: [UInt8] = []
        for byte in description.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return "multipart/form-data; boundary=\"\(String(decoding: quoted, as: UTF8.self))\""
    }
}
