// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Checks a JSON text and lays its values on a tape, in one pass and without recursion.
///
/// It accepts what RFC 8259 calls JSON and nothing else, in valid UTF-8, with a byte order mark in front allowed.
/// Numbers become values here, because their digits are being looked at anyway; strings are only measured.
struct JSONTapeBuilder {
    /// An array or object that is open.
    struct Frame {
        /// The index of its entry.
        var entry: Int
        /// How many elements or members were begun.
        var count = 0
        var isObject: Bool
        /// One bit for each tag that was seen, so that most objects need no search for equal keys.
        var seen: UInt64 = 0
        /// Whether two keys may be equal.
        var isSuspect = false
        /// The index of the last key.
        var lastKey = 0
    }

    /// Objects with more members than this get a hash table.
    static let smallCount = 16

    let text: UnsafePointer<UInt8>
    let end: Int
    let limits: JSONLimits
    var tape: JSONTape
    var frames: [Frame] = []
    /// The innermost frame, when `depth` is above 0.
    ///
    /// Those around it are in `frames`.
    var frame = Frame(entry: 0, isObject: false)
    var depth = 0
    /// The index of the byte to look at.
    var index = 0

    /// The tape of a text.
    ///
    /// The caller deallocates it.
    static func tape(_ text: UnsafePointer<UInt8>, _ count: Int, _ limits: JSONLimits) throws -> JSONTape {
        let maximum = min(limits.bytes, Int(UInt32.max))
        guard count <= maximum else {
            throw JSONDecodingFailure(
                .jsonLimit, expected: "at most \(maximum) bytes", found: "\(count) bytes", status: 413)
        }
        var builder = JSONTapeBuilder(
            text: text, end: count, limits: limits, tape: JSONTape(capacity: count / 12 + 12))
        do {
            try builder.parse()
        } catch {
            builder.tape.deallocate()
            throw error
        }
        return builder.tape
    }

    private init(text: UnsafePointer<UInt8>, end: Int, limits: JSONLimits, tape: JSONTape) {
        self.text = text
        self.end = end
        self.limits = limits
        self.tape = tape
    }

    private mutating func parse() throws {
        if end >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { index = 3 }
        tape.append(JSONTapeEntry(.null, offset: index))
        repeat {
            skipSpace()
            // A value, or the opening of one.
            if try parseValue() { continue }
            // What follows a value: a comma, closing brackets, or the end.
            while depth > 0, try !parseComma() {}
        } while depth > 0
        skipSpace()
        guard index == end else { throw syntax("nothing but whitespace behind the value") }
    }

    @inline(__always)
    mutating func skipSpace() {
        while index < end {
            let byte = text[index]
            // Most bytes are none of the four, and above the space.
            if byte > 0x20 { return }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index &+= 1
        }
    }

    /// Reads a scalar or an empty container and answers false, or opens a container and answers true.
    @inline(__always)
    private mutating func parseValue() throws -> Bool {
        guard index < end else { throw syntax("a value") }
        switch text[index] {
        case 0x22:
            index &+= 1
            let start = index
            let hasEscapes = try skipString()
            tape.append(
                JSONTapeEntry(
                    hasEscapes ? .escapedString : .string, offset: start, low: index &- start &- 1,
                    next: tape.count &+ 1))
            return false
        case 0x30...0x39, 0x2D:
            try parseNumber()
            return false
        case 0x7B: return try open(isObject: true)
        case 0x5B: return try open(isObject: false)
        case 0x74: try parseWord("true", .true)
        case 0x66: try parseWord("false", .false)
        case 0x6E: try parseWord("null", .null)
        default: throw syntax("a value")
        }
        return false
    }

    private mutating func parseWord(_ word: StaticString, _ kind: JSONTapeEntry.Kind) throws {
        let length = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { word in
            end - index >= length && word.indices.allSatisfy { text[index + $0] == word[$0] }
        }
        guard matches else { throw syntax("`\(word)`") }
        tape.append(JSONTapeEntry(kind, offset: index))
        index += length
    }

    // MARK: Arrays and objects

    /// Opens a container.
    ///
    /// Answers false when it is empty and already closed.
    @inline(__always)
    private mutating func open(isObject: Bool) throws -> Bool {
        guard depth < limits.depth else { throw limit("at most \(limits.depth) nested arrays and objects") }
        if depth > 0 { frames.append(frame) }
        depth &+= 1
        frame = Frame(entry: tape.count, isObject: isObject)
        tape.append(JSONTapeEntry(isObject ? .object : .array, offset: index))
        index &+= 1
        skipSpace()
        if index < end, text[index] == (isObject ? 0x7D : 0x5D) {
            close()
            return false
        }
        if isObject { try parseKey() } else { frame.count = 1 }
        return true
    }

