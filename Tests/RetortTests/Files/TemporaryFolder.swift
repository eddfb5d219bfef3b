// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Retort

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder of its own for one test, which goes away with this object.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        let number = UInt64.random(in: 0...UInt64.max)
        path = "/tmp/retort-files-\(getpid())-\(String(number, radix: 36))"
        mkdir(path, 0o755)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." {
                    let child = "\(path)/\(name)"
                    var status = stat()
                    if lstat(child, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                        remove(child)
                    } else {
                        unlink(child)
                    }
                }
            }
            closedir(folder)
        }
        rmdir(path)
    }

    /// The path of a file in the folder.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, with the folders on its way, that was changed some seconds ago.
    func write(_ name: String, _ bytes: [UInt8], secondsOld: Int = 1_000) {
        let parts = name.split(separator: "/").dropLast()
        for count in parts.indices { mkdir(self(parts[...count].joined(separator: "/")), 0o755) }
        guard let file = fopen(self(name), "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        age(name, secondsOld)
    }

    func write(_ name: String, _ text: String, secondsOld: Int = 1_000) {
        write(name, Array(text.utf8), secondsOld: secondsOld)
    }

    /// Makes a file look as if it was changed so many seconds ago.
    func age(_ name: String, _ seconds: Int) {
        let times = [
            timespec(tv_sec: time(nil) - seconds, tv_nsec: 0), timespec(tv_sec: time(nil) - seconds, tv_nsec: 0),
        ]
        utimensat(AT_FDCWD, self(name), times, 0)
    }

    /// Sets the time of a file to a second since 1970.
    func setTime(_ name: String, _ second: Int) {
        let times = [timespec(tv_sec: second, tv_nsec: 0), timespec(tv_sec: second, tv_nsec: 0)]
        utimensat(AT_FDCWD, self(name), times, 0)
    }

    /// Makes a file that is long and takes no place on the disk.
    func writeSparse(_ name: String, size: Int) {
        write(name, "")
        truncate(self(name), off_t(size))
    }

    func link(_ name: String, to target: String) { symlink(target, self(name)) }

    func remove(_ name: String) { unlink(self(name)) }
}

extension App {
    /// An app that does not log: many tests provoke errors.
    static var unlogged: App {
        var app = App()
        app.log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return app
    }
}

/// Bytes for tests, made and compared by the block, because debug builds are slow byte by byte.
enum SampleBytes {
    private static let block = (0..<4_093).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    static func make(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + block.count)
        while bytes.count < count { bytes += block }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    static func areSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count
            && left.withUnsafeBytes { one in
                right.withUnsafeBytes { other in
                    guard let first = one.baseAddress, let second = other.baseAddress else { return true }
                    return memcmp(first, second, one.count) == 0
                }
            }
    }
}
