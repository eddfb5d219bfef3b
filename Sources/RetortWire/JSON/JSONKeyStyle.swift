// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Names of properties in the style of JSON keys.
enum JSONKeyStyle {
    /// The name in lower case with an underscore before each word: `imageWidth` becomes `image_width`.
    ///
    /// A run of capitals is one word, whose last letter belongs to the next when small letters follow: `myURLPath`
    /// becomes `my_url_path`. Bytes outside ASCII stay as they are.
    static func snakeCase(_ name: String) -> String {
        let bytes = Array(name.utf8)
        guard bytes.contains(where: isCapital) else { return name }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 8)
        for (index, byte) in bytes.enumerated() {
            if isCapital(byte), let last = result.last, last != 0x5F {
                let followsSmall = !isCapital(bytes[index - 1])
                let startsWord = index + 1 < bytes.count && isSmall(bytes[index + 1])
                if followsSmall || startsWord { result.append(0x5F) }
            }
            result.append(byte.asciiLowercased)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The name with each underscore between words replaced by a capital: `image_width` becomes `imageWidth`.
    ///
    /// Underscores at the start and the end stay.
    static func camelCase(_ name: String) -> String {
        let bytes = Array(name.utf8)
        guard let first = bytes.firstIndex(where: { $0 != 0x5F }), let last = bytes.lastIndex(where: { $0 != 0x5F }),
            bytes[first...last].contains(0x5F)
        else { return name }
        var result = Array(bytes[..<first])
        var startsWord = false
        for byte in bytes[first...last] {
            if byte == 0x5F {
                startsWord = true
            } else {
                result.append(startsWord && isSmall(byte) ? byte - 0x20 : byte)
                startsWord = false
            }
        }
        result.append(contentsOf: bytes[(last + 1)...])
        return String(decoding: result, as: UTF8.self)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    private static func isSmall(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
}
