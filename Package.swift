// swift-tools-version: 6.2
// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// One set of rules for every target of ours: Swift 6 mode with complete concurrency checking, and no warning survives.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "retort",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "Retort", targets: ["Retort"]),
        .library(name: "RetortOpenAPI", targets: ["RetortOpenAPI"]),
        .plugin(name: "RetortDocumentation", targets: ["RetortDocumentation"]),
        .plugin(name: "RetortEmbedding", targets: ["RetortEmbedding"]),
        .library(name: "RetortEmbedded", targets: ["RetortEmbedded"]),
        .library(name: "RetortConsole", targets: ["RetortConsole"]),
        .library(name: "RetortServer", targets: ["RetortServer"]),
        .library(name: "RetortWire", targets: ["RetortWire"]),
        .library(name: "RetortTemplates", targets: ["RetortTemplates"]),
        .library(name: "RetortFetch", targets: ["RetortFetch"]),
        .library(name: "RetortCompute", targets: ["RetortCompute"]),
        .library(name: "RetortImaging", targets: ["RetortImaging"]),
        .library(name: "RetortLab", targets: ["RetortLab"]),
        .library(name: "RetortInference", targets: ["RetortInference"]),
        .library(name: "RetortGRPC", targets: ["RetortGRPC"]),
        .executable(name: "Hello", targets: ["Hello"]),
        .executable(name: "Lab", targets: ["Lab"]),
    ],
    traits: [
        .trait(
            name: "GRPC",
            description: "Models over gRPC: the server of RetortGRPC, with grpc-swift and what that needs."),
        .default(enabledTraits: []),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Without its default trait, whose JSON reader would link all of Foundation, and its 30 MB of ICU, into every app.
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // With the trait GRPC only: without it nothing uses their products, and they are not even fetched.
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
    ],
    targets: [
        // Floor 0a: HTTP as values. Bytes to values and back, synchronous, no sockets.
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "RetortWire",
            dependencies: [
                "CCrypto", "CZlib",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RetortWireTests",
            dependencies: [
                "RetortWire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: settings),

        // Floor 0a: files that are part of the program.
        .target(name: "RetortEmbedded", swiftSettings: settings),

        // Floor 0a: templates. Text and values to text, without the web.
        .target(name: "RetortTemplates", dependencies: ["RetortEmbedded"], swiftSettings: settings),
        .testTarget(name: "RetortTemplatesTests", dependencies: ["RetortTemplates"], swiftSettings: settings),

        // Floor 0a: pictures. OpenCV and the libraries of the file formats behind a C interface, and values over it.
        .systemLibrary(name: "OpenCVLibrary", pkgConfig: "opencv4", providers: [.brew(["opencv"])]),
        .target(
            name: "COpenCV", dependencies: ["OpenCVLibrary"],
            linkerSettings: ["jpeg", "png", "webp", "webpdemux", "gif", "lcms2", "zbar"].map { .linkedLibrary($0) }),
        .target(name: "RetortImaging", dependencies: ["COpenCV"], swiftSettings: settings),
        .testTarget(name: "RetortImagingTests", dependencies: ["RetortImaging"], swiftSettings: settings),

        // Floor 0a: threads for work that keeps a core busy.
        .target(
            name: "RetortCompute", dependencies: [.product(name: "NIOPosix", package: "swift-nio")],
            swiftSettings: settings),
        .testTarget(name: "RetortComputeTests", dependencies: ["RetortCompute"], swiftSettings: settings),

        // Floor 0b: sockets.
        .target(
            name: "RetortServer",
            dependencies: [
                "RetortWire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RetortServerTests",
            dependencies: [
                "RetortServer", "RetortWire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),

        // Floor 0b: what URLs from strangers lead to, over the system's libcurl.
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .target(name: "CRetortFetch", dependencies: ["CCurl"]),
        .target(
            name: "RetortFetch",
            dependencies: ["CRetortFetch", "RetortWire", .product(name: "NIOPosix", package: "swift-nio")],
            swiftSettings: settings),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "RetortFetchTests", dependencies: ["RetortFetch", "RetortWire", "TestSupport"],
            swiftSettings: settings),

        // Floor 0b: requests to servers that the app has chosen, over the same library.
        .target(name: "CRetortRemote", dependencies: ["CCurl"]),

        // Floor 0a: tensors, models, batching, without the web. What is linked comes from openvino.pc alone: where OpenVINO
        // is missing all of this still builds, and says at run time how to get it.
        .systemLibrary(name: "COpenVINO", pkgConfig: "openvino", providers: [.brew(["openvino"])]),
        .target(name: "CRetortInference", dependencies: ["COpenVINO"]),
        .target(name: "RetortInference", dependencies: ["CRetortInference"], swiftSettings: settings),
        .testTarget(
            name: "RetortInferenceTests", dependencies: ["RetortInference", "TestSupport"], swiftSettings: settings),

        // Floor 1: the micro framework.
        .target(
            name: "Retort",
            dependencies: [
                "RetortEmbedded", "RetortServer", "RetortTemplates", "RetortWire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RetortTests",
            dependencies: [
                "Retort", "RetortServer", "RetortTemplates", "RetortWire", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),

        // Floor 2: what an app can have beside.
        .target(
            name: "RetortOpenAPI",
            dependencies: [
                "Retort", "RetortServer", "RetortWire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RetortOpenAPITests",
            dependencies: [
                "Retort", "RetortOpenAPI", "RetortWire", "DocumentationComments", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings,
            plugins: ["RetortDocumentation"]),

        // Floor 2: pictures as arguments and results.
        .target(
            name: "RetortLab",
            dependencies: [
                "CRetortRemote", "Retort", "RetortCompute", "RetortEmbedded", "RetortFetch", "RetortImaging",
                "RetortInference",
                "RetortServer", "RetortWire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings, plugins: ["RetortEmbedding"]),
        .testTarget(
            name: "RetortLabTests",
            dependencies: [
                "Retort", "RetortCompute", "RetortFetch", "RetortImaging", "RetortInference", "RetortLab",
                "RetortOpenAPI", "RetortServer", "RetortWire", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings),

        .target(
            name: "ProtocolModels",
            dependencies: [
                "Retort", "RetortInference", "RetortLab", .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/ProtocolModels", swiftSettings: settings),
        .testTarget(
            name: "RetortInferenceProtocolTests",
            dependencies: [
                "ProtocolModels", "Retort", "RetortInference", "RetortLab", "RetortServer", "RetortWire", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings),

        // Floor 2: the same models over gRPC. Without the trait it is messages alone.
        .target(
            name: "RetortGRPC",
            dependencies: [
                "Retort", "RetortInference", "RetortLab", "RetortWire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "GRPCCore", package: "grpc-swift-2", condition: .when(traits: ["GRPC"])),
                .product(
                    name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport",
                    condition: .when(traits: ["GRPC"])),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RetortGRPCTests",
            dependencies: [
                "ProtocolModels", "Retort", "RetortGRPC", "RetortInference", "RetortLab", "RetortWire", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "GRPCCore", package: "grpc-swift-2", condition: .when(traits: ["GRPC"])),
                .product(
                    name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport",
                    condition: .when(traits: ["GRPC"])),
            ],
            swiftSettings: settings),

        .target(
            name: "RetortConsole",
            dependencies: [
                "Retort", "RetortEmbedded", "RetortOpenAPI", "RetortServer", "RetortWire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings, plugins: ["RetortEmbedding"]),
        .testTarget(
            name: "RetortConsoleTests",
            dependencies: [
                "Retort", "RetortConsole", "RetortOpenAPI", "RetortWire", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings),

        // Documentation comments as descriptions, for every target that asks for it.
        .target(name: "DocumentationComments", swiftSettings: settings),
        .executableTarget(
            name: "retort-documentation", dependencies: ["DocumentationComments"], swiftSettings: settings),
        .plugin(
            name: "RetortDocumentation", capability: .buildTool(), dependencies: ["retort-documentation"]),

        // Files as code, for every target that asks for it.
        .target(name: "FileEmbedding", dependencies: ["CCrypto", "CZlib"], swiftSettings: settings),
        .executableTarget(name: "retort-embedding", dependencies: ["FileEmbedding"], swiftSettings: settings),
        .plugin(name: "RetortEmbedding", capability: .buildTool(), dependencies: ["retort-embedding"]),
        .testTarget(
            name: "FileEmbeddingTests",
            dependencies: ["FileEmbedding", "Retort", "RetortEmbedded", "RetortTemplates", "RetortWire"],
            swiftSettings: settings, plugins: ["RetortEmbedding"]),

        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "Retort", "RetortCompute", "RetortConsole", "RetortGRPC", "RetortImaging", "RetortInference",
                "RetortLab",
                "RetortOpenAPI", "RetortTemplates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),

        // Floor 3: programs.
        .executableTarget(name: "Hello", dependencies: ["Retort"], path: "Examples/Hello", swiftSettings: settings),
        .executableTarget(
            name: "Lab",
            dependencies: ["RetortConsole", "RetortEmbedded", "RetortInference", "RetortLab", "RetortOpenAPI"],
            path: "Examples/Lab", swiftSettings: settings, plugins: ["RetortDocumentation", "RetortEmbedding"]),
        .testTarget(name: "LabTests", dependencies: ["RetortImaging", "TestSupport"], swiftSettings: settings),
        // The models of the tests of the protocol as a program, which Scripts/compare-triton starts beside Triton.
        .executableTarget(
            name: "protocol-models", dependencies: ["ProtocolModels", "Retort"], path: "Tests/ProtocolModelServer",
            swiftSettings: settings),
        .executableTarget(
            name: "retort-conformance",
            dependencies: [
                "RetortTemplates", "RetortWire", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings),
    ],
    cxxLanguageStandard: .cxx17
)
