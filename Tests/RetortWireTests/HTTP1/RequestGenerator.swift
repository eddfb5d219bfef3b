// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers that are the same in each run of the tests.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes requests that are well-formed, and spoils them a little.
struct RequestGenerator {
    private var numbers: SeededNumbers

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "M-SEARCH", "ABC",
    ]
    private static let targets = [
        "/", "/a", "/a/b%20c?d=e&f", "/?", "/~x;y=z", "//", "http://host/x?y", "http://host", "*", "/\"<>", "host:80",
    ]
    private static let lines = [
        "Accept: */*", "X-Empty:", "X-Tab:\ta\tb\t", "x-long: " + String(repeating: "v", count: 40),
        "Connection: close",
        "Connection: keep-alive", "Cookie: a=b; c=d", "User-Agent: test/1 (x; y)", "X-Quoted: \"a, b\"", "x_y: z",
    ]
    private static let hostileLines = [
        "Content-Length: 3", "Content-Length: 0", "Content-Length: +3", "Content-Length: 3, 3", "Content-Length: 0x3",
        "Content-Length:", "Transfer-Encoding: chunked", "Transfer-Encoding: xchunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, identity", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding : chunked",
        "Transfer-Encoding:\u{0B}chunked", "Transfer_Encoding: chunked", "Host: host", "Host: other", "X: a\r\n folded",
        " Leading: space", "NoColon", ": no name", "X: a\u{00}b", "X: a\rb", "É: y", "X: é", "Upgrade: h2c",
        "Content-Length: 99999999999999999999",
    ]
    private static let hostileBytes: [UInt8] = [
        0x00, 0x09, 0x0A, 0x0B, 0x0D, 0x20, 0x22, 0x23, 0x2C, 0x2F, 0x3A, 0x3B, 0x3F, 0x30, 0x39, 0x41, 0x61, 0x7F,
        0x80, 0xFF,
    ]

    /// The next request: its bytes, and whether it was spoiled.
    mutating func next() -> (bytes: [UInt8], isSpoiled: Bool) {
        var bytes = Array(request().utf8)
        let count = Int.random(in: 0...2, using: &numbers)
        for _ in 0..<count { spoil(&bytes) }
        return (bytes, count > 0)
    }

    private mutating func request() -> String {
        var lines = ["Host: host"]
        for _ in 0..<Int.random(in: 0...3, using: &numbers) { lines.append(pick(Self.lines)) }
        var body = ""
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0:
            lines.append("Content-Length: 5")
            body = "hello"
        case 1, 2:
            lines.append("Transfer-Encoding: chunked")
            body = chunks()
        default: break
        }
        if Int.random(in: 0..<6, using: &numbers) == 0 { lines.append(pick(Self.hostileLines)) }
        let version = Int.random(in: 0..<8, using: &numbers) == 0 ? "HTTP/1.0" : "HTTP/1.1"
        lines.shuffle(using: &numbers)
        let target = Bool.random(using: &numbers) ? "/path" : pick(Self.targets)
        return "\(pick(Self.methods)) \(target) \(version)\r\n\(lines.joined(separator: "\r\n"))\r\n\r\n\(body)"
    }

    private mutating func chunks() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...3, using: &numbers) {
            text += pick([
                "5\r\nhello\r\n", "0005\r\nhello\r\n", "A\r\n0123456789\r\n", "1;x=y\r\na\r\n", "1;x=\"y z\"\r\na\r\n",
            ])
        }
        return text + pick(["0\r\n\r\n", "0\r\n\r\n", "0\r\nX-Sum: 1\r\n\r\n", "00\r\n\r\n"])
    }

    private mutating func spoil(_ bytes: inout [UInt8]) {
        let position = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[position] = Self.hostileBytes.randomElement(using: &numbers) ?? 0
        case 1: bytes.insert(Self.hostileBytes.randomElement(using: &numbers) ?? 0, at: position)
        case 2: bytes.remove(at: position)
        default:
            let end = Int.random(in: position..<min(position + 24, bytes.count), using: &numbers)
            bytes.insert(contentsOf: bytes[position...end], at: end + 1)
        }
    }

    private mutating func pick(_ words: [String]) -> String { words.randomElement(using: &numbers) ?? "" }
}
