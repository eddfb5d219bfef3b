// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortConsole
import RetortLab

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The photographs that `make run` has fetched; none where it has not.
enum Photos {
    static let all = [
        ("Street", "street.jpg"), ("Astronaut", "astronaut.png"), ("Grace Hopper", "grace-hopper.jpg"),
        ("Cat", "chelsea.png"), ("Coffee", "coffee.png"), ("Palace", "china.jpg"), ("Rocket", "rocket.jpg"),
        ("Page", "page.png"),
    ]

    /// Where what was fetched lies, and what the lab keeps.
    static var cache: String {
        let environment = ProcessInfo.processInfo.environment
        return (environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache") + "/retort"
    }

    static func bytes(_ file: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(filePath: "\(cache)/photos/\(file)"))).map { Array($0) }
    }

    static var examples: [Console.Example] {
        all.compactMap { name, file in bytes(file).map { Console.Example(name, bytes: $0) } }
    }
}
