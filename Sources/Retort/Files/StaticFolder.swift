// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import RetortServer
import RetortWire

/// A file of a folder with its compressed neighbours, ready to be sent.
final class StaticResource: Sendable {
    /// A compressed neighbour.
    struct Variant: Sendable {
        let coding: String
        let representation: Representation
    }

    private let plain: Representation
    private let variants: [Variant]

    /// What the disk said of each file, and nil for neighbours that are not there.
    private let seen: [(path: String, facts: FileFacts?)]

    /// The bytes in memory.
    let byteCount: Int

    /// Whether everything is in memory and no file is so new that its next change could go unnoticed.
    let isCacheable: Bool

    init(_ plain: Representation, _ variants: [Variant], seen: [(path: String, facts: FileFacts?)]) {
        self.plain = plain
        self.variants = variants
        self.seen = seen
        var count = 0
        var isInMemory = true
        for representation in [plain] + variants.map(\.representation) {
            if case .bytes(let buffer) = representation.content {
                // The file itself is not all that an entry costs.
                count += buffer.storageCapacity + 1_024
            } else {
                isInMemory = false
            }
        }
        byteCount = count
        isCacheable = isInMemory && !seen.contains { $0.facts?.isRecent ?? false }
    }

    /// Whether the disk still says the same.
    ///
    /// It blocks.
    var isCurrent: Bool { seen.allSatisfy { FileFacts.of($0.path) == $0.facts } }

    /// The answer in the coding that the client likes best.
    func response(to request: Request) throws -> Response {
        guard !variants.isEmpty, let accept = request.header(.acceptEncoding),
            let coding = AcceptedEncodings(headerValue: accept).coding(among: variants.map(\.coding)),
            let variant = variants.first(where: { $0.coding == coding })
        else { return try plain.response(to: request) }
        return try variant.representation.response(to: request)
    }
}

/// A folder whose files are answers.
final class StaticFolder: Sendable {
    struct Options: Sendable {
        var index: String?
        var maxAge: Duration?
        var isImmutable = false
        var showsHidden = false
        var isPrecompressed = true
    }

    private let folder: String
    private let options: Options
    let cache: FileCache

    init(_ folder: String, _ options: Options, cache: FileCache = FileCache()) {
        self.folder = folder
        self.options = options
        self.cache = cache
    }

    /// Compressed neighbours in the order in which they are preferred.
    private static let codings = [("br", ".br"), ("zstd", ".zst"), ("gzip", ".gz")]

    /// Answers from memory.
    func respondNow(_ request: Request) throws -> Response {
        guard !request.app.isDebug, let resource = cache.fresh(Self.name(request)) else { throw NeedsWaiting() }
        return try resource.response(to: request)
    }

    /// Answers from memory or from the disk.
    func respond(_ request: Request) async throws -> Response {
        let name = Self.name(request)
        var known: StaticResource?
        switch cache.claim(name, always: request.app.isDebug) {
        case .fresh(let resource): return try resource.response(to: request)
        case .stale(let resource): known = resource
        case .absent: break
        }
        switch try await FileThreads.run({ [known, age = request.settings.staticMaxAge] in
            try self.find(name, known, age)
        }) {
        case .resource(let resource): return try resource.response(to: request)
        case .folder: return Self.redirect(request)
        case .nothing: throw HTTPError(.notFound)
        }
    }

    private enum Found: Sendable {
        case resource(StaticResource)
        case folder
        case nothing
    }

    /// What is left of the path, segments divided by NUL; empty for the folder itself.
    static func name(_ request: Request) -> String {
        let values = request.pathValues
        guard values.endsWithRest else { return "" }
        var rest = values.joined.utf8[...]
        // In front of it stand the variables of the host and of the prefix.
        for _ in 1..<values.count {
            guard let end = rest.firstIndex(of: 0) else { return "" }
            rest = rest[rest.index(after: end)...]
        }
        return rest.count == values.joined.utf8.count ? values.joined : String(Substring(rest))
    }

