// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// Calls a function of COpenCV and turns its code into an error.
///
/// - Parameter body: The call; it gets where the sentence goes.
/// - Throws: `ImagingError` when the function says that it failed.
func call(_ body: (UnsafeMutablePointer<rcv_error>) -> Int32) throws(ImagingError) {
    var error = rcv_error()
    let code = body(&error)
    guard code != RCV_OK else { return }
    let message = withUnsafeBytes(of: error.message) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    throw ImagingError(ImagingError.Code(code), message)
}

/// Calls a function of COpenCV that returns a picture.
///
/// - Parameters:
///   - colorSpace: The colour space of the result.
///   - body: The call; it gets where the picture and the sentence go.
/// - Returns: The picture.
/// - Throws: `ImagingError` when the function says that it failed.
func making(
    _ colorSpace: ColorSpace,
    _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<rcv_error>) -> Int32
) throws(ImagingError) -> Image {
    var handle: OpaquePointer?
    try call { error in body(&handle, error) }
    guard let handle else { throw ImagingError(.outOfMemory, "No picture was made.") }
    return Image(storage: ImageStorage(handle), colorSpace: colorSpace)
}

/// Calls a function of COpenCV that returns elements, and copies them.
///
/// - Parameters:
///   - type: What the elements are.
///   - body: The call; it gets where the elements and the sentence go.
/// - Returns: The elements.
/// - Throws: `ImagingError` when the function says that it failed.
func elements<Element>(
    of type: Element.Type, _ body: (UnsafeMutablePointer<rcv_buffer>, UnsafeMutablePointer<rcv_error>) -> Int32
) throws(ImagingError) -> [Element] {
    var buffer = rcv_buffer()
    defer { rcv_buffer_free(buffer) }
    try call { error in body(&buffer, error) }
    return buffer.elements(of: type)
}

extension rcv_buffer {
    /// Copies the elements out.
    func elements<Element>(of type: Element.Type) -> [Element] {
        guard let data, count > 0 else { return [] }
        return Array(UnsafeBufferPointer(start: data.assumingMemoryBound(to: type), count: count))
    }
}

extension ImagingError.Code {
    /// The kind of error for a code of COpenCV.
    init(_ code: Int32) {
        switch Int(code) {
        case RCV_MEMORY: self = .outOfMemory
        case RCV_CORRUPT: self = .corrupt
        case RCV_UNSUPPORTED: self = .unsupported
        case RCV_TOO_LARGE: self = .tooLarge
        default: self = .badArgument
        }
    }
}

/// A whole number for C, held inside its range.
func clamped(_ value: Int) -> Int32 { Int32(clamping: value) }
