// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire

/// URLs, hosts, names of files.
@Sendable func fuzzURLs(_ input: [UInt8]) {
    let text = String(decoding: input, as: UTF8.self)
    requireEqual(
        PercentCoding.decode(Array(PercentCoding.encode(input).utf8)), input, "percent-encoded and decoded")
    checkReference(text)
    checkHost(text)
    checkPath(text)
    checkFilename(text)
}

private func checkReference(_ text: String) {
    if let reference = try? URLReference(text) {
        let printed = reference.description
        guard let again = try? URLReference(printed, maximumBytes: .max) else {
            fatalError("printed but not parsed: \(printed.debugDescription)")
        }
        requireEqual(again.description, printed, "URL printed twice")
        if let base = try? URLReference("https://example.org/a/b?c") { _ = base.resolving(reference) }
        _ = reference.resolving(reference)
    }
    if let uri = try? IRI.toURI(text) {
        require(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "not ASCII: \(uri.debugDescription)")
    }
    _ = try? IRI.fromURI(text)
    if isSafeRedirect(to: text) {
        let first = text.utf8.drop { $0 <= 0x20 }
        require(!first.starts(with: "//".utf8) && !first.starts(with: "/\\".utf8), "an unsafe redirect: \(text)")
        let lowered = String(text.utf8.drop { $0 <= 0x20 }.prefix(11).map { Character(Unicode.Scalar($0)) })
            .lowercased()
        require(!lowered.hasPrefix("javascript:"), "a script as redirect: \(text)")
    }
}

private func checkHost(_ text: String) {
    if let domain = try? IDNA.toASCII(text) {
        require(domain.utf8.allSatisfy { $0 < 0x80 }, "not ASCII: \(domain)")
        require(domain.utf8.count <= IDNA.maximumLength, "too long: \(domain)")
        requireEqual(try? IDNA.toASCII(domain), domain, "domain encoded twice")
    }
    _ = IDNA.toUnicode(text)
    if let authority = Authority(text) {
        requireEqual(Authority(authority.description), authority, "authority printed and parsed")
    }
    _ = try? TrustedHosts([text, ".example.org"]).contains(text)
}

private func checkPath(_ text: String) {
    guard let path = safeJoin("/srv/files", text) else { return }
    require(path.utf8.starts(with: "/srv/files".utf8), "outside: \(path.debugDescription)")
    require(!path.utf8.contains(0), "NUL in \(path.debugDescription)")
    let components = path.utf8.split(separator: UInt8(ascii: "/"))
    require(!components.contains { $0.elementsEqual("..".utf8) }, "leads out: \(path.debugDescription)")
    let rest = path.utf8.dropFirst("/srv/files".utf8.count)
    require(rest.isEmpty || rest.first == UInt8(ascii: "/"), "beside the folder: \(path.debugDescription)")
}

private func checkFilename(_ text: String) {
    let name = secureFilename(text)
    require(name.utf8.count <= 255, "\(name.utf8.count) bytes")
    require(!name.utf8.contains { $0 < 0x20 || $0 == 0x2F || $0 == 0x5C || $0 == 0x7F }, "\(name.debugDescription)")
    require(name != "." && name != "..", "a name of a folder")
    requireEqual(secureFilename(name), name, "name made safe twice")
}
