// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

internal import COpenCV

/// A QR code or a bar code in a picture.
public struct Code: Sendable, Hashable, Codable {
    /// The kinds that are read.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// QR code (ISO/IEC 18004).
        case qr
        /// EAN-13, the article number.
        case ean13
        /// EAN-8.
        case ean8
        /// UPC-A.
        case upcA = "upc-a"
        /// UPC-E.
        case upcE = "upc-e"
        /// Code 128.
        case code128
        /// Code 93.
        case code93
        /// Code 39.
        case code39
        /// Interleaved 2 of 5.
        case interleaved2of5 = "i25"
        /// Codabar.
        case codabar
        /// GS1 DataBar.
        case dataBar = "databar"
        /// Another kind.
        case other
    }

    /// What kind of code it is.
    public var kind: Kind
    /// Its text: its bytes as UTF-8 or, where they are none, as Latin-1.
    public var text: String
    /// Its four corners, one after another; for bar codes those of the box around them.
    public var corners: [Point]
}

extension Image {
    /// Finds and reads QR codes and bar codes.
    ///
    /// - Returns: The codes that could be read.
    /// - Throws: `ImagingError` when memory is short.
    public func codes() throws -> [Code] {
        let source = try gray8()
        var text = rcv_buffer()
        defer { rcv_buffer_free(text) }
        let codes = try elements(of: rcv_code.self) { out, error in
            rcv_read_codes(source.storage.handle, out, &text, error)
        }
        let bytes = text.elements(of: UInt8.self)
        return codes.map { code in
            let corners = [code.corners.0, code.corners.1, code.corners.2, code.corners.3].map(Point.init)
            let part = bytes[Int(code.start)..<Int(code.start + code.count)]
            let latin = String(String.UnicodeScalarView(part.map { Unicode.Scalar($0) }))
            return Code(
                kind: Code.Kind(code.kind), text: String(validating: part, as: UTF8.self) ?? latin, corners: corners)
        }
    }

    /// Draws a QR code, one pixel for a module, with a quiet zone of four modules.
    ///
    ///     let code = try Image.qrCode("https://example.org")
    ///     let large = try code.resized(to: Size(width: code.width * 8, height: code.height * 8), interpolation: .nearest)
    ///
    /// - Parameter text: What it says; 1 to 1,000 bytes, none of them zero.
    /// - Returns: Black and white, grey of 8 bits.
    /// - Throws: `ImagingError` when the text does not fit.
    public static func qrCode(_ text: String) throws -> Image {
        guard !text.isEmpty, text.utf8.count <= 1_000, !text.utf8.contains(0) else {
            throw ImagingError(.badArgument, "A QR code holds 1 to 1,000 bytes of text.")
        }
        let modules = try making(.gray) { out, error in rcv_make_qr_code(text, out, error) }
        return try modules.padded(top: 4, left: 4, bottom: 4, right: 4, border: .constant(.white))
    }
}

extension Code.Kind {
    init(_ number: Int32) {
        let kinds: [Code.Kind] = [
            .other, .qr, .ean13, .ean8, .upcA, .upcE, .code128, .code93, .code39, .interleaved2of5, .codabar, .dataBar,
        ]
        self = kinds.indices.contains(Int(number)) ? kinds[Int(number)] : .other
    }
}
