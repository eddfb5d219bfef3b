// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import RetortOpenAPI
import TestSupport
import Testing

/// The validator that others use says that the documents are right.
@Suite(.timeLimit(.minutes(2))) struct ValidatorTests {
    @Test(arguments: ["hello", "pictures", "everything", "empty"])
    func documentsAreValid(_ name: String) async throws {
        let app =
            switch name {
            case "hello": SampleApps.hello()
            case "pictures": SampleApps.pictures()
            case "everything": SampleApps.everything()
            default: App()
            }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("retort-openapi-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(try app.openAPIDocument().bytes()).write(to: file)
        let (code, output) = try await Peer.run([
            "-m", "openapi_spec_validator", "--schema", "3.1", "--errors", "all", file.path,
        ])
        #expect(code == 0, "\(output)")
        #expect(output.contains("OK"))
    }

    @Test func theValidatorFindsMistakes() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("retort-openapi-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        var document = try #require(try SampleApps.hello().openAPIDocument().object)
        document["info"] = ["title": "no version"]
        try Data(try JSONValue.object(document).bytes()).write(to: file)
        let (code, _) = try await Peer.run(["-m", "openapi_spec_validator", file.path])
        #expect(code != 0)
    }
}
