// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Small and capital letters.
///
/// Texts of ASCII, which most are, are changed byte by byte; all others as Unicode has it.
enum LetterCase {
    static func lower(_ text: String) -> String {
        changed(text) { byte in byte &- 0x41 < 26 ? byte | 0x20 : byte } ?? text.lowercased()
    }

    static func upper(_ text: String) -> String {
        changed(text) { byte in byte &- 0x61 < 26 ? byte & 0xDF : byte } ?? text.uppercased()
    }

    /// A text of ASCII with a capital behind each start of a word; nil for others.
    static func titledASCII(_ text: String) -> String? {
        var isStart = true
        return changed(text) { byte in
            let isStartHere = isStart
            let isLetter = (byte | 0x20) &- 0x61 < 26
            isStart = byte == 0x2D || byte == 0x28 || byte == 0x5B || byte == 0x7B || byte == 0x3C || isSpace(byte)
            return isLetter ? isStartHere ? byte & 0xDF : byte | 0x20 : byte
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The text with each byte changed; nil where one of them is not of ASCII.
    @inline(__always)
    private static func changed(_ text: String, _ change: (UInt8) -> UInt8) -> String? {
        var text = text
        return text.withUTF8 { bytes -> String? in
            var all: UInt8 = 0
            for byte in bytes { all |= byte }
            guard all < 0x80 else { return nil }
            return String(unsafeUninitializedCapacity: bytes.count) { result in
                for index in bytes.indices { result[index] = change(bytes[index]) }
                return bytes.count
            }
        }
    }
}
