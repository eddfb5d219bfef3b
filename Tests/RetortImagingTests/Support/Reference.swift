// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortImaging
import Synchronization
import Testing

/// What Debian's OpenCV made of a photograph.
struct Reference: Sendable {
    struct Entry: Decodable, Sendable {
        var width: Int?
        var height: Int?
        var channels: Int?
        var type: String?
        var numbers: [Double]?
    }

    let folder: URL
    let entries: [String: Entry]

    private static let made = Mutex<[String: Reference]>([:])

    /// Runs the peer once for each photograph.
    static func of(_ photo: String) throws -> Reference {
        try made.withLock { made in
            if let known = made[photo] { return known }
            let folder = FileManager.default.temporaryDirectory.appending(path: "retort-opencv-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = [
                Photos.root.appending(path: "Tests/Peers/opencv_peer.py").path, Photos.path(photo), folder.path,
            ]
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "the peer failed; run `Scripts/setup test`")
            let results = try Data(contentsOf: folder.appending(path: "results.json"))
            let reference = Reference(
                folder: folder, entries: try JSONDecoder().decode([String: Entry].self, from: results))
            made[photo] = reference
            return reference
        }
    }

    func numbers(_ name: String) throws -> [Double] { try #require(entries[name]?.numbers) }

    /// How far a picture is from the reference: the largest difference, and the part of the values that differ at all.
    func difference(_ name: String, _ image: Image) throws -> (largest: Double, share: Double) {
        let entry = try #require(entries[name])
        #expect(image.size == Size(width: entry.width ?? 0, height: entry.height ?? 0), "\(name)")
        #expect(image.channels == entry.channels, "\(name)")
        let expected = Array(try Data(contentsOf: folder.appending(path: "\(name).raw")))
        let found = try image.bytes()
        try #require(found.count == expected.count, "\(name): \(image) beside \(entry)")
        if found == expected { return (0, 0) }
        let (a, b) = (values(found, image.depth), values(expected, image.depth))
        var largest = 0.0
        var differing = 0
        for (x, y) in zip(a, b) where x != y {
            largest = max(largest, abs(x - y))
            differing += 1
        }
        return (largest, Double(differing) / Double(max(1, a.count)))
    }

    private func values(_ bytes: [UInt8], _ depth: Depth) -> [Double] {
        bytes.withUnsafeBytes { memory in
            switch depth {
            case .uint8: memory.map(Double.init)
            case .uint16: memory.bindMemory(to: UInt16.self).map(Double.init)
            case .int16: memory.bindMemory(to: Int16.self).map(Double.init)
            case .int32: memory.bindMemory(to: Int32.self).map(Double.init)
            case .float32: memory.bindMemory(to: Float.self).map(Double.init)
            }
        }
    }
}
