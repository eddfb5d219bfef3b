// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension String: PathValue {
    /// Takes any text but the empty one.
    ///
    /// - Parameter pathText: The decoded text; a slash in it came as `%2F`, unless the variable takes the rest of the
    ///   path.
    public init?(pathText: String) {
        if pathText.isEmpty { return nil }
        self = pathText
    }

    /// The text itself.
    public var pathText: String { self }

    /// Tried behind numbers and enumerations.
    public static var pathWeight: Int { 100 }

    /// Text can fill a segment, and the rest of a path too.
    public static var pathExtent: PathExtent { .either }

    /// Whether there is any byte.
    ///
    /// - Parameter segment: Decoded bytes.
    /// - Returns: Whether the text is not empty.
    public static func accepts(_ segment: Span<UInt8>) -> Bool { !segment.isEmpty }
}

extension Substring: PathValue {
    /// Takes any text but the empty one.
    ///
    /// - Parameter pathText: The decoded text.
    public init?(pathText: String) {
        if pathText.isEmpty { return nil }
        self = pathText[...]
    }

    /// The text itself.
    public var pathText: String { String(self) }

    /// Tried behind numbers and enumerations.
    public static var pathWeight: Int { 100 }

    /// Text can fill a segment, and the rest of a path too.
    public static var pathExtent: PathExtent { .either }

    /// Whether there is any byte.
    ///
    /// - Parameter segment: Decoded bytes.
    /// - Returns: Whether the text is not empty.
    public static func accepts(_ segment: Span<UInt8>) -> Bool { !segment.isEmpty }
}

extension Bool: UnfailingPathValue {
    /// Reads `true` or `false`.
    ///
    /// - Parameter pathText: One of the two words in lower case.
    public init?(pathText: String) {
        if pathText.utf8.elementsEqual("true".utf8) {
            self = true
        } else if pathText.utf8.elementsEqual("false".utf8) {
            self = false
        } else {
            return nil
        }
    }

    /// `true` or `false`.
    public var pathText: String { self ? "true" : "false" }

    /// Narrower than numbers.
    public static var pathWeight: Int { 30 }
}

extension PathValue where Self: RawRepresentable, RawValue: PathValue {
    /// Reads the raw value, then the value it stands for.
    ///
    /// - Parameter pathText: The text of a raw value.
    public init?(pathText: String) {
        guard let raw = RawValue(pathText: pathText), let value = Self(rawValue: raw) else { return nil }
        // Equal Strings may have different bytes, and then the same page would have two URLs.
        if let text = value.rawValue as? String, !text.utf8.elementsEqual(pathText.utf8) { return nil }
        self = value
    }

    /// The text of the raw value.
    public var pathText: String { rawValue.pathText }

    /// Narrower than the raw value, because only some of its values are values.
    public static var pathWeight: Int { RawValue.pathWeight - 20 }

    /// Whether the bytes are a raw value that stands for a value.
    ///
    /// - Parameter segment: Decoded bytes, valid UTF-8.
    /// - Returns: Whether the enumeration has such a case.
    public static func accepts(_ segment: Span<UInt8>) -> Bool {
        guard RawValue.accepts(segment) else { return false }
        return Self(pathText: segment.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }) != nil
    }
}
