// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort
import RetortConsole
import RetortTemplates

/// Who may see a console.
struct Staff: Sendable {
    func check(_ name: String, _ password: String) async -> Bool { name == "ada" && password == "secret" }
}

func consoleSamples() -> App {
    var app = App()
    // sample: console-mount
    app.mount(Console(), at: "/console")
    // end
    return app
}

func consoleSettingsSample(harbour: EmbeddedFile, chart: [UInt8]) -> App {
    // sample: console-settings
    let console = Console(
        title: "Notes", document: "/openapi.json", start: "POST /notes",
        examples: [
            .init("Street", url: "/photos/street.jpg"), .init("Harbour", file: harbour), .init("Chart", bytes: chart),
        ])
    // end
    var app = App()
    app.mount(console, at: "/console")
    return app
}

func guardedConsoleSample(staff: Staff) -> App {
    var app = App()
    // sample: console-guarded
    let guardian = BasicAuthentication.basicAuth(realm: "Staff") { await staff.check($0, $1) }
    app.group("/staff", guardian) { staff in
        staff.mount(Console(), at: "/console")
    }
    // end
    return app
}

extension EmbeddedFiles {
    /// What the plugin would make of folders.
    fileprivate static let `static` = EmbeddedFiles(
        [EmbeddedFile("site.css", text: "p {}", digest: "1")], digest: "1")
    fileprivate static let templates = EmbeddedFiles(
        [EmbeddedFile("hello.html", text: "Hello, {{ name }}!", digest: "2")], digest: "2")
}

func embeddedSamples() -> App {
    var app = App()
    // sample: files-embedded
    app.static("/assets", embedded: .static, maxAge: .seconds(3_600))
    app.templates.embed(.templates)
    // end
    app.templates.folders = []
    app.get("/") { Page("hello.html", ["name": "Ada"]) }
    return app
}
