// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Joins a trusted folder and parts of a path that came from outside, without ever leaving the folder.
///
/// The parts use `/`. Dot segments inside a part are resolved first. Only the text is judged: whether the file is
/// there, and whether a symbolic link leads out of the folder, is the caller's to check.
///
/// - Parameters:
///   - folder: The trusted folder; an empty one is the current folder.
///   - parts: The parts that came from outside. Empty ones are left out.
///   - portable: Whether to refuse also what is special on Windows: `\`, drive letters and device names such as `CON`.
/// - Returns: The path, or nil when a part is absolute, leads out of the folder, has a NUL byte, or is special.
public func safeJoin(_ folder: String, _ parts: String..., portable: Bool = true) -> String? {
    safeJoin(folder, parts: parts, portable: portable)
}

/// Joins a trusted folder and parts of a path that came from outside, without ever leaving the folder.
///
/// - Parameters:
///   - folder: The trusted folder; an empty one is the current folder.
///   - parts: The parts that came from outside. Empty ones are left out.
///   - portable: Whether to refuse also what is special on Windows: `\`, drive letters and device names such as `CON`.
/// - Returns: The path, or nil when a part is absolute, leads out of the folder, has a NUL byte, or is special.
public func safeJoin(_ folder: String, parts: some Sequence<String>, portable: Bool = true) -> String? {
    // Without a folder the first part from outside would become the trusted one.
    var path = folder.isEmpty ? "." : folder
    guard !path.utf8.contains(0) else { return nil }
    for part in parts where !part.isEmpty {
        guard let safe = normalizedPart(part), !portable || isPortable(safe) else { return nil }
        if path.utf8.last != UInt8(ascii: "/") { path += "/" }
        path += safe
    }
    return path
}

/// The relative path without dot segments, or nil when it is absolute or leads out.
private func normalizedPart(_ part: String) -> String? {
    guard part.utf8.first != UInt8(ascii: "/"), !part.utf8.contains(0) else { return nil }
    var kept: [Substring.UTF8View] = []
    for segment in part.utf8.split(separator: UInt8(ascii: "/")) where !segment.elementsEqual(".".utf8) {
        if segment.elementsEqual("..".utf8) {
            guard kept.popLast() != nil else { return nil }
        } else {
            kept.append(segment)
        }
    }
    return kept.isEmpty ? "." : kept.map { String(Substring($0)) }.joined(separator: "/")
}

private func isPortable(_ path: String) -> Bool {
    if path.utf8.contains(UInt8(ascii: "\\")) { return false }
    let start = Array(path.utf8.prefix(2))
    if start.count == 2, start[0].isASCIILetter, start[1] == UInt8(ascii: ":") { return false }
    return !path.utf8.split(separator: UInt8(ascii: "/")).contains { WindowsNames.isDevice(Substring($0)) }
}

/// File names that mean a device on Windows, in every folder and with every extension.
enum WindowsNames {
    /// Whether the name means a device.
    ///
    /// `NUL.txt`, `con . x` and `aux:stream` do too.
    ///
    /// - Parameter name: One segment of a path.
    /// - Returns: Whether the name means a device.
    ///
    /// Source: Microsoft, "Naming Files, Paths, and Namespaces".
    static func isDevice(_ name: Substring) -> Bool {
        var stem = name.utf8.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") }
        while let last = stem.last, last.isSpace { stem.removeLast() }
        while let first = stem.first, first.isSpace { stem.removeFirst() }
        guard (3...7).contains(stem.count) else { return false }
        let lowered = stem.map(\.asciiLowercased)
        return fixed.contains { $0.elementsEqual(lowered) } || isNumbered(lowered)
    }

    private static let fixed = ["aux", "con", "conin$", "conout$", "nul", "prn"].map { Array($0.utf8) }

    /// `COM1` and `LPT1` to `9`, of which the raised digits are forms.
    private static func isNumbered(_ name: [UInt8]) -> Bool {
        guard name.starts(with: "com".utf8) || name.starts(with: "lpt".utf8) else { return false }
        let digit = name.dropFirst(3)
        if digit.count == 1, let byte = digit.first { return (0x31...0x39).contains(byte) }
        return ["¹", "²", "³"].contains { $0.utf8.elementsEqual(digit) }
    }
}

extension UInt8 {
    /// Whether the byte is white space of ASCII.
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) || (0x1C...0x1F).contains(self) }
}
