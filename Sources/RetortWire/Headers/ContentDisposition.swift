// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Whether a response is shown or saved, and under which name: `attachment; filename="photo.jpg"`.
///
/// Source: RFC 6266.
public struct ContentDisposition: HeaderValue, Hashable {
    /// What is to be done with the content.
    ///
    /// An open set.
    public struct Kind: Hashable, Sendable {
        /// The word in lower case.
        public let name: String

        /// Creates a kind.
        ///
        /// - Parameter name: The word, such as `attachment`.
        public init(_ name: String) { self.name = name.asciiLowercased }

        /// Shown in the page.
        public static let inline = Kind("inline")
        /// Saved as a file.
        public static let attachment = Kind("attachment")
        /// A field of a form.
        public static let formData = Kind("form-data")
    }

    /// What is to be done with the content.
    public var kind: Kind

    /// The name of the file as the other side gave it.
    ///
    /// It may hold slashes and dots: never open it as a path.
    public var filename: String?

    /// The name of the field of a form.
    public var name: String?

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - kind: What is to be done with the content.
    ///   - filename: The name of the file, in any script.
    ///   - name: The name of the field of a form.
    public init(_ kind: Kind, filename: String? = nil, name: String? = nil) {
        self.kind = kind
        self.filename = filename
        self.name = name
    }

    /// Content to be saved as a file.
    ///
    /// - Parameter filename: The name of the file, in any script; nil leaves it to the client.
    /// - Returns: The value.
    public static func attachment(filename: String? = nil) -> ContentDisposition {
        ContentDisposition(.attachment, filename: filename)
    }

    /// Parses a value, or returns nil where it is empty.
    ///
    /// `filename*` wins over `filename`, in whatever order they come.
    ///
    /// - Parameter headerValue: The header value, at most ``HeaderText/defaultLimit`` bytes.
    public init?(headerValue: String) {
        guard let slice = headerValue.fieldSlice() else { return nil }
        let (head, tail) = slice.fieldSplit(UInt8(ascii: ";"))
        let word = head.fieldTrimmed
        guard !word.isEmpty else { return nil }
        let parts = OptionsHeader.parts((tail ?? []).fieldTrimmed)
        let options = OptionsHeader.options(parts)
        let extended = parts.first { $0.name.elementsEqual("filename*".utf8) }
            .flatMap { ExtendedValue($0.value) }.flatMap { ExtendedValue.decode($0.encoded, charset: $0.charset) }
        self.init(Kind(word.fieldText), filename: extended ?? options["filename"], name: options["name"])
    }

    /// The value as the text of the header field.
    ///
    /// A name that is not plain ASCII is written twice: with `_` for what old clients do not read, and in full as
    /// `filename*`.
    ///
    /// Source: RFC 6266 §4.3, appendix D.
    public var headerValue: String {
        var result = HeaderText.printable(kind.name)
        if let name { result += "; name=" + HeaderText.quoted(name, allowingToken: false) }
        guard let filename else { return result }
        // Clients differ in how they read a backslash, a quote or a percent sign in the plain form.
        let isPlain: (Unicode.Scalar) -> Bool = {
            (0x20...0x7E).contains($0.value) && $0 != "\\" && $0 != "\"" && $0 != "%"
        }
        var fallback = ""
        for scalar in filename.unicodeScalars { fallback.unicodeScalars.append(isPlain(scalar) ? scalar : "_") }
        result += "; filename=\"" + fallback + "\""
        if !filename.unicodeScalars.allSatisfy(isPlain) { result += "; filename*=" + ExtendedValue.encode(filename) }
        return result
    }
}
