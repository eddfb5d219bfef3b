// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import FileEmbedding

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// usage: retort-embedding OUTPUT FOLDER
//
// Reads files in the folder of a target and writes one of Swift that makes them part of the program.

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 2 else {
    print("usage: retort-embedding OUTPUT FOLDER")
    exit(2)
}
do {
    let source = Data(try EmbeddingWriter.source(target: arguments[1]).utf8)
    // What has not changed is not written, so that nothing is compiled again for it.
    if FileManager.default.contents(atPath: arguments[0]) != source {
        try source.write(to: URL(fileURLWithPath: arguments[0]))
    }
} catch {
    print("error: \(error)")
    exit(1)
}
