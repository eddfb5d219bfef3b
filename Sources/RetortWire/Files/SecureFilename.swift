// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A name under which a file that came from outside can be stored.
///
/// Only ASCII letters, digits and `._-` are left. Letters with marks become plain (`ü` becomes `u`), other forms of
/// ASCII characters become these; slashes and white space become `_`; everything else is dropped, and `.` and `_` at
/// the ends too. So the name is never a path, never hidden, and never `.` or `..`.
///
/// The name may be the one of another file that is there already, and it may be empty: then make one up.
///
/// - Parameters:
///   - name: The name that the client sent.
///   - portable: Whether to think of Windows too: `\` is a slash then, and a device name such as `CON` gets a `_` in
///     front.
///   - maximumBytes: The longest name, in bytes. A longer one is cut before its extension. Common file systems allow
///     255.
/// - Returns: The name, which may be empty.
public func secureFilename(_ name: String, portable: Bool = true, maximumBytes: Int = 255) -> String {
    var bytes: [UInt8] = []
    var pendingSeparator = false
    func add(_ byte: UInt8) {
        if byte == UInt8(ascii: "/") || byte.isSpace || (portable && byte == UInt8(ascii: "\\")) {
            pendingSeparator = true
            return
        }
        // White space and slashes in a row give one `_`.
        if pendingSeparator { bytes.append(UInt8(ascii: "_")) }
        pendingSeparator = false
        if byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2E || byte == 0x5F || byte == 0x2D {
            bytes.append(byte)
        }
    }
    for scalar in name.unicodeScalars {
        if scalar.isASCII {
            add(UInt8(truncatingIfNeeded: scalar.value))
        } else if let ascii = ASCIISpelling.form(of: scalar) ?? ASCIISpelling.base(of: scalar) {
            for byte in ascii.utf8 { add(byte) }
        }
    }
    var result = trimmed(cut(trimmed(bytes[...]), to: maximumBytes))
    if portable, WindowsNames.isDevice(Substring(String(decoding: result, as: UTF8.self))) {
        result = trimmedEnd((CollectionOfOne(UInt8(ascii: "_")) + result).prefix(max(maximumBytes, 0)))
    }
    return String(decoding: result, as: UTF8.self)
}

/// The bytes without `.` and `_` at the ends.
private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    trimmedEnd(bytes.drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") })
}

private func trimmedEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let last = bytes.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "_") { bytes.removeLast() }
    return bytes
}

/// The name with its end left out, but not its extension if that is a short one.
private func cut(_ bytes: ArraySlice<UInt8>, to maximum: Int) -> ArraySlice<UInt8> {
    guard bytes.count > maximum else { return bytes }
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), bytes.endIndex - dot <= min(17, maximum - 1) else {
        return bytes.prefix(max(maximum, 0))
    }
    let ending = bytes[dot...]
    return bytes.prefix(maximum - ending.count) + ending
}
