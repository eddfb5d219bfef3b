// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Templates in folders of the file system.
///
/// A name that leads out of the folder, with `..` or through a leading slash, is no template.
public struct FolderLoader: TemplateLoader {
    /// The most files that are listed.
    static let mostFiles = 10_000
    private let folders: [String]

    /// Creates a loader.
    ///
    /// - Parameter folders: The folders in the order in which they are searched.
    public init(_ folders: String...) { self.folders = folders }

    /// Creates a loader.
    ///
    /// - Parameter folders: The folders in the order in which they are searched.
    public init(_ folders: [String]) { self.folders = folders }

    private func path(_ folder: String, _ name: String) -> String? {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
        guard !parts.isEmpty, name.utf8.first != UInt8(ascii: "/"), !name.utf8.contains(0), !name.utf8.contains(0x5C),
            !parts.contains(where: { $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) })
        else { return nil }
        return folder + "/" + name
    }

    /// Reads a file.
    ///
    /// - Parameter name: Its path below one of the folders.
    /// - Returns: Its text, or nil where no folder has it.
    /// - Throws: ``TemplateError`` for a file that cannot be read, is no UTF-8 or is too long.
    public func load(_ name: String) throws -> LoadedTemplate? {
        for folder in folders {
            guard let path = path(folder, name), let facts = facts(path) else { continue }
            let bytes = try read(path, name, facts, most: TemplateSource.mostBytes)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw TemplateError(.syntax, "The template '\(name)' is not written in UTF-8.")
            }
            return LoadedTemplate(text, version: version(path, facts))
        }
        return nil
    }

    /// When and how a file was changed last.
    ///
    /// - Parameter name: Its path below one of the folders.
    /// - Returns: The path, the time and the size.
    public func version(of name: String) -> String? {
        for folder in folders {
            if let path = path(folder, name), let facts = facts(path) { return version(path, facts) }
        }
        return nil
    }

    private func facts(_ path: String) -> stat? {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return facts
    }

    private func version(_ path: String, _ facts: stat) -> String {
        #if canImport(Darwin)
            let time = facts.st_mtimespec
        #else
            let time = facts.st_mtim
        #endif
        return "\(path) \(time.tv_sec).\(time.tv_nsec) \(facts.st_size) \(facts.st_ino)"
    }

    /// The bytes of a file; nil where no folder has it.
    func bytes(of name: String, most: Int) throws -> [UInt8]? {
        for folder in folders {
            if let path = path(folder, name), let facts = facts(path) { return try read(path, name, facts, most: most) }
        }
        return nil
    }

    private func read(_ path: String, _ name: String, _ facts: stat, most: Int) throws -> [UInt8] {
        guard facts.st_size <= most else {
            throw TemplateError(.limit, "The file '\(name)' has more than \(most) bytes.")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(name) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            #if canImport(Darwin)
                let count = Darwin.read(descriptor, &buffer, buffer.count)
            #elseif canImport(Glibc)
                let count = Glibc.read(descriptor, &buffer, buffer.count)
            #else
                let count = Musl.read(descriptor, &buffer, buffer.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(name) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= most else { throw failure(name) }
        }
    }

    private func failure(_ name: String) -> TemplateError {
        TemplateError(.runtime, "The file '\(name)' cannot be read: \(String(cString: strerror(errno))).")
    }

    /// The paths of all files below the folders, without those whose names begin with a dot.
    ///
    /// - Returns: The names in order, at most 10,000.
    public func names() -> [String] {
        var names: Set<String> = []
        for folder in folders { list(folder, "", 0, &names) }
        return names.sorted()
    }

    private func list(_ folder: String, _ prefix: String, _ depth: Int, _ names: inout Set<String>) {
        guard depth < 32, let directory = opendir(folder + "/" + prefix) else { return }
        defer { closedir(directory) }
        while names.count < Self.mostFiles, let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { String(cString: $0) }
            }
            guard name.utf8.first != UInt8(ascii: ".") else { continue }
            let path = prefix + name
            var facts = stat()
            guard stat(folder + "/" + path, &facts) == 0 else { continue }
            if facts.st_mode & S_IFMT == S_IFDIR {
                list(folder, path + "/", depth + 1, &names)
            } else if facts.st_mode & S_IFMT == S_IFREG {
                names.insert(path)
            }
        }
    }
}
