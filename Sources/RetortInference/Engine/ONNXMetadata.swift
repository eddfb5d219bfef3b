// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The keys and values that the makers of an ONNX file have put into it, which the engine does not show.
///
/// Only the outermost fields of the file are looked at; the network itself is skipped unread.
///
/// Source: ONNX, `ModelProto.metadata_props`; Protocol Buffers, "Encoding".
enum ONNXMetadata {
    private static let limit = 16 << 20

    /// Reads the metadata; nothing when the file is missing or is not what it should be.
    static func read(_ path: String) -> [String: String] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [:] }
        defer { close(file) }
        var metadata: [String: String] = [:]
        var place = 0
        // A tag and a length are 20 bytes at most.
        while let head = bytes(of: file, at: place, count: 20, isExact: false), !head.isEmpty {
            var index = 0
            guard let tag = number(head, &index) else { return metadata }
            switch tag & 7 {
            case 0: guard number(head, &index) != nil else { return metadata }
            case 1: index += 8
            case 5: index += 4
            case 2:
                guard let size = number(head, &index), let length = Int(exactly: size) else { return metadata }
                if tag >> 3 == 14 {
                    guard length <= limit, let entry = bytes(of: file, at: place + index, count: length, isExact: true)
                    else { return metadata }
                    if let (key, value) = pair(entry) { metadata[key] = value }
                }
                let (end, overflow) = index.addingReportingOverflow(length)
                guard !overflow else { return metadata }
                index = end
            default: return metadata
            }
            let (next, overflow) = place.addingReportingOverflow(index)
            guard !overflow, next > place else { return metadata }
            place = next
        }
        return metadata
    }

    private static func pair(_ entry: [UInt8]) -> (String, String)? {
        var texts: [UInt64: String] = [:]
        var index = 0
        while index < entry.count {
            guard let tag = number(entry, &index), tag & 7 == 2, let size = number(entry, &index),
                let length = Int(exactly: size), length <= entry.count - index
            else { return nil }
            texts[tag >> 3] = String(decoding: entry[index..<index + length], as: UTF8.self)
            index += length
        }
        guard let key = texts[1] else { return nil }
        return (key, texts[2] ?? "")
    }

    /// A number of seven bits in each byte, the lowest first.
    private static func number(_ bytes: [UInt8], _ index: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard index < bytes.count else { return nil }
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    private static func bytes(of file: Int32, at place: Int, count: Int, isExact: Bool) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            read = max(pread(file, buffer.baseAddress, count, off_t(place)), 0)
        }
        return isExact && bytes.count < count ? nil : bytes
    }
}
