// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The search for boundaries.
///
/// A boundary stands at the beginning of a line and holds no line end. So two candidates never overlap, all
/// comparisons together touch each byte once, and where one candidate fails the next begins at that byte or later.
extension MultipartParser {
    /// Looks for the next boundary and passes on the data before it.
    ///
    /// Data begins at `start`, and no candidate is open there. The result is the index behind what was read.
    mutating func search(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to sink: inout some MultipartSink
    ) throws -> Int {
        // No line end before this index begins a boundary.
        var floor = start
        while let line = nextCandidate(bytes, from: floor) {
            var tail = DelimiterTail()
            var index = line + 1 + delimiter.bytes.count
            var verdict = DelimiterTail.Verdict.undecided
            while index < bytes.count {
                verdict = tail.consume(bytes[index])
                guard verdict == .undecided else { break }
                index += 1
            }
            switch verdict {
            case .refused:
                floor = index
            case .undecided:
                return try hold(bytes, dataFrom: start, line: line, floor: floor, tail, to: &sink)
            case .nextPart, .lastPart:
                try pass(bytes, start..<lineEndStart(bytes, at: line, floor: floor), to: &sink)
                try finishPart(verdict, endingWith: bytes[index], to: &sink)
                return index + 1
            }
        }
        guard let line = openCandidate(bytes, from: floor) else {
            try pass(bytes, start..<bytes.count, to: &sink)
            return bytes.count
        }
        return try hold(bytes, dataFrom: start, line: line, floor: floor, DelimiterTail(), to: &sink)
    }

    /// Goes on with a candidate that began in earlier bytes.
    mutating func resumeCandidate(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to sink: inout some MultipartSink
    ) throws -> Int {
        guard var open = candidate.take() else { return start }
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if open.matched < delimiter.bytes.count {
                if byte == delimiter.bytes[open.matched] {
                    open.matched += 1
                } else if byte != 0x0A || open.held != [0x0D] {
                    break
                }
            } else {
                let verdict = open.tail.consume(byte)
                if verdict == .refused { break }
                if verdict != .undecided {
                    try finishPart(verdict, endingWith: byte, to: &sink)
                    return index + 1
                }
            }
            open.held.append(byte)
            index += 1
        }
        if index == bytes.count {
            candidate = open
        } else {
            // It failed at this byte, which may begin the next one: the search looks at it again, and only at it.
            try open.held.withUnsafeBufferPointer { try pass($0, 0..<$0.count, to: &sink) }
        }
        return index
    }

    /// Finds the next line end that is followed by the whole delimiter within the bytes.
    ///
    /// Only the byte under the delimiter's end is looked at, and the delimiter moves on by as much as that byte allows
    /// (Horspool's search).
    private func nextCandidate(_ bytes: UnsafeBufferPointer<UInt8>, from floor: Int) -> Int? {
        let length = delimiter.bytes.count
        return delimiter.bytes.withUnsafeBufferPointer { pattern in
            delimiter.shifts.withUnsafeBufferPointer { shifts in
                guard let text = bytes.baseAddress, let wanted = pattern.baseAddress else { return nil }
                let lastByte = wanted[length - 1]
                let last = bytes.count - length
                var position = floor + 1
                while position <= last {
                    let byte = text[position + length - 1]
                    if byte == lastByte, text[position - 1] == 0x0D || text[position - 1] == 0x0A,
                        memcmp(text + position, wanted, length) == 0
                    {
                        return position - 1
                    }
                    position += Int(shifts[Int(byte)])
                }
                return nil
            }
        }
    }

    /// Finds the line end behind which the bytes stop within the delimiter.
    ///
    /// Only the last line end can be one.
    private func openCandidate(_ bytes: UnsafeBufferPointer<UInt8>, from floor: Int) -> Int? {
        let lowest = max(floor, bytes.count - delimiter.bytes.count)
        var line = bytes.count - 1
        while line >= lowest, bytes[line] != 0x0D, bytes[line] != 0x0A { line -= 1 }
        guard line >= lowest else { return nil }
        for (index, byte) in bytes[(line + 1)...].enumerated() where byte != delimiter.bytes[index] { return nil }
        return line
    }

    /// Where the line end begins whose last byte is at `line`: one byte earlier when it is CRLF.
    private func lineEndStart(_ bytes: UnsafeBufferPointer<UInt8>, at line: Int, floor: Int) -> Int {
        line > floor && bytes[line] == 0x0A && bytes[line - 1] == 0x0D ? line - 1 : line
    }

    /// Keeps the end of the bytes back as a candidate and passes on the data before it.
    private mutating func hold(
        _ bytes: UnsafeBufferPointer<UInt8>, dataFrom start: Int, line: Int, floor: Int, _ tail: DelimiterTail,
        to sink: inout some MultipartSink
    ) throws -> Int {
        let end = lineEndStart(bytes, at: line, floor: floor)
        try pass(bytes, start..<end, to: &sink)
        let matched = min(bytes.count - line - 1, delimiter.bytes.count)
        candidate = DelimiterCandidate(held: Array(bytes[end...]), matched: matched, tail: tail)
        return bytes.count
    }

    private func pass(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to sink: inout some MultipartSink
    ) throws {
        guard state == .data, !range.isEmpty else { return }
        try sink.receiveData(UnsafeBufferPointer(rebasing: bytes[range]).span)
    }

    private mutating func finishPart(
        _ verdict: DelimiterTail.Verdict, endingWith byte: UInt8, to sink: inout some MultipartSink
    ) throws {
        if state == .data { try sink.endPart() }
        state = verdict == .lastPart ? .epilogue : .headers
        skipsLineFeed = byte == 0x0D
    }
}
