// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What can be fuzzed, by the name that `Fuzz/run` takes.
let targets: [String: @Sendable ([UInt8]) -> Void] = [
    "head": fuzzHead, "chunk": fuzzChunks, "multipart": fuzzMultipart, "websocket": fuzzWebSocket,
    "eventstream": fuzzEventStream, "cookie": fuzzCookies, "query": fuzzQuery, "headers": fuzzHeaders,
    "url": fuzzURLs, "session": fuzzSessions, "json": fuzzJSON,
    "lexer": fuzzLexer, "parser": fuzzParser, "render": fuzzRender,
    "npy": fuzzNPY, "texts": fuzzTexts, "description": fuzzDescription,
    "catalog": fuzzCatalog,
    "inference": fuzzInference, "grpc": fuzzMessages,
]

/// The target of this process, from the environment variable FUZZ_TARGET.
let target: @Sendable ([UInt8]) -> Void = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = targets[name] ?? pictureTargets[name] else {
        let names = Array(targets.keys) + pictureTargets.keys
        print("Set FUZZ_TARGET to one of: \(names.sorted().joined(separator: " ")).")
        exit(2)
    }
    return target
}()

/// Reads one input; libFuzzer calls this.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// libFuzzer's own main function, but for the callback.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Starts libFuzzer.
///
/// SwiftPM makes the program begin at this name on Linux, where libFuzzer has a `main` of its own.
@_cdecl("Fuzz_main")
public func start(
    _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
    var count = count
    var arguments = arguments
    return runDriver(&count, &arguments) { fuzzOneInput($0, $1) }
}

/// Stops the fuzzer when something does not hold that must hold for every input.
///
/// Only here may a program of this repository call `fatalError`: a crash is how libFuzzer learns of a finding.
func require(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError(what()) }
}

/// Stops the fuzzer when two results differ that must not.
func requireEqual<T: Equatable>(_ left: T, _ right: T, _ what: String) {
    if left != right { fatalError("\(what):\n  \(left)\n  \(right)") }
}

/// Bytes, and a place taken from the input where they are cut in two.
struct Cut {
    let whole: [UInt8]
    let first: [UInt8]
    let second: [UInt8]

    /// Takes the place from the first two bytes; the others are the bytes to read.
    init?(_ input: [UInt8]) {
        guard input.count >= 2 else { return nil }
        whole = Array(input[2...])
        let place = (Int(input[0]) << 8 | Int(input[1])) % (whole.count + 1)
        first = Array(whole[..<place])
        second = Array(whole[place...])
    }
}
