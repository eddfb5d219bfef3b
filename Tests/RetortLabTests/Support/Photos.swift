// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortLab
import Testing

/// The photographs that the set-up fetches.
enum Photos {
    static func path(_ name: String) -> String {
        let base =
            ProcessInfo.processInfo.environment["XDG_CACHE_HOME"].map { URL(filePath: $0) }
            ?? URL(filePath: NSHomeDirectory()).appending(path: ".cache")
        return base.appending(path: "retort/photos/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let file = URL(filePath: path(name))
        try #require(
            FileManager.default.fileExists(atPath: file.path), "run `Scripts/setup test`, which fetches \(name)")
        return Array(try Data(contentsOf: file))
    }

    static func image(_ name: String) throws -> Image { try Image(decoding: bytes(name)) }
}

/// Blocks a thread for a moment, as work in a library does.
func pause() { usleep(200) }
