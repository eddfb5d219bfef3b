// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes that grow at their end.
struct OutputBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// How many bytes behind a text that is padded may be read, and behind the output be written.
    static let slack = 32

    init(capacity: Int = 4096) {
        self.capacity = capacity
        base = .allocate(capacity: capacity + Self.slack)
    }

    deinit { base.deallocate() }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        let size = max(capacity * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size + Self.slack)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
        capacity = size
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    /// Appends bytes behind which ``slack`` more may be read.
    ///
    /// Most texts between the values of a template are shorter than the call of a function that copies memory is long.
    @inline(__always)
    mutating func append(padded bytes: UnsafeBufferPointer<UInt8>, _ size: Int) {
        guard let start = bytes.baseAddress, size + Self.slack <= bytes.count else { return }
        reserve(size)
        let (from, to) = (UnsafeRawPointer(start), UnsafeMutableRawPointer(base + count))
        if size <= Self.slack {
            let half = from.loadUnaligned(as: SIMD16<UInt8>.self)
            let rest = from.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
            to.storeBytes(of: half, as: SIMD16<UInt8>.self)
            to.storeBytes(of: rest, toByteOffset: 16, as: SIMD16<UInt8>.self)
        } else {
            to.copyMemory(from: from, byteCount: size)
        }
        count += size
    }

    mutating func append(_ text: String) {
        // Asking for the bytes as they lie copies nothing, which `withUTF8` on a variable would.
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append($0) }
        if isDone == nil { for byte in text.utf8 { append(byte: byte) } }
    }

    mutating func append(byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    /// Appends a text with the five characters of HTML as references.
    mutating func append(escaping text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(escaping: $0) }
        if isDone == nil { append(SafeHTML.escaping(text).html) }
    }

    /// Most texts have nothing to escape: they are copied while that is found out.
    private mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        let (from, to) = (UnsafeRawPointer(start), UnsafeMutableRawPointer(base + count))
        var place = 0
        while place + 8 <= bytes.count {
            let part = from.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard !HTMLEscape.hasSpecial(part) else { break }
            to.storeBytes(of: part, toByteOffset: place, as: UInt64.self)
            place += 8
        }
        while place < bytes.count, !HTMLEscape.isSpecial(bytes[place]) {
            to.storeBytes(of: bytes[place], toByteOffset: place, as: UInt8.self)
            place += 1
        }
        count += place
        // The rest has something to escape. No reference is longer than five bytes.
        while place < bytes.count {
            let end = min(place + 1024, bytes.count)
            reserve((end - place) * 5)
            var to = UnsafeMutableRawPointer(base + count)
            for byte in bytes[place..<end] {
                let (reference, size) = HTMLEscape.packed(byte)
                to.storeBytes(of: reference, as: UInt64.self)
                to += size
            }
            count = to - UnsafeMutableRawPointer(base)
            place = end
        }
    }

    mutating func append(_ number: Int) {
        reserve(20)
        var magnitude = number.magnitude
        if number < 0 { append(byte: 0x2D) }
        var digits = 1
        var rest = magnitude
        while rest >= 10_000 {
            rest /= 10_000
            digits += 4
        }
        digits += rest >= 1000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0
        count += digits
        var place = UnsafeMutableRawPointer(base + count)
        let pairs = UnsafeRawPointer(Self.digitPairs.utf8Start)
        while magnitude >= 10 {
            let quotient = magnitude / 100
            let pair = Int(truncatingIfNeeded: magnitude &- quotient &* 100)
            place -= 2
            place.storeBytes(of: pairs.loadUnaligned(fromByteOffset: pair * 2, as: UInt16.self), as: UInt16.self)
            magnitude = quotient
            digits -= 2
        }
        if digits == 1 { (place - 1).storeBytes(of: UInt8(truncatingIfNeeded: magnitude) | 0x30, as: UInt8.self) }
    }

    /// `00` to `99`.
    private static let digitPairs: StaticString = """
        0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
        5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
        """

    /// Appends a number with a fraction, as Python writes it.
    mutating func append(_ number: Double) {
        let hundredths = (number * 100).rounded()
        // A decimal of at most 15 digits is the shortest one that gives its number back, so none need be looked for.
        guard hundredths.magnitude < 1e15, hundredths != 0, hundredths / 100 == number else {
            append(PythonNumber.text(number))
            return
        }
        let (whole, rest) = Int(hundredths.magnitude).quotientAndRemainder(dividingBy: 100)
        if hundredths < 0 { append(byte: 0x2D) }
        append(whole)
        append(byte: 0x2E)
        append(byte: UInt8(truncatingIfNeeded: rest / 10) | 0x30)
        if rest % 10 != 0 { append(byte: UInt8(truncatingIfNeeded: rest % 10) | 0x30) }
    }

    /// The text behind a place.
    func text(from start: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: base + start, count: count - start), as: UTF8.self)
    }

    func bytes(from start: Int) -> [UInt8] { Array(UnsafeBufferPointer(start: base + start, count: count - start)) }

    mutating func truncate(to place: Int) { count = min(count, max(0, place)) }
}