    /// Looks at the disk.
    ///
    /// It blocks.
    private func find(_ name: String, _ known: StaticResource?, _ age: Duration?) throws -> Found {
        if let known, known.isCurrent { return .resource(known) }
        let found = try load(name, age)
        if case .resource(let resource) = found, resource.isCacheable {
            cache.insert(name, resource)
        } else {
            cache.remove(name)
        }
        return found
    }

    private func load(_ name: String, _ age: Duration?) throws -> Found {
        guard let (path, asksForFolder) = path(name) else { return .nothing }
        var target = path
        if asksForFolder {
            guard let index = options.index else { return .nothing }
            target += path.utf8.last == UInt8(ascii: "/") ? index : "/\(index)"
        }
        guard let (file, facts) = try FileOpening.open(target, inside: folder) else { return .nothing }
        if facts.kind == .folder {
            guard !asksForFolder, let index = options.index,
                try FileOpening.open("\(path)/\(index)", inside: folder)?.facts.kind == .file
            else { return .nothing }
            return .folder
        }
        let neighbours = options.isPrecompressed ? try neighbours(of: target) : []
        let variants = neighbours.filter { $0.opened != nil }
        var settings = FileLoading.Settings()
        settings.maxAge = options.maxAge ?? age
        settings.isImmutable = options.isImmutable
        let plain = FileLoading.representation(
            file, facts, path: target, name: target, settings, varies: !variants.isEmpty)
        let compressed = variants.compactMap { neighbour -> StaticResource.Variant? in
            guard let (file, facts) = neighbour.opened else { return nil }
            let representation = FileLoading.representation(
                file, facts, path: neighbour.path, name: target, settings, coding: neighbour.coding, varies: true)
            return StaticResource.Variant(coding: neighbour.coding, representation: representation)
        }
        return .resource(
            StaticResource(
                plain, compressed, seen: [(target, facts)] + neighbours.map { ($0.path, $0.opened?.facts) }))
    }

    private typealias Neighbour = (coding: String, path: String, opened: (file: OpenFile, facts: FileFacts)?)

    private func neighbours(of path: String) throws -> [Neighbour] {
        // What is compressed has no compressed form.
        guard FileType(fileName: path)?.contentCoding == nil else { return [] }
        return try Self.codings.map { coding, suffix in
            let opened = try FileOpening.open(path + suffix, inside: folder)
            return (coding, path + suffix, opened?.facts.kind == .file ? opened : nil)
        }
    }

    /// The path on the disk, and whether it stands for a folder; nil for a name that no file may have.
    private func path(_ name: String) -> (path: String, asksForFolder: Bool)? {
        var segments = name.utf8.split(separator: 0, omittingEmptySubsequences: false).map { String(Substring($0)) }
        let asksForFolder = segments.last?.isEmpty ?? true
        if asksForFolder { _ = segments.popLast() }
        for (place, segment) in segments.enumerated() {
            let bytes = segment.utf8
            guard !bytes.isEmpty, !bytes.contains(UInt8(ascii: "/")), !bytes.contains(UInt8(ascii: "\\")) else {
                return nil
            }
            guard bytes.first != UInt8(ascii: ".") else {
                let isWellKnown = place == 0 && bytes.elementsEqual(".well-known".utf8)
                if !isWellKnown, !options.showsHidden || bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8)
                {
                    return nil
                }
                continue
            }
        }
        return safeJoin(folder, parts: segments).map { ($0, asksForFolder) }
    }

    /// Sends the client to the folder with a slash at its end, so that links in its page lead to where they should.
    static func redirect(_ request: Request) -> Response {
        // Several slashes at the beginning would name a host.
        let path = request.path.utf8.drop { $0 == UInt8(ascii: "/") }
        let query = request.queryString.map { "?\($0)" } ?? ""
        let location = "\(request.origin.rootPath)/\(Substring(path))/\(query)"
        return Response(status: .permanentRedirect, headers: [.location: location])
    }
}
