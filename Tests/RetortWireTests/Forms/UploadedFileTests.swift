// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RetortWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A directory that goes away with the object.
final class ScratchDirectory {
    let path: String

    init() throws {
        var template = Array("\(TemporaryFile.defaultDirectory)/retort-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// The names of all files, also of hidden ones.
    var names: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var result: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { result.append(name) }
        }
        return result.sorted()
    }

    func content(_ name: String) -> [UInt8]? {
        guard let file = fopen("\(path)/\(name)", "r") else { return nil }
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { result += buffer[..<count] }
        return result
    }

    func permissions(_ name: String) -> mode_t {
        var status = stat()
        return stat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o777 : 0
    }
}

@Suite struct UploadedFileTests {
    static let data = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 &* 13 ^ $0 >> 7) }

    /// The same content in memory, and in a temporary file in this directory.
    static func files(in directory: String) throws -> [UploadedFile] {
        var limits = FormLimits()
        limits.fileBytesInMemory = 1000
        var spooled = FormCollector(limits: limits, temporaryDirectory: directory)
        try spooled.beginPart(MultipartPart(name: "f", filename: "f"))
        try spooled.receiveData(data.span)
        try spooled.endPart()
        return [UploadedFile(filename: "f", bytes: data), try #require(spooled.files["f"])]
    }

    @Test func contentIsReadWherever() throws {
        let scratch = try ScratchDirectory()
        for file in try Self.files(in: scratch.path) {
            #expect(file.size == Self.data.count)
            #expect(try file.bytes() == Self.data)
            #expect(try file.read(at: 0, count: 3) == Array(Self.data[..<3]))
            #expect(try file.read(at: 149_999, count: 3) == Array(Self.data[149_999...]))
            #expect(try file.read(at: 150_000, count: 3).isEmpty)
            #expect(try file.read(at: -1, count: 3).isEmpty)
            #expect(try file.read(at: 0, count: -3).isEmpty)
            #expect(try file.read(at: .max, count: .max).isEmpty)
            var chunks: [Int] = []
            var all: [UInt8] = []
            try file.forEachChunk(of: 65_536) { chunk in
                chunks.append(chunk.count)
                chunk.withUnsafeBufferPointer { all += $0 }
            }
            #expect(chunks == [65_536, 65_536, 18_928])
            #expect(all == Self.data)
        }
    }

    @Test func temporaryFilesHaveNoName() throws {
        let scratch = try ScratchDirectory()
        let files = try Self.files(in: scratch.path)
        #expect(files.map(\.isInMemory) == [true, false])
        #expect(scratch.names.isEmpty)
    }

    @Test func savedFilesHaveTheContentAndThePermissions() throws {
        let scratch = try ScratchDirectory()
        // What the process's umask leaves of 0644, seen on a file that somebody else made.
        let probe = open("\(scratch.path)/probe", O_WRONLY | O_CREAT, 0o644)
        close(probe)
        for (index, file) in try Self.files(in: scratch.path).enumerated() {
            // The first of a temporary file is a link, the second a copy.
            for name in ["first\(index)", "second\(index)"] {
                try file.save(to: "\(scratch.path)/\(name)")
                #expect(scratch.content(name) == Self.data)
                #expect(scratch.permissions(name) == scratch.permissions("probe"))
            }
        }
        #expect(scratch.names == ["first0", "first1", "probe", "second0", "second1"])
    }

    @Test func savedCopiesDoNotShareTheirBytes() throws {
        let scratch = try ScratchDirectory()
        let file = try Self.files(in: scratch.path)[1]
        try file.save(to: "\(scratch.path)/first")
        try file.save(to: "\(scratch.path)/second")
        let descriptor = open("\(scratch.path)/second", O_WRONLY | O_TRUNC)
        close(descriptor)
        #expect(scratch.content("first") == Self.data)
        #expect(scratch.content("second")?.isEmpty == true)
    }

    @Test func existingFilesAreNotOverwrittenUnlessAsked() throws {
        let scratch = try ScratchDirectory()
        let old = UploadedFile(filename: "old", bytes: [1])
        for (index, file) in try Self.files(in: scratch.path).enumerated() {
            let path = "\(scratch.path)/file\(index)"
            try old.save(to: path)
            let error = #expect(throws: WireError.self) { try file.save(to: path) }
            #expect(error?.code == .fileExists)
            #expect(scratch.content("file\(index)") == [1])
            try file.save(to: path, overwriting: true)
            #expect(scratch.content("file\(index)") == Self.data)
        }
        #expect(scratch.names == ["file0", "file1"])
    }

    @Test func overwritingReplacesALinkAndNotItsTarget() throws {
        let scratch = try ScratchDirectory()
        try UploadedFile(filename: "", bytes: [1]).save(to: "\(scratch.path)/target")
        #expect(symlink("\(scratch.path)/target", "\(scratch.path)/link") == 0)
        let file = UploadedFile(filename: "", bytes: [2])
        #expect(throws: WireError.self) { try file.save(to: "\(scratch.path)/link") }
        try file.save(to: "\(scratch.path)/link", overwriting: true)
        #expect(scratch.content("target") == [1])
        #expect(scratch.content("link") == [2])
    }

    @Test func failedSavesLeaveNothingBehind() throws {
        let scratch = try ScratchDirectory()
        for file in try Self.files(in: scratch.path) {
            for path in ["", "a\0b", "/nonexistent/retort/file", scratch.path] {
                #expect(throws: WireError.self) { try file.save(to: path) }
                #expect(throws: WireError.self) { try file.save(to: path, overwriting: true) }
            }
        }
        #expect(scratch.names.isEmpty)
    }

    @Test(
        arguments: [
            ("cat.jpg", "cat.jpg"), ("/etc/passwd", "passwd"), (#"C:\temp\cat.jpg"#, "cat.jpg"), ("a/b\\c", "c"),
            ("..", nil), (".", nil), ("", nil), ("a/", nil), ("../", nil), ("a\0b\r\n.txt", "ab.txt"), ("\u{1}", nil),
            ("/e\u{301}", "e\u{301}"), ("/\u{301}evil", "\u{301}evil"), (".htaccess", ".htaccess"),
        ] as [(String, String?)]) func baseNamesAreSafe(filename: String, expected: String?)
    {
        let name = UploadedFile(filename: filename, bytes: []).baseName
        #expect(name.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }

    @Test func descriptionsNameTheFile() {
        #expect(UploadedFile(filename: "a/cat.jpg", bytes: [1, 2]).description == "cat.jpg (2 bytes)")
        #expect(UploadedFile(filename: "", bytes: []).description == "unnamed (0 bytes)")
    }
}
