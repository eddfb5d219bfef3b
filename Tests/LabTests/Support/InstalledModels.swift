// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What `make models` installs.
enum InstalledModels {
    /// Whether a model is there that is not among those of the minimal set.
    static func have(_ model: String) -> Bool {
        let folder = Photos.folder.deletingLastPathComponent().appending(path: "models/\(model)")
        return FileManager.default.fileExists(atPath: folder.path)
    }

    /// Whether the set-up for models has been run.
    static var areThere: Bool {
        let folder = Photos.folder.deletingLastPathComponent().appending(path: "models/picodet")
        let places = ["/usr", "/usr/local"].map { "\($0)/lib/pkgconfig/openvino.pc" }
        return FileManager.default.fileExists(atPath: folder.path)
            && places.contains { FileManager.default.fileExists(atPath: $0) }
    }
}
