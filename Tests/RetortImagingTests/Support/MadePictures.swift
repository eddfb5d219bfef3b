// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortImaging
import Synchronization
import Testing

/// The pictures that Pillow makes for the tests, made once.
enum MadePictures {
    private static let made = Mutex<URL?>(nil)

    static func folder() throws -> URL {
        try made.withLock { made in
            if let made { return made }
            let folder = FileManager.default.temporaryDirectory.appending(path: "retort-pictures-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = [
                Photos.root.appending(path: "Tests/Peers/pictures_peer.py").path, Photos.path("chelsea.png"),
                folder.path,
            ]
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "the peer failed; run `Scripts/setup test`")
            made = folder
            return folder
        }
    }

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder().appending(path: name))) }

    /// The upright RGB pixels that Pillow reads.
    static func pixels(of name: String) throws -> (size: Size, bytes: [UInt8]) {
        let bytes = try bytes("\(name).rgb")
        func number(_ place: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) } }
        return (Size(width: number(0), height: number(4)), Array(bytes[8...]))
    }
}
