// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@testable import Retort

/// A folder that is gone when the test is over.
final class ConfigurationFolder {
    let path: String

    init() {
        var template = Array("/tmp/retort-test-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    private var names: [String] = []

    func write(_ text: String, to name: String) {
        names.append(name)
        guard let file = fopen("\(path)/\(name)", "w") else { return }
        defer { fclose(file) }
        fputs(text, file)
    }

    /// Sources in this folder that see nothing of the process.
    func sources(environment: [String: String] = [:], arguments: [String] = []) -> ConfigurationSources {
        var sources = ConfigurationSources()
        sources.directory = path
        sources.environment = environment
        sources.arguments = arguments
        return sources
    }
}
