// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Retort

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The example program as it is built, in a process of its own.
@Suite(.timeLimit(.minutes(1)), .enabled(if: HelloProcess.path != nil)) struct HelloProcessTests {
    @Test func itServesAndEndsWithASignal() throws {
        let process = try #require(HelloProcess(["--port", "0", "--workers", "1"]))
        let line = process.readLine()
        #expect(line.hasPrefix("Serving http://127.0.0.1:"))
        #expect(line.hasSuffix(" (Press CTRL+C to quit)"))
        kill(process.id, SIGTERM)
        #expect(process.wait() == 0)
    }

    @Test func aMistakeEndsItWithoutATrace() throws {
        let process = try #require(HelloProcess(["--port", "70000"]))
        #expect(process.wait() == 2)
        let text = process.readAll()
        #expect(text.hasPrefix("Error: The port is 70000. It must be a whole number from 0 to 65535.\n"))
        #expect(!text.contains("Fatal"))
    }

    @Test func aRequestIsAnsweredInProcess() throws {
        let process = try #require(HelloProcess(["request", "GET", "/"]))
        #expect(process.readAll() == "Hello, World!")
        #expect(process.wait() == 0)
    }
}

/// A run of the program, both of whose streams come through one pipe.
final class HelloProcess {
    /// Beside the program that runs the tests; nil where it was not built.
    static let path: String? = {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.bindMemory(to: CChar.self).baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? -1
        }
        guard count > 0 else { return nil }
        // Tests may run inside a helper of the toolchain; then the first argument names the bundle.
        let own = String(decoding: buffer.prefix(count), as: UTF8.self)
        for path in [own] + CommandLine.arguments where path.contains("/") {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            if access("\(folder)/Hello", X_OK) == 0 { return "\(folder)/Hello" }
        }
        return nil
    }()

    let id: pid_t
    private let descriptor: CInt
    private var isOver = false

    init?(_ arguments: [String]) {
        guard let path = Self.path else { return nil }
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = [strdup("RETORT_LOG_LEVEL=critical"), nil]
        defer { for word in words + variables { free(word) } }
        var id: pid_t = 0
        let result = posix_spawn(&id, path, &actions, nil, &words, &variables)
        posix_spawn_file_actions_destroy(&actions)
        close(ends[1])
        guard result == 0 else {
            close(ends[0])
            return nil
        }
        self.id = id
        descriptor = ends[0]
    }

    deinit {
        if !isOver {
            kill(id, SIGKILL)
            _ = wait()
        }
        close(descriptor)
    }

    func readLine() -> String {
        var line: [UInt8] = []
        while let byte = readByte(), byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    func readAll() -> String {
        var text: [UInt8] = []
        while let byte = readByte() { text.append(byte) }
        return String(decoding: text, as: UTF8.self)
    }

    private func readByte() -> UInt8? {
        var byte: UInt8 = 0
        // A process that says nothing for so long is broken.
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 20_000) == 1, read(descriptor, &byte, 1) == 1 else { return nil }
        return byte
    }

    /// The exit code; the number of the signal with a minus when one ended it.
    func wait() -> CInt {
        var status: CInt = 0
        guard waitpid(id, &status, 0) == id else { return -1_000 }
        isOver = true
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : -signal
    }
}
