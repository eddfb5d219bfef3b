// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Retort
import Testing

/// The table of limits says what the code says.
@Suite struct LimitTests {
    private static let server = ServerLimits()
    private static let head = HeadLimits()
    private static let forms = FormLimits()

    private static func seconds(_ time: Duration) -> String { "\(time.components.seconds) s" }
    private static func kibibytes(_ bytes: Int) -> String { "\(bytes / 1_024) KiB" }
    private static func mebibytes(_ bytes: Int) -> String { "\(bytes / 1_024 / 1_024) MiB" }

    private static func grouped(_ number: Int) -> String {
        number < 1_000 ? "\(number)" : "\(number / 1_000),\(String("\(1_000 + number % 1_000)".dropFirst()))"
    }

    static let rows: [(limit: String, value: String)] = [
        ("request line", kibibytes(head.requestLine)),
        ("all header lines", kibibytes(head.headerBytes)),
        ("number of header lines", "\(head.headerCount)"),
        ("body", mebibytes(server.bodyBytes)),
        ("time for a head", seconds(server.headTime)),
        ("pause in a body", seconds(server.bodyPause)),
        ("speed of a long body", "\(server.bodyRate) bytes/s"),
        ("connection without a request", seconds(server.idleTime)),
        ("client that reads nothing", seconds(server.writePause)),
        ("connections", grouped(server.connections)),
        ("handlers at work", grouped(server.requestsInFlight)),
        ("WebSocket message, decompressed", mebibytes(server.webSocketMessageBytes)),
        ("frames of one WebSocket message", grouped(WebSocketLimits().fragmentCount)),
        ("silence of a WebSocket", seconds(server.webSocketPing)),
        ("shutdown", seconds(ServerConfiguration().gracePeriod)),
        ("pairs in a query", grouped(QueryLimits().maximumPairs)),
        ("parts of a multipart form", grouped(forms.parts)),
        ("files of a form", "\(forms.files)"),
        ("headers of a part", "\(forms.partHeaders) lines, \(kibibytes(forms.partHeaderBytes))"),
        (
            "fields, and their bytes together",
            "\(grouped(forms.fields)); \(grouped(forms.fieldBytes)) bytes"
        ),
        (
            "file in memory",
            "\(kibibytes(forms.fileBytesInMemory)); \(mebibytes(forms.totalFileBytesInMemory)) for a form"
        ),
        ("depth of JSON", "\(JSONLimits().depth)"),
        ("values of JSON", "\(JSONLimits().values / 1_000_000) million"),
        ("cookies of a request", "\(Cookies.Limits().count); \(kibibytes(Cookies.Limits().bytes))"),
        ("memory of a password hash", mebibytes(PasswordLimits().memory)),
    ]

    @Test(arguments: rows)
    func theTableSaysWhatTheCodeSays(limit: String, value: String) throws {
        let lines = try SampleCollection.text("ARCHITECTURE.md").components(separatedBy: "\n")
        #expect(lines.contains { $0.hasPrefix("| \(limit) | \(value) |") }, "ARCHITECTURE.md: \(limit) is \(value)")
    }

    @Test func uncheckedTypesAreCounted() throws {
        let root = SampleCollection.root.appendingPathComponent("Sources").resolvingSymlinksInPath().path
        let architecture = try SampleCollection.text("ARCHITECTURE.md")
        var count = 0
        let files = FileManager.default.enumerator(atPath: root)
        while let file = files?.nextObject() as? String {
            guard file.hasSuffix(".swift") else { continue }
            for line in try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8).components(separatedBy: "\n")
            where line.hasSuffix("@unchecked Sendable {") {
                count += 1
                let name = line.split { $0 == " " || $0 == ":" || $0 == "<" }.drop { $0 != "class" && $0 != "struct" }
                    .dropFirst()
                    .first
                #expect(architecture.contains("`\(name ?? "?")`"), "ARCHITECTURE.md does not list \(line)")
            }
        }
        #expect(count > 0)
    }
}
