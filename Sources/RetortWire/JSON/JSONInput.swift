// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON text and its tape while values are read from them.
///
/// All decoders and containers of one run share it. It borrows the text, so it forgets both at the end of the run; a
/// decoder that somebody kept then finds nothing.
final class JSONInput {
    /// Which child of a container is being read.
    ///
    /// It spares the search for errors and paths, and is true forever.
    private struct Hint {
        var container: UInt32
        /// The index of an element, or of the key of a member.
        var child: UInt32
        var position: UInt32
    }

    private(set) var text: UnsafePointer<UInt8>
    private var textCount: Int
    private(set) var tape: JSONTape
    private var hints: UnsafeMutablePointer<Hint>?
    private var hintCapacity = 0
    /// How many hints there are, the outermost container first.
    private(set) var hintCount = 0
    /// The child that was looked at last, in a container that may have no hint.
    private var last = Hint(container: 0, child: 0, position: 0)
    let options: JSONOptions
    let convertsKeys: Bool

    /// Checks a text and makes its tape.
    ///
    /// The text has to stay until `finish()`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ options: JSONOptions, _ limits: JSONLimits) throws {
        guard let text = bytes.baseAddress else {
            throw JSONDecodingFailure(.jsonSyntax, expected: "a value", found: "the end of the text", status: 400)
        }
        self.tape = try JSONTapeBuilder.tape(text, bytes.count, limits)
        self.options = options
        self.convertsKeys = options.keys == .snakeCase
        self.text = text
        self.textCount = bytes.count
    }

    deinit {
        tape.deallocate()
        hints?.deallocate()
    }

    /// Forgets the text.
    ///
    /// From here on every read fails.
    func finish() {
        tape.count = 0
        textCount = 0
        hintCount = 0
    }

    /// The entry at an index.
    @inline(__always)
    func entry(_ index: Int) throws -> JSONTapeEntry {
        guard index < tape.count else { throw finished() }
        return tape.entries[index]
    }

    /// The entry at an index, or a null when the run has ended.
    @inline(__always)
    func peek(_ index: Int) -> JSONTapeEntry {
        index < tape.count ? tape.entries[index] : JSONTapeEntry(.null, offset: 0)
    }

    @inline(never)
    private func finished() -> any Error {
        DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: [], debugDescription: "The decoder was used after decoding had ended."))
    }

    // MARK: Hints

    /// Notes which child is being read.
    @inline(__always)
    func enter(_ container: Int, child: Int, position: Int) {
        if hintCount == hintCapacity { growHints() }
        hints?[hintCount] = Hint(
            container: UInt32(truncatingIfNeeded: container), child: UInt32(truncatingIfNeeded: child),
            position: UInt32(truncatingIfNeeded: position))
        hintCount &+= 1
    }

    /// Notes which child is being looked at, until another is.
    @inline(__always)
    func note(_ container: Int, child: Int, position: Int) {
        last = Hint(
            container: UInt32(truncatingIfNeeded: container), child: UInt32(truncatingIfNeeded: child),
            position: UInt32(truncatingIfNeeded: position))
    }

    /// Forgets the last hint of `enter`.
    @inline(__always)
    func leave() { hintCount = max(0, hintCount &- 1) }

    private func growHints() {
        let larger = max(8, hintCapacity * 2)
        let new = UnsafeMutablePointer<Hint>.allocate(capacity: larger)
        if let hints { new.update(from: hints, count: hintCount) }
        hints?.deallocate()
        hints = new
        hintCapacity = larger
    }

    /// The keys and indices that lead to an entry.
    func path(to target: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var current = 1
        var hint = 0
        let hints = UnsafeBufferPointer(start: hints, count: hintCount)
        while current < target, target < tape.count {
            let entry = tape.entries[current]
            guard entry.isKind(.object) || entry.isKind(.array), target < entry.next else { break }
            while hint < hints.count, hints[hint].container < current { hint += 1 }
            var child = current + 1
            var position = 0
            let known = hint < hints.count && hints[hint].container == current ? hints[hint] : last
            for known in [known, last] where known.container == current && known.child <= target {
                child = Int(known.child)
                position = Int(known.position)
            }
            while tape.next(child) <= target {
                child = tape.next(child)
                position += 1
            }
            if entry.isKind(.array) {
                path.append(JSONPathKey(index: position))
                current = child
            } else {
                path.append(JSONPathKey(stringValue: keyText(child)))
                current = child + 1
            }
        }
        return path
    }

    // MARK: Members

    /// The index of the value of a key, or nil.
    @inline(__always)
    func find(_ name: String, in object: Int) -> Int? {
        guard object < tape.count else { return nil }
        let found: Int?? = name.utf8.withContiguousStorageIfAvailable { key in
            tape.find(key.baseAddress ?? text, key.count, object: object, text)
        }
        guard let index = found ?? findForeign(name, object) else { return nil }
        note(object, child: index &- 1, position: 0)
        return index
    }

    private func findForeign(_ name: String, _ object: Int) -> Int? {
        Array(name.utf8).withUnsafeBufferPointer { key in
            tape.find(key.baseAddress ?? text, key.count, object: object, text)
        }
    }

    /// The bytes of a key without escapes.
    func keyBytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { tape.keyBytes(tape.entries[index], text) }

    /// The text of a key.
    func keyText(_ index: Int) -> String { String(decoding: keyBytes(index), as: UTF8.self) }

    /// Calls a function with the index of each key of an object that counts.
    ///
    /// Its value is behind it.
    @inline(__always)
    func forEachKey(_ object: Int, _ body: (Int) throws -> Void) rethrows {
        guard object < tape.count else { return }
        let end = tape.membersEnd(object)
        var index = object + 1
        while index < end {
            let entry = tape.entries[index]
            if !entry.isKind(.deadKey) { try body(index) }
            index = entry.next
        }
    }

    // MARK: Text

    /// The bytes of a string without escapes, or of a number.
    @inline(__always)
    func bytes(_ start: Int, _ count: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + start, count: count)
    }

    /// The digits of the number at an index as they stand in the text.
    func numberBytes(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
        let entry = peek(index)
        switch entry.kind {
        case .integer, .unsigned, .double: break
        default: return nil
        }
        var length = Int(entry.detail)
        if length == 0xFF_FFFF {
            // Too long for its entry. Whatever is no part of a number ends it.
            while entry.start + length < textCount, Self.isNumberByte(text[entry.start + length]) { length += 1 }
        }
        return bytes(entry.start, length)
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || byte == 0x2E || byte == 0x2B || byte == 0x2D || byte | 0x20 == 0x65
    }

    /// The number at an index as it stands in the text, or nil.
    func numberText(_ index: Int) -> String? { numberBytes(index).map { String(decoding: $0, as: UTF8.self) } }

    /// What a function makes of the bytes of the string at an index.
    ///
    /// A nil counts as a mismatch.
    func text<Result>(
        _ index: Int, expected: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result?
    ) throws -> Result {
        let entry = try entry(index)
        var result: Result?
        if entry.isKind(.string) {
            result = body(bytes(entry.start, entry.low))
        } else if entry.isKind(.escapedString) {
            let source = bytes(entry.start, entry.low)
            let plain = [UInt8](unsafeUninitializedCapacity: entry.low) { $1 = JSONEscapes.remove(source, into: $0) }
            result = plain.withUnsafeBufferPointer(body)
        }
        guard let result else { throw mismatch(index, Result.self, expected: expected) }
        return result
    }

    /// The line and column of an offset.
    func lineAndColumn(_ offset: Int) -> (line: Int, column: Int) {
        JSONPlace.lineAndColumn(text, min(offset, textCount))
    }
}
