// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Texts for URLs.
enum URLText {
    /// A text, or pairs as a query.
    static func encode(_ value: TemplateValue, _ rendering: Rendering) throws -> String {
        switch value {
        case .dict(let dict):
            return try dict.pairs.map { "\(try plus($0.key))=\(try plus($0.value))" }.joined(separator: "&")
        case .list, .tuple:
            return try value.loopElements(rendering).map { pair in
                let parts = try pair.loopElements(rendering)
                guard parts.count == 2 else { throw TemplateError(.argument, "urlencode needs pairs.") }
                return "\(try plus(parts[0]))=\(try plus(parts[1]))"
            }.joined(separator: "&")
        default: return percent(try value.filterText(), keepingSlashes: true)
        }
    }

    private static func plus(_ value: TemplateValue) throws -> String {
        percent(try value.filterText(), keepingSlashes: false).split(separator: "%20", omittingEmptySubsequences: false)
            .joined(separator: "+")
    }

    static func percent(_ text: String, keepingSlashes: Bool) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            case UInt8(ascii: "/") where keepingSlashes: bytes.append(byte)
            default: bytes += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension URLText {
    /// A URL with characters outside ASCII, encoded; what is encoded already stays as it is.
    static func iri(_ text: String) -> String {
        let kept = Array("/#%[]=:;$&()+,!?*@'~".utf8)
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || kept.contains(byte)
            if isPlain { bytes.append(byte) } else { bytes += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]] }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
