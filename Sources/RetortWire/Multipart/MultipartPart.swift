// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// What the headers of one part of a form say.
public struct MultipartPart: Hashable, Sendable {
    /// The name of the field.
    ///
    /// Two parts may have the same.
    public var name: String

    /// The name of the file as the client sent it, or nil when the part is an ordinary field.
    ///
    /// It is empty when a browser sends a file input in which nothing was chosen. It may hold slashes, backslashes
    /// and control characters: never use it as a path.
    public var filename: String?

    /// The Content-Type as the client sent it, or nil.
    ///
    /// Nothing proves that the bytes are of this type.
    public var contentType: String?

    /// All headers of the part, in their order.
    public var headers: HTTPFields

    /// Creates the description of a part.
    ///
    /// - Parameters:
    ///   - name: The name of the field.
    ///   - filename: The name of the file, or nil for an ordinary field.
    ///   - contentType: The type of the bytes, or nil.
    ///   - headers: All headers of the part.
    public init(name: String, filename: String? = nil, contentType: String? = nil, headers: HTTPFields = [:]) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.headers = headers
    }
}

/// What takes the parts of a multipart body while it is read.
///
/// For each part the calls come in the order ``beginPart(_:)``, ``receiveData(_:)`` any number of times,
/// ``endPart()``. An error that a call throws stops the parser for good.
public protocol MultipartSink {
    /// A part begins; its headers are complete.
    ///
    /// - Parameter part: What the headers say.
    /// - Throws: What shall stop the reading.
    mutating func beginPart(_ part: MultipartPart) throws

    /// Some bytes of the part have come. How a body is cut into calls depends on how it arrived and means nothing.
    ///
    /// - Parameter bytes: At least one byte, valid during the call.
    /// - Throws: What shall stop the reading.
    mutating func receiveData(_ bytes: Span<UInt8>) throws

    /// The part is complete.
    ///
    /// - Throws: What shall stop the reading.
    mutating func endPart() throws
}
