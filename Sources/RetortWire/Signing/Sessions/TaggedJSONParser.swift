// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON as Python's `json.loads` does, which also knows `NaN`, `Infinity` and `-Infinity`.
///
/// Source: RFC 8259.
struct TaggedJSONParser {
    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws -> SessionValue {
        let result = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw malformed("something follows the value") }
        return result
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func malformed(_ what: String) -> WireError {
        WireError(.malformedSessionJSON, "The JSON is malformed at byte \(position): \(what).")
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        guard word.withUTF8Buffer({ bytes[position...].starts(with: $0) }) else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    private mutating func value(depth: Int) throws -> SessionValue {
        guard depth <= TaggedJSON.maximumDepth else { throw malformed("it nests too deeply") }
        skipSpace()
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t") where take(word: "true"): return .bool(true)
        case UInt8(ascii: "f") where take(word: "false"): return .bool(false)
        case UInt8(ascii: "n") where take(word: "null"): return .null
        case UInt8(ascii: "N") where take(word: "NaN"): return .double(.nan)
        case UInt8(ascii: "I") where take(word: "Infinity"): return .double(.infinity)
        case UInt8(ascii: "-") where take(word: "-Infinity"): return .double(-.infinity)
        default: return try number()
        }
    }

    private mutating func array(depth: Int) throws -> SessionValue {
        position += 1
        var elements: [SessionValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw malformed("',' or ']' is missing") }
        }
    }

    private mutating func object(depth: Int) throws -> SessionValue {
        position += 1
        var members: [SessionValue.Member] = []
        var places = NamePlaces()
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw malformed("a name is missing") }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed("':' is missing") }
            let value = try value(depth: depth + 1)
            // The last value of a name counts, in the place of the first.
            if let place = places.place(of: name, in: members) {
                members[place].value = value
            } else {
                members.append(SessionValue.Member(name, value))
            }
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw malformed("',' or '}' is missing") }
        }
    }

    private mutating func number() throws -> SessionValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let whole = Int64(text) { return .int(whole) }
        guard let number = Double(text) else { throw malformed("a number is expected") }
        return .double(number)
    }

    private mutating func digits() throws {
        guard let byte = next, byte.isASCIIDigit else { throw malformed("a value is expected") }
        while let byte = next, byte.isASCIIDigit { position += 1 }
    }

    private mutating func string() throws -> String {
        position += 1
        var start = position
        var unescaped: [UInt8] = []
        var hasEscapes = false
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                let run = bytes[start..<position]
                position += 1
                if hasEscapes { unescaped.append(contentsOf: run) }
                let text = String(validating: hasEscapes ? unescaped[...] : run, as: UTF8.self)
                guard let text else { throw malformed("a text is not UTF-8") }
                return text
            case UInt8(ascii: "\\"):
                unescaped.append(contentsOf: bytes[start..<position])
                hasEscapes = true
                position += 1
                unescaped.append(contentsOf: try escape())
                start = position
            case ..<0x20: throw malformed("a control character stands in a text")
            default: position += 1
            }
        }
        throw malformed("a text does not end")
    }

    private mutating func escape() throws -> [UInt8] {
        guard let byte = next else { throw malformed("a text does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let unit = try fourDigits()
            var scalar = Unicode.Scalar(unit)
            if 0xD800..<0xDC00 ~= unit {
                let back = position
                if take(word: "\\u"), let low = try? fourDigits(), 0xDC00..<0xE000 ~= low {
                    scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
                } else {
                    position = back
                }
            }
            // Half of a surrogate pair is no character; Swift's texts cannot hold it.
            return Array(String(scalar ?? "\u{FFFD}").utf8)
        default: throw malformed("an escape is unknown")
        }
    }

    private mutating func fourDigits() throws -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next?.hexDigitValue else { throw malformed("four hexadecimal digits are expected") }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}

/// Finds a name among members by its bytes, in time that does not grow with their number.
private struct NamePlaces {
    private var places: [[UInt8]: Int] = [:]

    /// The place of the name, or nil, when it is about to be added at the end.
    mutating func place(of name: String, in members: [SessionValue.Member]) -> Int? {
        // Few names are found faster by looking at each.
        if members.count < 12 { return members.firstIndex { $0.name.hasSameBytes(as: name) } }
        if places.isEmpty { for (place, member) in members.enumerated() { places[Array(member.name.utf8)] = place } }
        let key = Array(name.utf8)
        if let place = places[key] { return place }
        places[key] = members.count
        return nil
    }
}
