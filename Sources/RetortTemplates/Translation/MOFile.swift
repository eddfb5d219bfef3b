// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Reads compiled catalogs.
///
/// Nothing of the file is believed: every place is checked before it is looked at.
struct MOReader {
    private let bytes: [UInt8]
    private let file: String?
    private let isBigEndian: Bool

    init(_ bytes: [UInt8], file: String?) throws {
        self.bytes = bytes
        self.file = file
        guard bytes.count <= Catalog.mostBytes else {
            throw CatalogError(.limit, "The catalog has more than \(Catalog.mostBytes) bytes.", file: file)
        }
        switch Array(bytes.prefix(4)) {
        case [0xDE, 0x12, 0x04, 0x95]: isBigEndian = false
        case [0x95, 0x04, 0x12, 0xDE]: isBigEndian = true
        default: throw CatalogError(.syntax, "This is no compiled catalog (.mo).", file: file)
        }
    }

    func messages() throws -> [Catalog.Message] {
        // Strings that depend on the system are the only news of revision 0.1, and no file of this world has them.
        guard try number(at: 4) >> 16 <= 1 else {
            throw CatalogError(.syntax, "The compiled catalog is of a revision that is not known.", file: file)
        }
        let count = try number(at: 8)
        let ids = try number(at: 12)
        let translations = try number(at: 16)
        // Each text has two entries of eight bytes.
        guard count <= bytes.count / 16 else { throw cutOff() }
        var result: [Catalog.Message] = []
        result.reserveCapacity(count)
        var seen: Set<MessageKey> = []
        for index in 0..<count {
            let id = try text(ids + index * 8)
            let forms = try text(translations + index * 8).split(0)
            var key = id.split(0)[0]
            var message = Catalog.Message(id: "", forms: try forms.map(string))
            if let end = key.firstIndex(of: 4) {
                message.context = try string(key[..<end])
                key = key[(end + 1)...]
            }
            message.id = try string(key)
            message.plural = try id.split(0).dropFirst().first.map(string)
            guard seen.insert(MessageKey(message.context, message.id)).inserted else {
                throw CatalogError(.duplicate, "\"\(message.id.prefix(60))\" is defined twice.", file: file)
            }
            result.append(message)
        }
        return result
    }

    private func cutOff() -> CatalogError {
        CatalogError(.syntax, "The compiled catalog is cut off, or points outside of itself.", file: file)
    }

    private func number(at place: Int) throws -> Int {
        guard place >= 0, place <= bytes.count - 4 else { throw cutOff() }
        let four = bytes[place..<place + 4]
        let inOrder = isBigEndian ? Array(four) : four.reversed()
        return Int(inOrder.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }

    /// The text that an entry of a table points to.
    private func text(_ entry: Int) throws -> ArraySlice<UInt8> {
        let count = try number(at: entry)
        let start = try number(at: entry + 4)
        // Both are of 32 bits, so the sum fits.
        guard start + count < bytes.count, bytes[start + count] == 0 else { throw cutOff() }
        return bytes[start..<start + count]
    }

    private func string(_ bytes: ArraySlice<UInt8>) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CatalogError(.charset, "A text of the compiled catalog is no UTF-8.", file: file)
        }
        return text
    }
}

extension ArraySlice<UInt8> {
    fileprivate func split(_ byte: UInt8) -> [ArraySlice<UInt8>] {
        split(separator: byte, omittingEmptySubsequences: false)
    }
}

/// Writes compiled catalogs, with the lowest byte of a number first and without a table of hashes.
enum MOWriter {
    static func bytes(_ messages: [Catalog.Message]) -> [UInt8] {
        let entries = messages.map { message in
            var id: [UInt8] = []
            if let context = message.context { id += Array(context.utf8) + [4] }
            id += Array(message.id.utf8)
            if let plural = message.plural { id += [0] + Array(plural.utf8) }
            return (id: id, forms: Array(message.forms.map { Array($0.utf8) }.joined(separator: [0])))
        }.sorted { $0.id.lexicographicallyPrecedes($1.id) }
        let tables = 28
        let end = tables + entries.count * 16
        var table: [UInt8] = []
        var texts: [UInt8] = []
        for text in entries.map(\.id) + entries.map(\.forms) {
            append(text.count, to: &table)
            append(end + texts.count, to: &table)
            texts += text + [0]
        }
        var result: [UInt8] = [0xDE, 0x12, 0x04, 0x95]
        for number in [0, entries.count, tables, tables + entries.count * 8, 0, end] { append(number, to: &result) }
        return result + table + texts
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        // What catalogs are made of has at most 16 MiB.
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
