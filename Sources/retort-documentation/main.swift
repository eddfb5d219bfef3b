// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import DocumentationComments

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

// usage: retort-documentation OUTPUT SOURCE...
//
// Reads files of Swift and writes one that makes their documentation comments known to the program.

let arguments = Array(CommandLine.arguments.dropFirst())
guard let output = arguments.first else {
    print("usage: retort-documentation OUTPUT SOURCE...")
    exit(2)
}
var types: [DocumentedType] = []
for path in arguments.dropFirst() {
    guard let data = FileManager.default.contents(atPath: path) else {
        print("error: \(path) cannot be read.")
        exit(1)
    }
    types += DeclarationFinder.find(in: String(decoding: data, as: UTF8.self))
}
// What has not changed is not written, so that nothing is compiled again for it.
let source = Data(Generator.source(types).utf8)
if FileManager.default.contents(atPath: output) != source {
    do {
        try source.write(to: URL(fileURLWithPath: output))
    } catch {
        print("error: \(output) cannot be written: \(error)")
        exit(1)
    }
}
