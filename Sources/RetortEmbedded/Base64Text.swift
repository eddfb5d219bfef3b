// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Base64 as the plugin has written it into a program.
enum Base64Text {
    /// The value of each character; 64 for those that are none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        alphabet.withUTF8Buffer { alphabet in
            for (value, character) in alphabet.enumerated() {
                values[Int(character)] = UInt8(truncatingIfNeeded: value)
            }
        }
        return values
    }()

    /// The bytes of a text with padding; what is no base64 ends it.
    static func bytes(_ text: StaticString) -> [UInt8] {
        text.withUTF8Buffer { characters in
            [UInt8](unsafeUninitializedCapacity: characters.count / 4 * 3 + 3) { output, count in
                values.withUnsafeBufferPointer { values in
                    var group: UInt32 = 0
                    var length = 0
                    for character in characters {
                        let value = values[Int(character)]
                        guard value < 64 else { break }
                        group = group << 6 | UInt32(value)
                        length += 1
                        guard length == 4 else { continue }
                        output[count] = UInt8(truncatingIfNeeded: group >> 16)
                        output[count + 1] = UInt8(truncatingIfNeeded: group >> 8)
                        output[count + 2] = UInt8(truncatingIfNeeded: group)
                        count += 3
                        length = 0
                    }
                    // Two characters are one byte, and three are two.
                    if length >= 2 {
                        group <<= UInt32(4 - length) * 6
                        output[count] = UInt8(truncatingIfNeeded: group >> 16)
                        if length == 3 { output[count + 1] = UInt8(truncatingIfNeeded: group >> 8) }
                        count += length - 1
                    }
                }
            }
        }
    }
}
