// swift-tools-version: 6.2
// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A package of its own, so that an ordinary build of Retort neither sees nor compiles the fuzzers.
// `Fuzz/run` builds it with `-sanitize=fuzzer,address`, which reaches the libraries too: a flag on this target
// alone would leave the parsers without coverage.
let package = Package(
    name: "retort-fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "retort", path: "..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                .product(name: "RetortGRPC", package: "retort"),
                .product(name: "RetortImaging", package: "retort"),
                .product(name: "RetortInference", package: "retort"),
                .product(name: "RetortLab", package: "retort"),
                .product(name: "RetortTemplates", package: "retort"), .product(name: "RetortWire", package: "retort"),
            ],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ]
)