    /// Reads a comma and answers true, or a closing bracket and answers false.
    @inline(__always)
    private mutating func parseComma() throws -> Bool {
        skipSpace()
        guard index < end else { throw syntax(frame.isObject ? "`,` or `}`" : "`,` or `]`") }
        let byte = text[index]
        if byte == 0x2C {
            index &+= 1
            if tape.count > limits.values { throw limit("at most \(limits.values) values and keys") }
            if frame.isObject {
                skipSpace()
                try parseKey()
            } else {
                frame.count &+= 1
            }
            return true
        }
        guard byte == (frame.isObject ? 0x7D : 0x5D) else {
            throw syntax(frame.isObject ? "`,` or `}`" : "`,` or `]`")
        }
        close()
        return false
    }

    /// Ends the innermost container at its closing bracket.
    @inline(__always)
    private mutating func close() {
        index &+= 1
        if frame.isObject {
            if frame.count > 0 { tape.entries[frame.lastKey].next = tape.count }
            if frame.count > Self.smallCount {
                tape.addTable(frame.entry, frame.count, text)
            } else if frame.isSuspect {
                tape.markDuplicates(frame.entry, text)
            }
            // The search for keys starts at the first one.
            tape.entries[frame.entry].low = frame.entry &+ 1
            tape.entries[frame.entry].head |= UInt32(min(frame.count, 0xFF_FFFF)) << 8
        } else {
            tape.entries[frame.entry].low = frame.count
        }
        tape.entries[frame.entry].next = tape.count
        depth &-= 1
        if depth > 0 { frame = frames.removeLast() }
    }

    /// Reads a key and the colon behind it.
    @inline(__always)
    private mutating func parseKey() throws {
        guard index < end, text[index] == 0x22 else { throw syntax("a key in quotation marks") }
        index &+= 1
        let start = index
        let key = tape.count
        if frame.count > 0 { tape.entries[frame.lastKey].next = key }
        let tag: UInt32
        if try skipString() {
            let entry = tape.arenaKey(UnsafeBufferPointer(start: text + start, count: index &- start &- 1))
            tag = entry.detail
            tape.append(entry)
        } else {
            let length = index &- start &- 1
            tag = JSONTapeEntry.tag(text + start, length)
            // Where the next key is will be known when the value has been read.
            tape.append(JSONTapeEntry(.key, detail: tag, offset: start, low: length, next: 0))
        }
        let bit: UInt64 = 1 << UInt64((tag &* 0x9E37_79B1) >> 26)
        if frame.seen & bit != 0 { frame.isSuspect = true }
        frame.seen |= bit
        frame.lastKey = key
        frame.count &+= 1
        skipSpace()
        guard index < end, text[index] == 0x3A else { throw syntax("`:` behind a key") }
        index &+= 1
    }

    // MARK: Strings

    /// Skips a string from behind its first quotation mark to behind its last, and answers whether it has escapes.
    @inline(__always)
    private mutating func skipString() throws -> Bool {
        var hasEscapes = false
        while true {
            while end &- index >= 8 {
                let word = UInt64(
                    littleEndian: UnsafeRawPointer(text).loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let hits = JSONWord.special(word) | JSONWord.nonASCII(word)
                if hits != 0 {
                    index &+= hits.trailingZeroBitCount >> 3
                    break
                }
                index &+= 8
            }
            guard index < end else { throw syntax("a closing quotation mark") }
            let byte = text[index]
            if byte == 0x22 {
                index &+= 1
                return hasEscapes
            }
            if byte >= 0x20, byte < 0x80, byte != 0x5C {
                index &+= 1
            } else if try skipSpecial(byte) {
                hasEscapes = true
            }
        }
    }

    /// Skips an escape and answers true, or a character outside ASCII and answers false.
    private mutating func skipSpecial(_ byte: UInt8) throws -> Bool {
        if byte == 0x5C {
            guard let length = JSONEscapes.length(text, index, end) else {
                throw syntax("an escape of JSON, with both halves of a surrogate pair")
            }
            index += length
            return true
        }
        guard byte >= 0x80 else { throw syntax("an escape instead of a control character") }
        // Characters outside ASCII seldom stand alone.
        while index < end, text[index] >= 0x80 {
            guard let length = JSONEscapes.characterLength(text, index, end) else { throw syntax("text in UTF-8") }
            index &+= length
        }
        return false
    }
}
