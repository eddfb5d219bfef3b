// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// What is left of a path: the value of `{name...}`.
///
/// `/files/{path...}` matches `/files/img/logo.png` with the segments `img` and `logo.png`. It is never empty, does not
/// start with a slash, and has no segment `.` or `..`, also none that hides behind `%2F`, so that it cannot climb out
/// of a folder.
public struct RestOfPath: PathValue, Hashable, CustomStringConvertible {
    /// The decoded segments.
    ///
    /// One that came with `%2F` holds a slash; the last is empty when the path ends with a slash.
    public let segments: [String]

    /// The segments joined by slashes.
    ///
    /// A slash inside a segment cannot be told from one between two.
    public var string: String { segments.count == 1 ? segments[0] : segments.joined(separator: "/") }

    /// Creates the rest of a path from segments.
    ///
    /// There is none when the first segment is empty, or when any holds `.` or `..` between slashes.
    ///
    /// - Parameter segments: Decoded segments.
    public init?(segments: [String]) {
        guard let first = segments.first, !first.isEmpty else { return nil }
        for segment in segments where DotSegments.hide(in: segment.utf8.span, separator: UInt8(ascii: "/")) {
            return nil
        }
        guard first.utf8.first != UInt8(ascii: "/") else { return nil }
        self.segments = segments
    }

    /// Creates the rest of a path from its text.
    ///
    /// - Parameter pathText: Decoded segments, joined by slashes.
    public init?(pathText: String) {
        self.init(
            segments: pathText.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
                String(Substring($0))
            })
    }

    /// The segments joined by slashes.
    public var pathText: String { string }

    /// The segments joined by slashes.
    public var description: String { string }

    /// Tried last.
    public static var pathWeight: Int { 200 }

    /// All the segments that are left.
    public static var pathExtent: PathExtent { .rest }

    /// Whether the bytes are not empty, do not start with a slash and have no segment `.` or `..`.
    ///
    /// - Parameter segment: Decoded bytes, several segments joined by slashes.
    /// - Returns: Whether they can be the rest of a path.
    public static func accepts(_ segment: Span<UInt8>) -> Bool {
        let slash = UInt8(ascii: "/")
        return !segment.isEmpty && segment[0] != slash && !DotSegments.hide(in: segment, separator: slash)
    }
}

/// The segments `.` and `..`, which mean something else than they say.
enum DotSegments {
    /// Whether these bytes are `.` or `..`.
    @inline(__always)
    static func isOne(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        let dot = UInt8(ascii: ".")
        return bytes.first == dot && (bytes.count == 1 || (bytes.count == 2 && bytes.last == dot))
    }

    /// Whether one of the pieces between separators, or between slashes, is `.` or `..`.
    static func hide(in bytes: Span<UInt8>, separator: UInt8) -> Bool {
        var length = 0
        var isDots = true
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == separator || byte == UInt8(ascii: "/") {
                if isDots, length == 1 || length == 2 { return true }
                length = 0
                isDots = true
            } else {
                if byte != UInt8(ascii: ".") { isDots = false }
                length += 1
            }
        }
        return isDots && (length == 1 || length == 2)
    }
}
