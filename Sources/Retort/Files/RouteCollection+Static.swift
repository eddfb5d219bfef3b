// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Folders of files.
extension RouteCollection {
    /// Answers GET and HEAD requests with the files of a folder.
    ///
    ///     app.static("/assets", from: "public", maxAge: .seconds(3600), .name("static"))
    ///     try request.url(for: "static", ["path": "site.css"])         // "/assets/site.css"
    ///
    /// Nothing outside the folder is sent, also not through symbolic links. Files whose names begin with a dot are
    /// hidden, `.well-known` excepted. Where `app.js.br`, `app.js.zst` or `app.js.gz` stands beside `app.js`, clients
    /// that can unpack it get that. Conditions and ranges are answered. Small files that are asked for often stay in
    /// memory, up to 64 MiB for each folder, and are compared with the disk once a second; in debug mode always.
    /// Documents of the app leave the files out.
    ///
    /// - Parameters:
    ///   - path: Where the files are found, such as `/assets`.
    ///   - folder: The folder on the disk; a relative one is below the current folder of the process.
    ///   - index: The file that stands for a folder; nil for none. With one, the path itself is a route too.
    ///   - maxAge: How long caches may use a file without asking; nil makes them ask each time.
    ///   - immutable: Whether a file under a name never changes, as with names that carry a hash.
    ///   - showsHidden: Whether files are sent whose names, or whose folders' names, begin with a dot.
    ///   - precompressed: Whether compressed neighbours are looked for.
    ///   - traits: What else there is to say about the route. Its variable is `path`.
    public mutating func `static`(
        _ path: String, from folder: String, index: String? = "index.html", maxAge: Duration? = nil,
        immutable: Bool = false, showsHidden: Bool = false, precompressed: Bool = true, _ traits: RouteTrait...
    ) {
        var options = StaticFolder.Options()
        options.index = index
        options.maxAge = maxAge
        options.isImmutable = immutable
        options.showsHidden = showsHidden
        options.isPrecompressed = precompressed
        add(StaticFolder(folder, options), at: path, traits, hasIndex: index != nil)
    }

    mutating func add(_ files: StaticFolder, at path: String, _ traits: [RouteTrait], hasIndex: Bool) {
        addFiles(
            at: path, traits, hasIndex: hasIndex, now: { try files.respondNow($0) },
            later: { try await files.respond($0) })
    }

    mutating func addFiles(
        at path: String, _ traits: [RouteTrait], hasIndex: Bool, now: @escaping RouteEndpoint.NowHandler,
        later: @escaping RouteEndpoint.LaterHandler
    ) {
        var base = path[...]
        while base.utf8.last == UInt8(ascii: "/") { base = base.dropLast() }
        routes.declare(
            [.get], "\(base)/{path...}", [], [.hidden] + traits, describe: File.describeResult, now: now,
            later: later)
        guard hasIndex else { return }
        // The name belongs to the route of the files.
        routes.declare(
            [.get], "\(base)/", [], [.hidden] + traits + [RouteTrait { $0.name = nil }],
            describe: File.describeResult, now: now, later: later)
    }
}
