// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The bytes of a JSON text while it is written, with the arrays and objects that are still open.
///
/// It is a class, because all encoders and containers of one run write to the same text, and it owns plain memory,
/// because an array in a class would check its uniqueness at each byte. Nobody but its owner may keep `base`.
final class JSONOutput {
    /// An array or object that is open.
    struct Frame {
        /// How many elements or members were begun.
        var count: Int
        /// Where the last element or member starts.
        var last: Int
        /// Which container this is.
        ///
        /// A handle with another number belongs to one that was closed.
        var serial: UInt32
        var isObject: Bool
    }

    /// What a container knows of its frame.
    struct Handle {
        var index: UInt32
        var serial: UInt32

        /// A handle that no container has.
        static var closed: Self { Self(index: 0, serial: .max) }
    }

    /// A point to which a failed write goes back.
    struct Mark {
        var count: Int
        var depth: Int
        var elements: Int
    }

    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int
    private var frames: UnsafeMutablePointer<Frame>
    private var frameCapacity: Int
    /// The memory that the first frames and the first bytes share.
    ///
    /// Small texts need no other.
    private let first: UnsafeMutableRawPointer
    /// How many frames are open.
    private(set) var depth = 0
    private var lastSerial: UInt32 = 0
    /// The number of the place that waits for its value, or 0.
    private(set) var pending: UInt32 = 0

    /// Set when containers were not used one inside the other.
    ///
    /// The text is then of no use, and a tree has to be built.
    private(set) var needsTree = false
    /// A failure of a function that cannot throw, such as opening a container.
    ///
    /// It is thrown at the next chance.
    private(set) var failure: WireError?

    let options: JSONOptions
    let isIndented: Bool
    let isASCIIOnly: Bool
    let convertsKeys: Bool
    let maximumDepth: Int

    private static var firstFrames: Int { 6 }
    // A little below 1 KiB, up to which allocators keep freed blocks at hand.
    private static var firstSize: Int { 1000 }

    init(_ options: JSONOptions) {
        self.options = options
        self.isIndented = options.isIndented
        self.isASCIIOnly = options.isASCIIOnly
        self.convertsKeys = options.keys == .snakeCase
        self.maximumDepth = options.maximumDepth
        let frameBytes = Self.firstFrames * MemoryLayout<Frame>.stride
        self.first = .allocate(byteCount: Self.firstSize, alignment: MemoryLayout<Frame>.alignment)
        self.frames = first.bindMemory(to: Frame.self, capacity: Self.firstFrames)
        self.frameCapacity = Self.firstFrames
        self.capacity = Self.firstSize - frameBytes
        self.base = (first + frameBytes).bindMemory(to: UInt8.self, capacity: capacity)
    }

    deinit {
        if capacity > Self.firstSize { base.deallocate() }
        if frameCapacity > Self.firstFrames { frames.deallocate() }
        first.deallocate()
    }

