// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the lab says of itself, as far as the tests ask.
struct LabDocument: Decodable {
    struct Operation: Decodable {
        struct Picture: Decodable { var field: String? }

        var tags: [String]?
        var isSocket: Bool?
        var picture: Picture?

        enum CodingKeys: String, CodingKey {
            case tags
            case isSocket = "x-retort-websocket"
            case picture = "x-retort-image"
        }

        var hasNetworks: Bool { tags?.contains { ["networks", "gallery"].contains($0) } == true }
    }

    var paths: [String: [String: Operation]]

    static func read() throws -> LabDocument {
        try JSONDecoder().decode(LabDocument.self, from: Data(try Call("GET", "/openapi.json").send().body))
    }
}
