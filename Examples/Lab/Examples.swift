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
func examples() -> [Console.Example] {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
    let photos = [
        ("Street", "street.jpg"), ("Astronaut", "astronaut.png"), ("Grace Hopper", "grace-hopper.jpg"),
        ("Cat", "chelsea.png"), ("Coffee", "coffee.png"), ("Palace", "china.jpg"), ("Rocket", "rocket.jpg"),
        ("Page", "page.png"),
    ]
    return photos.compactMap { name, file in
        (try? Data(contentsOf: URL(filePath: "\(cache)/retort/photos/\(file)"))).map {
            Console.Example(name, bytes: Array($0))
        }
    }
}