    /// The bytes so far.
    ///
    /// They must not be kept beyond `body`, and nothing may be written meanwhile.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: base, count: count))
    }

    /// The bytes so far, as an array.
    func copyBytes() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            target.baseAddress?.initialize(from: base, count: count)
            initialized = count
        }
    }

    // MARK: Bytes

    /// Makes room for so many more bytes.
    @inline(__always)
    func reserve(_ extra: Int) {
        if capacity &- count < extra { grow(extra) }
    }

    @inline(never)
    private func grow(_ extra: Int) {
        let larger = max(capacity * 4, count + extra, Self.firstSize * 4)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        new.update(from: base, count: count)
        if capacity > Self.firstSize { base.deallocate() }
        base = new
        capacity = larger
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count &+= 1
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    /// Says that so many bytes were written behind `count`, for which room was reserved.
    @inline(__always)
    func advance(_ written: Int) { count &+= written }

    // MARK: Places for values

    @inline(__always)
    private func nextSerial() -> UInt32 {
        lastSerial = lastSerial &+ 1
        return lastSerial
    }

    /// Says that a value is to come here through an encoder, and gives the place a number.
    @inline(__always)
    func beginSlot() -> UInt32 {
        let serial = nextSerial()
        pending = serial
        return serial
    }

    /// Closes what the encoder of a place left open.
    ///
    /// A place that got no value becomes an empty object.
    @inline(__always)
    func endSlot(depth level: Int) {
        if pending != 0 {
            // Whatever waits is the innermost place: a container can only be opened after it was filled.
            pending = 0
            append(0x7B)
            append(0x7D)
        }
        if depth > level { close(to: level) }
    }

    /// Claims the place for a single value.
    ///
    /// Throws when it has a value already.
    @inline(__always)
    func takeSlot(_ serial: UInt32) throws {
        guard pending == serial else { throw streamingFailed() }
        pending = 0
    }

    /// Whether the place has no value yet.
    func isWaiting(_ serial: UInt32) -> Bool { pending == serial }

    /// Opens the container of a place, or finds the one that was opened there before.
    @inline(__always)
    func openSlot(_ serial: UInt32, depth level: UInt32, isObject: Bool) -> Handle {
        if pending == serial {
            pending = 0
            return open(isObject: isObject, serial: serial)
        }
        if depth > level, frames[Int(level)].serial == serial, frames[Int(level)].isObject == isObject {
            return Handle(index: level, serial: serial)
        }
        needsTree = true
        return .closed
    }

    // MARK: Arrays and objects

    /// Opens an array or object where a value may stand.
    @inline(__always)
    func open(isObject: Bool) -> Handle { open(isObject: isObject, serial: nextSerial()) }

    @inline(__always)
    private func open(isObject: Bool, serial: UInt32) -> Handle {
        if depth >= maximumDepth || failure != nil { return refuseDepth() }
        if depth == frameCapacity { growFrames() }
        frames[depth] = Frame(count: 0, last: 0, serial: serial, isObject: isObject)
        let handle = Handle(index: UInt32(truncatingIfNeeded: depth), serial: serial)
        depth &+= 1
        append(isObject ? 0x7B : 0x5B)
        return handle
    }

    private func refuseDepth() -> Handle {
        if failure == nil {
            failure = .jsonTooDeep(maximumDepth)
        }
        return .closed
    }

    private func growFrames() {
        let new = UnsafeMutablePointer<Frame>.allocate(capacity: frameCapacity * 2)
        new.update(from: frames, count: depth)
        if frameCapacity > Self.firstFrames { frames.deallocate() }
        frames = new
        frameCapacity *= 2
    }

    /// Closes containers until so many are open.
    func close(to level: Int) {
        while depth > level { closeInnermost() }
    }

    @inline(__always)
    func closeInnermost() {
        depth &-= 1
        if isIndented, frames[depth].count > 0 { breakLine() }
        append(frames[depth].isObject ? 0x7D : 0x5D)
    }

    /// Prepares for an element of an array, or for the key of an object.
    @inline(__always)
    func beginElement(_ handle: Handle) throws {
        try prepare(handle)
        separate()
    }

    /// Makes a container the innermost one.
    @inline(__always)
    func prepare(_ handle: Handle) throws {
        let index = Int(handle.index)
        if depth != index &+ 1 || frames[index].serial != handle.serial || pending != 0 { try settle(handle) }
    }

    /// Prepares for an element of the innermost container.
    @inline(__always)
    func separate() {
        let index = depth &- 1
        if frames[index].count > 0 { append(0x2C) }
        frames[index].count &+= 1
        if isIndented { breakLine() }
        frames[index].last = count
    }

    /// Whether the innermost container is an object.
    var isInObject: Bool { depth > 0 && frames[depth - 1].isObject }

    /// How many elements a container has.
    ///
    /// None when it was closed.
    func elementCount(_ handle: Handle) -> Int {
        let index = Int(handle.index)
        return index < depth && frames[index].serial == handle.serial ? frames[index].count : 0
    }

    /// Closes what is open inside of a container, so that it can go on.
    @inline(never)
    private func settle(_ handle: Handle) throws {
        if let failure { throw failure }
        let index = Int(handle.index)
        guard pending == 0, index < depth, frames[index].serial == handle.serial else { throw streamingFailed() }
        close(to: index + 1)
    }

    private func streamingFailed() -> any Error {
        if let failure { return failure }
        needsTree = true
        return WireError(.jsonUnencodable, "Containers were used in an order that cannot be streamed.", status: 500)
    }

    @inline(never)
    private func breakLine() {
        reserve(1 + 2 * depth)
        base[count] = 0x0A
        (base + count + 1).update(repeating: 0x20, count: 2 * depth)
        count += 1 + 2 * depth
    }

    /// The keys and indices that lead through so many of the open containers to where the text ends.
    func path(depth level: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        for frame in UnsafeBufferPointer(start: frames, count: min(level, depth)) where frame.count > 0 {
            guard frame.isObject else {
                path.append(JSONPathKey(index: frame.count - 1))
                continue
            }
            // The key as it was written, from its quotation mark to the next one that no backslash precedes.
            var end = frame.last + 1
            while end < count, base[end] != 0x22 { end += base[end] == 0x5C ? 2 : 1 }
            guard end < count else { break }
            let key = UnsafeBufferPointer(
                rebasing: UnsafeBufferPointer(start: base, count: count)[(frame.last + 1)..<end])
            path.append(JSONPathKey(stringValue: JSONEscapes.string(key)))
        }
        return path
    }

    // MARK: Going back

    /// The point before the next element or member of the innermost container.
    @inline(__always)
    func mark() -> Mark { Mark(count: count, depth: depth, elements: frames[depth &- 1].count) }

    /// Forgets what was written since, so that an error that somebody catches leaves no half-written member.
    @inline(never)
    func goingBack(to mark: Mark, _ error: any Error) -> any Error {
        guard failure == nil, !needsTree, mark.depth <= depth else { return error }
        count = mark.count
        depth = mark.depth
        frames[depth - 1].count = mark.elements
        pending = 0
        return error
    }
}

extension WireError {
    /// The error for a value with more nested containers than the options allow.
    static func jsonTooDeep(_ maximum: Int) -> WireError {
        WireError(
            .jsonUnencodable,
            "The value nests deeper than \(maximum) arrays and objects. Raise `maximumDepth` if that is meant.",
            status: 500)
    }
}
