// swift-tools-version: 6.2
// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let package = Package(
    name: "retort-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "retort", path: ".."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/stencilproject/Stencil", exact: "0.15.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(name: "bench-retort", dependencies: [.product(name: "Retort", package: "retort")]),
        .executableTarget(name: "bench-vision", dependencies: [.product(name: "RetortLab", package: "retort")]),
        .executableTarget(
            name: "bench-models",
            dependencies: [
                .product(name: "RetortLab", package: "retort"), .product(name: "RetortInference", package: "retort"),
            ]),
        .executableTarget(
            name: "bench-hummingbird",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "bench-templates",
            dependencies: [
                .product(name: "RetortTemplates", package: "retort"), .product(name: "Stencil", package: "Stencil"),
                .product(name: "Mustache", package: "swift-mustache"),
            ]),
        .executableTarget(
            name: "bench-load",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ]),
    ]
)
