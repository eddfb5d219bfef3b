// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The photographs that the set-up fetches, and the root of the package.
enum Photos {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static var folder: URL {
        let base =
            ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].map { URL(filePath: $0) }
            ?? URL(filePath: NSHomeDirectory()).appending(path: ".cache")
        return base.appending(path: "retort/photos")
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let file = folder.appending(path: name)
        try #require(
            FileManager.default.fileExists(atPath: file.path), "run `Scripts/setup test`, which fetches \(name)")
        return Array(try Data(contentsOf: file))
    }
}
